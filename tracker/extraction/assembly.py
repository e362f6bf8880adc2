"""What the reader found in a brief → its kind and its rounds, in the terms of the contract.

Short and explicit: no role is decided here that the reader has not decided; what is decided is
which of several sums or stages is the round's, and which round a value belongs to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from tracker.extraction.bystanders import without_bystanders
from tracker.extraction.confidence import Calibration, log_odds, signs
from tracker.extraction.coordination import joined_investors
from tracker.extraction.decode import Decoded, Party, StageRead, Sum, decode
from tracker.extraction.description import describe
from tracker.extraction.linking import (
    common_investors,
    common_stages,
    round_companies,
    shares_amount,
    stretches,
)
from tracker.extraction.normalize import original_span
from tracker.extraction.operators import to_operators
from tracker.extraction.reader import FEATURES
from tracker.extraction.rescue import item_companies, likeliest_company, parallel_companies
from tracker.extraction.tidying import tidy
from tracker.extraction.tokenizer import TEXT
from tracker.parsing.dates import find_date
from tracker.parsing.stages import LETTERED, STAGES
from tracker.records import (
    KINDS,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Kind,
    Span,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

GATE = 0.55
"""A brief tells of a round where it is at least this likely: on the corpus's dev and test writers
a higher gate than one half keeps more briefs silent at the same record F1."""
_ALIAS = re.compile(r"['\"]?\s?[(（]\s?(?:대표[^)]*|([^()（）,;]{2,40}?))\s?[)）]")
_MAX_ROUNDS = 40
"""A brief with more companies than this is a page of prose misread as one."""


def assemble(
    doc: Doc,
    offsets: Sequence[int],
    original: str,
    issued_on: date | None = None,
    gate: float = GATE,
    calibration: Calibration | None = None,
) -> ExtractedBrief:
    """The brief's kind and rounds; spans and names are in the characters of `original`.

    Without a `calibration` confidences are the reader's own probabilities.
    """
    lang = language_of(original)
    cats = doc.cats
    ranked = sorted(KINDS, key=lambda k: -cats.get(k, 0.0))
    kind: Kind = ranked[0]
    funding = cats.get("funding", 0.0)
    if not doc.user_data[TEXT].strip():
        return ExtractedBrief("corporate", (), 0.0, lang)
    if funding < gate:
        other = kind if kind != "funding" else ranked[1]
        return ExtractedBrief(other, (), 1 - funding, lang)
    decoded = decode(doc)
    text = doc.user_data[TEXT]
    decoded.parties.extend(joined_investors(doc, decoded.parties))
    decoded.parties[:] = to_operators(text, decoded.parties)
    decoded.parties[:] = tidy(text, decoded.parties, doc.user_data[FEATURES][0].known)
    decoded.parties[:] = without_bystanders(text, decoded.parties)
    decoded.parties.sort(key=lambda p: p.first.start)
    companies = round_companies(doc, decoded)[:_MAX_ROUNDS]
    if companies:
        companies += item_companies(doc, decoded, companies)
        companies += parallel_companies(doc, decoded, companies)
        companies.sort(key=lambda c: c.first.start)
    else:
        one = likeliest_company(doc, decoded.parties)
        companies = [one] if one is not None else []
    if not companies:
        other = next(k for k in ranked if k != "funding")
        return ExtractedBrief(other, (), 1 - funding, lang)
    writer = _Writer(doc, offsets, original, issued_on, calibration, len(companies) > 1)
    if len(companies) == 1:
        rounds = [writer.round(companies[0], _investors(decoded.parties), decoded)]
    else:
        rounds = _several(doc, companies, decoded, writer)
    rounds = [describe(original, told) for told in rounds]
    return ExtractedBrief("funding", tuple(rounds), funding, lang)


def language_of(text: str) -> Literal["ko", "en"]:
    """ "ko" where a tenth of the letters are Hangul, else "en"."""
    letters = sum(c.isalpha() for c in text)
    hangul = sum("가" <= c <= "힣" or "\u1100" <= c <= "\u11ff" for c in text)
    return "ko" if hangul * 10 >= letters and hangul else "en"


def _investors(parties: list[Party]) -> list[Party]:
    return [p for p in parties if p.part != "company"]


def _several(
    doc: Doc, companies: list[Party], decoded: Decoded, writer: _Writer
) -> list[ExtractedRound]:
    """One round per company, each with the values of its stretch."""
    parts = stretches(doc, companies, decoded)
    common = common_investors(doc, decoded, companies)
    rounds = []
    for company in companies:
        mine = Decoded([], [], [], [])
        for start, end, group in parts:
            if any(company is other for other in group):
                local = _within(decoded, start, end)
                amounts = [s for s in local.sums if s.role == "amount"]
                if len(group) > 1:
                    at = [other is company for other in group].index(True)
                    amounts = _share(
                        amounts, at, len(group), shares_amount(doc.user_data[TEXT][start:end])
                    )
                others = [s for s in local.sums if s.role != "amount"]
                mine.sums.extend(amounts + others)
                mine.stages.extend(local.stages)
                mine.extensions.extend(local.extensions)
                mine.parties.extend(p for p in local.parties if p not in mine.parties)
        if not mine.stages:
            mine.stages.extend(common_stages(doc, decoded, companies))
        investors = _investors(mine.parties)
        investors += [p for p in common if p not in investors]
        rounds.append(writer.round(company, investors, mine))
    return rounds


def _share(amounts: list[Sum], at: int, companies: int, each: bool) -> list[Sum]:
    """The sums of the company in place `at` of several named side by side."""
    if len(amounts) == companies:
        return [amounts[at]]
    return amounts[:1] if each else []


def _within(decoded: Decoded, start: int, end: int) -> Decoded:
    return Decoded(
        [p for p in decoded.parties if any(start <= m.start < end for m in p.mentions)],
        [s for s in decoded.sums if start <= s.money.start < end],
        [s for s in decoded.stages if start <= s.start < end],
        [e for e in decoded.extensions if start <= e[0] < end],
    )


_LIKELY_ENOUGH = 0.05
"""A sum without another role is the amount of a round that has none, if it is this likely."""


def _best_sum(sums: list[Sum], role: str) -> Sum | None:
    """The likeliest sum in a role; a definite one beats a vague one."""
    mine = [s for s in sums if s.role == role]
    if role == "amount" and not mine:
        mine = [s for s in sums if s.role == "unsure" and s.probability >= _LIKELY_ENOUGH]
    return max(mine, key=lambda s: (s.money.amount is not None, s.probability), default=None)


def _best_stage(stages: list[StageRead]) -> StageRead | None:
    """A lettered stage beats a kind; of two lettered ones the later ("Seed and Series A")."""

    def rank(read: StageRead) -> tuple[bool, int, float]:
        code = read.stage.stage or ""
        ordered = code in LETTERED or code in ("seed", "pre_seed", "angel", "pre_ipo")
        return ordered, STAGES.index(code) if ordered else 0, read.probability

    likely = [s for s in stages if s.probability >= 0.5] or stages
    return max(likely, key=rank, default=None)


class _Writer:
    """Makes the records of one brief: spans in the original text, names as the pipeline read them
    (composed Hangul, no zero widths), so that they compare and sort."""

    def __init__(
        self,
        doc: Doc,
        offsets: Sequence[int],
        original: str,
        issued_on: date | None,
        calibration: Calibration | None,
        several: bool,
    ) -> None:
        self.doc = doc
        self.text = doc.user_data[TEXT]
        self.offsets = offsets
        self.original = original
        self.calibration = calibration
        self.several = several
        self.announced = find_date(original, issued_on) if issued_on else None

    def span(self, start: int, end: int) -> Span:
        return original_span(self.offsets, start, end)

    def words(self, start: int, end: int) -> str:
        span = self.span(start, end)
        return self.original[span.start : span.end]

    def round(self, company: Party, investors: list[Party], decoded: Decoded) -> ExtractedRound:
        at = max(company.mentions, key=lambda m: (m.end - m.start, m.scores["company"]))
        spans = {"company": self.span(at.start, at.end)}
        trust = {"company": company.probability}
        values: dict[str, object] = {}
        for role, currency in (
            ("amount", "currency"),
            ("valuation", "valuation_currency"),
            ("total_raised", "total_raised_currency"),
        ):
            best = _best_sum(decoded.sums, role)
            if best is not None and best.money.amount is not None:
                values[role], values[currency] = best.money.amount, best.money.currency
                spans[role] = self.span(best.money.start, best.money.end)
                trust[role] = best.probability
        stage = _best_stage(decoded.stages)
        if stage is not None:
            values["stage"] = stage.stage.stage
            values["stage_raw"] = self.words(stage.start, stage.end)
            spans["stage"] = self.span(stage.start, stage.end)
            trust["stage"] = stage.probability
        extension = self._extension(stage, decoded)
        if extension is not None:
            values["extension"] = True
            spans["extension"] = self.span(*extension)
        alias = self._alias(company)
        if alias is not None:
            values["company_alias"] = self.text[slice(*alias)]
            spans["company_alias"] = self.span(*alias)
        if self.announced is not None:
            values["announced_on"], spans["announced_on"] = self.announced
        backers = [p for p in investors if p.key != company.key]
        told = signs(self.doc, decoded, company, backers, self.several)
        return ExtractedRound(
            company=self.text[at.start : at.end],
            investors=self._named(backers, told),
            confidence=self._share("record", told, math.prod(trust.values())),
            spans=spans,
            field_confidence={name: self._share(name, told, p) for name, p in trust.items()},
            **values,  # type: ignore[arg-type]
        )

    def _share(self, field: str, told: dict[str, float], probability: float) -> float:
        if self.calibration is None:
            return round(probability, 4)
        return self.calibration.share(field, told, log_odds(probability))

    def _named(self, investors: list[Party], told: dict[str, float]) -> tuple[InvestorMention, ...]:
        named = []
        for party in investors:
            at = max(party.mentions, key=lambda m: m.end - m.start)
            name = self.text[at.start : at.end]
            lead = party.part == "lead"
            span = self.span(at.start, at.end)
            trust = self._share("investor", told, party.probability)
            named.append(InvestorMention(name, lead, span, trust))
        return tuple(named)

    def _extension(self, stage: StageRead | None, decoded: Decoded) -> tuple[int, int] | None:
        if stage is not None and stage.stage.extension:
            return stage.start, stage.end
        likely = [e for e in decoded.extensions if e[3] >= 0.5]
        return (likely[0][0], likely[0][1]) if likely else None

    def _alias(self, company: Party) -> tuple[int, int] | None:
        """The second script in brackets right behind the name."""
        for mention in company.mentions:
            m = _ALIAS.match(self.text, mention.end)
            if m is None or m[1] is None:
                continue
            ours = any("가" <= c <= "힣" for c in self.text[mention.start : mention.end])
            theirs = any("가" <= c <= "힣" for c in m[1])
            if ours != theirs and any(c.isalpha() for c in m[1]):
                return m.start(1), m.end(1)
        return None

"""Several companies in one brief: which sum, stage and investor belongs to which.

A brief is cut into stretches, one for each company or group of companies named side by side;
what stands in a stretch belongs to its companies. Cuts fall on the marks that separate items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.extraction.decode import Decoded, Party, StageRead
from tracker.extraction.reader import FEATURES
from tracker.extraction.senses import UNKNOWN
from tracker.extraction.tokenizer import TEXT

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STRONG = re.compile(r"[\n;▲△▶▷■□◆◇●○•★☆🚀]|[/|](?= )|(?<=[가-힣]\.)(?= )|(?<=\.)(?= [A-Z])")
_WEAK = re.compile(r"[,·]|(?<=고)(?= )|\band\b|\bwhile\b")
_EACH = re.compile(r"각각|각\s|씩|\beach\b|\bapiece\b", re.IGNORECASE)
_ALL = re.compile(
    r"모두|양사|두 곳|세 곳|두 회사|세 회사|둘 다|셋 다|공통|\bboth\b|\ball (?:three|four|of)\b",
    re.IGNORECASE,
)


_JOINT = re.compile(r"['\"\s)]*(?:[,·&/+、]|와|과|및|and|,\s*and)\s*['\"(]*")
_SURE = 0.6
"""A second company must be at least this likely; below, it is a word misread as a name."""


def round_companies(doc: Doc, decoded: Decoded) -> list[Party]:
    """The companies that raised: the likeliest, and others only where the text tells several rounds.

    Several rounds show in several sums or stages, in names joined side by side, or in items.
    """
    found = [p for p in decoded.parties if p.part == "company"]
    if len(found) < 2:
        return found
    top = max(found, key=lambda p: sum(m.scores["company"] for m in p.mentions))
    sums = {(s.money.amount, s.money.currency) for s in decoded.sums if s.role == "amount"}
    several = (
        len(sums) > 1
        or bool(_EACH.search(doc.user_data[TEXT]))
        or bool(_ALL.search(doc.user_data[TEXT]))
    )
    return [
        party
        for party in found
        if party is top
        or (
            party.probability >= _SURE
            and not _is_word(doc, party)
            and (several or _joined(doc.user_data[TEXT], party, found))
        )
    ]


def _is_word(doc: Doc, party: Party) -> bool:
    """Whether a name is a plain word that stands unquoted: beside a company, what it makes."""
    text: str = doc.user_data[TEXT]
    lexicon = doc.user_data[FEATURES][0]
    quoted = any(text[m.end : m.end + 1] in ("'", '"') for m in party.mentions)
    return not quoted and lexicon.senses.of(party.name.lower()) != UNKNOWN


def _joined(text: str, party: Party, others: list[Party]) -> bool:
    """Whether `party` stands side by side with another company, or opens a line of its own."""
    at = party.first
    line = text[: at.start].rpartition("\n")[2]
    if (
        "\n" in text[: at.start]
        and len(line.strip(" -•▲■·*\t'\"")) == 0
        and text[at.end : at.end + 1] in "|,:(\t"
    ):
        return True
    for other in others:
        if other is not party:
            a, b = sorted((at, other.first), key=lambda m: m.start)
            if a.end <= b.start and _JOINT.fullmatch(text, a.end, b.start):
                return True
    return False


Stretch = tuple[int, int, list[Party]]


def stretches(doc: Doc, companies: list[Party], decoded: Decoded) -> list[Stretch]:
    """(start, end, companies) in characters; together they cover the text.

    Every mention opens a stretch, so that a company named in the headline and again in the
    body gets what is said in both places.
    """
    named = sorted(
        ((m.start, m.end, party) for party in companies for m in party.mentions),
        key=lambda item: item[0],
    )
    values = sorted(
        [doc[s.token].idx for s in decoded.sums if s.role != "unsure"]
        + [s.start for s in decoded.stages]
        + [m.start for p in decoded.parties if p.part != "company" for m in p.mentions]
    )
    groups: list[list[tuple[int, int, Party]]] = []
    for item in named:
        between = groups and any(groups[-1][-1][1] <= v < item[0] for v in values)
        if groups and not between:
            groups[-1].append(item)
        else:
            groups.append([item])
    investor_first = any(
        p.part != "company" and p.first.start < named[0][0] for p in decoded.parties
    )
    bounds = [0]
    for left, right in pairwise(groups):
        bounds.append(_cut(doc, left[-1][1], right[0][0], decoded, investor_first))
    bounds.append(len(doc.user_data[TEXT]))
    return [
        (bounds[i], bounds[i + 1], _distinct(party for _, _, party in group))
        for i, group in enumerate(groups)
    ]


def _distinct(parties: Iterable[Party]) -> list[Party]:
    return list({party.key: party for party in parties}.values())


def _cut(doc: Doc, start: int, end: int, decoded: Decoded, investor_first: bool) -> int:
    """Where the item that begins at or before `end` is cut from the one before it."""
    text = doc.user_data[TEXT]
    strong = [m.start() for m in _STRONG.finditer(text, start, end)]
    if strong:
        return strong[-1]
    weak = [m.start() for m in _WEAK.finditer(text, start, end) if _outside(text, start, m.start())]
    sums = [
        s.money.end for s in decoded.sums if s.role != "unsure" and start <= s.money.start < end
    ]
    if investor_first and sums:
        after = [w for w in weak if w >= sums[-1]]
        return after[0] if after else end
    return weak[-1] if weak else end


def _outside(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) <= text.count(")", start, at)


def shares_amount(text: str) -> bool:
    """Whether one sum named for several companies went to each of them."""
    return bool(_EACH.search(text))


def common_investors(doc: Doc, decoded: Decoded, companies: list[Party]) -> list[Party]:
    """Backers of all the companies: named before the first, or after "두 곳 모두", "both"."""
    first = min(company.first.start for company in companies)
    shared = []
    for party in decoded.parties:
        if party.part == "company":
            continue
        at = party.first.start
        if at < first and not _own_line(doc.user_data[TEXT], at, first):
            shared.append(party)
            continue
        sentence = _sentence_start(doc.user_data[TEXT], at)
        cue = _ALL.search(doc.user_data[TEXT], sentence, at)
        if cue and not any(sentence <= m.start < at for c in companies for m in c.mentions):
            shared.append(party)
    return shared


def common_stages(doc: Doc, decoded: Decoded, companies: list[Party]) -> list[StageRead]:
    """The one stage of a list, said in its heading or of all at its end."""
    if len({read.stage.stage for read in decoded.stages}) != 1:
        return []
    first = min(company.first.start for company in companies)
    last = max(m.end for company in companies for m in company.mentions)
    return [
        read
        for read in decoded.stages
        if read.start < first
        or (
            read.start > last
            and _ALL.search(doc.user_data[TEXT], _sentence_start(doc.user_data[TEXT], read.start))
        )
    ]


def _own_line(text: str, at: int, first: int) -> bool:
    """Whether an investor that comes first belongs to the first item only ("X가 A에, Y가 B에")."""
    return False if "\n" in text[at:first] else bool(_OWN.search(text, first))


_OWN = re.compile(r"[,·;]\s*[^\s,]+(?:\s[^\s,]+)?[이가은는]\s")


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in (". ", "\n", "— ", "! ")) + 1

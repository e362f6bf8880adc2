"""Write issues: each with its briefs, what they report, and the rounds that come of it.

A writer lives in one transaction (see `Store.writing`) and gathers rows to write many at a
time. It decides nothing: which company, which investor and which round is identity's answer,
handed in as plain records.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select, update

from tracker.parsing.names import name_key
from tracker.records import (
    Brief,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Issue,
    Party,
    Raw,
    Report,
    Suggestion,
)
from tracker.store import tables as t
from tracker.store.companies import CompanyBook
from tracker.store.copies import CopyBook, stored_letter
from tracker.store.lookalikes import Alike, look_alike
from tracker.store.parties import COMPANIES, INVESTORS, InvestorBook
from tracker.store.pending import Pending
from tracker.store.regrouping import BestName, regroup
from tracker.store.rounds import Resolve, RoundWriter, Told
from tracker.store.suggestions import add_suggestions, forget_suggestions, renew_suggestions
from tracker.store.verdicts import load_verdicts


@dataclass(frozen=True, slots=True)
class Judge:
    """What identity decides."""

    resolve: Resolve
    alike: Alike
    doubtful: Callable[[Sequence[tuple[int, Sequence[Report]]]], list[Suggestion]]
    """The rounds of one company (id, reports) → those that may be one."""


@dataclass(slots=True)
class _Paper:
    """A newsletter: its name now, and as stored (None: not yet)."""

    id: int
    name: str
    stored: str | None = None


class IssueWriter:
    """Writes within one open transaction that holds the write lock."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        """The open transaction, for what else is to be kept or lost together with the letters."""
        self._pending = Pending(connection)
        self.verdicts = load_verdicts(connection)
        """What persons have decided."""
        self._companies = CompanyBook(connection, self._pending, self.verdicts.companies)
        self._investors = InvestorBook(connection, self._pending)
        self._newsletters: dict[str, _Paper] = {}
        self.copies = CopyBook(connection, self._pending)
        self._letters: dict[int, tuple[str, str, date | None]] = {}
        self._briefs: dict[int, tuple[int, int]] = {}
        self._told: list[Told] = []
        self._new_briefs = self._pending.rows(t.BRIEF)

    # -- what is there already -------------------------------------------------------------

    def expect(
        self,
        fingerprints: Iterable[str],
        companies: Iterable[str],
        investors: Iterable[Party],
        keys: Iterable[int] = (),
        raws: Iterable[Raw | None] = (),
    ) -> None:
        """Look up together what a batch of letters will ask for one by one.

        Companies are given by the comparison keys of their names.
        """
        self.copies.expect(fingerprints, keys, raws)
        self._companies.load(companies)
        self._investors.load(a.key for party in investors for a in party.aliases)

    def investors(self, party: Party) -> list[Party]:
        """The investors so far that share a key with `party`."""
        return self._investors.find(party)

    def regroup_investors(
        self, ids: Iterable[int], judge: Callable[[str], Party | None], best_name: BestName
    ) -> set[int]:
        """Decide again which of these investors, and of those tied to them, are one.

        `judge` gives the party that a name is of, `best_name` the spelling to show. Returns the
        companies that they have backed.
        """
        return regroup(self.connection, ids, judge, best_name)

    def letter(self, issue_id: int) -> tuple[str, Sequence[str], date | None]:
        """The text of a stored issue, the texts of its briefs, and its day."""
        return stored_letter(self.connection, issue_id)

    # -- issue and briefs -----------------------------------------------------------------

    def add_issue(
        self,
        issue: Issue,
        fingerprint: str,
        pipeline: Mapping[str, str],
        source_id: int | None = None,
    ) -> int | None:
        """Write the issue; None where a letter with this fingerprint is already there."""
        self.copies.expect([fingerprint], (), [issue.raw])
        if self.copies.knows(fingerprint):
            return None
        issue_id = self._pending.next_id(t.ISSUE)
        self._pending.add(
            t.ISSUE,
            issue_id,
            self._newsletter(issue.newsletter),
            fingerprint,
            issue.title,
            issue.number,
            issue.issued_on,
            issue.source,
            issue.media,
            datetime.now(UTC),
            pipeline["name"],
            pipeline["version"],
            zlib.compress(issue.text.encode("utf-8")),
        )
        self.copies.add(issue_id, issue, fingerprint, source_id)
        day = issue.issued_on
        self._letters[issue_id] = (day.isoformat() if day else "", fingerprint, day)
        return issue_id

    def _newsletter(self, name: str | None) -> int | None:
        key = name_key(name) if name else ""
        if not name or not key:
            return None
        name = name.strip()
        paper = self._newsletters.get(key)
        if paper is None:
            table = t.NEWSLETTER.c
            known = self.connection.execute(
                select(table.id, table.name).where(table.key == key)
            ).first()
            paper = _Paper(known.id, known.name, known.name) if known else _Paper(
                self._pending.next_id(t.NEWSLETTER), name
            )  # fmt: skip
            self._newsletters[key] = paper
        # Of two spellings always the same one, whichever letter came first.
        paper.name = min(paper.name, name)
        return paper.id

    def _write_newsletters(self) -> None:
        for key, paper in self._newsletters.items():
            if paper.stored is None:
                self._pending.add(t.NEWSLETTER, paper.id, paper.name, key)
            elif paper.stored != paper.name:
                self.connection.execute(
                    update(t.NEWSLETTER).where(t.NEWSLETTER.c.key == key).values(name=paper.name)
                )
            paper.stored = paper.name

    def add_brief(self, issue_id: int, position: int, brief: Brief, read: ExtractedBrief) -> int:
        """Write one brief with its kind."""
        brief_id = self._pending.next_id(t.BRIEF)
        self._new_briefs.append(
            (
                brief_id,
                issue_id,
                position,
                brief.start,
                brief.end,
                brief.text,
                brief.section,
                read.kind,
                read.confidence,
                read.lang,
                brief.in_news_section,
            )
        )
        self._briefs[brief_id] = issue_id, position
        return brief_id

    # -- companies, investors and what was told of them ------------------------------------

    def save_investor(self, party: Party) -> int:
        """Keep a settled investor. Returns its id."""
        return self._investors.save(party)

    def add_report(
        self,
        brief_id: int,
        ordinal: int,
        company_keys: tuple[str, ...],
        read: ExtractedRound,
        investor_ids: Sequence[int | None],
    ) -> None:
        """Keep what one brief says of one round, with the place of every value.

        `company_keys` are what the company's names compare by; `investor_ids` stand beside
        ``read.investors``; None leaves that one out.
        """
        issue_id, position = self._briefs[brief_id]
        day, fingerprint, issued_on = self._letters[issue_id]
        placed = zip(investor_ids, read.investors, range(len(investor_ids)), strict=True)
        named: list[tuple[int, InvestorMention, int]] = [
            (investor_id, mention, place)
            for investor_id, mention, place in placed
            if investor_id is not None
        ]
        self._told.append(
            Told(
                self._pending.next_id(t.REPORT),
                brief_id,
                ordinal,
                company_keys,
                read,
                named,
                (day, fingerprint, position, ordinal),
                issued_on,
            )
        )

    def flush(self) -> None:
        """Write rows that wait; `write` has done so for those of letters."""
        self._pending.flush()

    def write(self, judge: Judge, again: Iterable[int] = ()) -> None:
        """Write all that was added; `judge` says which reports are one company and round.

        The companies whose ids are in `again` are judged again from what is stored.
        """
        self._write_newsletters()
        again = {*again, *self._investors.settle()}
        told, self._told = self._told, []
        rounds = RoundWriter(self.connection, self._pending, self._companies, self._investors)
        rounds.write(told, judge.resolve, again)
        self._suggest(judge, rounds)

    def _suggest(self, judge: Judge, rounds: RoundWriter) -> None:
        """Note what may be one, and forget what was noted of parties and rounds that are no more."""
        connection, verdicts = self.connection, self.verdicts
        forget_suggestions(connection, "round", rounds.gone)
        forget_suggestions(connection, "company", self._companies.gone)
        forget_suggestions(connection, "investor", self._investors.gone)
        several = list(rounds.several.values())
        doubtful = [pair for told in several for pair in judge.doubtful(told)]
        stored = [
            round_id
            for told in several
            for round_id, _ in told
            if not self._pending.is_new(t.ROUND, round_id)
        ]
        renew_suggestions(connection, "round", stored, doubtful)
        companies, investors = self._companies, self._investors
        found = look_alike(
            connection, COMPANIES, companies.new_keys, judge.alike, verdicts.companies
        ) + look_alike(connection, INVESTORS, investors.new_keys, judge.alike, verdicts.investors)
        add_suggestions(connection, found)
        companies.new_keys, investors.new_keys = {}, {}

"""Write issues: each with its briefs, what they report, and the rounds that come of it.

A writer lives in one transaction (see `Store.writing`) and gathers rows to write many at a
time. It decides nothing: which company, which investor and which round is identity's answer,
handed in as plain records.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
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
)
from tracker.store import tables as t
from tracker.store.copies import CopyBook, stored_letter
from tracker.store.parties import COMPANIES, INVESTORS, PartyBook
from tracker.store.pending import Pending
from tracker.store.rounds import Merge, RoundWriter, Told
from tracker.store.sectors import REPORT_SECTOR


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
        self._companies = PartyBook(connection, COMPANIES, self._pending)
        self._investors = PartyBook(connection, INVESTORS, self._pending)
        self._newsletters: dict[str, _Paper] = {}
        self.copies = CopyBook(connection, self._pending)
        self._letters: dict[int, tuple[str, str, date | None]] = {}
        self._briefs: dict[int, tuple[int, int]] = {}
        self._told: list[Told] = []

    # -- what is there already -------------------------------------------------------------

    def expect(
        self,
        fingerprints: Iterable[str],
        companies: Iterable[Party],
        investors: Iterable[Party],
        keys: Iterable[int] = (),
        raws: Iterable[Raw | None] = (),
    ) -> None:
        """Look up together what a batch of letters will ask for one by one."""
        self.copies.expect(fingerprints, keys, raws)
        self._companies.load(a.key for party in companies for a in party.aliases)
        self._investors.load(a.key for party in investors for a in party.aliases)

    def companies(self, party: Party) -> list[Party]:
        """The companies so far that share a key with `party`."""
        return self._companies.find(party)

    def investors(self, party: Party) -> list[Party]:
        """The investors so far that share a key with `party`."""
        return self._investors.find(party)

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
        self._pending.add(
            t.BRIEF,
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
        self._briefs[brief_id] = issue_id, position
        return brief_id

    # -- companies, investors and what was told of them ------------------------------------

    def save_company(self, party: Party) -> int:
        """Keep a settled company. Returns its id."""
        return self._companies.save(party)

    def save_investor(self, party: Party) -> int:
        """Keep a settled investor. Returns its id."""
        return self._investors.save(party)

    def add_report(
        self,
        brief_id: int,
        ordinal: int,
        company_id: int,
        read: ExtractedRound,
        investor_ids: Sequence[int | None],
        sectors: Iterable[str] = (),
    ) -> None:
        """Keep what one brief says of one round, with the place of every value.

        `investor_ids` stand beside ``read.investors``; None leaves that one out.
        """
        issue_id, position = self._briefs[brief_id]
        day, fingerprint, issued_on = self._letters[issue_id]
        named: list[tuple[int, InvestorMention, int]] = [
            (investor_id, mention, place)
            for place, (investor_id, mention) in enumerate(
                zip(investor_ids, read.investors, strict=True)
            )
            if investor_id is not None
        ]
        report_id = self._pending.next_id(t.REPORT)
        for sector in sectors:
            self._pending.add(REPORT_SECTOR, report_id, sector)
        self._told.append(
            Told(
                report_id,
                brief_id,
                ordinal,
                company_id,
                read,
                named,
                (day, fingerprint, position, ordinal),
                issued_on,
            )
        )

    def flush(self) -> None:
        """Write rows that wait; `write` has done so for those of letters."""
        self._pending.flush()

    def write(self, merge: Merge) -> None:
        """Write all that was added; `merge` says which reports are one round."""
        self._write_newsletters()
        self._companies.settle()
        self._investors.settle()
        told, self._told = self._told, []
        rounds = RoundWriter(self.connection, self._pending, self._companies, self._investors)
        rounds.write(told, merge)

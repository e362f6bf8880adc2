"""One stored issue read anew: what the pipeline says now takes the place of what it said.

Briefs and reports that are still there keep their ids, and the statements of persons follow them
to their new places. A report that a person accepted stays as it was; one that a person spoke of
and that the pipeline no longer reads stays too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from tracker.corrections.deriving import derive
from tracker.corrections.enacting import replace_read, write_company, write_investors
from tracker.corrections.matching import (
    Part,
    Place,
    StoredBrief,
    StoredReport,
    backers,
    load_briefs,
    mentions_of,
    place_briefs,
)
from tracker.corrections.naming import company_named
from tracker.records import ExtractedRound, report_key
from tracker.store import tables as t
from tracker.store.corrections import OVERRIDE
from tracker.store.pending import Pending
from tracker.store.reports import ReportRef
from tracker.store.rounds import checked_values
from tracker.store.statements import renamed_reports


@dataclass(slots=True)
class Counts:
    """What a reading changed."""

    briefs: int = 0
    """Briefs that are new, gone, or of another text or kind."""
    new: int = 0
    gone: int = 0
    changed: int = 0
    """Reports of rounds, these three."""
    kept: int = 0
    """Reports that are as they were, because a person has said so."""

    def __bool__(self) -> bool:
        return bool(self.briefs or self.new or self.gone or self.changed)

    def add(self, other: Counts) -> None:
        """Sum up."""
        for f in fields(self):
            setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))


def reread(connection: Connection, issue_id: int, parts: Sequence[Part], *, write: bool) -> Counts:
    """Let an issue hold what `parts` say. Returns what differs; without `write`, only that."""
    fingerprint = connection.execute(
        select(t.ISSUE.c.fingerprint).where(t.ISSUE.c.id == issue_id)
    ).scalar_one()
    stored = load_briefs(connection, issue_id, fingerprint)
    places, lost = place_briefs(stored, parts)
    counts = _count(places, lost)
    if counts and write:
        _Rewriting(connection, issue_id, fingerprint).write(places, lost)
    return counts


def _count(places: Sequence[Place], lost: Sequence[StoredBrief]) -> Counts:
    counts = Counts(briefs=len(lost), gone=sum(len(brief.reports) for brief in lost))
    for position, place in enumerate(places):
        if place.stored is None:
            counts.briefs += 1
        elif place.part is not None:
            same = all(place.stored.row[k] == v for k, v in _row(place.part).items())
            counts.briefs += not same or place.stored.position != position
        counts.gone += len(place.gone)
        for report, told in place.pairs:
            if report is None:
                counts.new += 1
            elif told is None or (report.accepted and not report.reads_as(told)):
                counts.kept += 1
            elif not report.reads_as(told):
                counts.changed += 1
    return counts


def _row(part: Part) -> dict[str, Any]:
    brief, read = part
    return {
        "start": brief.start,
        "end": brief.end,
        "text": brief.text,
        "section": brief.section,
        "kind": read.kind,
        "confidence": read.confidence,
        "lang": read.lang,
        "in_news_section": brief.in_news_section,
    }


# -- writing ---------------------------------------------------------------------------------


class _Rewriting:
    """Writes one issue anew."""

    def __init__(self, connection: Connection, issue_id: int, fingerprint: str) -> None:
        self._connection = connection
        self._issue_id = issue_id
        self._fingerprint = fingerprint
        self._pending = Pending(connection)
        self._companies: set[int] = set()
        self._investors: set[int] = set()

    def write(self, places: Sequence[Place], lost: Sequence[StoredBrief]) -> None:
        """Everything: places first, then what is read there, then what follows from it."""
        self._remove([r for p in places for r in p.gone] + [r for b in lost for r in b.reports])
        for brief in lost:
            self._execute(delete(t.BRIEF).where(t.BRIEF.c.id == brief.id))
        self._step_aside([place.stored for place in places if place.stored])
        briefs = [self._brief(position, place) for position, place in enumerate(places)]
        self._rename(places)
        for position, (brief_id, place) in enumerate(zip(briefs, places, strict=True)):
            for ordinal, (report, told) in enumerate(place.pairs):
                if told is None:
                    assert report is not None
                    self._keep(report, place)
                elif report is None:
                    self._add(brief_id, position, ordinal, told)
                elif report.accepted and not report.reads_as(told):
                    self._keep(report, place)
                elif not report.reads_as(told):
                    self._change(report, told)
        self._pending.flush()
        derive(self._connection, self._companies, (), unused=self._investors)

    def _execute(self, statement: Any) -> None:
        self._connection.execute(statement)

    def _remove(self, reports: Iterable[StoredReport]) -> None:
        for report in reports:
            self._touch(report)
            self._execute(delete(t.MENTION).where(t.MENTION.c.report_id == report.id))
            self._execute(delete(t.PARTICIPATION).where(t.PARTICIPATION.c.report_id == report.id))
            self._execute(delete(t.REPORT).where(t.REPORT.c.id == report.id))

    def _touch(self, report: StoredReport) -> None:
        """Company and investors of a report may be others, or nobody's, from now on."""
        self._companies.add(report.company_id)
        part = t.PARTICIPATION.c
        rows = self._connection.execute(select(part.investor_id).where(part.report_id == report.id))
        self._investors.update(rows.scalars())

    def _step_aside(self, briefs: Iterable[StoredBrief]) -> None:
        """Out of the way of the new places: no two may ever have one."""
        for brief in briefs:
            self._execute(
                update(t.BRIEF).where(t.BRIEF.c.id == brief.id).values(position=-1 - brief.position)
            )
            for report in brief.reports:
                self._execute(
                    update(t.REPORT)
                    .where(t.REPORT.c.id == report.id)
                    .values(ordinal=-1 - report.ordinal)
                )

    def _brief(self, position: int, place: Place) -> int:
        """Put a brief in its place. Returns its id."""
        read = {} if place.part is None else _row(place.part)
        if place.stored is not None:
            self._execute(
                update(t.BRIEF)
                .where(t.BRIEF.c.id == place.stored.id)
                .values(position=position, **read)
            )
            return place.stored.id
        brief_id = self._pending.next_id(t.BRIEF)
        self._execute(
            insert(t.BRIEF).values(id=brief_id, issue_id=self._issue_id, position=position, **read)
        )
        return brief_id

    def _rename(self, places: Sequence[Place]) -> None:
        names: dict[str, str] = {}
        for position, place in enumerate(places):
            for ordinal, (report, _) in enumerate(place.pairs):
                if report is not None:
                    self._execute(
                        update(t.REPORT).where(t.REPORT.c.id == report.id).values(ordinal=ordinal)
                    )
                    new = report_key(self._fingerprint, position, ordinal)
                    names[report.key], report.key = new, new
        renamed_reports(self._connection, names)

    def _keep(self, report: StoredReport, place: Place) -> None:
        """A report stays as it was, its places in the brief with it where that begins elsewhere."""
        if place.stored is None or place.part is None:
            return
        brief = place.part[0]
        shift = place.stored.row["start"] - brief.start
        if shift == 0 and len(brief.text) >= len(place.stored.row["text"]):
            return
        moved = {
            (name, at, start + shift, end + shift)
            for name, at, start, end in report.mentions
            if start + shift >= 0 and end + shift <= len(brief.text)
        }
        self._mention(report.id, moved)

    def _change(self, report: StoredReport, told: ExtractedRound) -> None:
        self._touch(report)
        values = dict(zip(t.VALUE_COLUMNS, checked_values(told), strict=True))
        self._execute(update(t.REPORT).where(t.REPORT.c.id == report.id).values(**values))
        ref = ReportRef(report.id, report.key, 0, report.company_id, report.round_id, told.company)
        said = set(
            self._connection.execute(
                select(OVERRIDE.c.field).where(OVERRIDE.c.report_key == report.key)
            ).scalars()
        )
        company, named = [told.company, told.company_alias], backers(told)
        if "company" in said:
            replace_read(self._connection, ref, "company", company)
        elif company != [report.name, report.alias]:
            write_company(self._connection, ref, company)
        if "investors" in said:
            replace_read(self._connection, ref, "investors", named)
        elif named != report.investors:
            write_investors(self._connection, ref, named)
        self._mention(report.id, mentions_of(told))
        now = select(t.REPORT.c.company_id).where(t.REPORT.c.id == report.id)
        self._companies.add(self._connection.execute(now).scalar_one())

    def _add(self, brief_id: int, position: int, ordinal: int, told: ExtractedRound) -> None:
        report_id = self._pending.next_id(t.REPORT)
        company_id = company_named(self._connection, told.company)
        self._companies.add(company_id)
        values = dict(zip(t.VALUE_COLUMNS, checked_values(told), strict=True))
        self._execute(
            insert(t.REPORT).values(
                id=report_id,
                brief_id=brief_id,
                ordinal=ordinal,
                company_id=company_id,
                company_name=told.company,
                company_alias=told.company_alias,
                round_id=None,
                **values,
            )
        )
        key = report_key(self._fingerprint, position, ordinal)
        ref = ReportRef(report_id, key, brief_id, company_id, None, told.company)
        write_investors(self._connection, ref, backers(told))
        self._mention(report_id, mentions_of(told))

    def _mention(self, report_id: int, places: Iterable[tuple[str, int, int, int]]) -> None:
        self._execute(delete(t.MENTION).where(t.MENTION.c.report_id == report_id))
        for name, at, start, end in sorted(places):
            self._execute(
                insert(t.MENTION).values(
                    report_id=report_id, field=name, ordinal=at, start=start, end=end
                )
            )

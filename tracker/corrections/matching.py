"""A stored issue beside a new reading of it: which brief and which report is which.

In: what is stored, with what persons said of it, and what the pipeline reads now. Out: the briefs
as they will stand, each stored report with its new reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, or_, select

from tracker.filing import distinct_rounds
from tracker.parsing.names import name_key
from tracker.records import Brief, ExtractedBrief, ExtractedRound, report_key
from tracker.store import tables as t
from tracker.store.corrections import ACCEPTED, MARK, OVERRIDE, VERDICT
from tracker.store.rounds import checked_values

Part = tuple[Brief, ExtractedBrief]
_BRIEF = ("start", "end", "text", "section", "kind", "confidence", "lang", "in_news_section")


@dataclass(slots=True)
class StoredReport:
    """A stored report: its row, and what was read for it, whatever a person said since."""

    id: int
    ordinal: int
    company_id: int
    round_id: int | None
    name: str
    alias: str | None
    values: tuple[Any, ...]
    investors: list[list[Any]]
    """Name, lead, place."""
    mentions: set[tuple[str, int, int, int]]
    """Field, ordinal, start, end."""
    key: str
    held: bool = False
    """A person spoke of it."""
    accepted: bool = False

    def reads_as(self, told: ExtractedRound) -> bool:
        """Whether the pipeline says the same of it now."""
        return (
            (self.name, self.alias) == (told.company, told.company_alias)
            and self.values == checked_values(told)
            and self.investors == backers(told)
            and self.mentions == mentions_of(told)
        )


@dataclass(slots=True)
class StoredBrief:
    """A stored brief with its reports."""

    id: int
    position: int
    row: Mapping[str, Any]
    reports: list[StoredReport] = field(default_factory=list)


def backers(told: ExtractedRound) -> list[list[Any]]:
    """Name, lead, place of every investor that a reading names."""
    return [[i.name, i.lead, at] for at, i in enumerate(told.investors) if name_key(i.name)]


def mentions_of(told: ExtractedRound) -> set[tuple[str, int, int, int]]:
    """Where a reading has its values from: field, ordinal, start, end."""
    found = {(name, 0, span.start, span.end) for name, span in told.spans.items()}
    for at, investor in enumerate(told.investors):
        if name_key(investor.name):
            found.add(("investors", at, investor.span.start, investor.span.end))
    return found


@dataclass(slots=True)
class Place:
    """A brief as it will stand: the stored one (if any), and what was read of it now (if it was)."""

    stored: StoredBrief | None
    part: Part | None
    pairs: list[tuple[StoredReport | None, ExtractedRound | None]] = field(default_factory=list)
    """Stored report and new reading, in their order; a report without one is kept."""
    gone: list[StoredReport] = field(default_factory=list)


def load_briefs(connection: Connection, issue_id: int, fingerprint: str) -> list[StoredBrief]:
    """The briefs of an issue in their order."""
    columns = [t.BRIEF.c[name] for name in ("id", "position", *_BRIEF)]
    rows = connection.execute(
        select(*columns).where(t.BRIEF.c.issue_id == issue_id).order_by(t.BRIEF.c.position)
    ).mappings()
    briefs = {row["id"]: StoredBrief(row["id"], row["position"], dict(row)) for row in rows}
    reports: dict[int, StoredReport] = {}
    of_issue = select(t.BRIEF.c.id).where(t.BRIEF.c.issue_id == issue_id)
    for row in connection.execute(
        select(t.REPORT).where(t.REPORT.c.brief_id.in_(of_issue)).order_by(t.REPORT.c.ordinal)
    ).mappings():
        brief = briefs[row["brief_id"]]
        report = reports[row["id"]] = StoredReport(
            row["id"],
            row["ordinal"],
            row["company_id"],
            row["round_id"],
            row["company_name"],
            row["company_alias"],
            tuple(row[name] for name in t.VALUE_COLUMNS),
            [],
            set(),
            report_key(fingerprint, brief.position, row["ordinal"]),
        )
        brief.reports.append(report)
    part, said = t.PARTICIPATION.c, t.MENTION.c
    for one in connection.execute(
        select(part.report_id, part.name, part.lead, part.ordinal)
        .where(part.report_id.in_(reports))
        .order_by(part.report_id, part.ordinal)
    ):
        reports[one.report_id].investors.append([one.name, bool(one.lead), one.ordinal])
    for one in connection.execute(select(t.MENTION).where(said.report_id.in_(reports))):
        reports[one.report_id].mentions.add((one.field, one.ordinal, one.start, one.end))
    _load_said(connection, {report.key: report for report in reports.values()})
    return list(briefs.values())


def _load_said(connection: Connection, reports: Mapping[str, StoredReport]) -> None:
    """What persons said of the reports; where it stands in the report, what was read instead."""
    for row in connection.execute(select(OVERRIDE).where(OVERRIDE.c.report_key.in_(reports))):
        report = reports[row.report_key]
        report.held = True
        if row.read and row.field == "company":
            report.name, report.alias = json.loads(row.read)
        elif row.read and row.field == "investors":
            report.investors = json.loads(row.read)
    for row in connection.execute(select(MARK).where(MARK.c.report_key.in_(reports))):
        reports[row.report_key].held = True
        reports[row.report_key].accepted |= row.mark == ACCEPTED
    pairs = select(VERDICT.c.left_key, VERDICT.c.right_key).where(
        or_(VERDICT.c.left_key.in_(reports), VERDICT.c.right_key.in_(reports))
    )
    for pair in connection.execute(pairs):
        for key in pair:
            if key in reports:
                reports[key].held = True


def place_briefs(
    stored: Sequence[StoredBrief], parts: Sequence[Part]
) -> tuple[list[Place], list[StoredBrief]]:
    """The briefs in their new order, and the stored ones that are no more."""
    found: dict[int, StoredBrief] = {}
    left = list(stored)
    for test in (_same_place, _overlap):
        for at, (brief, _) in enumerate(parts):
            if at not in found:
                best = max(left, key=lambda old: test(old, brief), default=None)
                if best is not None and test(best, brief) > 0:
                    found[at] = best
                    left.remove(best)
    places = []
    for at, part in enumerate(parts):
        place = Place(found.get(at), part)
        told = distinct_rounds(part[1].rounds)
        _pair(place, found[at].reports if at in found else [], told)
        places.append(place)
    lost = []
    for old in left:
        # A brief that is no more stays for the sake of what a person said of it.
        if any(report.held for report in old.reports):
            place = Place(old, None)
            _pair(place, old.reports, [])
            places.append(place)
        else:
            lost.append(old)
    return places, lost


def _same_place(old: StoredBrief, brief: Brief) -> float:
    return float((old.row["start"], old.row["end"]) == (brief.start, brief.end))


def _overlap(old: StoredBrief, brief: Brief) -> float:
    """How much of the shorter one both have; nothing below a half."""
    common = min(old.row["end"], brief.end) - max(old.row["start"], brief.start)
    shorter = min(old.row["end"] - old.row["start"], brief.end - brief.start)
    return common / shorter if shorter > 0 and 2 * common > shorter else 0.0


def _pair(place: Place, reports: Sequence[StoredReport], told: Sequence[ExtractedRound]) -> None:
    """Which stored report is which reading: by name and sum, by name, and then in their order."""
    left = list(reports)
    found: dict[int, StoredReport] = {}
    tests = (
        lambda old, new: old.reads_as(new),
        lambda old, new: name_key(old.name) == name_key(new.company) and _sum(old) == new.amount,
        lambda old, new: name_key(old.name) == name_key(new.company),
        lambda old, new: True,
    )
    for test in tests:
        for at, new in enumerate(told):
            if at not in found:
                match = next((old for old in left if test(old, new)), None)
                if match is not None:
                    found[at] = match
                    left.remove(match)
    place.pairs = [(found.get(at), new) for at, new in enumerate(told)]
    place.pairs += [(old, None) for old in left if old.held]
    place.gone = [old for old in left if not old.held]


def _sum(report: StoredReport) -> Any:
    return report.values[t.VALUE_COLUMNS.index("amount")]

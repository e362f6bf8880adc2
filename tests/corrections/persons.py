"""A person at work on a desk, and what the database holds, for comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from conftest import Desk, FakeExtractor
from sqlalchemy import Connection, select

from tracker.corrections.correcting import Correction, correct
from tracker.corrections.reextraction import reextract
from tracker.corrections.rereading import Counts
from tracker.corrections.rounds import edit_round
from tracker.corrections.undoing import undo
from tracker.corrections.values import Wanted
from tracker.ingest import Steps
from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.records import ExtractedBrief, RoundRow
from tracker.store import tables as t

T = TypeVar("T")
WHO = "anna"


def say(desk: Desk, work: Callable[[Correction], T], who: str = WHO) -> T:
    """One command."""
    with desk.open() as store:
        return correct(store, "test", work, who=who)


def edit(desk: Desk, round_id: int, who: str = WHO, **wanted: Any) -> None:
    """Set values of a round."""
    say(desk, lambda c: edit_round(c, round_id, Wanted(**wanted)), who)


def take_back(desk: Desk, count: int = 1, who: str = WHO) -> int:
    """Undo; how many steps were."""
    with desk.open() as store:
        return len(undo(store, count, who=who))


class OtherReader(FakeExtractor):
    """Another pipeline: `change` is what it makes of each brief."""

    def __init__(self, change: Callable[[str, ExtractedBrief], ExtractedBrief]) -> None:
        self._change = change

    def extract(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[ExtractedBrief]:
        given = list(texts)
        for (text, _), read in zip(given, super().extract(given), strict=True):
            yield self._change(text, read)


def steps_with(desk: Desk, change: Callable[[str, ExtractedBrief], ExtractedBrief]) -> Steps:
    """The desk's stages with another pipeline."""
    return replace(
        desk.steps(),
        load=lambda: OtherReader(change),
        pipeline=lambda: {"name": "fake", "version": "2"},
    )


def read_again(desk: Desk, steps: Steps | None = None) -> Counts:
    """Reextract everything."""
    total = Counts()
    with desk.open() as store:
        for one in reextract(store, steps=steps or desk.steps()):
            assert one.status != "failed", one.reason
            total.add(one.counts)
    return total


def rounds(desk: Desk) -> dict[int, RoundRow]:
    """All rounds by id."""
    with desk.open(read_only=True) as store, store.reading() as connection:
        return {row.id: row for row in list_rounds(connection, RoundFilter(sort="id"))}


def round_of(desk: Desk, company: str) -> RoundRow:
    """The one round of a company."""
    (found,) = [row for row in rounds(desk).values() if row.company == company]
    return found


def content(desk: Desk, *, ids: bool) -> dict[str, Any]:
    """Everything that is derived, in an order of its own; without ids what they stand for."""
    with desk.open(read_only=True) as store, store.reading() as connection:
        return _content(connection, ids)


def _content(connection: Connection, ids: bool) -> dict[str, Any]:
    company, investor, round_ = (
        _names(connection, t.COMPANY, t.COMPANY_ALIAS, t.COMPANY_ALIAS.c.company_id, ids),
        _names(connection, t.INVESTOR, t.INVESTOR_ALIAS, t.INVESTOR_ALIAS.c.investor_id, ids),
        connection.execute(select(t.ROUND)).all(),
    )
    reports = connection.execute(
        select(t.REPORT, t.BRIEF.c.position, t.ISSUE.c.fingerprint)
        .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
        .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
        .order_by(t.ISSUE.c.fingerprint, t.BRIEF.c.position, t.REPORT.c.ordinal)
    ).all()
    key = {r.id: (r.fingerprint, r.position, r.ordinal) for r in reports}
    members: dict[int | None, list[Any]] = {}
    for r in reports:
        members.setdefault(r.round_id, []).append(key[r.id])
    parts = connection.execute(
        select(t.PARTICIPATION).order_by(t.PARTICIPATION.c.report_id, t.PARTICIPATION.c.ordinal)
    ).all()

    def named(id_: int | None) -> Any:
        return id_ if ids else tuple(members.get(id_, ())) if id_ is not None else None

    return {
        "companies": sorted(company.values()),
        "investors": sorted(investor.values()),
        "rounds": sorted(
            (
                str(named(r.id)),
                company[r.company_id],
                tuple(str(r._mapping[name]) for name in t.VALUE_COLUMNS),
            )
            for r in round_
        ),
        "reports": [
            (
                key[r.id],
                company[r.company_id],
                r.company_name,
                str(named(r.round_id)),
                tuple(str(r._mapping[name]) for name in t.VALUE_COLUMNS),
            )
            for r in reports
        ],
        "parts": sorted(
            (key[p.report_id], p.ordinal, p.name, bool(p.lead), investor[p.investor_id],
             str(named(p.round_id)))
            for p in parts
        ),
    }  # fmt: skip


def _names(connection: Connection, table: Any, alias: Any, owner: Any, ids: bool) -> dict[int, Any]:
    found = {
        row.id: (row.id if ids else 0, row.name, []) for row in connection.execute(select(table))
    }
    for row in connection.execute(select(owner, alias.c.key, alias.c.name, alias.c.own)):
        found[row[0]][2].append((row.key, row.name, bool(row.own)))
    return {id_: (number, name, str(sorted(all_))) for id_, (number, name, all_) in found.items()}

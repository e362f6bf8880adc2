"""By what rounds can be told apart: their groups, in an order that people expect.

A round stands in several groups where it has several investors, its company several sectors, or
several newsletters told of it; in one without a name where the text says nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from tracker.errors import BadValue
from tracker.language import language, word
from tracker.parsing.sectors import sector_label
from tracker.parsing.stages import STAGES, stage_label
from tracker.records import RoundRow
from tracker.store import tables as t
from tracker.store.pending import chunked
from tracker.store.sectors import REPORT_SECTOR

T = TypeVar("T")

GROUPS: tuple[str, ...] = (
    "month", "quarter", "stage", "sector", "investor", "currency", "newsletter",
)  # fmt: skip
MISSING = "(none named)"
"""The group of what no text says."""


def check_group(option: str, by: str) -> str:
    """`by`, or a `BadValue` that says what there is."""
    by = by.strip().lower()
    if by in GROUPS:
        return by
    near = difflib.get_close_matches(by, GROUPS, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(GROUPS)}"
    raise BadValue(f"{option} {by}: {hint}")


def month(day: date | None) -> str | None:
    """2026-01."""
    return day.isoformat()[:7] if day else None


def quarter(day: date | None) -> str | None:
    """2026-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else None


def group_label(by: str, key: str | None) -> str:
    """A group as people call it."""
    if key is None:
        return word(MISSING)
    if by == "stage":
        return stage_label(key)
    return sector_label(key, korean=language() == "ko") if by == "sector" else key


def in_order(by: str, groups: Iterable[T], key: Callable[[T], str | None], size: Callable[[T], int]) -> list[T]:  # fmt: skip
    """Groups as people read them: time and stages upwards, the rest by size; without a name last."""
    rank = {stage: place for place, stage in enumerate(STAGES)}

    def place(group: T) -> tuple[Any, ...]:
        name = key(group)
        if by in ("month", "quarter"):
            return name is None, name or ""
        if by == "stage":
            return name is None, rank.get(name or "", len(rank)), name or ""
        return name is None, -size(group), name or ""

    return sorted(groups, key=place)


def of_each(
    connection: Connection, by: str, rows: Sequence[RoundRow]
) -> list[tuple[str | None, RoundRow]]:
    """Every round with each of its groups, group by group; within one the order stays."""
    keys: Callable[[RoundRow], Sequence[str | None]]
    if by == "month":
        keys = lambda row: [month(row.announced_on)]  # noqa: E731
    elif by == "quarter":
        keys = lambda row: [quarter(row.announced_on)]  # noqa: E731
    elif by == "stage":
        keys = lambda row: [row.stage]  # noqa: E731
    elif by == "currency":
        keys = lambda row: [row.currency]  # noqa: E731
    elif by == "investor":
        keys = lambda row: list(dict.fromkeys(i.name for i in row.investors))  # noqa: E731
    elif by == "newsletter":
        keys = lambda row: list(dict.fromkeys(s.newsletter for s in row.sources))  # noqa: E731
    else:
        sectors = sectors_of(connection, [row.id for row in rows])
        keys = lambda row: sectors.get(row.id, ())  # noqa: E731
    found: dict[str | None, list[RoundRow]] = {}
    for row in rows:
        for key in keys(row) or [None]:
            found.setdefault(key, []).append(row)
    groups = in_order(by, found.items(), lambda g: g[0], lambda g: len(g[1]))
    return [(key, row) for key, members in groups for row in members]


def sectors_of(connection: Connection, rounds: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Round id → the sectors of its company, the most often told first."""
    told: dict[int, dict[str, int]] = {}
    report = t.REPORT.c
    for some in chunked(rounds):
        rows = connection.execute(
            select(t.ROUND.c.id, REPORT_SECTOR.c.sector)
            .join(t.REPORT, report.company_id == t.ROUND.c.company_id)
            .join(REPORT_SECTOR, REPORT_SECTOR.c.report_id == report.id)
            .where(t.ROUND.c.id.in_(some))
        )
        for round_id, sector in rows:
            counts = told.setdefault(round_id, {})
            counts[sector] = counts.get(sector, 0) + 1
    return {id_: tuple(sorted(n, key=lambda s: (-n[s], s))) for id_, n in told.items()}


def memberships(by: str) -> Select[Any] | None:
    """Round id and group, each pair once; None where the round itself says its group."""
    report, part = t.REPORT.c, t.PARTICIPATION.c
    if by == "sector":
        return (
            select(t.ROUND.c.id.label("round_id"), REPORT_SECTOR.c.sector.label("name"))
            .join(t.REPORT, report.company_id == t.ROUND.c.company_id)
            .join(REPORT_SECTOR, REPORT_SECTOR.c.report_id == report.id)
            .distinct()
        )
    if by == "investor":
        return (
            select(part.round_id.label("round_id"), t.INVESTOR.c.name.label("name"))
            .join(t.INVESTOR, t.INVESTOR.c.id == part.investor_id)
            .distinct()
        )
    if by == "newsletter":
        return (
            select(report.round_id.label("round_id"), t.NEWSLETTER.c.name.label("name"))
            .join(t.BRIEF, t.BRIEF.c.id == report.brief_id)
            .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
            .join(t.NEWSLETTER, t.NEWSLETTER.c.id == t.ISSUE.c.newsletter_id)
            .distinct()
        )
    return None

"""Reports of one company → its rounds: which reports speak of the same round, and what it holds.

Same round: compatible stage (equal, or one is silent), compatible amount (equal, or one is
silent, or within a tenth where both name the same stage), not one an extension and the other
not where both give an amount, at most 45 days apart, and never two of one brief (a brief that
tells two rounds means two). A report joins a round only if it is compatible with *every*
report in it, so a vague report cannot tie two rounds together.

Merging: field by field, the value of the fullest report that has one; between equally full
ones the more confident; then the earlier. Investors are united in order of mention; a lead
flag from any report counts; so does an extension flag. Without a stated date the round was
announced on the day of its first issue.

All of it is computed from the reports in an order of their own (issue date, fingerprint,
position), so the result does not depend on which issue was ingested first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.records import MergedRound, Report

WINDOW = timedelta(days=45)

# Fields that travel together: the first decides which report speaks.
_FIELDS: tuple[tuple[str, ...], ...] = (
    ("amount", "currency"),
    ("stage", "stage_raw"),
    ("valuation", "valuation_currency"),
    ("total_raised", "total_raised_currency"),
    ("description",),
)


def merge_reports(reports: Iterable[Report]) -> list[MergedRound]:
    """The rounds of one company, from all its reports. Ids already given are kept if possible."""
    groups = _group(sorted(reports, key=lambda r: r.order))
    taken: set[int] = set()
    merged = []
    for group in groups:
        free = sorted({r.round_id for r in group if r.round_id is not None} - taken)
        round_id = free[0] if free else None
        taken.update(free[:1])
        merged.append(MergedRound(round_id, tuple(r.id for r in group), _merge(group)))
    return merged


def _day(report: Report) -> date | None:
    return report.announced_on or report.issued_on


def same_round(a: Report, b: Report) -> bool:
    """Whether two reports of one company may speak of the same round."""
    if a.brief_id == b.brief_id:
        return False
    if a.stage and b.stage and a.stage != b.stage:
        return False
    if a.amount is not None and b.amount is not None:
        if a.extension != b.extension or a.currency != b.currency:
            return False
        gap, larger = abs(a.amount - b.amount), max(a.amount, b.amount)
        if gap and not (a.stage and a.stage == b.stage and gap * 10 <= larger):
            return False
    day_a, day_b = _day(a), _day(b)
    return day_a is None or day_b is None or abs(day_a - day_b) <= WINDOW


def _agreement(report: Report, group: Sequence[Report]) -> int:
    """How much of what `report` says the group says too."""
    stage = report.stage is not None and any(r.stage == report.stage for r in group)
    amount = report.amount is not None and any(r.amount == report.amount for r in group)
    return stage + 2 * amount


def _group(ordered: Sequence[Report]) -> list[list[Report]]:
    groups: list[list[Report]] = []
    for report in ordered:
        fits = [g for g in groups if all(same_round(report, other) for other in g)]
        if fits:
            # `max` keeps the first of equals: the earliest round.
            max(fits, key=lambda g: _agreement(report, g)).append(report)
        else:
            groups.append([report])
    return groups


def _fullness(report: Report) -> int:
    """How many fields a report fills."""
    return sum(getattr(report, names[0]) is not None for names in _FIELDS) + bool(report.investors)


def _merge(group: Sequence[Report]) -> dict[str, int | str | bool | float | date | None]:
    if len(group) == 1:
        (only,) = group
        alone = {name: getattr(only, name) for names in _FIELDS for name in names}
        alone["extension"] = only.extension
        alone["announced_on"] = _day(only)
        alone["confidence"] = only.confidence
        return alone
    ranked = sorted(group, key=lambda r: (-_fullness(r), -r.confidence, r.order))
    values: dict[str, int | str | bool | float | date | None] = {}
    for names in _FIELDS:
        speaker = next((r for r in ranked if getattr(r, names[0]) is not None), ranked[0])
        values.update({name: getattr(speaker, name) for name in names})
    values["extension"] = any(r.extension for r in group)
    stated = next((r.announced_on for r in ranked if r.announced_on is not None), None)
    issued = min((r.issued_on for r in group if r.issued_on is not None), default=None)
    values["announced_on"] = stated or issued
    values["confidence"] = max(r.confidence for r in group)
    return values

"""The reports of one round → the values that the round holds.

Every report votes, field by field, with what it says; its vote weighs more the more fields it
fills and the surer it is. The value with the most weight wins: of two reports the fuller and
more confident one, of several mostly the majority. Between equals the earlier report speaks. A
lead flag and an extension flag count from any report; without a stated date the round was
announced on the day of its first issue. What a person pinned wins over every vote.

Nothing is lost: each report keeps its own values, and `tracker show` lists where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from tracker.records import Report, Value

# Fields that travel together; the first ones, `size` of them, make two values the same.
_FIELDS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("amount", "currency"), 2),
    (("stage", "stage_raw"), 1),
    (("valuation", "valuation_currency"), 2),
    (("total_raised", "total_raised_currency"), 2),
    (("description",), 1),
)
_FILLED = tuple(names[0] for names, _ in _FIELDS)
_SAID = tuple(name for names, _ in _FIELDS for name in names)
_said = attrgetter(*_SAID)

Pins = Mapping[str, Mapping[str, Value]]


def day_of(report: Report) -> date | None:
    """The day a round was announced, as far as this report says: else the issue's."""
    return report.announced_on or report.issued_on


def _weight(report: Report) -> int:
    """Whole numbers, so that a sum is the same in any order."""
    filled = sum(getattr(report, name) is not None for name in _FILLED) + bool(report.investors)
    return (1 + filled) * (1 + round(1000 * report.confidence))


def merge_values(group: Sequence[Report], pins: Pins) -> dict[str, Value]:
    """What a round holds that is told by `group`, reports in their order."""
    if len(group) == 1:
        (only,) = group
        values: dict[str, Value] = dict(zip(_SAID, _said(only), strict=True))
        values["extension"] = only.extension
        values["announced_on"] = day_of(only)
        values["confidence"] = only.confidence
    else:
        values = _elect(group)
    if pins:
        for report in group:
            pinned = pins.get(report.key, {})
            values.update((name, value) for name, value in pinned.items() if name in values)
    return values


def _elect(group: Sequence[Report]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    ranked = sorted(
        ((_weight(report), report) for report in group), key=lambda one: (-one[0], one[1].order)
    )
    for names, size in _FIELDS:
        speaker = _elected(ranked, names[:size]) or ranked[0][1]
        values.update({name: getattr(speaker, name) for name in names})
    values["extension"] = any(report.extension for report in group)
    stated = _elected(ranked, ("announced_on",))
    issued = min((r.issued_on for r in group if r.issued_on is not None), default=None)
    values["announced_on"] = stated.announced_on if stated else issued
    values["confidence"] = max(report.confidence for report in group)
    return values


def _elected(ranked: Sequence[tuple[int, Report]], names: Sequence[str]) -> Report | None:
    """The weightiest report of those whose value has the most votes."""
    votes: dict[tuple[Value, ...], int] = {}
    first: dict[tuple[Value, ...], Report] = {}
    for weight, report in ranked:
        value = tuple(getattr(report, name) for name in names)
        if value[0] is not None:
            votes[value] = votes.get(value, 0) + weight
            first.setdefault(value, report)
    # `max` keeps the first of equals: that of the weightier, then of the earlier report.
    return first[max(votes, key=votes.__getitem__)] if votes else None

"""Reports of one company → its rounds: which reports speak of the same round.

Two reports are compatible if they are of different briefs, at most 45 days apart, and agree in
stage, in amount, and in whether it is an extension; who is silent agrees. In particular:

- amounts agree where they are the same sum, in one currency or in two by the rate of the day;
  where both name the same stage, a tenth more or less is a slip of the pen;
- a kind of money (strategic, SAFE, pre-IPO …) agrees with a series letter if the sums are equal;
- a round and its extension agree only where the same sum is told within two weeks;
- two that say they are of different trades agree only where sum or investors do.

A report joins a round only if it is compatible with *every* report in it, so a vague report
cannot tie two rounds together. The reports that say most come first, and the vague ones choose
the round they agree with best. All of it is computed from the reports in an order of their own,
so the result does not depend on which issue was ingested first.

A person's word comes before all this: reports called the same are one round, reports called
apart never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from operator import attrgetter

from tracker.identity.evidence import other_trade, share_investor
from tracker.identity.merging import day_of, merge_values
from tracker.identity.sums import near_sum, same_sum
from tracker.parsing.stages import LETTERED
from tracker.records import MergedRound, Report, Verdicts

WINDOW = timedelta(days=45)
EXTENSION_WINDOW = timedelta(days=14)
_NO_TIME = timedelta()

NOTHING_SAID = Verdicts()

_order = attrgetter("order")
_STEPS = LETTERED | {"angel", "pre_seed", "seed"}
"""Stages that follow one another; the others are kinds of money."""


def merge_reports(
    reports: Iterable[Report], verdicts: Verdicts = NOTHING_SAID, taken: set[int] | None = None
) -> list[MergedRound]:
    """The rounds of one company, from all its reports.

    Round ids already given are kept if possible; those in `taken` are not given again, and what
    is given is added to them.
    """
    taken = set() if taken is None else taken
    merged = []
    for group in _group(sorted(reports, key=_order), verdicts):
        free = sorted({r.round_id for r in group if r.round_id is not None} - taken)
        taken.update(free[:1])
        merged.append(
            MergedRound(
                free[0] if free else None,
                tuple(r.id for r in group),
                merge_values(group, verdicts.pins),
                _backed_by(group, verdicts),
            )
        )
    return merged


def _backed_by(group: Sequence[Report], verdicts: Verdicts) -> tuple[int, ...] | None:
    pins = verdicts.pins
    pinned = tuple(r.id for r in group if "investors" in pins.get(r.key, ())) if pins else ()
    return pinned or None


def days_apart(a: Report, b: Report) -> timedelta:
    """How long one was announced after the other; nothing where a day is unknown."""
    day_a, day_b = day_of(a), day_of(b)
    return abs(day_a - day_b) if day_a and day_b else _NO_TIME


def stages_agree(a: Report, b: Report) -> bool:
    """Whether two reports may be of one stage."""
    if not a.stage or not b.stage or a.stage == b.stage:
        return True
    return not (a.stage in _STEPS and b.stage in _STEPS) and same_sum(a, b)


def _amounts_agree(a: Report, b: Report) -> bool:
    if a.amount is None or b.amount is None or same_sum(a, b):
        return True
    return a.stage is not None and a.stage == b.stage and near_sum(a, b)


def _extensions_agree(a: Report, b: Report) -> bool:
    if a.extension == b.extension:
        return True
    plain = b if a.extension else a
    if plain.stage is None and plain.amount is None:
        return True
    return same_sum(a, b) and days_apart(a, b) <= EXTENSION_WINDOW


def same_round(a: Report, b: Report) -> bool:
    """Whether two reports of one company may speak of the same round."""
    return (
        a.brief_id != b.brief_id
        and days_apart(a, b) <= WINDOW
        and stages_agree(a, b)
        and _amounts_agree(a, b)
        and _extensions_agree(a, b)
        and (not other_trade(a, b) or same_sum(a, b) or share_investor(a, b))
    )


@dataclass(slots=True)
class _Group:
    """A round in the making. A unit is a report, or those that a person called one round."""

    units: list[list[Report]] = field(default_factory=list)
    since: int | None = None
    """The first day (ordinal) on which a report could be of it, as far as days are known."""
    until: int = 0

    def add(self, unit: list[Report]) -> None:
        self.units.append(unit)
        for day in filter(None, map(day_of, unit)):
            since, until = day.toordinal() - WINDOW.days, day.toordinal() + WINDOW.days
            self.since = since if self.since is None else min(self.since, since)
            self.until = max(self.until, until)

    def is_near(self, day: int | None) -> bool:
        """Spares the comparison with what is years away."""
        return day is None or self.since is None or self.since <= day <= self.until


def _group(ordered: Sequence[Report], verdicts: Verdicts) -> list[list[Report]]:
    if len(ordered) == 1:
        return [list(ordered)]
    read = {report.id: report for report in ordered} if verdicts.pins else {}
    if verdicts.pins:
        ordered = [_as_pinned(report, verdicts) for report in ordered]
    units = _units(ordered, verdicts)
    units.sort(key=_rank)
    groups: list[_Group] = []
    for unit in units:
        on = day_of(unit[0]) if len(unit) == 1 else None
        day = on.toordinal() if on else None
        fits = [
            group
            for group in groups
            if group.is_near(day)
            and all(_joins(unit, other, verdicts, read) for other in group.units)
        ]
        if not fits:
            groups.append(best := _Group())
        elif len(fits) == 1:
            best = fits[0]
        else:
            # `max` keeps the first of equals.
            best = max(fits, key=lambda group: _agreement(unit, group))
        best.add(unit)
    found = [sorted((r for u in g.units for r in u), key=_order) for g in groups]
    return sorted(found, key=lambda group: group[0].order)


def _as_pinned(report: Report, verdicts: Verdicts) -> Report:
    """The report as a person would have it, for comparing it with others."""
    pins = verdicts.pins.get(report.key, {})
    known = {name: value for name, value in pins.items() if name in _PINNABLE}
    return replace(report, **known) if known else report  # type: ignore[arg-type]


_PINNABLE = frozenset({"amount", "currency", "stage", "extension", "announced_on", "description"})


def _units(ordered: Sequence[Report], verdicts: Verdicts) -> list[list[Report]]:
    """The reports, those together that a person called one round."""
    if not verdicts.rounds.same:
        return [[report] for report in ordered]
    from tracker.identity.keys import Ties

    ties = Ties()
    keys = {report.key for report in ordered}
    for one, other in sorted(verdicts.rounds.same):
        if one in keys and other in keys:
            ties.tie(one, other)
    units: dict[str, list[Report]] = {}
    for report in ordered:
        units.setdefault(ties.root(report.key), []).append(report)
    return list(units.values())


def _joins(
    unit: Sequence[Report],
    other: Sequence[Report],
    verdicts: Verdicts,
    read: Mapping[int, Report],
) -> bool:
    """Whether two units may be one round. Of a person's units one report that fits is enough.

    Where a person corrected a value, a report that says what the person does fits, and so does one
    that has the same mistake: `read` are the reports as they were read.
    """
    if verdicts.rounds.apart and any(
        (min(a.key, b.key), max(a.key, b.key)) in verdicts.rounds.apart
        for a, b in product(unit, other)
    ):
        return False
    return any(
        same_round(a, b) or (a.id in read and same_round(read[a.id], read[b.id]))
        for a, b in product(unit, other)
    )


def _rank(unit: Sequence[Report]) -> tuple[int, tuple[str, str, int, int]]:
    """The fuller, then the earlier, comes first."""
    return -max(map(_told, unit)), unit[0].order


def _told(report: Report) -> int:
    """How much of what tells rounds apart a report says."""
    return 2 * (report.amount is not None) + (report.stage is not None)


def _agreement(unit: Sequence[Report], group: _Group) -> tuple[int, int, int]:
    """How much of what the unit says the group says too."""
    pairs = [(a, b) for other in group.units for a, b in product(unit, other)]
    amount = any(same_sum(a, b) for a, b in pairs)
    stage = any(a.stage is not None and a.stage == b.stage for a, b in pairs)
    backers = {investor for report in unit for investor, _ in report.investors}
    shared = {i for _, b in pairs for i, _ in b.investors if i in backers}
    return 2 * amount + stage, len(shared), -min(days_apart(a, b).days for a, b in pairs)

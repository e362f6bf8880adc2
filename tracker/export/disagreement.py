"""In what the reports of one round differ: every value with how many reports give it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.export.layouts import money, stage
from tracker.records import ReportRow, Value
from tracker.store.verdicts import SUMS

_FIELDS = ("amount", "stage", "extension", "valuation", "total_raised", "announced_on")


@dataclass(frozen=True, slots=True)
class Said:
    """A value (with its currency, of a sum) and the number of reports that give it."""

    value: Value
    currency: Value
    reports: int


def disagreements(reports: Sequence[ReportRow]) -> dict[str, list[Said]]:
    """Field → the values that are given for it, the most frequent first; only where they differ."""
    found = {}
    for name in _FIELDS:
        values = [
            (report.values[name], report.values[SUMS[name]] if name in SUMS else None)
            for report in reports
            if report.values[name] is not None
        ]
        # Most frequent first; of equally frequent ones that of the earlier report.
        counted = Counter(values).most_common()
        if len(counted) > 1:
            found[name] = [Said(*value, count) for value, count in counted]
    return found


def disagreement_line(name: str, said: Sequence[Said]) -> str:
    """For reading: ``60억원 (2 reports), 65억원 (1 report)``."""
    return ", ".join(
        f"{_shown(name, one)} ({one.reports} report{'s' if one.reports > 1 else ''})"
        for one in said
    )


def _shown(name: str, said: Said) -> str:
    if name in SUMS and isinstance(said.value, int):
        return money(said.value, str(said.currency)) or str(said.value)
    if name == "stage":
        return stage(str(said.value), extension=False)
    if name == "extension":
        return "yes" if said.value else "no"
    return str(said.value)

"""Rounds under headings: a table for each group, or one more field in the machine formats."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TextIO

from tracker.export.layouts import Layout
from tracker.export.rounds import ROUNDS
from tracker.export.safety import plain_line
from tracker.export.table import write_table
from tracker.language import translated
from tracker.records import RoundRow

Member = tuple[str | None, str, RoundRow]
"""The group's key and its label, and one of its rounds."""


def grouped_layout(by: str) -> Layout[Member]:
    """The rounds' layout with the group in front, under the name of what they are grouped by."""
    name = f"group_{by}"
    return Layout(
        record=lambda member: {name: member[0], **ROUNDS.record(member[2])},
        names=(name, *ROUNDS.names),
        cells=lambda member: [member[0], *ROUNDS.cells(member[2])],
        columns=(),
    )


def write_groups(members: Sequence[Member], out: TextIO) -> None:
    """A heading and a table for each group."""
    for place, (label, rows) in enumerate(groupby(members, key=lambda member: member[1])):
        found = [row for _, _, row in rows]
        count = translated(f"{len(found)} round{'s' * (len(found) != 1)}")
        heading = f"{plain_line(label)}: {count}"
        out.write(("\n" if place else "") + heading + "\n")
        write_table(found, ROUNDS, out)

"""Which rounds a person has looked at: accepted, corrected, or called no round.

What persons said is kept by the keys of reports (letter's fingerprint, brief, ordinal), which
outlive any rebuilding; here they are turned into the rounds of now.
"""

from __future__ import annotations

from sqlalchemy import Connection, column, inspect, select, table

from tracker.store import tables as t
from tracker.store.pending import chunked

_SAID = ("report_mark", "round_override")
"""The tables that hold a person's word on a report, each by `report_key`."""


def reviewed_rounds(connection: Connection) -> list[int]:
    """Their ids, upwards."""
    known = inspect(connection)
    keys: set[str] = set()
    for name in _SAID:
        if known.has_table(name):
            said = table(name, column("report_key"))
            keys.update(connection.execute(select(said.c.report_key)).scalars())
    letters = {key.rsplit(":", 2)[0] for key in keys}
    report, brief, issue = t.REPORT.c, t.BRIEF.c, t.ISSUE.c
    found: set[int] = set()
    for some in chunked(sorted(letters)):
        rows = connection.execute(
            select(issue.fingerprint, brief.position, report.ordinal, report.round_id)
            .join(t.BRIEF, brief.issue_id == issue.id)
            .join(t.REPORT, report.brief_id == brief.id)
            .where(issue.fingerprint.in_(some), report.round_id.is_not(None))
        )
        found.update(
            round_id
            for letter, position, ordinal, round_id in rows
            if f"{letter}:{position}:{ordinal}" in keys
        )
    return sorted(found)

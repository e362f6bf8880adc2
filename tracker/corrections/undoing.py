"""Take a step back: every statement holds again what it held before, and all is derived anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tracker.corrections.correcting import user
from tracker.corrections.deriving import derive, give_back, give_back_names
from tracker.corrections.enacting import enact, touched_by
from tracker.errors import TrackerError
from tracker.records import ChangeRow
from tracker.store import Store
from tracker.store.history import ids_before, last_steps, mark_undone, stands, step_changes
from tracker.store.statements import Statement


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back: the changes it had made, the first one first."""

    step: int
    changes: Sequence[ChangeRow]


def undo(store: Store, count: int = 1, *, who: str | None = None) -> list[Undone]:
    """Take back the last `count` steps of a user (this one by default), the newest first.

    All of them or none. Raises `TrackerError` where someone has changed the same since.
    """
    who = who or user()
    with store.changing() as connection:
        return [_undo(connection, step) for step in last_steps(connection, who, count)]


def _undo(connection: Connection, step: int) -> Undone:
    changes = step_changes(connection, step)
    companies: set[int] = set()
    investors: set[int] = set()
    named: set[int] = set()

    def touch(statement: Statement) -> None:
        touched = touched_by(connection, statement)
        companies.update(touched.companies)
        investors.update(touched.investors)
        named.update(touched.named)

    for noted in changes:
        touch(noted.statement)
    ids = ids_before(connection, step)
    investors.update(give_back_names(connection, ids))
    for noted in changes:
        if not stands(connection, noted):
            row = noted.row
            raise TrackerError(
                f"step {step} ({row.command} of {row.label}): {row.field} has been changed since by "
                "another step, which has to be undone first (tracker changes)"
            )
        # Before and after: a statement decides to whom its report belongs.
        touch(noted.statement)
        enact(connection, noted.statement, noted.before)
        touch(noted.statement)
    mark_undone(connection, [noted.id for noted in changes])
    give_back(connection, ids)
    companies.update(ids.get("company", {}).values())
    investors.update(ids.get("investor", {}).values())
    derive(connection, companies, investors, named)
    return Undone(step, [noted.row for noted in reversed(changes)])

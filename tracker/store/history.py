"""The history of persons' statements: who changed which, in steps that can be undone.

Every change of a statement is noted with what it held before and after.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tracker.records import ChangeRow
from tracker.store.corrections import CHANGE
from tracker.store.statements import Content, Statement, held


@dataclass(frozen=True, slots=True)
class About:
    """A change in words: what it is of, which field, from what to what."""

    subject: str
    subject_id: int | None
    label: str
    field: str
    old: str | None
    new: str | None


@dataclass
class Step:
    """What one command changes. Statements that hold the same already are left alone."""

    connection: Connection
    who: str
    command: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    said: list[tuple[Statement, Content | None, Content | None]] = field(default_factory=list)
    """Statement, before, after."""
    _number: int = 0

    def say(
        self,
        statement: Statement,
        content: Mapping[str, Any] | None,
        about: About,
        enact: Callable[[Connection, Statement, Content | None], None],
    ) -> bool:
        """Put a statement through `enact` and note it. Returns whether it says anything new."""
        before = held(self.connection, statement)
        after: Content | None = None
        if content is not None:
            after = {**content, "who": self.who, "at": self.at.isoformat()}
        if _meaning(before) == _meaning(after):
            return False
        enact(self.connection, statement, after)
        self.said.append((statement, before, after))
        self.connection.execute(
            insert(CHANGE).values(
                step=self.number,
                at=self.at,
                who=self.who,
                command=self.command,
                subject=about.subject,
                subject_id=about.subject_id,
                label=about.label,
                field=about.field,
                old=about.old,
                new=about.new,
                undone=False,
                statement=statement.as_json(),
                before=_json(before),
                after=_json(after),
            )
        )
        return True

    @property
    def number(self) -> int:
        """The step's number: one more than the last."""
        if not self._number:
            last = self.connection.execute(select(func.max(CHANGE.c.step))).scalar()
            self._number = (last or 0) + 1
        return self._number

    def took(self, ids: Mapping[str, Mapping[str, int]]) -> None:
        """Note the ids that reports had before the step, so that undoing gives them back."""
        if self.said and any(ids.values()):
            first = select(func.min(CHANGE.c.id)).where(CHANGE.c.step == self.number)
            self.connection.execute(
                update(CHANGE)
                .where(CHANGE.c.id == first.scalar_subquery())
                .values(ids=json.dumps(ids))
            )


def _meaning(content: Content | None) -> Content | None:
    """A statement without who said it when."""
    return content and {k: v for k, v in content.items() if k not in ("who", "at")}


def _json(content: Content | None) -> str | None:
    return None if content is None else json.dumps(content, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Noted:
    """A change as it stands in the history, ready to be undone."""

    id: int
    statement: Statement
    before: Content | None
    after: Content | None
    row: ChangeRow


def last_steps(connection: Connection, who: str | None, count: int) -> list[int]:
    """The newest steps that are not undone, newest first."""
    query = select(CHANGE.c.step).where(CHANGE.c.undone.is_(False))
    if who is not None:
        query = query.where(CHANGE.c.who == who)
    query = query.group_by(CHANGE.c.step).order_by(CHANGE.c.step.desc()).limit(count)
    return list(connection.execute(query).scalars())


def step_changes(connection: Connection, step: int) -> list[Noted]:
    """The changes of a step, the last first."""
    rows = connection.execute(
        select(CHANGE).where(CHANGE.c.step == step).order_by(CHANGE.c.id.desc())
    ).all()
    return [
        Noted(
            row.id,
            Statement.from_json(row.statement),
            row.before and json.loads(row.before),
            row.after and json.loads(row.after),
            _row(row),
        )
        for row in rows
    ]


def ids_before(connection: Connection, step: int) -> dict[str, dict[str, int]]:
    """The ids that a step took away (see `Step.took`)."""
    found = connection.execute(
        select(CHANGE.c.ids).where(CHANGE.c.step == step, CHANGE.c.ids.is_not(None))
    ).scalar()
    kinds: dict[str, dict[str, int]] = json.loads(found) if found else {}
    return kinds


def stands(connection: Connection, noted: Noted) -> bool:
    """Whether the statement still holds what this change gave it."""
    return _meaning(held(connection, noted.statement)) == _meaning(noted.after)


def mark_undone(connection: Connection, ids: Iterable[int]) -> None:
    """Note that these changes are undone."""
    connection.execute(update(CHANGE).where(CHANGE.c.id.in_(list(ids))).values(undone=True))


def list_changes(
    connection: Connection, *, who: str | None = None, limit: int | None = None
) -> list[ChangeRow]:
    """The history, newest first; what a command said of every report of a round is told once."""
    told = (
        CHANGE.c.step,
        CHANGE.c.subject,
        CHANGE.c.subject_id,
        CHANGE.c.label,
        CHANGE.c.field,
        CHANGE.c.old,
        CHANGE.c.new,
    )
    first = select(func.min(CHANGE.c.id)).group_by(*told)
    query = select(CHANGE).where(CHANGE.c.id.in_(first)).order_by(CHANGE.c.id.desc())
    if who is not None:
        query = query.where(CHANGE.c.who == who)
    if limit:
        query = query.limit(limit)
    return [_row(row) for row in connection.execute(query)]


def _row(row: Any) -> ChangeRow:
    return ChangeRow(
        id=row.id,
        step=row.step,
        at=row.at,
        who=row.who,
        command=row.command,
        subject=row.subject,
        subject_id=row.subject_id,
        label=row.label,
        field=row.field,
        old=row.old,
        new=row.new,
        undone=bool(row.undone),
    )

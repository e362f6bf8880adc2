"""Statements of persons: read, put, take back; and the history of who changed which.

A statement is one row of `round_override`, `verdict` or `report_mark`, named by its key. Every
change of one is noted with what it held before and after, so that a step can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from tracker.records import ChangeRow
from tracker.store.corrections import CHANGE, MARK, OVERRIDE, VERDICT

TableName = Literal["round_override", "verdict", "report_mark"]
Content = dict[str, Any]
"""The columns of a statement beside its key, as JSON knows them."""

_TABLES: dict[str, tuple[Table, tuple[str, ...], tuple[str, ...]]] = {
    "round_override": (OVERRIDE, ("report_key", "field"), ("value", "accepted")),
    "verdict": (
        VERDICT,
        ("kind", "left_key", "right_key"),
        ("left_name", "right_name", "same", "shown_name"),
    ),
    "report_mark": (MARK, ("report_key", "mark"), ("kind",)),
}
"""Table, key, and content; who said it and when goes with every one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Which statement: its table and its key."""

    table: TableName
    key: tuple[str, ...]

    def as_json(self) -> str:
        """For the history."""
        return json.dumps([self.table, *self.key], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Statement:
        """Out of the history."""
        table, *key = json.loads(text)
        return cls(table, tuple(key))


def override(report_key: str, name: str) -> Statement:
    """What a person says of one field of the round that a report belongs to."""
    return Statement("round_override", (report_key, name))


def mark(report_key: str, name: str) -> Statement:
    """What a person says of a report as a whole."""
    return Statement("report_mark", (report_key, name))


def verdict(kind: str, one: str, other: str) -> Statement:
    """Whether two keys are of one."""
    return Statement("verdict", (kind, min(one, other), max(one, other)))


def held(connection: Connection, statement: Statement) -> Content | None:
    """What a statement holds; None where there is none."""
    table, _, columns = _TABLES[statement.table]
    row = connection.execute(
        select(*(table.c[name] for name in columns), table.c.who, table.c.at).where(
            _named(table, statement)
        )
    ).first()
    if row is None:
        return None
    found = dict(row._mapping)
    return {**found, "at": found["at"].isoformat()}


def put(connection: Connection, statement: Statement, content: Content | None) -> None:
    """Let a statement hold `content`; None takes it away."""
    table, key, _ = _TABLES[statement.table]
    if content is None:
        connection.execute(delete(table).where(_named(table, statement)))
        return
    values = {**content, "at": datetime.fromisoformat(content["at"])}
    done = connection.execute(update(table).where(_named(table, statement)).values(**values))
    if not done.rowcount:
        named = dict(zip(key, statement.key, strict=True))
        connection.execute(insert(table).values(**named, **values))


def _named(table: Table, statement: Statement) -> Any:
    key = _TABLES[statement.table][1]
    return and_(*(table.c[n] == v for n, v in zip(key, statement.key, strict=True)))


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


def renamed_reports(connection: Connection, names: Mapping[str, str]) -> None:
    """Give every statement and its history the new keys of reports whose place has changed."""
    names = {old: new for old, new in names.items() if old != new}
    if not names:
        return
    moved: list[tuple[Statement, Statement]] = []
    for name, (table, key, _) in _TABLES.items():
        wanted = [table.c[column].in_(names) for column in key if column.endswith("_key")]
        for condition in wanted:
            rows = connection.execute(select(*(table.c[n] for n in key)).where(condition))
            for row in rows:
                old = Statement(_table_name(name), tuple(row))
                if old not in (was for was, _ in moved):
                    moved.append((old, _renamed(old, names)))
    # All are taken away before any is put back: one may take another's place.
    contents = [_whole(connection, old) for old, _ in moved]
    for old, _ in moved:
        put(connection, old, None)
    for (_, new), content in zip(moved, contents, strict=True):
        table, key, _columns = _TABLES[new.table]
        named = dict(zip(key, new.key, strict=True))
        if new.table == "verdict" and names.get(content["left_key"]) == named["right_key"]:
            content["left_name"], content["right_name"] = (
                content["right_name"],
                content["left_name"],
            )
        connection.execute(insert(table).values(**{**content, **named}))
    _rename_history(connection, names)


def _table_name(name: str) -> TableName:
    assert name in ("round_override", "verdict", "report_mark")
    return name  # type: ignore[return-value]


def _renamed(statement: Statement, names: Mapping[str, str]) -> Statement:
    key = [names.get(part, part) for part in statement.key]
    if statement.table == "verdict":
        return verdict(*key)
    return Statement(statement.table, tuple(key))


def _whole(connection: Connection, statement: Statement) -> Content:
    table = _TABLES[statement.table][0]
    row = connection.execute(select(table).where(_named(table, statement))).one()
    return {k: v for k, v in row._mapping.items() if k != "id"}


def _rename_history(connection: Connection, names: Mapping[str, str]) -> None:
    prefixes: Sequence[str] = sorted({old.split(":", 1)[0] for old in names})
    for prefix in prefixes:
        rows = connection.execute(
            select(CHANGE.c.id, CHANGE.c.statement).where(
                CHANGE.c.statement.contains(prefix, autoescape=True)
            )
        ).all()
        for row in rows:
            new = _renamed(Statement.from_json(row.statement), names).as_json()
            if new != row.statement:
                connection.execute(
                    update(CHANGE).where(CHANGE.c.id == row.id).values(statement=new)
                )

"""Statements of persons: read, put, take back.

A statement is one row of `round_override`, `verdict` or `report_mark`, named by its key. Who
changed which stands in the history (`tracker.store.history`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, and_, delete, insert, select, update

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

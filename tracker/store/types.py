"""Column types that mean the same on every engine.

Texts compare by code point everywhere (PostgreSQL would else use the server's language), ids
are 64 bits, and a moment is UTC and says so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    event,
)

ID = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up only what is called INTEGER, and that has 64 bits there."""
TEXT = String().with_variant(String(collation="C"), "postgresql")


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps no zone, so it is put back when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None:
            return None
        assert isinstance(value, datetime)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def portable(metadata: MetaData) -> None:
    """Give every column that joins `metadata` from now on the type that is the same everywhere."""

    @event.listens_for(Column, "after_parent_attach")
    def _settle(column: Column[Any], parent: Any) -> None:
        if not isinstance(parent, Table) or parent.metadata is not metadata:
            return
        kind = column.type
        # SQLModel's texts are a decorator around String.
        if isinstance(kind, TypeDecorator):
            kind = kind.impl_instance
        if isinstance(kind, String):
            column.type = TEXT
        elif isinstance(column.type, Integer) and (column.primary_key or column.foreign_keys):
            column.type = ID

"""Pairs that may be one: written while letters are filed, for a person to decide.

A pair goes away when its two are merged, when a person keeps them apart, and when one of them
is no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import BigInteger, Connection, Index, UniqueConstraint, delete, or_, select
from sqlmodel import Field

from tracker.records import Suggestion
from tracker.store.backend import backend_of
from tracker.store.pending import chunked
from tracker.store.tables import METADATA, TrackerTable


class MergeSuggestion(TrackerTable, table=True):
    """Two companies, investors or rounds that may be one; ``left_id < right_id``."""

    __tablename__ = "merge_suggestion"
    __table_args__ = (
        UniqueConstraint("kind", "left_id", "right_id"),
        Index("ix_merge_suggestion_kind_right_id", "kind", "right_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    left_id: int = Field(sa_type=BigInteger)
    right_id: int = Field(sa_type=BigInteger)
    score: float
    reason: str


MERGE_SUGGESTION = METADATA.tables["merge_suggestion"]
_COLUMNS = ("kind", "left_id", "right_id", "score", "reason")


def list_suggestions(connection: Connection) -> list[Suggestion]:
    """All of them, the likeliest first."""
    column = MERGE_SUGGESTION.c
    rows = connection.execute(
        select(*(column[name] for name in _COLUMNS)).order_by(
            column.score.desc(), column.kind, column.left_id, column.right_id
        )
    )
    return [Suggestion(*row) for row in rows]


def forget_suggestions(connection: Connection, kind: str, ids: Iterable[int]) -> None:
    """Remove every suggestion of this kind in which one of `ids` takes part."""
    column = MERGE_SUGGESTION.c
    for some in chunked(ids):
        connection.execute(
            delete(MERGE_SUGGESTION).where(
                column.kind == kind, or_(column.left_id.in_(some), column.right_id.in_(some))
            )
        )


def forget_suggestion(connection: Connection, kind: str, one: int, other: int) -> None:
    """Remove one suggestion, if it is there: a person has decided."""
    column = MERGE_SUGGESTION.c
    connection.execute(
        delete(MERGE_SUGGESTION).where(
            column.kind == kind,
            column.left_id == min(one, other),
            column.right_id == max(one, other),
        )
    )


def renew_suggestions(
    connection: Connection, kind: str, ids: Iterable[int], found: Sequence[Suggestion]
) -> None:
    """Let `found` be all suggestions of this kind whose first is one of `ids`."""
    column = MERGE_SUGGESTION.c
    gone: list[int] = []
    pairs = {(s.left_id, s.right_id): s for s in found}
    for some in chunked(ids):
        rows = connection.execute(
            select(column.id, column.left_id, column.right_id, column.score, column.reason).where(
                column.kind == kind, column.left_id.in_(some)
            )
        )
        for id_, left, right, score, reason in rows:
            new = pairs.get((left, right))
            if new is not None and (new.score, new.reason) == (score, reason):
                del pairs[left, right]
            else:
                gone.append(id_)
    for some in chunked(gone):
        connection.execute(delete(MERGE_SUGGESTION).where(column.id.in_(some)))
    _add(connection, list(pairs.values()))


def add_suggestions(connection: Connection, found: Sequence[Suggestion]) -> None:
    """Keep those that are new."""
    column = MERGE_SUGGESTION.c
    new = {(s.kind, s.left_id, s.right_id): s for s in found}
    for some in chunked(list(new)):
        known = connection.execute(
            select(column.kind, column.left_id, column.right_id).where(
                column.left_id.in_({left for _, left, _ in some})
            )
        )
        for row in known:
            new.pop(tuple(row), None)
    _add(connection, list(new.values()))


def _add(connection: Connection, new: Sequence[Suggestion]) -> None:
    if new:
        rows = [(s.kind, s.left_id, s.right_id, s.score, s.reason) for s in new]
        backend_of(connection).insert_many(connection, MERGE_SUGGESTION, _COLUMNS, rows)

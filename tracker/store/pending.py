"""Rows that wait to be written together, with the ids that were given to them beforehand.

An id is handed out here, not by the database, so that rows can name one another before any of
them is written. That is safe because a writer holds the database's write lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table

from tracker.store import job_tables as j
from tracker.store import tables as t
from tracker.store.backend import backend_of

T = TypeVar("T")

CHUNK = 1000
"""Keys or ids asked for in one statement."""

_NUMBERED = (t.NEWSLETTER, t.ISSUE, t.BRIEF, t.COMPANY, t.INVESTOR, t.ROUND, t.REPORT, j.RAW_ISSUE)
_ORDER = (
    *_NUMBERED, t.COMPANY_ALIAS, t.INVESTOR_ALIAS, t.PARTICIPATION, t.MENTION, j.ISSUE_COPY,
    j.ISSUE_KEY,
)  # fmt: skip
"""Every table after those that its rows point to."""
COLUMNS: dict[str, tuple[str, ...]] = {
    t.NEWSLETTER.name: ("id", "name", "key"),
    t.ISSUE.name: (
        "id", "newsletter_id", "fingerprint", "title", "number", "issued_on", "source", "media",
        "ingested_at", "pipeline_name", "pipeline_version", "text_z",
    ),
    t.BRIEF.name: (
        "id", "issue_id", "position", "start", "end", "text", "section", "kind", "confidence",
        "lang", "in_news_section",
    ),
    t.COMPANY.name: ("id", "name"),
    t.INVESTOR.name: ("id", "name", "kind", "country"),
    t.ROUND.name: ("id", "company_id", *t.VALUE_COLUMNS),
    t.REPORT.name: (
        "id", "brief_id", "ordinal", "company_id", "company_name", "company_alias", "round_id",
        *t.VALUE_COLUMNS,
    ),
    t.COMPANY_ALIAS.name: ("company_id", "name", "key", "own", "sought", "sound"),
    t.INVESTOR_ALIAS.name: ("investor_id", "name", "key", "own", "sought", "sound"),
    t.PARTICIPATION.name: (
        "report_id", "round_id", "investor_id", "name", "lead", "ordinal", "position",
    ),
    t.MENTION.name: ("report_id", "field", "ordinal", "start", "end"),
    j.RAW_ISSUE.name: (
        "id", "sha256", "name", "length", "received_at", "source_id", "failure", "data_z",
    ),
    j.ISSUE_COPY.name: (
        "issue_id", "raw_id", "source_id", "fingerprint", "origin", "received_at",
    ),
    j.ISSUE_KEY.name: ("key", "issue_id"),
}  # fmt: skip
"""The values of a row, in order. Ids that are not here are nobody's business but the database's."""


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items, `size` at a time."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


class Pending:
    """The rows of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._backend = backend_of(connection)
        self._first: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in _ORDER}

    def next_id(self, table: Table) -> int:
        """An id that no row of `table` has or had."""
        if not self._next:
            self._first = self._backend.first_ids(self._connection, _NUMBERED)
            self._next = dict(self._first)
        given = self._next[table.name]
        self._next[table.name] = given + 1
        return given

    def is_new(self, table: Table, row_id: int) -> bool:
        """Whether the id was given in this transaction."""
        return bool(self._first) and row_id >= self._first[table.name]

    def add(self, table: Table, *values: Any) -> None:
        """A row, its values in the order of `COLUMNS`."""
        self._rows[table.name].append(values)

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """The rows that wait, to append to: for where there are very many."""
        return self._rows[table.name]

    def flush(self) -> None:
        """Write what waits."""
        moved = {n: i for n, i in self._next.items() if i != self._first[n]}
        self._backend.claim_ids(self._connection, moved)
        for table in _ORDER:
            if rows := self._rows[table.name]:
                self._backend.insert_many(self._connection, table, COLUMNS[table.name], rows)
                rows.clear()

"""Sources, their runs, and the letters they brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """Where letters come from, how they are fetched, and how that went; moments are UTC."""

    id: int
    name: str
    url: str
    kind: str | None
    newsletter: str | None
    every: timedelta
    password: str | None
    """Where the password is, never itself: ``env:NAME``, ``file:PATH`` or ``keyring``."""
    options: Mapping[str, Any]
    paused: bool
    state: Mapping[str, Any]
    added_at: datetime
    next_due: datetime
    last_run: datetime | None = None
    last_success: datetime | None = None
    last_error: datetime | None = None
    error: str | None = None
    """Why the last run failed; None after a success."""
    last_letter: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source with what it has brought so far; `silent`: nothing for longer than was asked."""

    source: StoredSource
    issues: int
    rounds: int
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What came of one source in one run: letters by what became of them."""

    source: str
    status: Literal["ok", "failed"]
    new: int
    known: int
    failed: int
    briefs: int
    rounds: int
    error: str | None
    """Why the source, or a letter of it, failed."""
    note: str | None = None
    """What a person should know though nothing failed: the source has moved, or is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A letter that a source holds, and what a run would make of it."""

    status: Literal["new", "known", "failed"]
    date: date | None
    newsletter: str | None
    title: str | None
    briefs: int
    rounds: int
    source: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One stored issue; `briefs` and `rounds` count what was read from it."""

    id: int
    date: date | None
    newsletter: str | None
    number: str | None
    title: str | None
    media: str
    source: str
    ingested_at: datetime
    briefs: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """One form in which an issue arrived; `raw_id` is None where its bytes were not kept."""

    origin: str
    source: str | None
    received_at: datetime
    raw_id: int | None
    name: str | None
    length: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A letter that was set aside: no issue could be made of it."""

    id: int
    source: str | None
    name: str
    length: int
    received_at: datetime
    failure: str

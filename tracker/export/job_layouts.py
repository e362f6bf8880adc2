"""How sources, what came of them, and stored issues look; see `tracker.export.layouts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from tracker.export.layouts import Cell, Column, Layout
from tracker.export.safety import without_secrets
from tracker.parsing.durations import format_duration
from tracker.records import (
    CopyRow,
    FailedRow,
    IssueRow,
    PreviewRow,
    SourceResult,
    SourceStatus,
    StoredSource,
)

R = TypeVar("R")

_STEPS = ((86_400 * 2, 86_400, "d"), (3_600 * 2, 3_600, "h"), (60, 60, "min"))


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago or ahead a moment is: "3h ago", "in 2d"; empty for none."""
    if moment is None:
        return ""
    seconds = int((now - moment).total_seconds())
    for least, unit, name in _STEPS:
        if abs(seconds) >= least:
            count = f"{abs(seconds) // unit}{name}"
            return f"{count} ago" if seconds > 0 else f"in {count}"
    return "just now" if seconds >= 0 else "now"


def _iso(value: Any) -> Any:
    return (
        value.astimezone(UTC).isoformat(timespec="seconds") if hasattr(value, "tzinfo") else value
    )


def _cell(value: Any) -> Cell:
    plain = _iso(value)
    return plain if plain is None or isinstance(plain, str | int | float | bool) else str(plain)


def _layout(
    names: tuple[str, ...],
    record: Callable[[R], Mapping[str, object]],
    columns: tuple[Column[R], ...],
) -> Layout[R]:
    return Layout(
        record=record,
        names=names,
        cells=lambda row: [_cell(record(row).get(name)) for name in names],
        columns=columns,
    )


def _plain_record(row: Any) -> dict[str, object]:
    return {name: _iso(value) for name, value in asdict(row).items()}


def source_record(source: StoredSource) -> dict[str, object]:
    """A source as the machine formats carry it; what its fetcher remembers is left out."""
    return {
        "name": source.name,
        "url": without_secrets(source.url),
        "kind": source.kind,
        "newsletter": source.newsletter,
        "every": format_duration(source.every),
        "password": source.password,
        "options": dict(source.options),
        "paused": source.paused,
        "added_at": _iso(source.added_at),
        "next_due": _iso(source.next_due),
    }


SOURCES: Layout[StoredSource] = _layout(
    ("name", "url", "kind", "newsletter", "every", "password", "paused", "next_due"),
    source_record,
    (
        Column("Name", lambda s: s.name + (" (paused)" if s.paused else ""), ratio=2),
        Column("Kind", lambda s: s.kind or "web"),
        Column("Every", lambda s: format_duration(s.every), "right"),
        Column("Newsletter", lambda s: s.newsletter or "", ratio=2),
        Column("Address", lambda s: without_secrets(s.url), ratio=4),
    ),
)


def _status_record(row: SourceStatus) -> dict[str, object]:
    source = row.source
    moments = ("last_run", "last_success", "last_error", "error", "last_letter", "next_due")
    return {
        "name": source.name,
        "kind": source.kind,
        "paused": source.paused,
        **{name: _iso(getattr(source, name)) for name in moments},
        "issues": row.issues,
        "rounds": row.rounds,
        "silent": row.silent,
    }


def status_layout(now: datetime) -> Layout[SourceStatus]:
    """A source's standing; people see moments as they are from `now`."""

    def due(row: SourceStatus) -> str:
        if row.source.paused:
            return "paused"
        return "now" if row.source.next_due <= now else ago(row.source.next_due, now)

    def wrong(row: SourceStatus) -> str:
        source = row.source
        when = ago(source.last_error, now)
        return f"{when}: {source.error}" if source.error else when

    return _layout(
        ("name", "kind", "paused", "last_run", "last_success", "last_error", "error",
         "last_letter", "next_due", "issues", "rounds", "silent"),
        _status_record,
        (
            Column("Source", lambda r: r.source.name, ratio=2),
            Column("Success", lambda r: ago(r.source.last_success, now) or "never"),
            Column("Letter", lambda r: ago(r.source.last_letter, now) or "never"),
            Column("Due", due),
            Column("Issues", lambda r: str(r.issues), "right"),
            Column("Rounds", lambda r: str(r.rounds), "right"),
            Column("Last error", wrong, ratio=4),
        ),
    )  # fmt: skip


def _remark(row: SourceResult) -> str:
    return "; ".join(part for part in (row.error, row.note) if part)


RESULTS: Layout[SourceResult] = _layout(
    tuple(f.name for f in fields(SourceResult)),
    _plain_record,
    (
        Column("Source", lambda r: r.source, ratio=2),
        Column("Result", lambda r: r.status),
        Column("New", lambda r: str(r.new), "right"),
        Column("Known", lambda r: str(r.known), "right"),
        Column("Failed", lambda r: str(r.failed), "right"),
        Column("Rounds", lambda r: str(r.rounds), "right"),
        Column("Remark", _remark, ratio=4),
    ),
)

PREVIEW: Layout[PreviewRow] = _layout(
    tuple(f.name for f in fields(PreviewRow)),
    _plain_record,
    (
        Column("Would be", lambda p: p.status),
        Column("Date", lambda p: str(p.date or "")),
        Column("Newsletter", lambda p: p.newsletter or "", ratio=2),
        Column("Title", lambda p: p.reason or p.title or p.source, ratio=4),
        Column("Briefs", lambda p: str(p.briefs), "right"),
        Column("Rounds", lambda p: str(p.rounds), "right"),
    ),
)

ISSUES: Layout[IssueRow] = _layout(
    tuple(f.name for f in fields(IssueRow)),
    _plain_record,
    (
        Column("ID", lambda i: str(i.id), "right"),
        Column("Date", lambda i: str(i.date or "")),
        Column("Newsletter", lambda i: i.newsletter or "", ratio=2),
        Column("Number", lambda i: i.number or "", "right"),
        Column("Title", lambda i: i.title or "", ratio=4),
        Column("Briefs", lambda i: str(i.briefs), "right"),
        Column("Rounds", lambda i: str(i.rounds), "right"),
    ),
)


def copy_record(copy: CopyRow) -> dict[str, object]:
    """A form in which an issue arrived."""
    return _plain_record(copy)


FAILED: Layout[FailedRow] = _layout(
    tuple(f.name for f in fields(FailedRow)),
    _plain_record,
    (
        Column("Raw", lambda r: str(r.id), "right"),
        Column("Received", lambda r: f"{r.received_at.astimezone():%Y-%m-%d %H:%M}"),
        Column("Source", lambda r: r.source or "", ratio=1),
        Column("Name", lambda r: r.name, ratio=1),
        Column("Why", lambda r: r.failure, ratio=3),
    ),
)

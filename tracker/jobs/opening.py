"""A stored source in, its fetcher out."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.fetch import Fetcher, load_options, open_fetcher
from tracker.records import StoredSource


def open_source(source: StoredSource) -> Fetcher:
    """The fetcher, told where the password is. Raises `TrackerError` for what it cannot be told."""
    given: dict[str, Any] = dict(source.options)
    if since := given.get("since"):
        given["since"] = date.fromisoformat(since)
    where, _, what = (source.password or "").partition(":")
    if where in ("env", "file"):
        given[f"password_{where}"] = what
    return open_fetcher(source.url, kind=source.kind, options=load_options(**given))

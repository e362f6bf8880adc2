"""A `Fetched` letter in, the `Issue`s it holds out; nothing is fetched or opened here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.fetch.fetched import Fetched
from tracker.records import Issue
from tracker.sources import read_data


def issues_in(fetched: Fetched) -> Iterator[Issue]:
    """Yield the letters; what they do not say of themselves is taken from their source.

    Raises `UnreadableSource` where there is nothing to read.
    """
    for issue in read_data(fetched.raw, fetched.name, fetched.source):
        yield replace(
            issue,
            newsletter=issue.newsletter or fetched.newsletter,
            issued_on=issue.issued_on or fetched.published_on,
        )

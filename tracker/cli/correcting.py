"""What the commands that correct have in common: they need a database, and may write it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.errors import BadValue, StoreError

if TYPE_CHECKING:
    from tracker.store import Store


@contextmanager
def open_to_correct(db: str | None, command: str) -> Iterator[Store]:
    """The database of a command that corrects what is there. Raises `StoreError`."""
    from tracker.settings import load_settings, reads_only
    from tracker.store import open_store

    settings = load_settings(db)
    # There is nothing to correct in a database that is made only now.
    open_store(settings.db, read_only=True).close()
    if reads_only():
        raise StoreError(f"--read-only: tracker {command} changes the database")
    with open_store(settings.db) as store:
        yield store


def round_number(text: str) -> int:
    """A round's id as a person gives it. Raises `BadValue`."""
    if not (text.isascii() and text.isdigit() and int(text) < 2**63):
        raise BadValue(f"{text!r}: not a round's id (a number, as in tracker list)")
    return int(text)

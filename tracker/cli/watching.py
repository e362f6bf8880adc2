"""`tracker ingest --watch`: folders whose new letters are stored as they arrive."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from types import FrameType

from tracker.cli.output import say
from tracker.errors import BadValue
from tracker.settings import Settings


def ingest_arriving(
    folders: Sequence[str], settings: Settings, *, newsletter: str | None, quiet: bool
) -> None:
    """Store what arrives in the folders until a signal ends it; the batch under way is finished.

    Raises `BadValue` for what is no folder.
    """
    for folder in folders:
        if not os.path.isdir(folder):
            raise BadValue(f"--watch {folder}: no such folder")
    from tracker.fetch.watching import watch_folders
    from tracker.ingest import ingest
    from tracker.store import open_store

    with open_store(settings.db, make_folder=settings.db_is_default) as store, _stopped() as stop:
        if not quiet:
            say(f"watching {', '.join(folders)}; letters go to {store.shown}; Ctrl-C ends it")
        for paths in watch_folders(list(folders), stop, say):
            for outcome in ingest(paths, store, newsletter=newsletter):
                if outcome.status == "failed":
                    say(f"{outcome.source}: {outcome.reason}")
                elif outcome.status == "new" and not quiet:
                    say(
                        f"{outcome.source}: new, {outcome.briefs} briefs and "
                        f"{outcome.rounds} rounds read"
                    )
        if not quiet:
            say("no longer watching")


@contextmanager
def _stopped() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set, instead of breaking off what is being stored."""
    stop = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

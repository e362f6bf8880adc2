"""When a source is due, and when it has been silent for too long; all moments are UTC."""

from __future__ import annotations

from datetime import datetime, timedelta

from tracker.records import StoredSource

_LARGEST_GRACE = timedelta(hours=1)


def is_due(source: StoredSource, now: datetime) -> bool:
    """Whether it is time to fetch it.

    A little early counts too: a job that starts at seven every day would else find a daily
    source not yet due whenever it starts a second sooner than the day before.
    """
    return not source.paused and now >= source.next_due - min(source.every / 10, _LARGEST_GRACE)


def next_due(source: StoredSource, started: datetime, *, fetched: bool) -> datetime:
    """When it is due again: after its time, or at the next run where it could not be fetched."""
    return started + source.every if fetched else started


def is_silent(source: StoredSource, now: datetime, max_age: timedelta) -> bool:
    """Whether no letter has come from it, or it could not be fetched, for longer than `max_age`.

    A paused source is silent because it was told to be.
    """
    if source.paused:
        return False
    last = min(source.last_letter or source.added_at, source.last_success or source.added_at)
    return now - last > max_age

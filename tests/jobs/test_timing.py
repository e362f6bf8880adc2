"""When a source is due, and when it is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.jobs.timing import is_due, is_silent, next_due
from tracker.records import StoredSource

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = StoredSource(
    id=1, name="a", url="/a", kind=None, newsletter=None, every=DAY, password=None, options={},
    paused=False, state={}, added_at=NOW - 30 * DAY, next_due=NOW,
)  # fmt: skip


@pytest.mark.parametrize(
    ("every", "early", "due"),
    [
        (DAY, timedelta(), True),
        (DAY, timedelta(minutes=59), True),
        (DAY, timedelta(minutes=61), False),
        (timedelta(minutes=30), timedelta(minutes=3), True),
        (timedelta(minutes=30), timedelta(minutes=4), False),
    ],
)
def test_due_a_little_early(every: timedelta, early: timedelta, due: bool) -> None:
    source = replace(SOURCE, every=every)
    assert is_due(source, NOW - early) == due
    assert not is_due(replace(source, paused=True), NOW)


def test_next_due() -> None:
    assert next_due(SOURCE, NOW, fetched=True) == NOW + DAY
    assert next_due(SOURCE, NOW, fetched=False) == NOW


@pytest.mark.parametrize(
    ("letter", "success", "silent"),
    [
        (7, 0, False),  # a weekly letter, fetched daily
        (9, 0, True),  # nothing new for too long
        (2, 9, True),  # not fetched for too long
        (None, 0, True),  # added long ago, and never a letter
    ],
)
def test_silent(letter: int | None, success: int, silent: bool) -> None:
    source = replace(
        SOURCE,
        last_letter=None if letter is None else NOW - letter * DAY,
        last_success=NOW - success * DAY,
    )
    assert is_silent(source, NOW, 8 * DAY) == silent
    assert not is_silent(replace(source, paused=True), NOW, 8 * DAY)


def test_new_source_is_not_silent_yet() -> None:
    assert not is_silent(replace(SOURCE, added_at=NOW), NOW, 8 * DAY)

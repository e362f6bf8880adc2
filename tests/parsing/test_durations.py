"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadValue
from tracker.parsing.durations import format_duration, parse_duration

ROWS = [
    ("30min", timedelta(minutes=30)),
    ("30m", timedelta(minutes=30)),
    (" 12 h ", timedelta(hours=12)),
    ("1D", timedelta(days=1)),
    ("2w", timedelta(weeks=2)),
]


@pytest.mark.parametrize(("text", "length"), ROWS)
def test_parse(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "1", "d", "0d", "-1d", "1.5h", "1y", "1000000d", "１일"])
def test_refused(text: str) -> None:
    with pytest.raises(BadValue, match="not a length of time"):
        parse_duration(text)


@given(st.integers(1, 99_999), st.sampled_from(["min", "h", "d", "w"]))
def test_round_trip(count: int, unit: str) -> None:
    length = parse_duration(f"{count}{unit}")
    shown = format_duration(length)
    if len(shown.rstrip("minhdw")) <= 5:
        assert parse_duration(shown) == length

"""How long, as people write it: "90min", "12h", "1d", "2w" → a timedelta and back."""

from __future__ import annotations

import re
from datetime import timedelta

from tracker.errors import BadValue

_DURATION = re.compile(r"(\d{1,5})\s*(min|m|h|d|w)", re.IGNORECASE)
_UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
}


def parse_duration(text: str) -> timedelta:
    """Raises `BadValue` for anything else, and for nothing at all."""
    match = _DURATION.fullmatch(text.strip())
    unit = match[2].lower() if match else ""
    if match is None or int(match[1]) == 0:
        raise BadValue(f"not a length of time: {text!r} (use 30min, 12h, 1d or 2w)")
    return int(match[1]) * _UNITS["min" if unit == "m" else unit]


def format_duration(length: timedelta) -> str:
    """In the largest unit that gives a whole number; minutes are rounded up."""
    for name, unit in _UNITS.items():
        if length >= unit and not length % unit:
            return f"{length // unit}{name}"
    return f"{-(-length // _UNITS['min'])}min"

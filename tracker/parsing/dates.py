"""Dates in news: "지난 12일", "1월 16일", "Jan. 7, 2026" → a date, given the issue's own date.

In: text and the day the letter was issued. A day without month or year is the latest such day
not after the issue. Nothing is guessed without a reference day except full dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tracker.errors import BadValue
from tracker.records import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_FULL = re.compile(
    r"(?<!\d)(?P<y>20\d\d)\s?[년./-]\s?(?P<m>\d{1,2})\s?[월./-]\s?(?P<d>\d{1,2})(?:\s?일)?(?!\d)"
)
_KO_MONTH_DAY = re.compile(r"(?<!\d)(?P<m>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일")
_KO_DAY = re.compile(
    r"(?<![\d월])(?<!월\s)(?P<d>\d{1,2})일(?=\s?(?:\(|밝|발표|공개|전|업계|투자은행|벤처|스타트업|보도|현지|오전|오후|,|$))"
)
_EN_MONTH_DAY = re.compile(
    rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>20\d\d))?\b",
    re.IGNORECASE,
)
_EN_DAY_MONTH = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?(?:,?\s+(?P<y>20\d\d))?\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(\d{1,4})\s*([dwmy])", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int | None, day: int, reference: date) -> date | None:
    """The latest date with this day (and month) that is not after `reference`."""
    year, at = reference.year, month or reference.month
    for _ in range(13):
        found = _safe(year, at, day)
        if found and found <= reference:
            return found
        if month:
            year -= 1
        else:
            year, at = (year, at - 1) if at > 1 else (year - 1, 12)
    return None


def find_dates(text: str, reference: date | None) -> Iterator[tuple[date, Span]]:
    """Every date named in `text`, most explicit patterns first."""
    for m in _FULL.finditer(text):
        if found := _safe(int(m["y"]), int(m["m"]), int(m["d"])):
            yield found, Span(m.start(), m.end())
    for pattern in (_EN_MONTH_DAY, _EN_DAY_MONTH):
        for m in pattern.finditer(text):
            month, day = _MONTHS[m["m"].lower()], int(m["d"])
            got = (
                _safe(int(m["y"]), month, day)
                if m["y"]
                else _latest(month, day, reference)
                if reference and 1 <= day <= 31
                else None
            )
            if got:
                yield got, Span(m.start(), m.end())
    if reference is None:
        return
    for pattern in (_KO_MONTH_DAY, _KO_DAY):
        for m in pattern.finditer(text):
            month = int(m["m"]) if "m" in m.groupdict() else 0
            if got := _latest(month or None, int(m["d"]), reference) if month <= 12 else None:
                yield got, Span(m.start(), m.end())


def find_date(text: str, reference: date | None, within_days: int = 45) -> tuple[date, Span] | None:
    """The day the news was announced: the first date near (and not after) `reference`.

    Dates further back than `within_days` are history, not the announcement.
    """
    for found, span in find_dates(text, reference):
        if reference is None or timedelta(0) <= reference - found <= timedelta(days=within_days):
            return found, span
    return None


def parse_since(text: str, today: date) -> date:
    """An option's date: "2026-01-31", or so long before `today`: "7d", "4w", "6m", "1y".

    Raises `BadValue` for anything else.
    """
    bare = text.strip()
    if m := _SINCE.fullmatch(bare):
        count, unit = int(m[1]), m[2].lower()
        if unit in _DAYS:
            return today - timedelta(days=min(count * _DAYS[unit], (today - date.min).days))
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        for day in range(today.day, 27, -1):
            if found := _safe(year, month + 1, day):
                return found
        if found := _safe(year, month + 1, min(today.day, 28)):
            return found
    try:
        return date.fromisoformat(bare)
    except ValueError:
        raise BadValue(f"not a date: {text!r} (use 2026-01-31, 7d, 4w, 6m or 1y)") from None

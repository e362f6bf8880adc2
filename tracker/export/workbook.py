"""XLSX for people: typed cells, sums in their currency's format, a frozen head, a filter.

A row leaves memory when it is written. More rows than a sheet holds go on in a further sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from rich.cells import cell_len

from tracker.export.fields import SEPARATOR, Field
from tracker.export.safety import cell
from tracker.parsing.currencies import SYMBOLS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

R = TypeVar("R")

MAX_ROWS = 1_048_576
"""Of a sheet, its head included."""
MAX_TEXT = 32_767
"""UTF-16 units of a cell; a longer text ends in an ellipsis."""
EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; a larger one is written as text."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29th of February 1900, so that earlier days are written as text."""
_WIDEST, _NARROWEST, _LOOKED_AT = 60, 8, 1_000
_SIGNS = {"KRW": "₩", **SYMBOLS}
_NOT_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


def write_workbook(rows: Iterable[R], fields: Sequence[Field[R]], out: BinaryIO) -> None:
    """Write all rows."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(_FailsOnce(out), {"constant_memory": True, "strings_to_urls": False})
    try:
        _Sheets(book, fields).write(rows)
        book.close()
    except FileCreateError as error:
        # What it says is what the system said.
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


class _FailsOnce:
    """The file, which says once that the disk is full: the zip that is torn down then tries again."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._failed = False
        self._at = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        work = getattr(self._out, name)

        def once(*given: Any) -> Any:
            if self._failed:
                return self._at
            try:
                found = work(*given)
            except OSError:
                self._failed = True
                raise
            if name == "tell":
                self._at = found
            return found

        return once


class _Sheets:
    """The sheets of a workbook, one after another."""

    def __init__(self, book: Workbook, fields: Sequence[Field[Any]]) -> None:
        self._book = book
        self._fields = fields
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._number = book.add_format({"num_format": "0.00"})
        self._sums: dict[str | None, Format] = {}
        self._widths = [max(_NARROWEST, len(field.name) + 3) for field in fields]
        self._puts = [self._put(place, field) for place, field in enumerate(fields)]

    def write(self, rows: Iterable[R]) -> None:
        sheet, number = self._new(1), 1
        at = 0
        for row in rows:
            at += 1
            if at == MAX_ROWS:
                self._finish(sheet, at - 1)
                number += 1
                sheet, at = self._new(number), 1
            for put in self._puts:
                put(sheet, at, row)
        self._finish(sheet, at)

    def _new(self, number: int) -> Worksheet:
        sheet = self._book.add_worksheet("rounds" if number == 1 else f"rounds {number}")
        for place, field in enumerate(self._fields):
            sheet.write_string(0, place, field.name, self._head)
        return sheet

    def _finish(self, sheet: Worksheet, last: int) -> None:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(self._fields) - 1)
        for place, width in enumerate(self._widths):
            sheet.set_column(place, place, min(width, _WIDEST))

    def _put(self, place: int, field: Field[Any]) -> Callable[[Worksheet, int, Any], None]:
        """What writes this field's cell of a row."""
        value, currency = field.value, field.currency

        def seen(at: int, width: int) -> None:
            if at < _LOOKED_AT and width + 2 > self._widths[place]:
                self._widths[place] = width + 2

        def text(sheet: Worksheet, at: int, row: Any) -> None:
            found = value(row)
            if found:
                shown = _text(SEPARATOR.join(found) if isinstance(found, tuple) else str(found))
                if not shown:
                    return
                if at < _LOOKED_AT:
                    seen(at, max(map(cell_len, shown.split("\n"))))
                sheet.write_string(at, place, shown)

        def integer(sheet: Worksheet, at: int, row: Any) -> None:
            found = value(row)
            if found is None:
                return
            seen(at, len(f"{found:,}") + 4)
            if abs(found) < EXACT:
                style = self._sum(currency(row)) if currency is not None else None
                sheet.write_number(at, place, found, style)
            else:
                sheet.write_string(at, place, str(found))

        def number(sheet: Worksheet, at: int, row: Any) -> None:
            if (found := value(row)) is not None:
                sheet.write_number(at, place, found, self._number)

        def boolean(sheet: Worksheet, at: int, row: Any) -> None:
            if (found := value(row)) is not None:
                sheet.write_boolean(at, place, found)

        def day(sheet: Worksheet, at: int, row: Any) -> None:
            found = value(row)
            if found is None:
                return
            seen(at, 10)
            if found < _FIRST_DAY:
                sheet.write_string(at, place, found.isoformat())
            else:
                sheet.write_datetime(at, place, found, self._day)

        kinds = {"integer": integer, "number": number, "boolean": boolean, "date": day}
        return kinds.get(field.kind, text)

    def _sum(self, currency: str | None) -> Format:
        """The number format of sums in a currency: its sign, no decimals."""
        if currency not in self._sums:
            sign = _SIGNS.get(currency or "", f"{currency} " if currency else "")
            shown = f"[${sign}]#,##0" if sign else "#,##0"
            self._sums[currency] = self._book.add_format({"num_format": shown})
        return self._sums[currency]


def _text(text: str) -> str:
    """A harmless cell that XML and Excel can hold."""
    safe = cell(text)
    if not safe.isprintable():
        safe = safe.translate(_NOT_XML)
    if len(safe) * 2 > MAX_TEXT and len(safe.encode("utf-16-le")) > 2 * MAX_TEXT:
        whole = safe.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)]
        safe = whole.decode("utf-16-le", errors="ignore") + "…"
    return safe

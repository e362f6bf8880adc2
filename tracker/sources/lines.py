"""Pieces of text and block boundaries in, the lines of an `Issue` out.

A blank line stands where a reader sees a gap: between paragraphs, around a block of several
lines, before a heading. Segmentation leans on these gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?:[.!?…]|다|요|죠)[\"'”’)\]]*$")
PSEUDO_HEADING = "###### "
"""A short line that is wholly bold: no heading in the source, yet it heads something."""
_MAX_BOLD_HEADING = 120
_MAX_CELL = 200
RULE = "---"


@dataclass(slots=True)
class _Line:
    text: str
    blank_before: bool
    bold: bool = False
    in_item: bool = False


@dataclass(slots=True)
class _Table:
    """A table being read; `cells` of each row as ranges of lines."""

    first_line: int
    layout: bool
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    has_header: bool = False
    row_open: bool = False
    cell_start: int | None = None


@dataclass(slots=True)
class LineWriter:
    """Collects lines; the caller tells it of breaks, headings, items and tables."""

    lines: list[_Line] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _gap: bool = False
    _prefix: str = ""
    _heading: bool = False
    _depth: int = 0
    _item_open: list[bool] = field(default_factory=list)
    _blank_seen: bool = False
    _letters: int = 0
    _bold_letters: int = 0
    _tables: list[_Table] = field(default_factory=list)

    def add(self, text: str, *, bold: bool = False, preformatted: bool = False) -> None:
        """Add text to the current line; its line breaks count only where preformatted."""
        if preformatted and "\n" in text:
            first, *rest = text.split("\n")
            self.add(first, bold=bold)
            for piece in rest:
                self.flush()
                self.add(piece, bold=bold)
            return
        self._parts.append(text)
        letters = len(text) if not text.isspace() else 0
        self._letters += letters
        self._bold_letters += letters if bold else 0
        if not letters and "\u00a0" in text:
            self._blank_seen = True

    def line_break(self) -> None:
        """A <br>: the second in a row makes a gap."""
        if not self.flush():
            self._gap = True

    def flush(self) -> bool:
        """End the current line; True where there was one."""
        text = _SPACES.sub(" ", "".join(self._parts)).strip()
        self._parts.clear()
        bold = self._letters > 0 and self._bold_letters >= self._letters
        self._letters = self._bold_letters = 0
        if not text:
            return False
        in_item = bool(self._item_open)
        if self._prefix:
            line = _Line(self._prefix + text, self._gap or self._heading, False, in_item)
        elif in_item:
            line = _Line("  " * self._depth + text, False, False, True)
        else:
            line = _Line(text, self._gap, bold and self._may_head(text))
        self._prefix, self._heading, self._gap = "", False, False
        self._blank_seen = False
        self.lines.append(line)
        return True

    def _may_head(self, text: str) -> bool:
        sentence = bool(_SENTENCE_END.search(text))
        return 2 <= len(text) <= _MAX_BOLD_HEADING and not (sentence and len(text) > 40)

    def rule(self) -> None:
        """A horizontal line."""
        self.flush()
        self.lines.append(_Line(RULE, True))
        self._gap = True

    def begin_heading(self, level: int) -> None:
        """The next line is a heading of `level` 1 to 6."""
        self._prefix, self._heading = "#" * level + " ", True

    def begin_item(self, depth: int, bullet: str) -> None:
        """A list item at `depth` (1 is outermost) begins."""
        self._depth = min(depth, 8)
        self._item_open.append(True)
        self._prefix, self._heading = "  " * (self._depth - 1) + bullet, False

    def end_item(self) -> None:
        """The innermost list item ends."""
        self.flush()
        self._prefix = ""
        if self._item_open:
            self._item_open.pop()
        self._depth = max(0, self._depth - 1) if self._item_open else 0

    def end_list(self) -> None:
        """A list ends: a gap follows the outermost."""
        self.flush()
        if not self._item_open:
            self._gap = True

    def end_block(self, first_line: int, *, paragraph: bool) -> None:
        """A block element ends; it began before line `first_line`."""
        blank = self._blank_seen
        self.flush()
        written = len(self.lines) - first_line
        if self._heading:
            self._prefix, self._heading = "", False
        if self._item_open:
            return
        if written >= 2:
            self.lines[first_line].blank_before = True
        if written >= 2 or (paragraph and written) or (not written and blank):
            self._gap = True
        self._blank_seen = False

    def begin_table(self, *, layout: bool) -> None:
        """A table begins; a nested one makes those around it mere layout."""
        for outer in self._tables[-1:]:
            outer.layout = True
        self._tables.append(_Table(len(self.lines), layout or bool(self._item_open)))

    def begin_row(self) -> None:
        """A row begins."""
        if self._tables:
            self._tables[-1].rows.append([])

    def begin_cell(self, *, header: bool) -> None:
        """A cell begins."""
        if self._tables:
            table = self._tables[-1]
            table.has_header = table.has_header or header
            table.cell_start = len(self.lines)

    def end_cell(self) -> None:
        """A cell ends."""
        self.flush()
        if self._tables and self._tables[-1].cell_start is not None:
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append((table.cell_start or 0, len(self.lines)))
            table.cell_start = None

    def end_row(self) -> None:
        """A row ends."""
        self.flush()

    def end_table(self) -> None:
        """The innermost table ends; where it holds data, its rows become single lines."""
        self.flush()
        if not self._tables:
            return
        table = self._tables.pop()
        rows = [row for row in table.rows if row]
        if table.layout or not self._is_data(table, rows):
            return
        joined = []
        for row in rows:
            cells = [" ".join(line.text for line in self.lines[a:b]) for a, b in row]
            # Inside a cell the separator itself would shift the columns.
            cells = [cell.replace(" | ", " / ").removeprefix(PSEUDO_HEADING) for cell in cells]
            if any(cells):
                joined.append(_Line(" | ".join(cell or "-" for cell in cells), False))
        if joined:
            joined[0].blank_before = True
            first = rows[0][0][0]
            del self.lines[first:]
            self.lines.extend(joined)
            self._gap = True

    def _is_data(self, table: _Table, rows: list[list[tuple[int, int]]]) -> bool:
        if len(rows) < 2:
            return False
        width = max(len(row) for row in rows)
        if width < 2 or sum(len(row) == width for row in rows) < 0.8 * len(rows):
            return False
        cells = [self.lines[a:b] for row in rows for a, b in row]
        filled = sum(bool(cell) for cell in cells)
        if any(sum(len(line.text) for line in cell) > _MAX_CELL for cell in cells):
            return False
        if any(len(cell) > 3 for cell in cells) or filled < 0.6 * len(cells):
            return False
        # Two columns without a header are as often a picture beside a text, or two cards.
        multi = sum(len(cell) > 1 for cell in cells)
        return table.has_header or (width >= 3 and multi <= 0.2 * filled)

    def finish(self) -> str:
        """The whole text; bold lines become headings unless nearly everything is bold."""
        self.flush()
        plain = sum(not line.in_item for line in self.lines)
        bold = sum(line.bold for line in self.lines)
        mark = bold <= 0.6 * plain
        out: list[str] = []
        for line in self.lines:
            if line.blank_before and out and out[-1]:
                out.append("")
            out.append(PSEUDO_HEADING + line.text if mark and line.bold else line.text)
        return "\n".join(out)

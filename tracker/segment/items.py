"""The lines of one section in, its items out: runs of bullets, rows, cards, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.segment import signals
from tracker.segment import vocabulary as words
from tracker.segment.lines import Line
from tracker.segment.outline import is_label

_MAX_BLURB = 1500
_MINOR = frozenset("-–—*+·•▪▫◦‣⁃∙○ㆍ▸▹")
"""Bullets that detail the line above as often as they begin a list of their own."""
_CARD_SHARE = 0.6
_MAX_SENTENCES, _LONG_LINE = 6, 160
"""A block of more lines, or longer ones, is no paragraph broken into sentences."""


@dataclass(slots=True)
class Item:
    """Lines that belong together; `key` is what siblings share."""

    lines: list[Line]
    key: str
    header: str | None = None
    """For a table row: the row that names its columns."""
    label: bool = False
    """Whether it only names the items below it."""

    @property
    def start(self) -> int:
        """Offset of its first character after bullet and number."""
        return self.lines[0].body

    @property
    def end(self) -> int:
        """Offset past its last character."""
        return self.lines[-1].end

    @property
    def rule(self) -> bool:
        """Whether a rule stands before it."""
        return self.lines[0].rule


def itemise(lines: Sequence[Line]) -> list[Item]:
    """All items in order; every line is in exactly one."""
    items: list[Item] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        rows = _table_rows(lines, index)
        if rows:
            items.extend(_read_table(lines[index : index + rows]))
            index += rows
        elif line.marker is not None:
            end, label = _marked_item(lines, index)
            items.append(Item(list(lines[index:end]), line.marker, label=label))
            index = end
        else:
            end = index + 1
            while end < len(lines) and lines[end].marker is None and not _table_rows(lines, end):
                end += 1
            items.extend(_plain_items(lines[index:end]))
            index = end
    return items


def _table_rows(lines: Sequence[Line], index: int) -> int:
    """How many rows of a table begin at `index`; 0 where none does."""
    width = lines[index].cells
    if width < 2 or (lines[index].marker is not None and width < 3):
        return 0
    if width == 2 and not _names_columns(lines[index]):
        return 0
    end = index + 1
    while end < len(lines) and lines[end].cells == width and not lines[end].rule:
        end += 1
    return end - index if end - index >= 2 else 0


def _names_columns(line: Line) -> bool:
    cells = [cell.strip() for cell in line.content.split(" | ")]
    named = sum(bool(words.TABLE_HEADS.match(cell)) for cell in cells if len(cell) < 40)
    return named >= 2 and named * 2 >= len(cells)


def _read_table(rows: Sequence[Line]) -> list[Item]:
    header = rows[0].content if _names_columns(rows[0]) else None
    width = rows[0].cells
    first = [Item([rows[0]], "header", label=True)] if header else []
    body = rows[1:] if header else rows
    return first + [Item([row], f"row{width}", header=header) for row in body]


def _marked_item(lines: Sequence[Line], index: int) -> tuple[int, bool]:
    """Where the item that begins with a bullet at `index` ends, and whether it is a mere label."""
    first = lines[index]
    before = lines[index - 1] if index else None
    tight = before is not None and before.marker == first.marker and not first.gap
    # In a list without gaps a paragraph after one no longer belongs to the last item.
    headline = not tight and not signals.is_sentence(first.content)
    children = _children_end(lines, index)
    if children > index + 1 and not _owns(first, lines[index + 1 : children]):
        return index + 1, True
    end = max(children, index + 1)
    blurb = end > index + 1
    length = sum(line.end - line.start for line in lines[index:end])
    while end < len(lines):
        line = lines[end]
        length += line.end - line.start
        if line.rule or line.level or length > _MAX_BLURB:
            break
        if signals.is_field(line.text) and not (line.gap and line.marker == first.marker):
            end += 1
            continue
        if line.marker is not None or signals.is_unwanted(line.content):
            break
        if line.gap and not _follows_gap(lines, index, end, headline and not blurb):
            break
        blurb = True
        end += 1
    return end, False


def _children_end(lines: Sequence[Line], index: int) -> int:
    """Past the lines that are set deeper, or hang by minor bullets below a greater one."""
    first = lines[index]
    end = index + 1
    while end < len(lines) and not lines[end].rule and not lines[end].level:
        line = lines[end]
        deeper = line.indent > first.indent and line.marker != first.marker
        deeper = deeper or line.indent >= first.indent + 2
        minor = line.marker in _MINOR and first.marker not in _MINOR and first.kind != "tag"
        if not (deeper or (minor and not (line.gap and end > index + 1))):
            break
        end += 1
    return end


def _owns(first: Line, children: Sequence[Line]) -> bool:
    """Whether the lines below are details of `first`, and not items that it only groups."""
    marked = [line for line in children if line.marker is not None]
    if not marked:
        return True
    if is_label(first.content):
        return False
    fields = sum(signals.is_field(line.content) for line in marked)
    if fields * 2 >= len(marked):
        return True
    telling = signals.is_relevant(first.content) and not signals.is_meagre(first.content)
    reports = sum(signals.reports_funding(line.content) for line in marked)
    if signals.reports_funding(first.content) or signals.has_money(first.content):
        return reports <= 1 or reports < len(marked) * 0.5
    return (telling and reports <= 1) or len(marked) == 1


def _follows_gap(lines: Sequence[Line], index: int, at: int, wants_blurb: bool) -> bool:
    """Whether the paragraph after a gap still belongs to the item."""
    line = lines[at]
    if not signals.is_sentence(line.text):
        return False
    if wants_blurb:
        return True
    # Between two siblings, paragraphs belong to the first; after the last one they may be
    # the letter's farewell.
    for later in lines[at + 1 : at + 5]:
        if later.rule or later.level:
            return False
        if later.marker is not None:
            return later.marker == lines[index].marker and later.kind in ("number", "picture")
    return False


def _plain_items(lines: Sequence[Line]) -> list[Item]:
    """Items of lines without bullets: cards, headline and blurb, headlines, paragraphs."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.gap and not line.rule:
            groups[-1].append(line)
        else:
            groups.append([line])
    cards = [group for group in groups if _is_card(group)]
    if len(groups) >= 2 and len(cards) >= max(2, _CARD_SHARE * len(groups)):
        return [Item(part, "card") for group in groups for part in _split_group(group, whole=True)]
    items: list[Item] = []
    for group in groups:
        for part in _split_group(group, whole=False):
            if items and _completes(items[-1], part):
                items[-1].lines.extend(part)
                items[-1].key = "pair"
            else:
                items.append(Item(part, _plain_key(part)))
    return items


def _is_card(group: Sequence[Line]) -> bool:
    """A headline with its text, as one block."""
    if len(group) < 2 or signals.is_sentence(group[0].text):
        return False
    return any(signals.is_sentence(line.text) or signals.is_field(line.text) for line in group[1:])


def _plain_key(part: Sequence[Line]) -> str:
    if len(part) > 1 and not signals.is_sentence(part[0].text):
        return "pair"
    return "sentence" if signals.is_sentence(part[-1].text) else "headline"


def _completes(item: Item, part: Sequence[Line]) -> bool:
    """Whether `part` is the blurb to a headline that stands alone before it."""
    if part[0].rule or len(item.lines) != 1 or item.key != "headline":
        return False
    head, blurb = item.lines[0].text, part[0].text
    if len(head) > 120 or not signals.is_sentence(blurb) or ": " in blurb[:25]:
        return False
    return not (signals.is_unwanted(head) or signals.is_unwanted(blurb))


def _split_group(group: list[Line], *, whole: bool) -> list[list[Line]]:
    """Divide a block of lines without gaps where a new item begins."""
    if len(group) == 1:
        return [group]
    headed = not signals.is_sentence(group[0].text)
    named = sum(_is_named(line) for line in group)
    if named >= 2 and named * 2 >= len(group):
        return _split_at(group, [_is_named(line) or i == 0 for i, line in enumerate(group)])
    starts = [
        not signals.is_sentence(line.text) and not signals.is_field(line.text) for line in group
    ]
    if headed:
        if whole and sum(starts) <= 2:
            return [group]
        starts[0] = True
        return _split_at(group, _without_kickers(group, starts))
    if len(group) > _MAX_SENTENCES or any(len(line.text) > _LONG_LINE for line in group):
        return [[line] for line in group]  # each line is a paragraph of its own
    reports = [signals.reports_funding(line.text) for line in group]
    if sum(reports) >= 2:
        # Each sentence tells of a round of its own, unless it goes on about the one before.
        begins = [
            i == 0 or (not words.ANAPHORA.match(line.text) and not signals.is_field(line.text))
            for i, line in enumerate(group)
        ]
        return _split_at(group, begins)
    return _split_at(group, [start or i == 0 for i, start in enumerate(starts)])


def _is_named(line: Line) -> bool:
    """A line of the form "이름: 문장"."""
    if signals.is_field(line.text):
        return False
    for mark in (": ", " — ", " – ", "： "):
        name, found, rest = line.text[:400].partition(mark)
        if found and 1 <= len(name) <= 30 and len(rest) >= 12:
            return True
    return False


def _without_kickers(group: Sequence[Line], starts: list[bool]) -> list[bool]:
    """A headline right below a short kicker ("바이오 | 투자") goes on with it."""
    out = list(starts)
    for i in range(1, len(group)):
        kicker = signals.is_meagre(group[i - 1].text) and starts[i - 1]
        follows = i + 1 < len(group) and not starts[i + 1]
        if starts[i] and kicker and follows and out[i - 1]:
            out[i] = False
    return out


def _split_at(group: list[Line], starts: Sequence[bool]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    for line, start in zip(group, starts, strict=True):
        if start or not parts:
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts

"""Plain text in, the same text with hard-wrapped lines joined and tabbed columns marked out."""

from __future__ import annotations

import re

_STARTS_ITEM = re.compile(
    r"^\s*(?:[^\w\s\"'“‘(<「『\[$€£¥₩]|\d{1,3}[.)]\s|\[|<|\(\d|[①-⑳])|^\s{7,}\S|^[^:：]{1,20}[:：]\s"
)
_RULE = re.compile(r"^[\s|\-=_*~·─━═]+$")
_MIN_WIDTH, _MAX_WIDTH = 40, 100


def plain_to_text(text: str) -> str:
    """Return `text` with its paragraphs in one line each, where a mailer had wrapped them."""
    lines = [_columns(line) for line in text.split("\n")]
    width = _wrap_width(lines)
    if width is None:
        return "\n".join(lines)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        if paragraphs and _continues(before, line, width):
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line])
        before = line
    return "\n".join(" ".join(paragraph) for paragraph in paragraphs)


def _continues(before: str, line: str, width: int) -> bool:
    """Whether the break between two lines is the wrapper's: the next word would not have fitted."""
    words = line.split(maxsplit=1)
    if not words or not before.strip() or _STARTS_ITEM.match(line):
        return False
    if _RULE.match(before) or _RULE.match(line) or before.lstrip().startswith("#"):
        return False
    return len(before.rstrip()) + 1 + len(words[0]) > width


def _columns(line: str) -> str:
    """Tabs: an indent at the front, a column's edge where there are two or more inside."""
    if "\t" not in line:
        return line
    body = line.lstrip("\t ")
    indent = "  " * line[: len(line) - len(body)].count("\t")
    cells = [cell.strip() for cell in re.split(r"\t+", body)]
    return indent + (" | " if len(cells) > 2 else " ").join(cells)


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the text was wrapped, None where it was not."""
    lengths = sorted(len(line) for line in lines if " " in line.strip())
    if len(lengths) < 6 or not _MIN_WIDTH <= lengths[-1] <= _MAX_WIDTH:
        return None
    # Wrapped text has many lines near its longest; a list of headlines has not.
    near = sum(length >= lengths[-1] - 12 for length in lengths)
    return lengths[-1] if near >= 0.3 * len(lengths) else None

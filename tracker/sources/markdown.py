"""Markdown in, its front matter and the lines of an `Issue` out.

The same line structure as for HTML: emphasis, link addresses and images are gone, list items
begin with ``• ``, table rows have their cells joined by ``" | "``.
"""

from __future__ import annotations

import re
from html import unescape

from tracker.sources.lines import PSEUDO_HEADING, RULE

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_KEY = re.compile(r"^([A-Za-z_][\w-]{0,40})\s*[:=]\s*(.{0,500})$")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^)\n]{0,4000}\)")
_LINK = re.compile(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,500})\](?:\([^()\n]{0,4000}(?:\([^()\n]{0,200}\)[^()\n]{0,2000})?\)"
    r"|\[[^\[\]\n]{0,200}\])"
)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:\s*\S{1,4000}.{0,300}$")
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^\s<>]{1,4000}>")
_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,2000}>|<!--[^\n]{0,4000}?-->")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,1000})(?<=\S)\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,1000})(?<=\S)_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"^([ \t]*)[-*+]\s+(?:\[[ xX]\]\s+)?(.*)$")
_QUOTE = re.compile(r"^ {0,3}(?:>\s?)+")
_HR = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_DIVIDER_CHARS = frozenset(" \t|:-")
_BOLD_LINE = re.compile(r"^(?:\*\*|__)([^*\n]{2,120})(?:\*\*|__)$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter's simple ``key: value`` lines (keys in lower case), and the rest."""
    opening = _FRONT.match(text)
    if opening is None:
        return {}, text
    fence = opening.group(1)
    end = re.compile(rf"^{re.escape(fence)}[ \t]*$", re.M).search(text, opening.end())
    if end is None or end.start() - opening.end() > 20_000:
        return {}, text
    block = text[opening.end() : end.start()].split("\n")
    found: dict[str, str] = {}
    for line in block:
        match = _KEY.match(line)
        if match:
            found[match.group(1).lower()] = match.group(2).strip().strip("\"'").strip()
    if not found and any(line.strip() for line in block):
        return {}, text  # two rules with prose between them
    return found, text[end.end() :].lstrip("\n")


def markdown_to_text(text: str) -> str:
    """Return the body's visible text, structured in lines (not yet cleaned)."""
    out: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            out.append(line)
        else:
            out.extend(_convert(line, out))
    return "\n".join(out)


def _convert(raw: str, before: list[str]) -> list[str]:
    """The lines that one source line becomes; may turn the line before into a heading."""
    line = _QUOTE.sub("", raw)
    if not line.strip():
        return [""]
    setext = _SETEXT.match(line)
    if setext and before and _can_be_title(before[-1]):
        before[-1] = ("# " if setext.group(1)[0] == "=" else "## ") + before[-1].strip()
        return []
    if _HR.match(line):
        return ["", RULE, ""]
    heading = _HEADING.match(line)
    if heading:
        return ["", f"{heading.group(1)} {inline(heading.group(2))}"]
    if _REFERENCE.match(line):
        return []
    if line.lstrip().startswith("|") or (line.count("|") >= 2 and _in_table(line, before)):
        return _row(line)
    if "|" in line and _is_divider(line):
        return []
    bullet = _BULLET.match(line)
    if bullet:
        depth = len(bullet.group(1).replace("\t", "    ")) // 2
        return ["  " * min(depth, 8) + "• " + inline(bullet.group(2))]
    bold = _BOLD_LINE.match(line.strip())
    if bold:
        text = inline(bold.group(1))
        return [text if text.endswith((":", "：")) else PSEUDO_HEADING + text]
    indent = "  " if line.startswith(("  ", "\t")) else ""
    return [indent + piece.strip() for piece in _BREAK.sub("\n", inline(line)).split("\n")]


def _can_be_title(line: str) -> bool:
    text = line.strip()
    return (
        0 < len(text) <= 120 and not text.startswith(("#", "• ", "  ", RULE)) and " | " not in text
    )


def _in_table(line: str, before: list[str]) -> bool:
    """A row without its outer bars belongs to a table only right below another row."""
    return bool(before) and " | " in before[-1] and " | " in line


def _is_divider(line: str) -> bool:
    """The line under a table's header."""
    return "-" in line and _DIVIDER_CHARS.issuperset(line)


def _row(line: str) -> list[str]:
    if _is_divider(line):
        return []
    cells = [cell.strip() for cell in _CELL_EDGE.split(line.strip())]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    texts = [" ".join(_BREAK.sub(" ", inline(cell)).split()) for cell in cells]
    if not any(texts):
        return []
    return [" | ".join(text or "-" for text in texts)]


def inline(text: str) -> str:
    """Text without emphasis, link addresses, images, tags and backslashes."""
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "<" in text:
        text = _HTML_TAG.sub(
            lambda m: m.group() if _BREAK.fullmatch(m.group()) else "", _AUTOLINK.sub("", text)
        )
    text = text.replace("**", "").replace("__", "").replace("~~", "").replace("`", "")
    text = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    return unescape(_ESCAPE.sub(r"\1", text))

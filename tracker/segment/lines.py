"""The text of an `Issue` in, its lines with what each begins with out.

A line knows where its content starts and ends in the text, which bullet, number or tag it
begins with, whether it is a heading, and whether a gap or a rule stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RULE = re.compile(r"^[\s|]*$|^[\s|]*(?:[-=_*~·.─━═—–◆◇■□●○▬﹏]\s?){3,}[\s|]*$")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2bff\u231a\u231b\u23e9-\u23fa]"
_MARKERS = (
    # number, then what cannot be a date's next part ("12. 19. 데모데이")
    (
        "number",
        re.compile(
            r"(?:\d{1,3}[.)](?!\d)|\(\d{1,3}\)|\d\u20e3|[①-⑳❶-❿])\s*(?!\s*\d{1,2}\s?[.월])(?=\S)"
        ),
    ),
    (
        "bullet",
        re.compile(r"([-–—*+>·])\s+(?=\S)|([•▪▫■□▲△▶▷►▸▹◆◇●○◦‣⁃∙★☆※✓✔✅➤➜➡☞→ㆍ·⦁◼◾])\s*(?=\S)"),
    ),
    (
        "picture",
        re.compile(
            rf"({_PICTURE}[\u20e3\U0001f3fb-\U0001f3ff]?)(?:{_PICTURE}|[\U0001f3fb-\U0001f3ff])*\s*(?=\S)"
        ),
    ),
    ("tag", re.compile(r"[\[【〈]([^\[\]【】〈〉]{1,20})[\]】〉]\s*(?=\S)")),
)
_LONE_MARKER = re.compile(rf"(?:[-–—*+·•▪▫■□▲△▶▷►▸◆◇●○◦‣∙※✓✔✅➤☞→ㆍ]|{_PICTURE}|\d{{1,3}}[.)])$")


MAX_LINES = 20_000
"""Lines that are looked at; the longest letters have some two thousand."""


@dataclass(slots=True)
class Line:
    """One line that holds something: ``text == issue.text[start:end]``, edges trimmed."""

    text: str
    start: int
    end: int
    indent: int = 0
    level: int = 0
    """Of a heading 1 to 6, else 0."""
    marker: str | None = None
    """What siblings share: the bullet itself, "number", "tag"; None for plain lines."""
    kind: str = ""
    """number, bullet, picture or tag."""
    body: int = 0
    """Offset in the issue's text of what follows heading mark, number and bullet."""
    gap: bool = False
    rule: bool = False

    @property
    def content(self) -> str:
        """The line without its heading mark, number and bullet."""
        return self.text[self.body - self.start :]

    @property
    def cells(self) -> int:
        """How many cells a table row has; 1 for any other line."""
        return self.content.count(" | ") + 1


def read_lines(text: str) -> list[Line]:
    """The first MAX_LINES lines of `text` that hold something, in order."""
    lines: list[Line] = []
    gap = rule = False
    lone: Line | None = None
    offset = 0
    for raw in text.split("\n"):
        start, end = _trimmed(raw)
        if start >= end or _RULE.match(raw):
            gap = True
            rule = rule or bool(raw.strip())
        else:
            content = raw[start:end]
            line = Line(content, offset + start, offset + end, indent=_indent(raw))
            line.body = line.start
            line.gap, line.rule = gap, rule
            if _LONE_MARKER.match(content):
                # A bullet on a line of its own belongs to the line below.
                if lone is not None:
                    line.gap, line.rule = line.gap or lone.gap, line.rule or lone.rule
                lone = line
            else:
                _read_start(line)
                if lone is not None:
                    line.marker = line.marker if line.level else lone.text
                    line.kind = line.kind or "bullet"
                    line.gap, line.rule = lone.gap, lone.rule
                    lone = None
                lines.append(line)
                if len(lines) >= MAX_LINES:
                    break
            gap = rule = False
        offset += len(raw) + 1
    return lines


def _trimmed(raw: str) -> tuple[int, int]:
    start = len(raw) - len(raw.lstrip(" |\t"))
    return start, len(raw.rstrip(" |\t"))


def _indent(raw: str) -> int:
    return min(len(raw) - len(raw.lstrip(" ")), 40)


def _read_start(line: Line) -> None:
    """Fill level, marker and body from what the line begins with."""
    text, at = line.text, 0
    heading = _HEADING.match(text)
    if heading:
        line.level, at = len(heading.group(1)), heading.end()
    # At most a number and a bullet, or a bullet and a tag.
    for _ in range(2):
        found = _marker_at(text, at)
        if found is None:
            break
        kind, marker, end = found
        if line.marker is None:
            line.kind, line.marker = kind, marker
        if kind == "tag":
            break  # a tag says something, so it stays part of the item
        at = end
    line.body = line.start + at


def _marker_at(text: str, at: int) -> tuple[str, str, int] | None:
    for kind, pattern in _MARKERS:
        match = pattern.match(text, at)
        if match:
            shared = kind if kind in ("number", "tag") else match.group(0).strip()[:1]
            return kind, shared, match.end()
    return None


def is_bracketed(line: Line) -> bool:
    """Whether the whole line is one bracketed title: ``[투자와 시장]``, ``<단신>``, ``■ …`` not."""
    text = line.content
    return (
        len(text) <= 40
        and re.fullmatch(
            r"[\[【〈<《「『=~*\-]{1,3}\s?[^\[\]【】<>《》「」『』]{1,36}?\s?[\]】〉>》」』=~*\-]{1,3}",
            text,
        )
        is not None
    )

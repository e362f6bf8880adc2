"""The lines of an issue in, its sections with what their headings announce out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from tracker.segment import signals
from tracker.segment import vocabulary as words
from tracker.segment.lines import Line, is_bracketed

Announces = Literal["news", "weak", "other", "article"]
"""What a heading says of the lines below: funding news, news of some kind, nothing of ours
(ads, events, jobs, footer), or something told at length."""

BRACKET_LEVEL, LABEL_LEVEL = 4, 5
_MAX_HEADING, _MAX_STAGE = 60, 20
_TOKEN = re.compile(r"(?=[^\W_])[^\s\-–—·・,&/|+:：()\[\]【】〈〉<>《》「」'\"“”‘’!?.~=*_#]+")
_CAPITALS = re.compile(r"[A-Z][A-Z &/'’\-]{3,40}$")


@dataclass(slots=True)
class Section:
    """A heading and the lines up to the next heading; the letter's beginning has none."""

    heading: Line | None
    level: int
    announces: Announces | None = None
    """By its own heading, or by the nearest one above that announces anything."""
    own: bool = False
    """Whether it is its own heading that announces it."""
    label: bool = False
    """Whether the heading is made of section words only, so that it cannot be a headline."""
    path: tuple[str, ...] = ()
    """The titles above it, outermost first, its own last."""
    lines: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The heading's words, without mark, number and bullet."""
        return clean_title(self.heading.content) if self.heading else None

    @property
    def length(self) -> int:
        """Characters of its lines."""
        return sum(line.end - line.start for line in self.lines)


def clean_title(text: str) -> str:
    """A heading without brackets and underlining."""
    return text.strip(" []【】〈〉<>《》「」『』=~*-_#:：").strip() or text


def read_outline(lines: Sequence[Line]) -> list[Section]:
    """Split lines into sections, in order; the first holds what precedes any heading."""
    repeated = _repeated_headings(lines)
    title = _title_line(lines)
    sections = [Section(None, 0)]
    above: list[Section] = []
    for index, line in enumerate(lines):
        level = _heading_level(lines, index)
        if level and _key(line) in repeated and line.level >= 3 and not _own_announcement(line)[0]:
            level = 0  # "요약:" under every article: a label inside it, not a headline
        if index and lines[index - 1].level and not line.gap and _CAPITALS.fullmatch(line.text):
            continue  # the heading above once more, in capitals
        if not level:
            sections[-1].lines.append(line)
            continue
        section = Section(line, level)
        _drop_kicker(sections[-1].lines, line)
        if line is not title:
            section.announces, section.label = _own_announcement(line)
            section.own = section.announces is not None
        sibling = None
        while above and above[-1].level >= level:
            sibling = above.pop()
        if section.own and _is_among_headlines(section, sibling, above[-1] if above else None):
            section.announces, section.own = None, False
        if section.announces is None and above:
            section.announces = above[-1].announces
        section.path = (*(above[-1].path if above else ()), section.title or "")
        if line is title:
            section.path = ()
        above.append(section)
        sections.append(section)
    return sections


def _is_among_headlines(section: Section, sibling: Section | None, parent: Section | None) -> bool:
    """Whether a heading that could name a section is an item's headline ("모아클래스 인수"):
    it stands below one that announces news, after a headline of the same rank."""
    if section.announces not in ("news", "weak") or section.label:
        return False
    if parent is None or sibling is None or sibling.level != section.level:
        return False
    return parent.announces == "news" and not sibling.own and not sibling.label


def _drop_kicker(before: list[Line], heading: Line) -> None:
    """Take a line like "01 · TechCrunch" right above a headline out of the text before it."""
    if heading.gap or not before:
        return
    last = before[-1]
    if last.gap and last.marker is None and signals.is_meagre(last.text):
        before.pop()


def _key(line: Line) -> str:
    return line.content.strip(" :：").casefold()


def _repeated_headings(lines: Sequence[Line]) -> frozenset[str]:
    counts = Counter(_key(line) for line in lines if line.level >= 3)
    return frozenset(key for key, count in counts.items() if count > 1)


def _title_line(lines: Sequence[Line]) -> Line | None:
    """The letter's own title: the only heading of the first level, or the one it opens with."""
    tops = [line for line in lines if line.level == 1]
    if len(tops) == 1 and not _starts_list(lines, tops[0]):
        return tops[0]
    for line in lines[:2]:
        if line.level == 1 and not signals.reports_funding(line.content):
            return line
    return None


def _starts_list(lines: Sequence[Line], top: Line) -> bool:
    """Whether it heads lines that no other heading divides (then it is a section's name)."""
    return not any(line.level > 1 for line in lines) and _coverage(top.content)[0] > 0


def _heading_level(lines: Sequence[Line], index: int) -> int:
    """The level of a heading, 0 for any other line."""
    line = lines[index]
    if line.level:
        return line.level
    text = line.content
    if len(text) > _MAX_HEADING:
        return 0
    level = _unmarked_level(lines, index)
    return level if level and not signals.has_money(text) else 0


def _unmarked_level(lines: Sequence[Line], index: int) -> int:
    """The level of a line that heads others without a heading's mark."""
    line, text = lines[index], lines[index].content
    if line.kind != "tag" and is_bracketed(line):
        return BRACKET_LEVEL
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or line.kind == "number":
        return 0
    if line.indent > 0 and line.marker is not None and following.indent <= line.indent:
        return 0
    news, total = _coverage(text)
    if total and news == total and (line.marker is None or following.marker != line.marker):
        return LABEL_LEVEL
    if line.marker is None and _CAPITALS.fullmatch(text) and (line.gap or index == 0) and news:
        return LABEL_LEVEL
    between_rules = line.rule and following.rule
    if following.rule and line.gap and line.marker is None and news * 2 > total:
        return BRACKET_LEVEL  # underlined
    if (line.marker is None or line.kind == "picture") and _announces_outright(text):
        if between_rules or line.gap or line.kind == "picture" or index == 0 or len(text) <= 12:
            return LABEL_LEVEL
    return BRACKET_LEVEL if between_rules and not signals.is_sentence(text) else 0


def _announces_outright(text: str) -> bool:
    """A short phrase that names a section, with nothing that a headline would add."""
    if len(text) > 25 or "," in text or signals.is_sentence(text) or ": " in text:
        return False
    if signals.reports_funding(text):
        return False
    return bool(words.NEWS_PHRASES.search(text) or words.OTHER_PHRASES.search(text))


@lru_cache(maxsize=8192)
def _word_kind(token: str) -> str:
    """news, weak, other or filler: what a section's name is made of; else ""."""
    if words.NEWS_WORDS.fullmatch(token):
        return "news"
    if words.WEAK_NEWS_WORDS.fullmatch(token):
        return "weak"
    if words.OTHER_PHRASES.fullmatch(token):
        return "other"
    return "filler" if words.FILLER_WORDS.fullmatch(token) else ""


def _kinds(text: str) -> list[str]:
    return [_word_kind(token.casefold()) for token in _TOKEN.findall(text) if len(token) <= 40]


def _coverage(text: str) -> tuple[int, int]:
    """How many of its words sections are named with, of how many; fillers alone count nothing."""
    kinds = _kinds(text)
    if not any(kind in ("news", "weak", "other") for kind in kinds):
        return 0, len(kinds)
    return sum(bool(kind) for kind in kinds), len(kinds)


def is_label(text: str) -> bool:
    """Whether it consists of section words only ("해외 투자"), so that it names what follows."""
    named, total = _coverage(text)
    return 0 < total == named


def _own_announcement(line: Line) -> tuple[Announces | None, bool]:
    """What the heading announces, and whether it consists of section words only."""
    text = clean_title(line.content)
    covered, total = _coverage(text)
    label = bool(total) and covered == total
    headline = (
        signals.has_money(text)
        or ("," in text and len(text) > 12 and not label)
        or (len(text) > 40)
        or (not label and signals.reports_funding(text))
    )
    if words.OTHER_TAGS.match(line.content):
        return "other", label
    if len(text) <= _MAX_STAGE and signals.is_stage_name(text):
        return "news", True  # a list grouped by stage
    if headline:
        return None, False
    other = words.OTHER_PHRASES.search(text) is not None
    news = words.NEWS_PHRASES.search(text) is not None
    half = bool(total) and covered * 2 >= total
    kinds = _kinds(text)
    strong = "news" in kinds
    if other and (news or (half and strong)):
        return "weak", label  # "투자·채용 소식": the items decide
    if other:
        return "other", label
    if news or (half and strong):
        return "news", label
    if words.ARTICLE_PHRASES.search(text):
        return "article", label
    if half and "weak" in kinds:
        return "weak", label
    return None, label

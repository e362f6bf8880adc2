"""An `Issue` in, its news items as `Brief`s out, in order and without overlap.

Where a heading announces news, or a run of siblings tells of money raised, every item is a
brief. Where a letter has neither, the paragraphs of its articles that report a round are
offered (prose.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.records import MAX_BRIEF_CHARS, Brief, Issue
from tracker.segment import signals
from tracker.segment.items import Item, itemise
from tracker.segment.lines import read_lines
from tracker.segment.outline import Section, read_outline
from tracker.segment.prose import Told, passages

_UNSPOKEN = re.compile(r"[\W_]+")
_MAX_BLURB = 900
_MAX_BLURB_LINES = 8
_SHARE = {"picture": 0.5, "headline": 0.34, "number": 0.34, "pair": 0.34}
_RUN_SHARE = 0.25
_LEAST = {"headline": 3, "tag": 1}


@dataclass(slots=True)
class _Found:
    """Stretches of the text that are briefs."""

    text: str
    later: dict[str, int]
    """Normalised line → where it last stands; a table of contents repeats what comes later."""
    briefs: list[Brief] = field(default_factory=list)

    def add(
        self,
        start: int,
        end: int,
        section: str | None,
        *,
        news: bool = True,
        plain: bool = False,
    ) -> None:
        end = min(end, start + MAX_BRIEF_CHARS)
        text = self.text[start:end].rstrip()
        if text:
            target = self.plain if plain else self.briefs
            target.append(Brief(text, start, start + len(text), section, news))

    plain: list[Brief] = field(default_factory=list)
    """Paragraphs below a heading that announces news; dropped where they sum up the items."""


def find_briefs(issue: Issue) -> list[Brief]:
    """Return the letter's briefs; ``brief.text == issue.text[brief.start:brief.end]``."""
    lines = read_lines(issue.text)
    sections = read_outline(lines)
    later = {_normal(line.content): line.start for line in lines}
    found = _Found(issue.text, later)
    left: list[Section] = []
    for group in _sibling_groups(sections):
        if len(group) > 1 or _is_headline(group[0]):
            left.extend(_take_headlines(group, found, is_feed=issue.media == "feed"))
        else:
            left.extend(_take_items(group[0], found))
    told = Told()
    for brief in found.briefs:
        told.add(brief.text)
    for brief in found.plain:
        if not told.retells(brief.text):
            found.briefs.append(brief)
            told.add(brief.text)
    for passage in passages(left, told, issue.text, only_headlines=bool(found.briefs)):
        found.add(passage.start, passage.end, passage.section, news=passage.in_news)
    return _in_order(found.briefs)


def _in_order(briefs: list[Brief]) -> list[Brief]:
    """Sorted by place; of two that overlap the earlier stays."""
    out: list[Brief] = []
    for brief in sorted(briefs, key=lambda brief: (brief.start, -brief.end)):
        if not out or brief.start >= out[-1].end:
            out.append(brief)
    return out


def _normal(text: str) -> str:
    return _UNSPOKEN.sub("", text[:300].casefold())


def _sibling_groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Neighbouring headlines of one level together, every other section alone."""
    group: list[Section] = []
    for section in sections:
        if group and _is_headline(section) and section.level == group[-1].level:
            group.append(section)
            continue
        if group:
            yield group
        group = [section]
        if not _is_headline(section):
            yield group
            group = []
    if group:
        yield group


def _is_headline(section: Section) -> bool:
    """Whether the heading is an item's own headline, and not the name of a section."""
    return section.heading is not None and bool(section.path) and not (section.own or section.label)


def _take_headlines(group: list[Section], found: _Found, *, is_feed: bool) -> list[Section]:
    """Add the items among sibling headlines; return the sections that are none."""
    announces = group[0].announces
    if announces == "other":
        return []
    short = [_is_item(section) for section in group]
    wanted = [
        fits and not signals.is_unwanted(_whole(section, found.text))
        for section, fits in zip(group, short, strict=True)
    ]
    items = [section for section, fits in zip(group, wanted, strict=True) if fits]
    reports = sum(signals.reports_funding(_whole(section, found.text)) for section in items)
    news = announces == "news" or (is_feed and announces != "article")
    weak = announces == "weak" and (reports > 0 or len(items) >= 2)
    run = announces is None and len(items) >= 2 and reports >= max(1, 0.34 * len(items))
    taken = news or weak or run
    for section in items if taken else ():
        start, end = _extent(section)
        if section.lines or signals.is_relevant(found.text[start:end]):
            found.add(start, end, _section_name(section))
    return [
        section
        for section, fits, is_wanted in zip(group, short, wanted, strict=True)
        if not fits or (is_wanted and not taken)
    ]


def _section_name(section: Section) -> str | None:
    """For a headline that is an item itself: the heading it stands under."""
    return section.path[-2] if len(section.path) > 1 else None


def _is_item(section: Section) -> bool:
    if section.length > _MAX_BLURB or len(section.lines) > _MAX_BLURB_LINES:
        return False
    marked = [line for line in section.lines if line.marker is not None]
    listed = [line for line in marked if not signals.is_field(line.content)]
    # A heading above a list of reports names the list.
    return sum(signals.reports_funding(line.content) for line in listed) < 2


def _extent(section: Section) -> tuple[int, int]:
    """From the headline to the last line of its blurb."""
    heading = section.heading
    start = heading.body if heading else section.lines[0].body
    end = heading.end if heading else start
    for number, line in enumerate(section.lines):
        if signals.is_unwanted(line.content) or (line.rule and number):
            break
        if line.gap and number and not signals.is_sentence(line.text) and line.marker is None:
            break
        end = line.end
    return start, end


def _whole(section: Section, text: str) -> str:
    start, end = _extent(section)
    return text[start:end]


def _take_items(section: Section, found: _Found) -> list[Section]:
    """Add the news items of a section; return it where its prose is still to be looked at."""
    if section.announces == "other":
        return []
    items = [item for item in itemise(section.lines) if item.key != "header"]
    if section.announces in ("news", "weak"):
        if _take_announced(section, items, found):
            return []
        return [] if section.announces == "news" else [section]
    taken = False
    for run in _runs(items):
        if section.announces is None and _is_news_run(run, found):
            taken = True
            for item in run:
                _add(item, section, found)
    return [] if taken else [section]


def _add(item: Item, section: Section, found: _Found, *, plain: bool = False) -> bool:
    text = found.text[item.start : item.end]
    tabular = item.key.startswith("row")
    if item.label or signals.is_unwanted(text) or (not tabular and signals.is_meagre(text)):
        return False
    name = section.title
    if item.header:
        name = f"{name} — {item.header}" if name else item.header
    found.add(item.start, item.end, name, plain=plain)
    return True


def _take_announced(section: Section, items: list[Item], found: _Found) -> bool:
    """Add the items below a heading that announces news; True where there were any."""
    headlines = sum(item.key == "headline" for item in items)
    kinds = {"sentence", "header"} | ({"headline"} if headlines < _LEAST["headline"] else set())
    listed = [item for item in items if item.key not in kinds]
    if len(listed) >= 2 and _is_contents(listed, found):
        return True
    weak = section.announces == "weak"
    families = Counter(_family(item) for item in listed)
    added = after_rule = False
    for item in items:
        text = found.text[item.start : item.end]
        after_rule = after_rule or (added and item.rule)
        relevant = signals.is_relevant(text)
        if item.key not in kinds:
            # Past a rule a list may be another one; a lone "item" there is seldom news.
            wanted = relevant or not after_rule or len(listed) >= 2
            if len(listed) > 2 and families[_family(item)] == 1:
                wanted = signals.reports_funding(text)  # a footnote among the items
            added = (wanted and _add(item, section, found)) or added
        elif len(listed) >= 2:
            # What stands around a list introduces it or says goodbye.
            if signals.reports_funding(text):
                added = _add(item, section, found, plain=True) or added
        elif relevant or not (weak or after_rule):
            added = _add(item, section, found, plain=True) or added
    return added


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Neighbouring items of the same shape; pictures that differ are one shape."""
    run: list[Item] = []
    for item in items:
        if run and (_family(item) != _family(run[-1]) or item.rule):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _family(item: Item) -> str:
    return "picture" if item.lines[0].kind == "picture" else item.key


def _is_news_run(run: Sequence[Item], found: _Found) -> bool:
    """Whether siblings without a heading that announces them are news: by what they tell."""
    family = _family(run[0])
    if family == "sentence":
        return False
    texts = [found.text[item.start : item.end] for item in run if not item.label]
    wanted = [text for text in texts if not signals.is_unwanted(text)]
    if len(wanted) < _LEAST.get(family, 2):
        return False
    same = len({item.key for item in run}) == 1
    share = _RUN_SHARE if family == "picture" and same else _SHARE.get(family, _RUN_SHARE)
    reports = sum(signals.reports_funding(text) for text in wanted)
    return reports >= max(1, share * len(wanted)) and not _is_contents(run, found)


def _is_contents(run: Sequence[Item], found: _Found) -> bool:
    """A table of contents: most of its lines stand again further down."""
    repeated = sum(found.later.get(_normal(item.lines[0].content), 0) > item.end for item in run)
    return len(run) >= 2 and repeated * 2 >= len(run)

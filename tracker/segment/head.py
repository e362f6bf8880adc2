"""An `Issue` as read in; the same with day, number, name and title as the letter gives them.

The day: from the letter's head, else what its source said (mail Date, front matter), else a
date in the file's name.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tracker.records import Issue
from tracker.segment import signals
from tracker.segment.lines import Line, read_lines
from tracker.segment.mastheads import find_day, find_number, name_in_masthead, name_in_title

_HEAD_LINES, _HEAD_CHARS = 14, 2500
_FOOT_CHARS = 3000
_MAX_MASTHEAD = 120
_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_FOOT_NAMES = (
    re.compile(
        r"([^\s,.!?'\"“”‘’|·][^,.!?\n'\"“”‘’|·]{0,28}?)['\"’”]?\s?(?:뉴스레터)(?:를|을)?\s?(?:구독|추천|받아|신청)"
    ),
    re.compile(
        r"(?:ⓒ|©|\(c\)|copyright)\s?(?:20\d\d[.,]?\s?)?([^\s.,|·\d][^.,|·\n]{1,38}?)(?:\.|,|\||·|$|\sAll\s)",
        re.I | re.M,
    ),
    re.compile(
        r"(?:subscribed to|signed up (?:for|to)|reader of|subscriber (?:of|to))\s(?:the\s)?([A-Z][^.,|·\n]{1,38}?)(?:\.|,|\||·|$|\s(?:at|on|newsletter|with|via)\b)",
        re.M,
    ),
    re.compile(
        r"^([^|·\n@]{2,28}?)\s[|·]\s(?:매주|매일|격주|매월|[\w.]{1,40}@|every\s|weekly|편집)",
        re.I | re.M,
    ),
    re.compile(r"^(\S{2,20})\s(?:편집장\s|에디터\s)?[가-힣]{2,4}\s(?:드림|올림)$", re.M),
)
_GREETING = re.compile(
    r"(?:안녕하세요|반갑습니다)[,.!~]?\s(?:[^,.!?\n]{0,20}?님[,.!]?\s)?([^\s,.!?][^,.!?\n]{1,24}?)(?:의\s[^\s]{1,10})?(?:입니다|이에요|예요)"
)
_NOT_NAMES = re.compile(
    r"이\s?메일|본\s?메일|이번|지금|오늘|매주|더\s?많은|친구|주변|벌써|this|your|our|you|이\s?뉴스|우리|좋은|또\s?다른|다른|"
    r"http|수신|구독|newsletter$|뉴스레터$",
    re.I,
)
_SLACK = timedelta(days=7)


def read_head(issue: Issue) -> Issue:
    """Return `issue` with what its head says filled in; its text is unchanged."""
    lines = read_lines(issue.text[:_HEAD_CHARS])[:_HEAD_LINES]
    mastheads = [line.content for line in lines if _may_be_masthead(line)]
    name = _newsletter(issue, lines, mastheads)
    number = issue.number or _number(issue, mastheads)
    return dataclasses.replace(
        issue,
        issued_on=_issued_on(issue, mastheads),
        number=number,
        newsletter=name,
        title=issue.title or _title(lines, name, mastheads),
    )


def _may_be_masthead(line: Line) -> bool:
    """Whether a line may speak of the letter itself: short, no sentence, no round."""
    text = line.content
    if len(text) > _MAX_MASTHEAD or signals.reports_funding(text):
        return False
    return not signals.is_sentence(text) or find_day(text) is not None


def _issued_on(issue: Issue, mastheads: Sequence[str]) -> date | None:
    for text in mastheads:
        day = find_day(text)
        # A day well after the mail was sent is an event it announces.
        if day and (issue.issued_on is None or day <= issue.issued_on + _SLACK):
            return day
    if issue.issued_on is not None:
        return issue.issued_on
    if issue.title and (day := find_day(issue.title)):
        return day
    match = _FILE_DATE.search(os.path.basename(issue.source))
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None


def _number(issue: Issue, mastheads: Sequence[str]) -> str | None:
    for text in [*mastheads[:4], issue.title or "", *mastheads[4:6]]:
        number = find_number(text)
        if number:
            return number
    return None


def _newsletter(issue: Issue, lines: Sequence[Line], mastheads: Sequence[str]) -> str | None:
    for name in _names(issue, lines, mastheads):
        name = " ".join(name.split()).strip(" -–—|·:,'\"“”‘’[]")
        if 2 <= len(name) <= 60 and any(char.isalpha() for char in name):
            return name
    return None


def _names(issue: Issue, lines: Sequence[Line], mastheads: Sequence[str]) -> Iterator[str]:
    """What may be the newsletter's name, the surest first."""
    if issue.newsletter:
        yield name_in_title(issue.newsletter, whole=True) or issue.newsletter
    for text in mastheads[:4]:
        name = name_in_masthead(text)
        if name:
            yield name
    titles = [issue.title] if issue.title else []
    titles += [line.content for line in lines if line.level == 1]
    for title in titles:
        name = name_in_title(title)
        if name:
            yield name
    foot = issue.text[-_FOOT_CHARS:]
    for pattern in _FOOT_NAMES:
        found = [match.group(1).strip() for match in pattern.finditer(foot)]
        yield from (name for name in found if not _NOT_NAMES.search(name))
    greeting = _GREETING.search(issue.text[:_HEAD_CHARS])
    if greeting and not _NOT_NAMES.search(greeting.group(1)):
        yield greeting.group(1)


def _title(lines: Sequence[Line], name: str | None, mastheads: Sequence[str]) -> str | None:
    """The first heading; else the name with its number; else the first line that is no date."""
    for line in lines:
        if line.level in (1, 2):
            return line.content[:300]
    numbered = _numbered(name, mastheads)
    if numbered:
        return numbered
    for line in lines:
        text = line.content
        plain = find_day(text) is None and find_number(text) is None
        if plain and len(text) >= 4 and not signals.is_sentence(text):
            return text[:300]
        if len(text) > _MAX_MASTHEAD:
            break
    return name


def _numbered(name: str | None, mastheads: Sequence[str]) -> str | None:
    """Name and number as the masthead has them: "스타트업 레이더 Vol. 38"."""
    if name is None:
        return None
    for text in mastheads[:4]:
        for part in re.split(r"\s[|·•]\s", text):
            if find_number(part) and find_day(part) is None:
                return part.strip() if name in part else f"{name} {part.strip()}"
    return None

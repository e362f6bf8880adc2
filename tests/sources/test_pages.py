"""Archive pages of newsletter services: each brief arrives whole and apart, and little else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from page_layouts import LAYOUTS, LETTERS, Letter

from tracker.segment import find_briefs, read_head
from tracker.sources import read_data


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.newsletter)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_briefs_of_a_page(layout: Callable[[Letter], str], letter: Letter) -> None:
    (issue,) = read_data(layout(letter).encode(), "page.html", "https://letters.example/1")
    issue = read_head(issue)
    briefs = [brief.text for brief in find_briefs(issue) if brief.in_news_section]
    for headline, text in letter.briefs:
        holding = [brief for brief in briefs if _bare(text) in _bare(brief)]
        assert len(holding) == 1, (text, briefs)
        assert _bare(headline) in _bare(holding[0])
        others = [other for _, other in letter.briefs if other != text]
        assert not any(_bare(other) in _bare(holding[0]) for other in others)
    assert len(briefs) == len(letter.briefs), briefs
    assert issue.issued_on == date.fromisoformat(letter.day)
    assert letter.title in (issue.title or "")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_what_nobody_sees_is_left_out(layout: Callable[[Letter], str]) -> None:
    (issue,) = read_data(layout(LETTERS[0]).encode(), "page.html", "x")
    for unseen in ("track.example", "click.example", "81f3a2c4", "dataLayer", "JSON.parse", "mso"):
        assert unseen not in issue.text

"""The identity of a letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.records import Issue
from tracker.sources import issue_fingerprint, read_source

TEXT = "# 편지 3호\n\n• 가온로봇이 30억원을 유치했다. https://t.co/r?u=1a2b\n\n수신거부: https://x.invalid/u/77aa01 (a@b.c)"


def test_links_tokens_names_and_spacing_do_not_count() -> None:
    first = Issue(TEXT, "a.txt", title="편지 3호", issued_on=date(2026, 10, 2))
    other = (
        TEXT.replace("u=1a2b", "u=9z8y&utm_source=mail")
        .replace("77aa01", "0f1e")
        .replace("a@b.c", "who@else.org")
    )
    second = replace(first, text=other.replace("\n\n", "\n") + "\n", source="elsewhere/renamed.txt")
    assert issue_fingerprint(first) == issue_fingerprint(second)


def test_reader_token_in_the_text() -> None:
    assert issue_fingerprint(Issue("글 0f9e8d7c6b5a4321ff", "a")) == issue_fingerprint(
        Issue("글 ab12cd34ef56ab78cd", "a")
    )


def test_what_is_said_counts() -> None:
    first = Issue(TEXT, "a", title="편지 3호", issued_on=date(2026, 10, 2))
    changed = [
        replace(first, text=TEXT.replace("30억", "31억")),
        replace(first, title="편지 4호"),
        replace(first, issued_on=date(2026, 10, 9)),
    ]
    assert len({issue_fingerprint(issue) for issue in [first, *changed]}) == 4


def test_html_with_other_tracking_links(tmp_path: Path) -> None:
    page = "<p>가온로봇이 <a href='https://t.invalid/c/{0}'>30억원</a>을 유치했다.</p><img src='https://t.invalid/o/{0}.gif'>"
    prints = set()
    for name, token in (("a.html", "111aaa"), ("b.html", "222bbb")):
        (tmp_path / name).write_text(page.format(token))
        prints |= {issue_fingerprint(issue) for issue in read_source(str(tmp_path / name))}
    assert len(prints) == 1

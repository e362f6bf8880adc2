"""Markdown → lines."""

from __future__ import annotations

import pytest
from scaling import grows_linearly

from tracker.sources.markdown import inline, markdown_to_text, split_front_matter


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("**워시** — _새_ *소식* `x` ~~y~~", "워시 — 새 소식 x y"),
        ("[유치](https://a.b/c_(d)?e=1) 끝", "유치 끝"),
        ("[[투자] 가온](https://a.b)", "[투자] 가온"),
        ("![로고](a.png)글", "글"),
        ("a\\|b 3 \\* 4", "a|b 3 * 4"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("<https://a.b> <b>굵게</b> &amp;", " 굵게 &"),
        ("[광고] 그대로", "[광고] 그대로"),
        ("[글][1]", "글"),
    ],
)
def test_inline(raw: str, expected: str) -> None:
    assert inline(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("## 제목 ##", "\n## 제목"),
        ("제목\n===", "# 제목"),
        ("* a\n  * b\n+ c", "• a\n  • b\n• c"),
        ("- [x] a", "• a"),
        ("| 회사 | 금액 |\n| --- | ---: |\n| 가온 | 30억 |", "회사 | 금액\n가온 | 30억"),
        ("| 한 칸 |\n|---|\n| [글](u) |", "한 칸\n글"),
        (
            "회사 | 단계 | 금액\n--- | --- | ---\n가온 | 시드 | 5억",
            "회사 | 단계 | 금액\n가온 | 시드 | 5억",
        ),
        ("> 인용\n>> 더", "인용\n더"),
        ("a\n\n***\n\nb", "a\n\n\n---\n\n\nb"),
        ("**가온, 30억원**\n글.", "###### 가온, 30억원\n글."),
        ("**요약:**\n글.", "요약:\n글."),
        ("[1]: https://a.b\n글", "글"),
        ("```\n# 글\n```", "# 글"),
        ("a<br/>b", "a\nb"),
        ("#해시태그", "#해시태그"),
    ],
)
def test_blocks(raw: str, expected: str) -> None:
    assert markdown_to_text(raw) == expected


def test_front_matter_only_where_it_is_one() -> None:
    assert split_front_matter("---\ntitle: a: b\ntags: [x]\n---\n글") == (
        {"title": "a: b", "tags": "[x]"},
        "글",
    )
    assert split_front_matter('+++\ntitle = "a"\n+++\n글') == ({"title": "a"}, "글")
    for text in ("---\n그냥 글이다\n---\n글", "---\n끝이 없다", "글\n---\na: b\n---"):
        assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize(
    "raw",
    [
        "[" * 200_000,
        "*" * 200_000,
        "_a" * 100_000,
        "- " * 200_000 + "x",
        "<" * 200_000,
        "|" * 200_000,
    ],
)
def test_hostile_markdown_is_linear(raw: str) -> None:
    assert grows_linearly(markdown_to_text, raw)

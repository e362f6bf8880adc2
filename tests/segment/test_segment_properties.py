"""Whatever the text: offsets are exact, briefs ordered and apart, and the time linear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scaling import grows_linearly

from tracker.records import MAX_BRIEF_CHARS, Issue
from tracker.segment import find_briefs, read_head
from tracker.sources.cleaning import clean_text

PIECES = [
    "# ", "## 투자 소식", "###### ", "- ", "  - ", "• ", "🚀 ", "1. ", "① ", "[투자] ", "[광고] ", "|", " | ", "---", "\n", "\n\n",
    "가온로봇, 30억원 시리즈A 유치", "나래약품이 50억원을 조달했다.", "이번 투자로 누적 90억원이 됐다.", "회사 | 단계 | 금액", "가온 | 시드 | 5억",
    "금액: 30억원", "수신거부", "Foo raised $5M.", "Deals", "행사", "10/3 데모데이 신청", "2026. 10. 02. | 편지 Vol. 3", "가온: 글이다.", "더 보기",
    "안녕하세요.", "x" * 200, " ", "\t", "[", "]",
]  # fmt: skip
LETTER = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(
    text=st.one_of(LETTER, st.text(max_size=200)), media=st.sampled_from(["text", "html", "feed"])
)
def test_offsets(text: str, media: str) -> None:
    issue = read_head(Issue(text, "x", media=media))  # type: ignore[arg-type]
    assert issue.text == text
    end = 0
    for brief in find_briefs(issue):
        assert brief.text == text[brief.start : brief.end]
        assert brief.text.strip() == brief.text != ""
        assert brief.start >= end
        assert len(brief.text) <= MAX_BRIEF_CHARS
        end = brief.end


def test_overlong_item_is_cut() -> None:
    (brief,) = find_briefs(
        Issue("투자 소식\n\n- 가온이 30억원을 유치했다 " + "그리고 " * 20_000, "x")
    )
    assert len(brief.text) <= MAX_BRIEF_CHARS


NEWS = (
    "## 투자 소식\n\n"
    + "• 가온로봇이 시리즈A로 30억원을 유치했다. 한국투자파트너스가 리드했다.\n" * 8
)
PROSE = "긴 글입니다. 올해도 많은 회사가 문을 열고 닫았습니다. 시장은 여전히 차갑습니다.\n\n" * 12


@pytest.mark.parametrize(
    "share",
    [pytest.param(0.25, id="quarter"), pytest.param(1.0, id="megabyte", marks=pytest.mark.long)],
)
@pytest.mark.parametrize(
    "text",
    [
        (NEWS + PROSE) * 600,
        "- a\n" * 250_000,
        "# a\n" * 250_000,
        "[a]\n" * 250_000,
        "a | b\n" * 150_000,
        "가나다 " * 250_000,
        "3억원을 유치 " * 120_000,
        "1" * 1_000_000,
        "[" * 1_000_000,
        "- " * 500_000,
        "🚀" * 500_000,
        "투자 소식\n" * 150_000,
        "".join(" " * (n % 40) + "- a\n" for n in range(50_000)),
    ],
    ids=range(13),
)
def test_up_to_a_megabyte_is_segmented_in_proportion(text: str, share: float) -> None:
    def segment(part: str) -> object:
        return find_briefs(read_head(Issue(part, "x")))

    assert grows_linearly(segment, clean_text(text[: int(share * len(text))]))

"""One letter in several forms is one letter; two issues with the same frame are two."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from forms import Letter, feed, html_of, mail, page
from hypothesis import given
from hypothesis import strategies as st

from tracker.identity.issues import ENOUGH, KEYS, LetterText, same_letter
from tracker.records import Issue
from tracker.segment import find_briefs, read_head
from tracker.sources import issue_fingerprint, read_data, read_source

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "issues").iterdir())
SEOUL = timezone(timedelta(hours=9))


def compared(issue: Issue) -> LetterText:
    issue = read_head(issue)
    return LetterText(issue.text, [b.text for b in find_briefs(issue)], issue.issued_on)


def letter_of(path: Path) -> tuple[Letter, Issue]:
    """A sample as it was before it was sent."""
    issue = next(iter(read_source(str(path))))
    head = read_head(issue)
    body = html_of(issue.text)
    if path.suffix == ".html":
        found = re.search(r"<body[^>]*>(.*)</body>", path.read_text(encoding="utf-8"), re.DOTALL)
        assert found
        body = found[1]
    day = datetime.combine(head.issued_on or date(2026, 1, 2), time(8), SEOUL)
    made = Letter(head.title or path.stem, head.newsletter or "편지", day, body, issue.text)
    return made, issue


def forms_of(path: Path) -> dict[str, Issue]:
    """The sample by every way."""
    letter, issue = letter_of(path)
    made = {
        "letter.eml": mail(letter),
        "html-only.eml": mail(letter, reader="0b55ef21", html_only=True),
        "entry.xml": feed(letter),
        "page.html": page(letter),
    }
    found = {"as it is": issue}
    for name, data in made.items():
        [found[name]] = read_data(data, name, name)
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_one_letter_by_every_way(path: Path) -> None:
    issues = forms_of(path)
    assert len({issue_fingerprint(issue) for issue in issues.values()}) > 1, "forms differ"
    forms = {name: compared(issue) for name, issue in issues.items()}
    for (first, new), (second, stored) in itertools.permutations(forms.items(), 2):
        assert (first, second, same_letter(new, stored)) == (first, second, True)
        assert len(set(new.keys) & set(stored.keys)) >= ENOUGH, (first, second)


def test_different_letters_are_different() -> None:
    letters = [compared(letter_of(path)[1]) for path in SAMPLES]
    for new, stored in itertools.permutations(letters, 2):
        assert not same_letter(new, stored)


FRAME = """# 스타트업 모닝
안녕하세요, 구독자님. 매주 금요일 아침에 스타트업 소식을 전하는 스타트업 모닝입니다. 오늘도 커피 한 잔과 함께 하세요.
이 편지는 여러분의 후원으로 만들어집니다. 후원해 주신 모든 분께 감사드립니다. 지난 호는 홈페이지에서 볼 수 있습니다.
## 투자 소식
{}
## 알립니다
스타트업 모닝은 여러분의 이야기를 기다립니다. 실리고 싶은 소식이 있다면 답장으로 보내 주세요. 다음 주에 다시 찾아뵙겠습니다.
광고와 제휴 문의는 답장으로 부탁드립니다. 이 메일은 구독을 신청하신 분께만 보내 드리고 있습니다. 읽어 주셔서 고맙습니다.
"""
NEWS = (
    "• 신선식품 포장재 기업 퓨어그린이 나래벤처스로부터 60억원 규모의 시리즈A 투자를 유치했다.",
    "• 수면 진단 기업 고요한밤이 바다캐피탈로부터 25억원 규모의 프리A 투자를 유치했다.",
)


def framed(news: str, day: date | None = date(2026, 10, 2)) -> LetterText:
    return LetterText(FRAME.format(news), [news.removeprefix("• ")], day)


def test_two_issues_in_one_frame_are_two() -> None:
    """Most of their text is the same; on one day, too, and where no day is known."""
    for day in (date(2026, 10, 2), None):
        first, second = (framed(news, day) for news in NEWS)
        assert len(first.whole & second.whole) > 0.7 * len(first.whole)
        assert not same_letter(first, second)


def test_corrected_edition_is_a_letter_of_its_own() -> None:
    first = framed(NEWS[0])
    assert same_letter(framed(NEWS[0]), first)
    assert not same_letter(framed(NEWS[0].replace("60억", "600억")), first)
    long = "\n".join(NEWS * 1)
    both = LetterText(FRAME.format(long), list(NEWS), date(2026, 10, 2))
    assert not same_letter(replace(both, text=both.text.replace("25억", "26억"),
                                   briefs=[NEWS[0], NEWS[1].replace("25억", "26억")]), both)  # fmt: skip


def test_teaser_keeps_nothing_out() -> None:
    """The whole letter after its teaser is news; the teaser after the whole letter is not."""
    briefs = [f"{n}번째 회사 새벽{n}별이 바다{n}캐피탈에서 {n}1억원 시드 투자를 유치했다." for n in range(2, 9)]  # fmt: skip
    whole = LetterText("\n".join(briefs), briefs)
    teaser = LetterText("\n".join(briefs[:2]), briefs[:2])
    assert not same_letter(whole, teaser)
    assert same_letter(teaser, whole)


def test_days_apart_and_letters_that_say_too_little() -> None:
    first = framed(NEWS[0])
    assert same_letter(replace(first, day=date(2026, 10, 5)), first)
    assert not same_letter(replace(first, day=date(2026, 10, 6)), first)
    assert same_letter(replace(first, day=None), first)
    short = LetterText("감자 | 시드 | 3억원 | 갑", ["감자 | 시드 | 3억원 | 갑"])
    assert not same_letter(short, short)
    assert short.keys == ()


@given(st.text(max_size=400), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_has_few_keys_of_63_bits(text: str, briefs: list[str]) -> None:
    letter = LetterText(text, briefs)
    assert len(letter.keys) <= KEYS
    assert all(0 <= key < 2**63 for key in letter.keys)
    assert letter.keys == LetterText(text.upper().lower() if text.isascii() else text, briefs).keys
    assert same_letter(letter, letter) in (True, False)

"""Plain text: wrapped lines and tabs."""

from __future__ import annotations

import textwrap

from tracker.sources.plain import plain_to_text

PROSE = (
    "Portronic, a Seoul-based designer of power semiconductors, raised $12.5 million in Series A funding. "
    "Harborline Capital led the round and was joined by Samsung Venture Investment, which had backed the "
    "company before, and by two angels who did not want to be named in the announcement."
)


def test_wrapped_paragraphs_are_joined_and_items_are_not() -> None:
    item = textwrap.fill("- " + PROSE, 76, subsequent_indent="  ")
    text = f"{textwrap.fill(PROSE, 76)}\n\n{item}\n{item}\n"
    assert plain_to_text(text) == f"{PROSE}\n\n- {PROSE}\n- {PROSE}\n"


def test_headlines_below_each_other_stay_apart() -> None:
    text = "\n".join(f"회사{n}, 시리즈A {n}0억원 유치" for n in range(1, 9))
    assert plain_to_text(text) == text


def test_tabs() -> None:
    assert plain_to_text("가온\t시드\t5억\n\t- a\n1.\t글") == "가온 | 시드 | 5억\n  - a\n1. 글"

"""Rounds for tests of the exports: one that is plain, and Hypothesis's."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tracker.parsing.stages import STAGES
from tracker.records import Reported, RoundRow, Share

LARGEST = 2**63 - 1


def row(**changes: object) -> RoundRow:
    """A round with two investors, of whom one led."""
    values: dict[str, object] = {
        "id": 7,
        "company": "감자마켓",
        "investors": (Share("알토스벤처스", True), Share("바다캐피탈", False)),
        "amount": 9007199254740993,
        "currency": "KRW",
        "stage": "pre_series_a",
        "stage_raw": "프리A",
        "extension": True,
        "valuation": None,
        "valuation_currency": None,
        "total_raised": None,
        "total_raised_currency": None,
        "announced_on": date(2025, 12, 19),
        "confidence": 0.9,
        "sources": (Reported("월요레터", "25-47", date(2025, 12, 19), "감자마켓 프리A"),),
    }
    return RoundRow(**(values | changes))  # type: ignore[arg-type]


_NASTY = st.sampled_from(
    [
        "=1+1", "'=x", "''=x", "+82 10", "-1", "@sum(A1)", "\ttab", "\n=x", "＝1", "'", "''", '"', '""', ",", ";", "a;b",
        "갑\n을", "a\r\nb", "_x000D_", "_x0041_", "NA", "null", "None", "TRUE", "1e9", "007", "12/31", "2025-01-01",
        "🚀", "é", "e\u0301", "\u202e거꾸로", "\ufeff", "\ufffe", "\uffff", "\x1b[31m", " a ", "<b>&amp;", "|", "\\", "%", "{}",
    ]
)  # fmt: skip
texts = st.one_of(
    _NASTY, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
)
names = texts.filter(bool)
amounts = st.one_of(st.none(), st.integers(0, LARGEST), st.sampled_from([0, 10**15, LARGEST]))
currencies = st.sampled_from([None, "KRW", "USD", "EUR", "CHF", "VND"])
days = st.one_of(st.none(), st.dates(date(1850, 1, 1), date(2200, 1, 1)))
shares = st.builds(Share, names, st.booleans())
rounds = st.builds(
    RoundRow,
    id=st.integers(1, LARGEST),
    company=names,
    investors=st.lists(shares, max_size=3).map(tuple),
    amount=amounts,
    currency=currencies,
    stage=st.sampled_from([None, *STAGES]),
    stage_raw=st.one_of(st.none(), names),
    extension=st.booleans(),
    valuation=amounts,
    valuation_currency=currencies,
    total_raised=amounts,
    total_raised_currency=currencies,
    announced_on=days,
    confidence=st.floats(0, 1),
    sources=st.lists(
        st.builds(Reported, st.one_of(st.none(), names), st.one_of(st.none(), names), days, texts),
        max_size=2,
    ).map(tuple),
)

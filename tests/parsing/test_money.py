"""Sums as newsletters write them, row by row: text → [(amount, currency)]."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.parsing.currencies import SYMBOLS
from tracker.parsing.money import (
    conversion_follows,
    find_money,
    format_money,
    is_currency,
    parse_money,
)

WON = """
60억원 = 6000000000
60억 원 = 6000000000
60억 = 6000000000
6억원 = 600000000
1조원 = 1000000000000
1조 2,000억원 = 1200000000000
1조2000억원 = 1200000000000
1조 2000억 = 1200000000000
9조3,000억 = 9300000000000
1,550억 원 = 155000000000
1천550억원 = 155000000000
3천억원 = 300000000000
2천만원 = 20000000
5000만 원 = 50000000
5,000만원 = 50000000
3억 2천만원 = 320000000
3억5천 = 350000000
3억 5000만원 = 350000000
12억5,000만원 = 1250000000
육십억원 = 6000000000
삼십오억원 = 3500000000
백억원 = 10000000000
천억원 = 100000000000
십억 원 = 1000000000
1.5억원 = 150000000
2.25조원 = 2250000000000
10억여원 = 1000000000
10여억원 = 1000000000
60억여 원 = 6000000000
100만원 = 1000000
6,000,000,000원 = 6000000000
3,000원 = 3000
₩6bn = 6000000000
₩500,000,000 = 500000000
KRW 6 billion = 6000000000
KRW 600,000,000 = 600000000
6 billion won = 6000000000
6bn won = 6000000000
1.2 trillion won = 1200000000000
350 million KRW = 350000000
1억원씩 = 100000000
75억원어치 = 7500000000
30억원+α = 3000000000
380억 동원산업 = 38000000000
"""

DOLLARS = """
1천200만달러 = 12000000
1200만 달러 = 12000000
1,200만달러 = 12000000
6,700만 달러 = 67000000
100만불 = 1000000
300만 불 = 3000000
3천만弗 = 30000000
1억달러 = 100000000
1억5000만 달러 = 150000000
6억2000만달러 = 620000000
2.25억달러 = 225000000
3.5억 달러 = 350000000
1.5B달러 = 1500000000
10억 달러 = 1000000000
12억5000만 달러 = 1250000000
1조 달러 = 1000000000000
3백만 달러 = 3000000
삼천만 달러 = 30000000
미화 500만 달러 = 5000000
15,000,000달러 = 15000000
10만 달러 = 100000
$12.5M = 12500000
$12.5 million = 12500000
$12.5-million = 12500000
$12.5mn = 12500000
$12.5 Mn = 12500000
$12.5 mln = 12500000
$3m = 3000000
$3MM = 3000000
$1B = 1000000000
$1B+ = 1000000000
$1.2bn = 1200000000
$1.2 billion = 1200000000
$1.2 bln = 1200000000
$2T = 2000000000000
$200k = 200000
$200K = 200000
$150,000 = 150000
$1,250,000 = 1250000
US$3m = 3000000
US$ 3 million = 3000000
USD 3.2 mn = 3200000
USD3.2M = 3200000
5000000 USD = 5000000
5 million USD = 5000000
5M USD = 5000000
12 million dollars = 12000000
3.2 million US dollars = 3200000
40 million bucks = 40000000
300만$ = 3000000
USD 4,00,000 = 400000
"""

OTHERS = """
€4M = 4000000 EUR
€4.5 million = 4500000 EUR
EUR 2,5 million = 2500000 EUR
4억유로 = 400000000 EUR
1천만 유로 = 10000000 EUR
15 million euros = 15000000 EUR
2.5 M€ = 2500000 EUR
6M€ = 6000000 EUR
£2.3m = 2300000 GBP
£700,000 = 700000 GBP
70만 파운드 = 700000 GBP
GBP 1.1 million = 1100000 GBP
3 million pounds = 3000000 GBP
¥500 million = 500000000 JPY
5억엔 = 500000000 JPY
5억 엔 = 500000000 JPY
JPY 300 million = 300000000 JPY
300 million yen = 300000000 JPY
3000만위안 = 30000000 CNY
1억 3300만 위안 = 133000000 CNY
RMB 200 million = 200000000 CNY
200 million yuan = 200000000 CNY
CN¥50M = 50000000 CNY
S$8 million = 8000000 SGD
S$8M = 8000000 SGD
500만 싱가포르달러 = 5000000 SGD
500만 싱가포르 달러 = 5000000 SGD
HK$90m = 90000000 HKD
2억 홍콩달러 = 200000000 HKD
A$15.5M = 15500000 AUD
$15.5M AUD = 15500000 AUD
300만 호주달러 = 3000000 AUD
C$3.4M = 3400000 CAD
CA$3.4M = 3400000 CAD
500만 캐나다달러 = 5000000 CAD
NZ$2m = 2000000 NZD
NT$90 million = 90000000 TWD
R$12 million = 12000000 BRL
INR 40 crore = 400000000 INR
INR 12 Cr = 120000000 INR
Rs 40 crore = 400000000 INR
Rs. 40 crores = 400000000 INR
₹ 1 Cr = 10000000 INR
₹15 Cr = 150000000 INR
₹50 lakh = 5000000 INR
40 lakh = 4000000 INR
3 crore = 30000000 INR
₹2.5 billion = 2500000000 INR
5억 루피 = 500000000 INR
CHF 3 million = 3000000 CHF
SEK 45m = 45000000 SEK
45 million Swedish kronor = 45000000 SEK
NOK 20 million = 20000000 NOK
9,000만 노르웨이크로네 = 90000000 NOK
Rp 45 billion = 45000000000 IDR
450억 루피아 = 45000000000 IDR
RM 3 million = 3000000 MYR
RM12 mil = 12000000 MYR
1억5000만밧 = 150000000 THB
200억동 = 20000000000 VND
₪30 million = 30000000 ILS
N4bn = 4000000000 NGN
R95m = 95000000 ZAR
AED 22 million = 22000000 AED
Dh22 million = 22000000 AED
SAR 97.5 million = 97500000 SAR
2 billion tenge = 2000000000 KZT
1500만 즈워티 = 15000000 PLN
XOF 5.5bn = 5500000000 XOF
five million dollars = 5000000 USD
half a billion dollars = 500000000 USD
nine million euros = 9000000 EUR
7.5 million francs = 7500000 CHF
35m kronor = 35000000 SEK
덴마크의 8000만크로네 = 80000000 DKK
멕시코에서 6000만 페소 = 60000000 MXN
"""


def _rows(block: str, currency: str = "") -> list[tuple[str, int, str]]:
    rows = []
    for line in block.strip().splitlines():
        text, _, value = line.partition(" = ")
        amount, _, code = value.partition(" ")
        rows.append((text, int(amount), code or currency))
    return rows


ROWS = [*_rows(WON, "KRW"), *_rows(DOLLARS, "USD"), *_rows(OTHERS)]


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len({text for text, _, _ in ROWS}) >= 150


@pytest.mark.parametrize(("text", "amount", "currency"), ROWS)
def test_sum(text: str, amount: int, currency: str) -> None:
    assert [(m.amount, m.currency) for m in find_money(text)] == [(amount, currency)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1300만달러(약 180억원)", [(13000000, "USD"), (18000000000, "KRW")]),
        ("$150,000(₹ 1 Cr)", [(150000, "USD"), (10000000, "INR")]),
        ("₹15 Cr($2.25 Million)", [(150000000, "INR"), (2250000, "USD")]),
        (
            "30억원과 20억원 등 모두 50억원",
            [(3 * 10**9, "KRW"), (2 * 10**9, "KRW"), (5 * 10**9, "KRW")],
        ),
        ("A사 10억, B사 300만달러", [(10**9, "KRW"), (3 * 10**6, "USD")]),
        ("20억\n생활가전, 15억", [(2 * 10**9, "KRW"), (15 * 10**8, "KRW")]),
        ("raised $5M at a $40M valuation", [(5 * 10**6, "USD"), (4 * 10**7, "USD")]),
    ],
)
def test_several_sums(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(m.amount, m.currency) for m in find_money(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "수십억원",
        "수백억",
        "수백만 달러",
        "20억대",
        "20억원대",
        "100억 원대",
        "$50-60 Mn",
        "1억~1억5000만달러",
    ],
)
def test_vague_sums_have_no_number(text: str) -> None:
    found = find_money(text)
    assert len(found) == 1
    assert found[0].amount is None


@pytest.mark.parametrize(
    "text",
    [
        "30억 명",
        "3만 명",
        "1억 회",
        "12억 건을 처리",
        "5억 다운로드",
        "3개월",
        "2026년",
        "시리즈A",
        "Series B",
        "12 million users",
        "M3 칩",
        "N95 마스크",
        "R2 unit",
        "이 원",
        "제2공장",
        "3.5 percent",
        "",
    ],
)
def test_not_a_sum(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("총 60억원을 유치", "60억원"),
        ("약 1천200만달러(약 160억원)", "1천200만달러"),
        ("it raised US$ 3 million.", "US$ 3 million"),
        ("시드 5억 원 규모", "5억 원"),
        ("75억원어치", "75억원"),
    ],
)
def test_span(text: str, span: str) -> None:
    first = find_money(text)[0]
    assert text[first.start : first.end] == span


def test_qualifier_is_kept_beside_the_number() -> None:
    assert [m.qualifier for m in find_money("약 60억원, over $5M")] == ["약", "over"]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("1300만달러(약 180억원)", True),
        ("$150,000(₹ 1 Cr)", True),
        ("1억 달러, 약 1500억원", True),
        ("3억원, 200만달러", False),
        ("60억원과 500만달러", False),
    ],
)
def test_conversion(text: str, again: bool) -> None:
    first, second = find_money(text)
    assert conversion_follows(text, first, second) is again


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50억", (5 * 10**9, "KRW")),
        ("10억원", (10**9, "KRW")),
        ("$5M", (5 * 10**6, "USD")),
        (" 5000000 USD ", (5 * 10**6, "USD")),
        ("50억 이상", None),
        ("five", None),
        ("20억대", None),
        ("10억 20억", None),
    ],
)
def test_parse_money(text: str, expected: tuple[int, str] | None) -> None:
    found = parse_money(text)
    assert (found and (found.amount, found.currency)) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (6_000_000_000, "KRW", "60억원"),
        (1_200_000_000_000, "KRW", "1조 2,000억원"),
        (320_000_000, "KRW", "3억 2,000만원"),
        (20_000_000, "KRW", "2,000만원"),
        (5_001, "KRW", "5,001원"),
        (12_500_000, "USD", "$12.5M"),
        (1_300_000_000, "USD", "$1.3B"),
        (150_000, "USD", "$150K"),
        (123_456_789, "USD", "$123,456,789"),
        (3_000_000, "CHF", "CHF 3M"),
        (999, "EUR", "€999"),
    ],
)
def test_format_money(amount: int, currency: str, shown: str) -> None:
    assert format_money(amount, currency) == shown


@given(st.integers(1, 10**15), st.sampled_from(["KRW", *SYMBOLS]))
def test_what_is_shown_reads_back_exactly(amount: int, currency: str) -> None:
    found = parse_money(format_money(amount, currency))
    assert found is not None
    assert (found.amount, found.currency) == (amount, currency)


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = find_money(text)
    bounds = [0, *(edge for m in found for edge in (m.start, m.end)), len(text)]
    assert bounds == sorted(bounds)
    assert all(m.amount is None or m.amount > 0 for m in found)


def test_known_currencies() -> None:
    assert is_currency("krw")
    assert not is_currency("XYZ")

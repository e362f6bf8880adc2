"""The archive as DataFrames: exact money, real dates, and the same filters."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import Desk

from tracker.errors import BadValue
from tracker.export.shape import make_shape
from tracker.query import briefs, companies, investors, rounds
from tracker.query.conversion import Conversion
from tracker.rates import load_rates

README = Path(__file__).parents[2] / "README.md"


def types(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def test_dtypes_and_values(filled: Desk) -> None:
    frame = rounds(filled.db, sort="company")
    assert tuple(frame.columns) == make_shape().layout.names
    found = types(frame)
    assert found["id"] == found["amount"] == found["valuation"] == "Int64"
    assert found["currency"] == found["stage"] == "category"
    assert found["announced_on"] == "datetime64[s]"
    gamja = frame.set_index("company").loc["감자마켓"]
    assert gamja["amount"] == 6_000_000_000
    assert gamja["announced_on"] == pd.Timestamp(2025, 12, 19)
    assert gamja["lead_investors"] == ["알토스벤처스"]
    assert gamja["sources"][0]["date"] == datetime.date(2025, 12, 19)
    assert frame["valuation"].isna().all()
    assert (frame["stage"] >= "series_a").sum() == 2


def test_filters_and_environment(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DB", filled.db)
    assert rounds(stage=["seed"])["company"].tolist() == ["토마토페이"]
    assert len(rounds(company="nobody")) == 0


def test_an_empty_frame_has_the_same_types(file_desk: Desk) -> None:
    for ask in (rounds, companies, investors):
        whole, empty = ask(file_desk.db), ask(file_desk.db, company="nobody")
        assert (types(empty), len(empty)) == (types(whole), 0)
    assert types(briefs(file_desk.db, issue="none")) == types(briefs(file_desk.db))


def test_one_currency(file_desk: Desk) -> None:
    frame = rounds(file_desk.db, in_currency="krw").set_index("company")
    conversion = Conversion(load_rates(), "KRW")
    assert sorted(["company", *frame.columns]) == sorted(
        make_shape(conversion=conversion).layout.names
    )
    assert types(frame)["amount_in"] == "Int64"
    assert frame.loc["감자마켓", "amount_in"] == 6_000_000_000
    there = conversion.convert(12_500_000, "USD", datetime.date(2026, 1, 5))
    assert there is not None
    lemonade = frame.loc["Lemonade Labs"]
    assert lemonade["amount_in"] == there.amount
    assert lemonade["amount_rate_on"] == pd.Timestamp(there.rate_on)
    assert frame.loc["당근모터스", ["amount_in", "amount_rate_on"]].isna().all()
    with pytest.raises(BadValue, match="in_currency 'UDS'"):
        rounds(file_desk.db, in_currency="UDS")


def test_companies(filled: Desk) -> None:
    filled.write("c.txt", "월요레터 | 9 | 2026-02-01", "감자마켓 | 시리즈B | $2M | 들꽃인베스트")
    filled.ingest("c.txt")
    frame = companies(filled.db)
    assert frame["company"].tolist() == ["감자마켓", "Lemonade Labs", "당근모터스", "토마토페이"]
    gamja = frame.loc[0]
    assert (gamja["rounds"], gamja["disclosed"], gamja["investors"]) == (2, 2, 3)
    assert pd.isna(gamja["raised"]) and pd.isna(gamja["currency"]), "two currencies do not add up"
    assert gamja["stage"] == "series_b"
    assert gamja["first_on"] == pd.Timestamp(2025, 12, 19)
    carrot = frame.loc[2]
    assert (carrot["rounds"], carrot["disclosed"]) == (1, 0)
    assert pd.isna(carrot["raised"]), "undisclosed is not zero"
    there = load_rates().convert(2_000_000, "USD", "KRW", datetime.date(2026, 2, 1))
    assert there is not None
    assert companies(filled.db, in_currency="KRW").loc[0, "raised"] == 6_000_000_000 + there.amount


def test_investors(filled: Desk) -> None:
    frame = investors(filled.db).set_index("investor")
    altos = frame.loc["알토스벤처스"]
    assert (altos["rounds"], altos["led"], altos["companies"]) == (1, 1, 1)
    assert (altos["kind"], altos["country"]) == ("vc", "KR")
    assert frame.loc["바다캐피탈", "led"] == 0
    assert types(frame)["kind"] == "category"
    assert len(investors(filled.db, company="토마토")) == 1


def test_briefs(filled: Desk) -> None:
    frame = briefs(filled.db, kind=["planned", "partnership"])
    assert sorted(frame["kind"]) == ["partnership", "planned"]
    assert types(frame)["date"] == "datetime64[s]"
    assert len(briefs(filled.db, since="2026-01-01")) == 3
    with pytest.raises(BadValue, match="choose from funding"):
        briefs(filled.db, kind="investment")


def test_the_readmes_notebook(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = README.read_text(encoding="utf-8").split("### In a notebook")[1]
    block = re.search(r"^    .*\n(?:(?:    .*)?\n)*", text, re.MULTILINE)
    assert block is not None
    code = re.sub(r"^    ", "", block[0], flags=re.MULTILINE)
    monkeypatch.chdir(file_desk.path.parent)
    file_desk.path.rename("rounds.sqlite3")
    ran: dict[str, Any] = {}
    exec(compile(code, "README", "exec"), ran)  # noqa: S102
    assert {"deals", "by_month", "leads"} <= ran.keys()
    assert ran["by_month"].sum() == ran["deals"]["amount_in"].sum() > 0
    assert "알토스벤처스" in set(ran["leads"]["investor"])

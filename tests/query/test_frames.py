"""Rounds as a DataFrame: exact money, real dates, and the same filters."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from conftest import Desk

from tracker.query import rounds


def test_dtypes_and_values(filled: Desk) -> None:
    frame = rounds(filled.db, sort="company")
    assert list(frame.columns)[:4] == ["id", "company", "investors", "lead_investors"]
    assert {
        name: str(frame[name].dtype) for name in ("id", "amount", "valuation")
    } == dict.fromkeys(("id", "amount", "valuation"), "Int64")
    assert isinstance(frame["stage"].dtype, pd.CategoricalDtype)
    assert isinstance(frame["currency"].dtype, pd.CategoricalDtype)
    assert frame["announced_on"].dtype.kind == "M"
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
    empty = rounds(company="nobody")
    assert len(empty) == 0
    assert str(empty["amount"].dtype) == "Int64"

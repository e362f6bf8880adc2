"""What TAB offers, asked the way a shell asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import main


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("list --stage see", ["seed"]),
        ("list --currency US", ["USD"]),
        ("list --sector rob", ["robotics"]),
        ("list --sector !rob", ["!robotics"]),
        ("export - --in EU", ["EUR"]),
        ("export - --format pa", ["parquet"]),
        ("export - --columns company,am", ["company,amount"]),
        ("export - --schema crunchbase --columns mon", ["money_raised", "money_raised_currency"]),
        ("list --investor 알토", ["알토스벤처스"]),
        ("list --lead 알토", ["알토스벤처스"]),
        ("list --company Lem", ["Lemonade Labs"]),
        ("investor 알토", ["알토스벤처스"]),
        ("company Lem", ["Lemonade Labs"]),
        ("list --source 월", ["월요레터"]),
        ("list --investor %", []),
    ],
)
def test_offers(
    file_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    offered: list[str],
) -> None:
    monkeypatch.setenv("TRACKER_DB", file_desk.db)
    assert complete(words, monkeypatch, capsys) == offered


@pytest.mark.parametrize("words", ["watch run ea", "watch remove ea", "list --new-since-last ea"])
def test_offers_saved_searches(
    file_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
) -> None:
    monkeypatch.setenv("TRACKER_DB", file_desk.db)
    for name in ("early", "late"):
        assert main(["watch", "add", name, "--stage", "seed"]) == 0
    capsys.readouterr()
    assert complete(words, monkeypatch, capsys) == ["early"]


def test_without_a_database_it_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "none.sqlite3"))
    assert complete("list --investor a", monkeypatch, capsys) == []
    assert list(tmp_path.iterdir()) == []


def complete(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    monkeypatch.setenv("_TRACKER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"tracker {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    main([])
    out, err = capsys.readouterr()
    assert err == ""
    return out.split("\n")[:-1] if out.strip() else []

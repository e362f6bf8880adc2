"""English or Korean: by the locale, whole messages, and never in what machines read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker.cli import main
from tracker.language import language, translated, word
from tracker.messages_ko import MESSAGES, WORDS


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_LANG", "ko")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"), ({"TRACKER_LANG": "ko"}, "ko"), ({"LANG": "ko_KR.UTF-8"}, "ko"), ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "ko_KR", "LANG": "en_US"}, "ko"), ({"LC_ALL": "en_US", "LANG": "ko_KR"}, "en"),
        ({"TRACKER_LANG": "en", "LANG": "ko_KR"}, "en"), ({"TRACKER_LANG": "", "LANG": "ko_KR"}, "ko"),
        ({"TRACKER_LANG": "xx"}, "en"),
    ],
)  # fmt: skip
def test_which(environ: dict[str, str], expected: str) -> None:
    assert language(environ) == expected


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("no rounds; without --stage: 4, without --since: 12", "라운드가 없습니다. --stage 빼면 4건, --since 빼면 12건"),
        ("3 rounds written to a.csv", "라운드 3건을 a.csv 에 썼습니다"),
        ("1 round written to {n}.csv", "라운드 1건을 {n}.csv 에 썼습니다"),
        ("--stage 'sed': no such stage; did you mean seed?", "--stage 'sed': 그런 단계가 없습니다. 혹시 seed?"),
        ("a.txt: empty", "a.txt: 비어 있습니다"),
        ("something nobody translated", "something nobody translated"),
    ],
)  # fmt: skip
def test_messages(korean: None, english: str, expected: str) -> None:
    assert translated(english) == expected


def test_english_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_LANG", "en")
    assert (translated("a.txt: empty"), word("Amount")) == ("a.txt: empty", "Amount")


def test_the_catalogue_is_sound() -> None:
    for english, korean in MESSAGES:
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", korean)), (
            english
        )
        assert re.search("[가-힣]", korean), english
    assert all(re.search("[가-힣]", text) for text in WORDS.values())
    assert len({english for english, _ in MESSAGES}) == len(MESSAGES)


@given(st.text(max_size=3000))
def test_any_message(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_LANG", "ko")
        assert isinstance(translated(f"{text}: {text}: empty; {text}"), str)


def test_every_message_of_the_commands(
    korean: None,
    file_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Run them, and look for English that is left: words that are no option, name or file."""
    monkeypatch.setenv("TRACKER_DB", file_desk.db)
    monkeypatch.setenv("COLUMNS", "80")
    empty = tmp_path / "empty.txt"
    empty.touch()
    for argv in (
        ["list", "--company", "nobody"], ["list", "--company", "감자", "--stage", "seed,!angel"], ["list", "--sector", "fintec"],
        ["list", "--stage", "zzz"], ["list", "--group-by", "stag"], ["list", "--min-amount", "5"], ["list", "--min-confidence", "7"],
        ["list", "--since", "2026-02-01", "--until", "2026-01-01"], ["show", "99"], ["show", "x"], ["company", "없다"],
        ["investor", "벤처"], ["stats", "--by", "stag"], ["stats", "--by", "stage", "-n", "1"], ["ingest", str(tmp_path / "no")],
        ["ingest", str(empty)], ["watch", "list"], ["watch", "add", "x"], ["watch", "run"], ["watch", "run", "y"],
        ["list", "--db", str(tmp_path / "none.sqlite3")], ["sectors", "--renew"],
    ):  # fmt: skip
        main(argv)
        for line in capsys.readouterr().err.splitlines():
            assert re.search("[가-힣]", line.removeprefix("tracker: ")), (argv, line)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["list"], ["번호", "날짜", "회사", "금액", "단계", "투자자 (* 리드)"]),
        (["list", "--group-by", "stage"], ["Seed: 1건", "(표시 없음): 1건"]),
        (["show", "1"], ["회사", "투자자", "금액", "누적 투자금", "신뢰도", "보도"]),
        (["stats", "--by", "stage"], ["라운드", "합계", "중앙값", "최대"]),
        (["company", "감자"], ["별칭", "유치액", "누적", "투자자", "보도"]),
        (["investor", "알토스"], ["유형", "함께 투자한 곳", "월별"]),
    ],
)  # fmt: skip
def test_tables(
    korean: None,
    file_desk: Desk,
    argv: list[str],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*argv, "--db", file_desk.db]) == 0
    out = capsys.readouterr().out
    assert [one for one in words if one not in out] == []
    if argv[0] != "show":
        assert all(cell_len(line) <= 80 for line in out.splitlines())


def test_machine_formats_stay(
    korean: None, file_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for argv in (
        ["list", "-f", "csv"],
        ["stats", "--by", "stage", "-f", "json"],
        ["company", "감자", "-f", "json"],
    ):
        assert main([*argv, "--db", file_desk.db]) == 0
        out = capsys.readouterr().out
        assert "amount" in out or "sum" in out
        assert "금액" not in out and "합계" not in out
    assert json.loads(out)["company"] == "감자마켓"

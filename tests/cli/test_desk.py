"""list --group-by, company, investor, stats and sectors from outside."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from conftest import Desk
from rich.cells import cell_len

from tracker.cli import main
from tracker.export.amounts import short_money
from tracker.export.bars import bar


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Desk) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TRACKER_DB", filled.db)

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return Ran(code, *capsys.readouterr())

    return call


COMMANDS = [
    "company",
    "investor",
    "stats",
    "sectors",
    "watch add",
    "watch list",
    "watch remove",
    "watch run",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_two_examples(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    examples = re.findall(
        rf"^ +tracker {command}\b.*$", ran.out.split("Examples:")[1], re.MULTILINE
    )
    assert (ran.code, ran.err, len(examples)) == (0, "", 2)


@pytest.mark.parametrize(
    "argv",
    [
        ("stats", "--by", "investor", "--in", "KRW"),
        ("stats",),
        ("company", "감자"),
        ("company", "lemonade", "--in", "KRW"),
        ("investor", "알토스"),
        ("list", "--group-by", "stage"),
        ("sectors",),
    ],
)
def test_tables_fit(run: Run, argv: tuple[str, ...]) -> None:
    ran = run(*argv)
    assert (ran.code, ran.err) == (0, "")
    assert all(cell_len(line) <= 80 for line in ran.out.splitlines())


def test_group_by(run: Run) -> None:
    out = run("list", "--group-by", "stage").out
    headings = [line for line in out.splitlines() if "round" in line]
    assert headings == [
        "Seed: 1 round",
        "Series A: 1 round",
        "Series B: 1 round",
        "(none named): 1 round",
    ]
    rows = json.loads(run("list", "--group-by", "currency", "-f", "json").out)
    assert [(r["group_currency"], r["company"]) for r in rows] == [
        ("KRW", "토마토페이"), ("KRW", "감자마켓"), ("USD", "Lemonade Labs"), (None, "당근모터스"),
    ]  # fmt: skip
    cells = list(csv.reader(io.StringIO(run("list", "--group-by", "month", "-f", "csv").out)))
    assert (cells[0][:2], cells[1][0]) == (["group_month", "id"], "2025-12")
    assert (
        run("list", "--group-by", "stag").err == "tracker: --group-by stag: did you mean stage?\n"
    )


def test_negation_and_several(run: Run) -> None:
    found = json.loads(
        run("list", "--stage", "!seed", "--company", "감자", "--company", "lemon", "-f", "json").out
    )
    assert [r["company"] for r in found] == ["Lemonade Labs", "감자마켓"]
    nothing = run("list", "--sector", "quantum")
    assert (nothing.out, nothing.err) == ("", "tracker: no rounds; without --sector: 4\n")
    assert "did you mean fintech" in run("list", "--sector", "fintec").err


def test_export_has_the_same_filters(run: Run) -> None:
    ran = run(
        "export",
        "-",
        "-f",
        "jsonl",
        "--stage",
        "!seed",
        "--min-confidence",
        "0.5",
        "--currency",
        "KRW",
    )
    assert [json.loads(line)["company"] for line in ran.out.splitlines()] == ["감자마켓"]


def test_company(run: Run) -> None:
    shown = run("company", "gamja").out
    assert shown.splitlines()[0] == "감자마켓"
    assert "also     Gamja" in shown and "60억원" in shown and "100억원" in shown
    assert "월요레터 25-47 (2025-12-19)" in shown
    found = json.loads(run("company", "감자마켓", "--in", "USD", "-f", "json").out)
    assert found["raised"] == {"KRW": 6_000_000_000}
    (only,) = found["rounds"]
    assert (only["running_total"], only["total_raised"], only["in"]) == (6 * 10**9, 10**10, "USD")
    assert only["rate_on"] == "2025-12-19" and 3_000_000 < only["amount_in"] < 6_000_000
    assert run("company", "감자마켓", "--in", "XYZ").code == 2


def test_several_candidates(run: Run) -> None:
    ran = run("investor", "벤처")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("tracker: several match '벤처'")
    assert "알토스벤처스 (1 round)" in ran.err and "개울벤처스 (1 round)" in ran.err
    missing = run("company", "없다")
    assert (missing.code, missing.out) == (1, "")
    assert run("company", " ").code == 2


def test_investor(run: Run) -> None:
    shown = run("investor", "altos").out
    assert (
        "rounds   1, led 1 (100%)" in shown
        and "바다캐피탈" in shown
        and "2025-12    1 ████" in shown
    )
    found = json.loads(run("investor", "알토스", "-f", "json").out)
    assert (found["country"], found["lead_share"], found["stages"]) == ("KR", 1.0, {"series_a": 1})
    assert [p["name"] for p in found["partners"]] == ["들꽃인베스트", "바다캐피탈"]


def test_stats(run: Run) -> None:
    rows = json.loads(run("stats", "--by", "stage", "-f", "json").out)
    assert [(r["group"], r["rounds"], r["undisclosed"], r["currency"], r["sum"]) for r in rows] == [
        ("seed", 1, 0, "KRW", 500_000_000),
        ("series_a", 1, 0, "KRW", 6_000_000_000),
        ("series_b", 1, 0, "USD", 12_500_000),
        (None, 1, 1, None, None),
    ]
    shown = run("stats", "--in", "USD").out
    assert "Rates to" in shown and "2025-12-19" in shown
    limited = run("stats", "--by", "stage", "-n", "2")
    assert limited.err == "tracker: 2 of 4 groups\n"
    empty = run("stats", "--company", "nobody")
    assert (empty.code, empty.out, empty.err) == (
        0,
        "",
        "tracker: no rounds; without --company: 4\n",
    )
    for wrong in (("--by", "colour"), ("--in", "XXX"), ("-n", "0"), ("--stage", "nonsense")):
        assert run("stats", *wrong).code == 2


def test_sectors(run: Run) -> None:
    rows = json.loads(run("sectors", "-f", "json").out)
    assert len(rows) > 25 and rows[0]["code"] == "ai"
    assert run("sectors", "--renew").err == "tracker: 5 reports read anew\n"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (5_750_123_000, "KRW", "57.5억원"), (273_500_000_000, "KRW", "2,735억원"), (1_200_000_000_000, "KRW", "1.2조원"),
        (9_999, "KRW", "9,999원"), (4_530_173, "USD", "$4.53M"), (999_960, "USD", "$1,000K"), (12, "CHF", "CHF 12"),
        (0, "USD", "$0"), (None, "USD", ""), (1, None, ""), (123_456_789_012_345, "KRW", "123.5조원"),
    ],
)  # fmt: skip
def test_short_money(amount: int | None, currency: str | None, text: str) -> None:
    assert short_money(amount, currency) == text


@pytest.mark.parametrize(
    ("value", "largest", "text"),
    [(0, 5, ""), (5, 5, "████"), (2.5, 5, "██"), (0.001, 5, "▏"), (9, 5, "████"), (1, 0, "")],
)
def test_bars(value: float, largest: float, text: str) -> None:
    assert bar(value, largest, 4) == text


def test_sectors_are_a_column_where_asked_for(run: Run, filled: Desk) -> None:
    filled.ingest(filled.write("r.txt", "레터 | 9 | 2026-02-01", "수중로봇 | 시드 | 5억원 | 갑"))
    ran = run(
        "export",
        "-",
        "-f",
        "csv",
        "--columns",
        "company,sectors,description",
        "--sector",
        "robotics",
    )
    assert ran.out == "company,sectors,description\n수중로봇,robotics,\n"

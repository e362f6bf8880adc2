"""Where the reports of a round differ, every value is shown with how many give it."""

from __future__ import annotations

import json

import pytest
from conftest import Desk

from tracker.cli import main
from tracker.export.disagreement import disagreement_line, disagreements
from tracker.records import Reported, ReportRow, Value


def reports(*told: dict[str, Value]) -> list[ReportRow]:
    nothing: dict[str, Value] = dict.fromkeys(
        (
            "amount",
            "currency",
            "stage",
            "extension",
            "valuation",
            "valuation_currency",
            "total_raised",
            "total_raised_currency",
            "announced_on",
        )
    )
    source = Reported("레터", "1", None, "글")
    return [
        ReportRow(source=source, values=nothing | values, investors=(), spans={}) for values in told
    ]


SIXTY: dict[str, Value] = {"amount": 6_000_000_000, "currency": "KRW", "stage": "series_a"}
OTHER: dict[str, Value] = {"amount": 6_500_000_000, "currency": "KRW", "stage": None}


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ([SIXTY, SIXTY], {}),
        ([SIXTY, {}], {}),
        ([OTHER, SIXTY, SIXTY], {"amount": "60억원 (2 reports), 65억원 (1 report)"}),
        (
            [SIXTY, {"amount": 6_000_000_000, "currency": "JPY"}],
            {"amount": "60억원 (1 report), ¥6B (1 report)"},
        ),
        (
            [SIXTY | {"extension": True}, {"stage": "corporate_round", "extension": False}],
            {"stage": "Series A (1 report), ", "extension": "yes (1 report), no (1 report)"},
        ),
    ],
)
def test_what_differs(told: list[dict[str, Value]], shown: dict[str, str]) -> None:
    found = disagreements(reports(*told))
    assert found.keys() == shown.keys()
    for name, line in shown.items():
        assert disagreement_line(name, found[name]).startswith(line)


def test_show_lists_them(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for day, amount in ((2, "60억원"), (3, "65억원"), (4, "60억원")):
        head = f"레터{day} | {day} | 2026-01-0{day}"
        desk.write(f"{day}.txt", head, f"감자마켓 | 시리즈A | {amount} | 갑")
    desk.ingest()
    assert main(["show", "1", "--db", desk.db]) == 0
    shown = capsys.readouterr().out
    assert "amount       60억원" in shown
    assert "reports differ: 60억원 (2 reports), 65억원 (1 report)" in shown
    assert main(["show", "1", "--format", "json", "--db", desk.db]) == 0
    assert json.loads(capsys.readouterr().out)["disagreements"] == {
        "amount": [
            {"value": 6_000_000_000, "currency": "KRW", "reports": 2},
            {"value": 6_500_000_000, "currency": "KRW", "reports": 1},
        ]
    }

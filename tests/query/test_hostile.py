"""Whatever a person or a newsletter writes goes to the database as a value, never as SQL."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from conftest import Desk, Places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.cli import main
from tracker.errors import BadValue
from tracker.query import make_filter
from tracker.query.evidence import list_briefs
from tracker.query.listing import count_rounds, list_rounds, wider

NASTY = (
    "'; DROP TABLE round; --", '"; DROP TABLE round; --', "' OR '1'='1", "\0", "a\0b", "\u202e\u200f", "\ud800",
    "%", "_", "\\", "\\'", "%s", "%(part)s", ":part", "?", "$1;--", "{0}", "/*", "--", "a" * 10_000, "🚀", "\x1b[31m",
    "AND", "*", '"a"*', "NEAR(a, b)", "col:a", "^zq", "-zq",
)  # fmt: skip
FILTERS = ("since", "until", "stage", "company", "investor", "lead", "min_amount", "max_amount",
           "currency", "source", "sort", "sector", "country", "min_confidence")  # fmt: skip


@pytest.mark.parametrize("option", FILTERS)
def test_every_filter_takes_anything(filled: Desk, option: str) -> None:
    name = f"--{option}".replace("_", "-")
    with filled.open(read_only=True) as store, store.reading() as connection:
        for text in NASTY:
            try:
                asked = make_filter(**{option: text})
            except BadValue:
                continue
            assert list(list_rounds(connection, asked)) == [], text
            assert count_rounds(connection, asked) == 0, text
            assert wider(connection, asked) == [(name, 4)], text
    assert filled.rows("select count(*) from round") == [(4,)]


def test_the_issue_filter_takes_anything(filled: Desk) -> None:
    with filled.open(read_only=True) as store, store.reading() as connection:
        for text in NASTY:
            assert list(list_briefs(connection, issue=text)) == [], text


@pytest.mark.parametrize(
    "option", ["company", "investor", "lead", "source", "sector", "country", "issue"]
)
def test_from_the_command_line(
    filled: Desk, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = "briefs" if option == "issue" else "list"
    for text in NASTY:
        code = main([command, f"--{option}", text, "--db", filled.db])
        out, err = capsys.readouterr()
        assert (code in (0, 2), out) == (True, ""), text
        assert "Traceback" not in err
        assert "\x1b" not in err


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(option=st.sampled_from(["company", "investor", "lead", "source", "sector"]), text=st.text())
def test_any_text_at_all(filled: Desk, option: str, text: str) -> None:
    try:
        asked = make_filter(**{option: text})
    except BadValue:
        return
    with filled.open(read_only=True) as store, store.reading() as connection:
        assert count_rounds(connection, asked) == len(list(list_rounds(connection, asked)))


MONEY = st.integers(1, 10**17)  # beyond that the parser calls it no money


def exported(desk: Desk, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["list", "-f", "csv", "--sort", "id", "--limit", "0", "--db", desk.db]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(MONEY, MONEY, st.sampled_from(["원", "달러"])), min_size=1, max_size=30))
def test_money_is_exact_from_text_to_csv(
    places: Places, capsys: pytest.CaptureFixture[str], sums: list[tuple[int, int, str]]
) -> None:
    """Every digit of the text is a digit of the file, whichever the engine; no float between."""
    desk = places.desk()
    desk.write(
        "a.txt",
        "레터 | 1 | 2026-01-02",
        *(f"회사{n}가 | 시드 | {a}{unit} | 갑 | {b}{unit}" for n, (a, b, unit) in enumerate(sums)),
    )
    desk.ingest()
    rows = exported(desk, capsys)
    codes = {"원": "KRW", "달러": "USD"}
    assert [
        (r["amount"], r["currency"], r["total_raised"], r["total_raised_currency"]) for r in rows
    ] == [(str(a), codes[u], str(b), codes[u]) for a, b, u in sums]
    least = make_filter(min_amount=sums[0][0], currency=codes[sums[0][2]])
    with desk.open(read_only=True) as store, store.reading() as connection:
        found = {row.amount for row in list_rounds(connection, least)}
    assert found == {a for a, _, u in sums if u == sums[0][2] and a >= sums[0][0]}
    places.clear()

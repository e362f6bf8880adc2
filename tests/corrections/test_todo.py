"""Doubts as CSV: out, decided elsewhere, and in again; all of a file or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from persons import WHO, content, round_of, rounds, say, take_back

from tracker.corrections.deciding import decide
from tracker.corrections.skipping import skip
from tracker.corrections.todo import COLUMNS, read_todo, write_todo
from tracker.query.doubts import list_doubts

pytestmark = [
    pytest.mark.usefixtures("known_investors"),
    # Nothing here is particular to an engine; what it builds on is tested on both.
    pytest.mark.parametrize("places", ["sqlite"], indirect=True),
]

LETTERS = (
    ("x", "가레터 | 1 | 2026-01-20", "고구마 | 시리즈A | 60억원 | 가벤처스*"),
    (
        "y",
        "나레터 | 2 | 2026-01-21",
        "고구마 | 시리즈A | 62억원 | 나캐피탈",
        "=밤 | 시드 | 5억원 |",
    ),
    ("z", "다레터 | 3 | 2026-01-22", "포트로닉 | 시드 | 7억원 | 하버라인캐피털"),
    ("w", "라레터 | 4 | 2026-04-23", "Portronic | 시드 | 7억원 | Harborline Capital"),
)


@pytest.fixture
def doubtful(desk: Desk) -> Desk:
    for name, *letter in LETTERS:
        desk.write(name, *letter)
    desk.ingest()
    unsure = "confidence = 0.4 where company_id in (select id from company where name like '%밤')"
    desk.execute(f"update round set {unsure}", f"update report set {unsure}")
    return desk


def exported(desk: Desk) -> list[dict[str, str]]:
    out = io.StringIO()
    with desk.open(read_only=True) as store, store.reading() as connection:
        doubts = list_doubts(connection, who=WHO)
        assert write_todo(connection, doubts, out) == len(doubts)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def written(desk: Desk, rows: list[dict[str, str]]) -> Path:
    path = desk.folder / "todo.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def applied(desk: Desk, path: Path) -> tuple[int, list[str]]:
    with desk.open() as store, store.reading() as connection:
        decisions, wrong = read_todo(connection, path)
    if wrong:
        return 0, wrong
    return say(desk, lambda c: sum(decide(c, one) for one in decisions)), []


def test_everything_doubtful_is_there_once(doubtful: Desk) -> None:
    found = {row["about"].split(" (")[0]: row for row in exported(doubtful)}
    assert "amount: 60억원 or 62억원" in found["고구마"]["why"]
    assert found["'=밤"]["why"] == "read with confidence 0.40"
    assert found["고구마"]["investors"] == "가벤처스*, 나캐피탈"
    assert {"포트로닉", "하버라인캐피털"} <= set(found)
    assert found["고구마"]["action"] == ""
    assert "고구마 | 시리즈A | 62억원" in found["고구마"]["briefs"]


def test_applied_once_and_not_twice(doubtful: Desk) -> None:
    rows = exported(doubtful)
    actions: dict[str, dict[str, str]] = {
        "고구마": {"action": "Edit", "amount": "62억", "investors": "가벤처스*", "total": "90억"},
        "'=밤": {"action": "not a round", "kind": "grant"},
        "포트로닉": {"action": "merge"},
        "하버라인캐피털": {"action": "keep apart"},
    }
    for row in rows:
        row |= actions.get(row["about"].split(" (")[0], {})
    path = written(doubtful, rows)
    before = content(doubtful, ids=True)
    assert applied(doubtful, path) == (4, [])
    sweet = round_of(doubtful, "고구마")
    assert (sweet.amount, sweet.total_raised) == (6_200_000_000, 9_000_000_000)
    assert [share.name for share in sweet.investors] == ["가벤처스"]
    assert {row.company for row in rounds(doubtful).values()} == {"고구마", "포트로닉"}
    after = content(doubtful, ids=True)
    assert applied(doubtful, path) == (0, [])
    assert content(doubtful, ids=True) == after
    # What is left is of the merge: the two rounds of one company now, three months apart.
    assert {row["item"].split(" ")[0] for row in exported(doubtful)} <= {"rounds"}
    assert take_back(doubtful, 5) == 1
    assert content(doubtful, ids=True) == before
    assert len(exported(doubtful)) == len(rows)


def test_bad_lines_are_told_by_number_and_nothing_is_applied(doubtful: Desk) -> None:
    rows = exported(doubtful)
    by_name = {row["about"].split(" (")[0]: row for row in rows}
    good, bad = by_name["고구마"], by_name["'=밤"]
    pair = by_name["포트로닉"]
    lines: list[dict[str, Any]] = [
        {**good, "action": "accept"},
        {**bad, "action": "edit", "amount": "viel"},
        {**pair, "action": "accept"},
        {**bad, "action": "not a round", "kind": "gift"},
        {**bad, "item": "round 0:0:0", "action": "accept"},
        {**bad, "item": "", "action": "merge"},
    ]
    before = content(doubtful, ids=True)
    path = written(doubtful, lines)
    text = path.read_text(encoding="utf-8-sig")
    lines_at = [text.count("\n", 0, text.index(f'{line["item"]},{line["action"]}')) + 1
                for line in lines[:2]]  # fmt: skip
    count, wrong = applied(doubtful, path)
    assert (count, len(wrong)) == (0, 5)
    assert wrong[0].startswith(f"todo.csv:{lines_at[1]}: --amount 'viel'")
    assert [
        part in one
        for part, one in zip(
            ("action 'accept'", "kind 'gift'", "no such report", "is none"), wrong[1:], strict=True
        )
    ]
    assert content(doubtful, ids=True) == before
    assert take_back(doubtful) == 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"name,age\n1,2\n", "has no columns item and action"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b'item,action\n"x,', "is not CSV"),
    ],
)
def test_other_files_are_refused(doubtful: Desk, data: bytes, told: str) -> None:
    from tracker.errors import TrackerError

    path = doubtful.folder / "other.csv"
    path.write_bytes(data)
    try:
        _, wrong = applied(doubtful, path)
    except TrackerError as error:
        wrong = [str(error)]
    assert told in wrong[0]


def test_what_was_skipped_comes_last(doubtful: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.corrections.skipping.user", lambda: WHO)
    first, *rest = exported(doubtful)
    with doubtful.open() as store:
        skip(store, first["item"])
        skip(store, first["item"])
    assert [row["item"] for row in exported(doubtful)] == [
        *(row["item"] for row in rest),
        first["item"],
    ]

"""The chain with fake stages: what is new, known and failed, and that order does not matter."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from conftest import Desk, Places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import StoreError
from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.records import RoundRow

LETTERS = {
    "1": (
        "월요레터 | 1 | 2026-01-02",
        "감자마켓 | 시리즈A | 60억원 | 알토스",
        "수박 | 시드 | 3억원 | 갑",
    ),
    "2": ("Daily | 2 | 2026-01-04", "Gamja | 시리즈A | 60억원 | Altos Ventures*, 을"),
    "3": ("수요레터 | 3 | 2026-01-07", "감자마켓(Gamja) | | 60억원 | KB 인베스트먼트"),
    "4": ("목요레터 | 4 | 2026-01-20", "Gamja | 시리즈A 브릿지 | 20억원 | KB인베스트먼트"),
    "5": ("목요레터 | 5 | 2026-03-25", "감자마켓 | 시리즈A | | 병*"),
}

EXPECTED: dict[str, list[str]] = {}
"""By engine: what all of them say together, in the order above."""


def rows(desk: Desk) -> list[RoundRow]:
    with desk.open(read_only=True) as store, store.reading() as connection:
        return list(list_rounds(connection, RoundFilter(sort="id")))


def content(desk: Desk) -> list[str]:
    """The rounds without their ids, which do depend on what came first."""
    return sorted(repr(row).split("company=", 1)[1] for row in rows(desk))


def count(desk: Desk, table: str) -> int:
    return int(desk.rows(f"select count(*) from {table}")[0][0])


def test_new_then_known(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑, 을", "#ipo 상장한다")
    first = desk.ingest("a.txt")
    before = rows(desk)
    again = desk.ingest("a.txt")
    assert [(o.status, o.briefs, o.rounds) for o in first] == [("new", 2, 1)]
    assert [(o.status, o.briefs, o.rounds) for o in again] == [("known", 0, 0)]
    assert rows(desk) == before
    assert desk.loads == 1, "the pipeline is not loaded for letters that are known"


def test_pipeline_is_loaded_once_for_many_batches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.ingest.BATCH", 2)
    for n in range(5):
        desk.write(f"{n}.txt", f"레터 | {n} | 2026-01-02", f"회사{n} | 시드 | 3억원 | 갑")
    assert [o.status for o in desk.ingest()] == ["new"] * 5
    assert desk.loads == 1


def test_same_letter_under_another_name_and_other_links(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    desk.write("b.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    for name, link in (
        ("a.txt", "https://t.example/c?u=1a"),
        ("b.txt", "https://t.example/c?u=2b"),
    ):
        desk.letters[name] += f"\n#market 더 보기 {link}"
    outcomes = {o.source: o.status for o in desk.ingest("a.txt", "b.txt")}
    assert outcomes == {"a.txt": "new", "b.txt": "known"}
    assert count(desk, "issue") == 1


def test_one_bad_file_leaves_the_others(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    desk.write("bug.txt", "레터 | 2 | 2026-01-03", "broken | 시드")
    desk.write("c.txt", "레터 | 3 | 2026-01-04", "수박 | 시드 | 3억원 | 갑")
    outcomes = {o.source: o for o in desk.ingest("a.txt", "missing.txt", "bug.txt", "c.txt")}
    assert {k: o.status for k, o in outcomes.items()} == {
        "a.txt": "new",
        "missing.txt": "failed",
        "bug.txt": "failed",
        "c.txt": "new",
    }
    assert outcomes["missing.txt"].reason == "no such file"
    assert "ZeroDivisionError" in outcomes["bug.txt"].reason
    assert [row.company for row in rows(desk)] == ["감자", "수박"]


def test_article_sentence_is_kept_only_with_a_round(desk: Desk) -> None:
    desk.write(
        "a.txt",
        "레터 | 1 | 2026-01-02",
        "~#corporate 기사",
        "~감자 | 시드 | 3억원 | 갑",
        "#ipo 상장",
    )
    assert [(o.briefs, o.rounds) for o in desk.ingest()] == [(2, 1)]


def test_newsletter_can_be_given(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    desk.ingest(newsletter="우리 레터")
    assert rows(desk)[0].sources[0].newsletter == "우리 레터"


def test_text_that_a_database_refuses(desk: Desk) -> None:
    desk.letters["\udcff.txt"] = "@ 레터\0 | \ud800 | 2026-01-02\n감자\0 | 시드 | 3억원 | 갑\udfff"
    assert [o.status for o in desk.ingest()] == ["new"]
    assert rows(desk)[0].company == "감자\ufffd"


def test_amount_beyond_64_bits_is_no_amount(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 99999999999999억원 | 갑")
    assert [o.status for o in desk.ingest()] == ["new"]
    assert (rows(desk)[0].amount, rows(desk)[0].currency) == (None, None)


def test_failure_of_the_database_ends_the_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    desk.ingest()
    desk.execute("drop table mention")
    desk.write("b.txt", "레터 | 2 | 2026-01-03", "수박 | 시드 | 3억원 | 을")
    with pytest.raises(StoreError, match="mention"):
        desk.ingest("b.txt")
    assert count(desk, "issue") == 1, "an issue is wholly in or wholly out"
    assert count(desk, "company") == 1


def fill(desk: Desk, order: Sequence[str] = tuple(LETTERS)) -> Desk:
    for name, (head, *briefs) in LETTERS.items():
        desk.write(name, head, *briefs)
    desk.ingest(*order)
    return desk


def test_what_the_letters_say_together(desk: Desk) -> None:
    found = fill(desk)
    gamja = [row for row in rows(found) if row.company == "감자마켓"]
    assert [(r.stage, r.extension, r.amount, len(r.sources)) for r in gamja] == [
        ("series_a", False, 6_000_000_000, 3),
        ("series_a", True, 2_000_000_000, 1),
        ("series_a", False, None, 1),
    ]
    assert [(i.name, i.lead) for i in gamja[0].investors] == [
        ("알토스벤처스", True),
        ("을", False),
        ("KB인베스트먼트", False),
    ]
    assert count(found, "company") == 2


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(tuple(LETTERS)), st.sampled_from([1, 512]))
def test_order_does_not_matter(
    places: Places, monkeypatch: pytest.MonkeyPatch, order: list[str], batch: int
) -> None:
    monkeypatch.setattr("tracker.ingest.BATCH", batch)
    expected = EXPECTED.get(places.engine) or content(fill(places.desk()))
    EXPECTED[places.engine] = expected
    assert content(fill(places.desk(), order)) == expected
    places.clear()


def test_round_ids_stay(desk: Desk) -> None:
    found = fill(desk, ("1", "4"))
    before = {(r.company, r.amount): r.id for r in rows(found)}
    found.ingest("1", "4", "2")
    after = {(r.company, r.amount): r.id for r in rows(found)}
    assert before[("수박", 300_000_000)] == after[("수박", 300_000_000)]
    assert len(set(itertools.chain(before.values(), after.values()))) == len(after)

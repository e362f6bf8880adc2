"""Who is who and which reports are one round, whatever the order and the batches of the letters."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import Desk, Places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.identity import resolve_companies
from tracker.records import MergedCompany, Report

LETTERS = {
    "name": (
        "가레터 | 1 | 2026-01-02",
        "라포랩스 | 시리즈A | 60억원 | 알토스",
        "수박 | 시드 | 3억원 | 갑",
    ),
    "latin": ("Daily | 2 | 2026-01-04", "Rapport Labs | Series A | $4.3M | Altos Ventures*, 을"),
    "bracket": ("다레터 | 3 | 2026-01-20", "라포랩스(Rapport Labs) | | 65억원 | KB 인베스트먼트"),
    "bridge": ("라레터 | 4 | 2026-01-25", "㈜라포랩스 | 시리즈A 브릿지 | 20억원 | KB인베스트먼트"),
    "later": (
        "마레터 | 5 | 2026-03-25",
        "RAPPORT LABS | 시리즈A | | 병*",
        "수박(Subak) | 시드 | | 갑",
    ),
    "vague": ("바레터 | 6 | 2026-01-28", "Subak | | | 을", "라포랩스 | | | "),
    "slip": (
        "사레터 | 7 | 2026-01-03",
        "수박 | 시드 | 3.2억원 | 정*",
        "수박들 | 시드 | 3억원 | 갑",
    ),
}

TABLES = {
    "rounds": "select c.name, r.amount, r.currency, r.stage, r.stage_raw, r.extension, r.announced_on,"
    " r.confidence from round r join company c on c.id = r.company_id",
    "reports": "select i.fingerprint, p.company_name, c.name, r.amount, r.announced_on, r.stage"
    " from report p join company c on c.id = p.company_id join round r on r.id = p.round_id"
    " join brief b on b.id = p.brief_id join issue i on i.id = b.issue_id",
    "companies": "select c.name, a.name, a.key, a.own from company c"
    " left join company_alias a on a.company_id = c.id",
    "investors": "select i.name, i.kind, a.name, a.key, a.own from investor i"
    " left join investor_alias a on a.investor_id = i.id",
    "parts": "select i.name, p.name, p.lead, p.position, r.amount, r.announced_on from participation p"
    " join investor i on i.id = p.investor_id join round r on r.id = p.round_id",
    "companies that may be one": "select a.name, b.name, s.score, s.reason from merge_suggestion s"
    " join company a on a.id = s.left_id join company b on b.id = s.right_id where s.kind = 'company'",
    "rounds that may be one": "select c.name, s.score, s.reason from merge_suggestion s"
    " join round r on r.id = s.left_id join company c on c.id = r.company_id where s.kind = 'round'",
}


def content(desk: Desk) -> dict[str, list[str]]:
    """All that identity decides, without ids; of a pair of names the smaller first."""
    found = {name: sorted(map(repr, desk.rows(sql))) for name, sql in TABLES.items()}
    pairs = desk.rows(TABLES["companies that may be one"])
    found["companies that may be one"] = sorted(
        repr((*sorted((left, right)), *rest)) for left, right, *rest in pairs
    )
    return found


def fill(desk: Desk, batches: list[list[str]]) -> Desk:
    for name, (head, *briefs) in LETTERS.items():
        desk.write(name, head, *briefs)
    for batch in batches:
        desk.ingest(*batch)
    return desk


def test_a_later_bracket_makes_two_companies_one(desk: Desk) -> None:
    fill(desk, [["name"], ["latin"]])
    assert desk.rows("select name from company order by name") == [
        ("Rapport Labs",),
        ("라포랩스",),
        ("수박",),
    ]
    desk.ingest("bracket")
    assert desk.rows("select name from company order by name") == [("라포랩스",), ("수박",)]
    assert desk.rows(
        "select a.key, a.own from company_alias a join company c on c.id = a.company_id"
        " where c.name = '라포랩스' order by a.key"
    ) == [("rapportlabs", True), ("라포랩스", True)]
    # 60억원 and $4.3M are one sum; 65억원 without a stage is another.
    assert desk.rows(
        "select count(p.id) from round r join report p on p.round_id = r.id"
        " join company c on c.id = r.company_id where c.name = '라포랩스' group by r.id order by 1"
    ) == [(1,), (2,)]


EXPECTED: dict[str, dict[str, list[str]]] = {}


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[str]]:
    """The letters in some order, in some batches."""
    order = draw(st.permutations(tuple(LETTERS)))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    return [list(order[a:b]) for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


def check_order(places: Places, batches: list[list[str]]) -> None:
    whole = EXPECTED.get(places.engine)
    if whole is None:
        whole = EXPECTED[places.engine] = content(fill(places.desk(), [list(LETTERS)]))
    desk = fill(places.desk(), batches)
    assert content(desk) == whole
    assert {o.status for o in desk.ingest()} == {"known"}
    assert content(desk) == whole
    places.clear()


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(arrivals())
def test_order_and_batches_do_not_matter(places: Places, batches: list[list[str]]) -> None:
    check_order(places, batches)


@pytest.mark.long
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(arrivals())
def test_order_and_batches_do_not_matter_at_length(
    places: Places, batches: list[list[str]]
) -> None:
    check_order(places, batches)


# The same of the pure functions: many more cases, with two companies of one name among them.

NAMES = [("하이", None), ("하이", "Hai"), ("하이", "High Inc."), ("Hai", None), ("High", None)]
ABOUT = [None, "신약 개발 바이오 기업", "바이오 신약 벤처", "게임 개발사", "모바일 게임 스튜디오"]
report = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "description": st.sampled_from(ABOUT),
        "stage": st.sampled_from([None, "seed", "series_a", "series_c", "corporate_round"]),
        "amount": st.sampled_from([None, 5, 50, 54, 60, 300]),
        "currency": st.sampled_from(["KRW", "KRW", "USD"]),
        "extension": st.sampled_from([False, False, True]),
        "day": st.integers(1, 28),
        "month": st.integers(1, 5),
        "investors": st.sampled_from([(), ((1, True),), ((2, False),), ((1, False), (3, False))]),
        "confidence": st.sampled_from([0.5, 0.9]),
    }
)


def made(number: int, told: dict[str, Any]) -> Report:
    day = date(2026, told["month"], told["day"])
    amount = told["amount"]
    won = told["currency"] == "KRW"
    return Report(
        id=number,
        brief_id=number,
        round_id=None,
        order=(day.isoformat(), f"{number:04}", 0, 0),
        issued_on=day,
        company=told["name"][0],
        company_alias=told["name"][1],
        investors=told["investors"],
        amount=amount and amount * (100_000_000 if won else 70_000),
        currency=told["currency"] if amount else None,
        stage=told["stage"],
        extension=told["extension"],
        description=told["description"],
        confidence=told["confidence"],
    )


def without_ids(companies: list[MergedCompany]) -> list[tuple[object, ...]]:
    return [
        (c.name, c.aliases, [(r.reports, r.values) for r in c.rounds], c.dismissed)
        for c in companies
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(report, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_companies_do_not_depend_on_order(told: list[dict[str, Any]], dice: random.Random) -> None:
    reports = [made(number, one) for number, one in enumerate(told, 1)]
    whole = resolve_companies(reports)
    assert sorted(r for c in whole for m in c.rounds for r in m.reports) == [r.id for r in reports]
    shuffled = list(reports)
    dice.shuffle(shuffled)
    assert without_ids(resolve_companies(shuffled)) == without_ids(whole)
    # What was decided earlier, of some of them, changes only who keeps which id.
    ids: dict[int, tuple[int, int]] = {}
    for number, company in enumerate(resolve_companies(shuffled[: len(shuffled) // 2]), 1):
        for place, merged in enumerate(company.rounds):
            ids.update((r, (number, 100 * number + place)) for r in merged.reports)
    some = [
        replace(r, company_id=ids[r.id][0], round_id=ids[r.id][1]) if r.id in ids else r
        for r in shuffled
    ]
    again = resolve_companies(some)
    assert without_ids(again) == without_ids(whole)
    given_ids = [m.id for c in again for m in c.rounds if m.id]
    assert len(given_ids) == len(set(given_ids))
    assert len({c.id for c in again if c.id}) == len([c for c in again if c.id])

"""A company and an investor: found by what people call them, and all that is known of them."""

from __future__ import annotations

import pytest
from conftest import Desk

from tracker.errors import BadValue
from tracker.query.finding import candidates
from tracker.query.profiles import Backer, company_profile, investor_profile

LETTERS = {
    "a.txt": ("월요레터 | 1 | 2025-11-03", "감자로봇(Gamja) | 시드 | 10억원 | 알토스벤처스*, 바다캐피탈"),
    "b.txt": ("월요레터 | 2 | 2026-02-02", "감자로봇 | 시리즈A | 50억원 | Altos Ventures, 들꽃인베스트* | 누적 75억원"),
    "c.txt": ("Daily Seed | 3 | 2026-02-03", "Gamja | Series A | 50억원 | 바다캐피탈", "감자튀김 | 시드 | | 알토스"),
    "d.txt": ("Daily Seed | 4 | 2026-04-06", "감자로봇 | Series B | $20M | 바다캐피탈*"),
    "e.txt": ("Daily Seed | 5 | 2026-09-07", "감자로봇 | | | "),
}  # fmt: skip


@pytest.fixture
def archive(desk: Desk) -> Desk:
    for name, (head, *briefs) in LETTERS.items():
        desk.write(name, head, *briefs)
    desk.ingest()
    return desk


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        ("company", "감자로봇", ["감자로봇"]),
        ("company", "㈜ 감자 로봇", ["감자로봇"]),
        ("company", "gamja", ["감자로봇"]),
        ("company", "amj", ["감자로봇"]),
        ("company", "튀김", ["감자튀김"]),
        ("company", "감자", ["감자로봇", "감자튀김"]),
        ("company", "자", ["감자로봇", "감자튀김"]),
        ("company", "1", ["감자로봇"]),
        ("company", "777", []),
        ("company", "없는회사", []),
        ("company", "%", []),
        ("investor", "알토스", ["알토스벤처스"]),
        ("investor", "altos", ["알토스벤처스"]),
        ("investor", "바다", ["바다캐피탈"]),
    ],
)
def test_who_is_meant(archive: Desk, kind: str, text: str, names: list[str]) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        assert [one.name for one in candidates(connection, kind, text)] == names


def test_no_name_is_refused(archive: Desk) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        with pytest.raises(BadValue, match="holds no name"):
            candidates(connection, "company", " ")
        for text in (
            "'; DROP TABLE round; --",
            "\0",
            "\ud800",
            "a" * 10_000,
            "99999999999999999999",
        ):
            assert candidates(connection, "company", text) == [], text


def test_company(archive: Desk) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        found = company_profile(connection, 1)
    assert (found.name, found.aliases, found.sectors) == ("감자로봇", ("Gamja",), ("robotics",))
    assert [(s.row.stage, s.running, s.currency, s.announced, s.differs) for s in found.rounds] == [
        ("seed", 10**9, "KRW", None, False),
        ("series_a", 6 * 10**9, "KRW", 75 * 10**8, True),
        ("series_b", 20_000_000, "USD", None, False),
        (None, None, None, None, False),
    ]
    assert (found.raised, found.undisclosed) == ({"KRW": 6 * 10**9, "USD": 20_000_000}, 1)
    assert found.investors == (
        Backer("바다캐피탈", 3, 1),
        Backer("알토스벤처스", 2, 1),
        Backer("들꽃인베스트", 1, 1),
    )
    assert [(s.newsletter, s.issue) for s in found.reported] == [
        ("월요레터", "1"), ("월요레터", "2"), ("Daily Seed", "3"), ("Daily Seed", "4"), ("Daily Seed", "5"),
    ]  # fmt: skip


def test_investor(archive: Desk) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        (one,) = candidates(connection, "investor", "알토스")
        found = investor_profile(connection, one.id)
    assert (found.name, found.kind, found.country) == ("알토스벤처스", "vc", "KR")
    assert [row.company for row in found.rounds] == ["감자튀김", "감자로봇", "감자로봇"]
    assert (found.led, round(found.lead_share, 2)) == (1, 0.33)
    assert found.stages == {"seed": 2, "series_a": 1}
    assert found.sectors == {"robotics": 2}
    assert found.partners == (Backer("바다캐피탈", 2, 0), Backer("들꽃인베스트", 1, 1))
    assert found.months == {"2025-11": 1, "2025-12": 0, "2026-01": 0, "2026-02": 2}

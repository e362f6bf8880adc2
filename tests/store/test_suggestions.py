"""What may be one is suggested; what a person decides is done, whatever letters come later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Desk

from tracker.filing import refile
from tracker.parsing.names import name_key
from tracker.records import Decided, Suggestion, Verdicts, report_key
from tracker.store.suggestions import (
    add_suggestions,
    forget_suggestion,
    forget_suggestions,
    list_suggestions,
    renew_suggestions,
)
from tracker.store.upkeep import problems


def suggested(desk: Desk) -> list[tuple[str, str, str]]:
    """Kind and the names of both, the smaller first."""
    found = []
    for suggestion in stored(desk):
        table = "company" if suggestion.kind == "company" else "investor"
        if suggestion.kind == "round":
            found.append(("round", "", suggestion.reason))
            continue
        ids = f"({suggestion.left_id}, {suggestion.right_id})"
        names = desk.rows(f"select name from {table} where id in {ids} order by name")
        found.append((suggestion.kind, *(name for (name,) in names)))
    return sorted(found)


def stored(desk: Desk) -> list[Suggestion]:
    with desk.open(read_only=True) as store, store.reading() as connection:
        return list_suggestions(connection)


@pytest.fixture
def word(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> _Word:
    return _Word(desk, monkeypatch)


class _Word:
    """A person's word, which the store reads."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._desk = desk
        self.verdicts = Verdicts()
        monkeypatch.setattr("tracker.store.writer.load_verdicts", lambda _: self.verdicts)

    def say(self, *, companies: tuple[int, ...] = (), investors: tuple[int, ...] = ()) -> None:
        with self._desk.open() as store:
            store.write(
                lambda writer: refile(
                    writer, self._desk.gazetteer, companies=companies, investors=investors
                )
            )
        assert problems(self._desk.db) == []


def pair(one: str, other: str) -> frozenset[tuple[str, str]]:
    return frozenset({tuple(sorted((name_key(one), name_key(other))))})  # type: ignore[arg-type]


def two_spellings(desk: Desk) -> None:
    desk.ingest(
        desk.write("a.txt", "레터 | 1 | 2026-01-02", "퓨어그린 | 시드 | 3억원 | 들꽃벤처스*, 갑"),
        desk.write("b.txt", "레터 | 2 | 2026-01-03", "퓨어크린 | 시드 | 3억원 | 들꽃벤쳐스, 갑"),
    )


BOTH = [("company", "퓨어그린", "퓨어크린"), ("investor", "들꽃벤쳐스", "들꽃벤처스")]


def test_names_that_may_be_one(desk: Desk) -> None:
    two_spellings(desk)
    assert suggested(desk) == sorted((k, *sorted(names)) for k, *names in BOTH)
    (company, investor) = sorted(stored(desk), key=lambda s: s.kind)
    assert company.left_id < company.right_id
    assert 0.8 <= company.score < 1 and "alike" in company.reason
    desk.ingest(desk.write("c.txt", "레터 | 3 | 2026-01-04", "퓨어그린 | 시드 | | 을"))
    assert sorted(stored(desk), key=lambda s: s.kind) == [company, investor]


def test_rounds_that_may_be_one(desk: Desk) -> None:
    desk.ingest(
        desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시리즈A | 60억원 | 갑"),
        desk.write("b.txt", "레터 | 2 | 2026-01-12", "감자 | 시리즈A | 80억원 | 갑"),
    )
    assert suggested(desk) == [("round", "", "the same stage, another sum")]
    before = stored(desk)
    desk.ingest(desk.write("c.txt", "레터 | 3 | 2026-01-14", "감자 | 시리즈A | 80억원 | 을"))
    assert stored(desk) == before


def test_a_person_merges_companies_and_investors(desk: Desk, word: _Word) -> None:
    two_spellings(desk)
    companies = tuple(id_ for (id_,) in desk.rows("select id from company"))
    investors = tuple(
        id_ for (id_,) in desk.rows("select id from investor where name like '들꽃%'")
    )
    word.verdicts = Verdicts(
        companies=Decided(same=pair("퓨어그린", "퓨어크린")),
        investors=Decided(
            same=pair("들꽃벤처스", "들꽃벤쳐스"), shown={name_key("들꽃벤쳐스"): "들꽃벤처스"}
        ),
    )
    word.say(companies=companies, investors=investors)
    assert desk.rows("select id from company") == [(min(companies),)]
    assert desk.rows("select name from investor order by name") == [("갑",), ("들꽃벤처스",)]
    assert desk.rows("select key from company_alias order by key") == [("퓨어그린",), ("퓨어크린",)]
    assert desk.rows("select count(*) from round") == [(1,)]
    assert stored(desk) == []
    # A later letter with either spelling is of the same ones.
    desk.ingest(desk.write("c.txt", "레터 | 3 | 2026-01-04", "퓨어크린 | 시드 | | 들꽃벤쳐스"))
    assert desk.rows("select count(*) from company") == [(1,)]
    assert desk.rows("select count(*) from investor") == [(2,)]
    # And it can be taken back.
    word.verdicts = Verdicts()
    word.say(companies=(min(companies),), investors=(min(investors),))
    assert desk.rows("select count(*) from company") == [(2,)]
    assert desk.rows("select name from investor order by name") == [
        ("갑",),
        ("들꽃벤처스",),
        ("들꽃벤쳐스",),
    ]
    assert desk.rows("select count(*) from round") == [(2,)]


def test_a_person_keeps_apart(desk: Desk, word: _Word) -> None:
    two_spellings(desk)
    apart = Decided(apart=pair("퓨어그린", "퓨어크린"))
    word.verdicts = Verdicts(
        companies=apart, investors=Decided(apart=pair("알토스", "알토스벤처스"))
    )
    (company, _) = sorted(stored(desk), key=lambda s: s.kind)
    with desk.open() as store, store.changing() as connection:
        forget_suggestion(connection, "company", company.right_id, company.left_id)
    desk.ingest(
        desk.write("c.txt", "레터 | 3 | 2026-01-04", "퓨어크린(Pure Clean) | 시드 | | 알토스"),
        desk.write("d.txt", "레터 | 4 | 2026-01-05", "수박 | 시드 | | 알토스벤처스"),
    )
    assert suggested(desk) == [("investor", "들꽃벤처스", "들꽃벤쳐스")]
    assert desk.rows("select name from investor where name like '알토스%' order by name") == [
        ("알토스",),
        ("알토스벤처스",),
    ]


def test_a_bracket_that_a_person_cut(desk: Desk, word: _Word) -> None:
    desk.ingest(
        desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자(Gamja) | 시드 | 3억원 | 갑"),
        desk.write("b.txt", "레터 | 2 | 2026-01-03", "Gamja | 시드 | 3억원 | 갑"),
    )
    assert desk.rows("select name from company") == [("감자",)]
    word.verdicts = Verdicts(companies=Decided(apart=pair("감자", "Gamja")))
    word.say(companies=(1,))
    assert desk.rows("select name from company order by name") == [("Gamja",), ("감자",)]
    assert desk.rows("select count(*) from round") == [(2,)]


def keys(desk: Desk) -> dict[str, str]:
    """Brief text → the key of its first report."""
    rows = desk.rows(
        "select b.text, i.fingerprint, b.position, r.ordinal from report r"
        " join brief b on b.id = r.brief_id join issue i on i.id = b.issue_id"
    )
    return {text: report_key(letter, position, n) for text, letter, position, n in rows}


def test_pins_dismissals_and_rounds(desk: Desk, word: _Word) -> None:
    desk.ingest(
        desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시리즈A | 60억원 | 갑"),
        desk.write("b.txt", "레터 | 2 | 2026-01-12", "감자 | 시리즈A | 80억원 | 을"),
        desk.write("c.txt", "레터 | 3 | 2026-01-13", "감자 | 시드 | 3억원 | 병"),
    )
    by_text = keys(desk)
    a = by_text["감자 | 시리즈A | 60억원 | 갑"]
    b = by_text["감자 | 시리즈A | 80억원 | 을"]
    c = by_text["감자 | 시드 | 3억원 | 병"]
    same = frozenset({(min(a, b), max(a, b))})
    word.verdicts = Verdicts(
        rounds=Decided(same=same),
        pins={a: {"amount": 7_000_000_000, "currency": "KRW"}, b: {"investors": "을"}},
        dismissed=frozenset({c}),
    )
    word.say(companies=(1,))
    assert desk.rows("select amount, stage from round") == [(7_000_000_000, "series_a")]
    assert desk.rows("select count(*) from report where round_id is null") == [(1,)]
    backed = "select p.name from participation p where p.round_id is not null"
    assert desk.rows(backed) == [("을",)]
    # Later reports do not bring back what was pinned away.
    desk.ingest(desk.write("d.txt", "레터 | 4 | 2026-01-15", "감자 | 시리즈A | 70억원 | 정"))
    assert desk.rows("select amount from round") == [(7_000_000_000,)]
    assert desk.rows(backed) == [("을",)]
    word.verdicts = replace(
        word.verdicts, rounds=Decided(apart=same), pins={}, dismissed=frozenset()
    )
    word.say(companies=(1,))
    # 70억원 is nearer to neither.
    assert desk.rows("select amount / 100000000 from round order by amount") == [
        (3,),
        (60,),
        (70,),
        (80,),
    ]


def test_two_companies_of_one_name_by_a_persons_word(desk: Desk, word: _Word) -> None:
    desk.ingest(
        desk.write("a.txt", "레터 | 1 | 2026-01-02", "온 | 시드 | 3억원 | 갑"),
        desk.write("b.txt", "레터 | 2 | 2026-01-03", "온 | 시드 | 3억원 | 을"),
    )
    assert desk.rows("select count(*) from company") == [(1,)]
    one, other = sorted(keys(desk).values())
    word.verdicts = Verdicts(companies=Decided(apart=frozenset({(one, other)})))
    word.say(companies=(1,))
    assert desk.rows("select name from company") == [("온",), ("온",)]
    assert desk.rows("select count(*) from round") == [(2,)]
    word.verdicts = Verdicts()
    word.say(companies=(1,))
    assert desk.rows("select name from company") == [("온",)]
    assert desk.rows("select count(*) from round") == [(1,)]


def test_suggestions_are_kept_once_and_forgotten(desk: Desk) -> None:
    one = Suggestion("company", 1, 2, 0.9, "spelt alike")
    two, three = replace(one, right_id=3), replace(one, kind="round")
    with desk.open() as store, store.changing() as connection:
        add_suggestions(connection, [one, two, one, three])
        add_suggestions(connection, [replace(one, score=0.5)])
        assert sorted(list_suggestions(connection), key=repr) == sorted([one, two, three], key=repr)
        forget_suggestions(connection, "company", [3])
        assert len(list_suggestions(connection)) == 2
        renew_suggestions(connection, "round", [1], [replace(three, right_id=9)])
        assert replace(three, right_id=9) in list_suggestions(connection)
        forget_suggestion(connection, "company", 2, 1)
        assert [s.kind for s in list_suggestions(connection)] == ["round"]

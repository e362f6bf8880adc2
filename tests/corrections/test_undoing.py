"""Whatever a command does, undo takes back, ids included; others' later words are safe from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Desk, Places
from persons import WHO, content, edit, round_of, rounds, say, take_back

from tracker.corrections.correcting import Correction
from tracker.corrections.parties import (
    add_alias,
    keep_parties_apart,
    merge_parties,
    split_party,
)
from tracker.corrections.rounds import (
    accept_round,
    dismiss_round,
    edit_round,
    split_round,
)
from tracker.corrections.values import Wanted
from tracker.errors import TrackerError
from tracker.query.parties import find_party
from tracker.store.copying import copy_rows
from tracker.store.history import list_changes

pytestmark = pytest.mark.usefixtures("known_investors")


def party(c: Correction, kind: str, name: str) -> Any:
    return find_party(c.connection, kind, name)


def merged(kind: str, one: str, other: str) -> Callable[[Correction], Any]:
    return lambda c: merge_parties(c, kind, party(c, kind, one), party(c, kind, other))


COMMANDS: dict[str, Callable[[Correction], Any]] = {
    "edit amount": lambda c: edit_round(c, 1, Wanted(amount="65억", total="1000억")),
    "edit stage": lambda c: edit_round(c, 1, Wanted(stage="series b", extension=True)),
    "clear": lambda c: edit_round(c, 1, Wanted(clear=["amount", "stage", "investors"])),
    "edit company": lambda c: edit_round(c, 1, Wanted(company="감자밭")),
    "edit into another company": lambda c: edit_round(c, 1, Wanted(company="토마토페이")),
    "edit investors": lambda c: edit_round(c, 1, Wanted(investors="새 투자사*, 알토스")),
    "edit lead": lambda c: edit_round(c, 1, Wanted(lead="바다캐피탈")),
    "merge companies": merged("company", "토마토페이", "감자마켓"),
    "merge companies by alias": merged("company", "Gamja", "Lemonade Labs"),
    "merge investors": merged("investor", "개울벤처스", "Altos Ventures"),
    "merge investors of one report": merged("investor", "바다캐피탈", "알토스벤처스"),
    "apart": lambda c: keep_parties_apart(
        c, "company", party(c, "company", "감자마켓"), party(c, "company", "토마토페이")
    ),
    "split company": lambda c: split_party(c, "company", party(c, "company", "1"), "Gamja"),
    "split investor": lambda c: split_party(
        c, "investor", party(c, "investor", "알토스벤처스"), "Altos Ventures"
    ),
    "alias": lambda c: add_alias(c, "company", party(c, "company", "감자마켓"), "Potato Inc"),
    "alias of an investor": lambda c: add_alias(
        c, "investor", party(c, "investor", "개울벤처스"), "Brook Ventures"
    ),
    "split round": lambda c: split_round(c, 1, 1),
    "split round's second": lambda c: split_round(c, 1, 2),
    "dismiss": lambda c: dismiss_round(c, 1, "planned"),
    "accept": lambda c: accept_round(c, 1),
}


ONE_ENGINE = pytest.mark.parametrize("places", ["sqlite"], indirect=True)
"""For what `test_steps_go_back_one_by_one` does on both."""


@ONE_ENGINE
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_undoing(filled: Desk, name: str) -> None:
    before = content(filled, ids=True)
    say(filled, COMMANDS[name])
    after = content(filled, ids=True)
    assert after != before or name in ("apart", "accept")
    assert take_back(filled) == 1
    assert content(filled, ids=True) == before
    assert take_back(filled) == 0


def test_steps_go_back_one_by_one(filled: Desk) -> None:
    before = content(filled, ids=True)
    for command in COMMANDS.values():
        try:
            say(filled, command)
        except TrackerError:
            # What an earlier one did left nothing for this one.
            continue
    while take_back(filled):
        pass
    assert content(filled, ids=True) == before


def test_letters_that_came_meanwhile_stay(filled: Desk) -> None:
    say(filled, merged("company", "감자마켓", "토마토페이"))
    edit(filled, 1, amount="70억")
    filled.ingest(
        filled.write("c.txt", "레터 | 3 | 2026-01-09", "토마토페이 | 시드 | 5억원 | 새 투자사",
                     "감자마켓 | 시리즈A | 60억원 | 들꽃인베스트")
    )  # fmt: skip
    assert len([row for row in rounds(filled).values() if row.company == "감자마켓"]) == 2
    assert take_back(filled, 5) == 2
    assert round_of(filled, "감자마켓").amount == 6_000_000_000
    tomato = round_of(filled, "토마토페이")
    assert [share.name for share in tomato.investors] == ["개울벤처스", "새 투자사"]
    assert tomato.id == 2


@ONE_ENGINE
def test_undo_is_of_ones_own_steps(filled: Desk) -> None:
    edit(filled, 1, amount="70억")
    edit(filled, 2, amount="7억", who="bora")
    assert take_back(filled) == 1
    assert (rounds(filled)[1].amount, rounds(filled)[2].amount) == (6_000_000_000, 700_000_000)
    assert take_back(filled, who="bora") == 1
    assert rounds(filled)[2].amount == 500_000_000


@ONE_ENGINE
def test_what_others_changed_since_is_not_undone(filled: Desk) -> None:
    edit(filled, 1, amount="70억")
    edit(filled, 1, amount="80억", who="bora")
    with pytest.raises(TrackerError, match="has been changed since by another step"):
        take_back(filled)
    assert rounds(filled)[1].amount == 8_000_000_000
    take_back(filled, who="bora")
    assert rounds(filled)[1].amount == 7_000_000_000
    take_back(filled)
    assert rounds(filled)[1].amount == 6_000_000_000


@ONE_ENGINE
def test_history_tells_who_and_what(filled: Desk) -> None:
    edit(filled, 1, amount="70억", stage="series b")
    edit(filled, 1, who="bora", clear=["amount"])
    take_back(filled, who="bora")
    with filled.open(read_only=True) as store, store.reading() as connection:
        found = list_changes(connection)
        assert list_changes(connection, who="bora", limit=1) == found[:1]
    assert [(c.step, c.who, c.field, c.old, c.new, c.undone) for c in found] == [
        (2, "bora", "amount", "70억원", "-", True),
        (1, WHO, "stage", "Series A", "Series B", False),
        (1, WHO, "amount", "60억원", "70억원", False),
    ]


@ONE_ENGINE
def test_the_same_twice_is_no_step(filled: Desk) -> None:
    edit(filled, 1, amount="70억")
    edit(filled, 1, amount="7,000,000,000원")
    assert take_back(filled, 9) == 1


def test_a_copy_has_the_corrections_and_can_undo_them(filled: Desk, places: Places) -> None:
    before = content(filled, ids=True)
    say(filled, merged("company", "감자마켓", "토마토페이"))
    edit(filled, 1, amount="70억", investors="누군가*")
    copy = places.desk()
    with filled.open(read_only=True) as old, copy.open() as new:
        copy_rows(old, new)
    assert content(copy, ids=True) == content(filled, ids=True)
    assert take_back(copy, 9) == 2
    assert content(copy, ids=True) == before

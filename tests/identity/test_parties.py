"""Which names are one investor, and which spelling is shown."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from conftest import GAZETTEER

from tracker.gazetteers import InvestorRow
from tracker.identity import best_name, investor_party, settle
from tracker.identity.gazetteer import read_gazetteer
from tracker.parsing.names import name_key
from tracker.records import Alias, Party


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        (["KB 인베스트먼트", "KB인베스트먼트"], "KB인베스트먼트"),
        (["AltosVentures", "Altos Ventures", "altos ventures"], "Altos Ventures"),
        (["Rapport Labs", "라포랩스"], "라포랩스"),
        (["acme", "ACME", "Acme"], "ACME"),
    ],
)
def test_best_name_whatever_the_order(spellings: list[str], best: str) -> None:
    assert {best_name(order) for order in itertools.permutations(spellings)} == {best}


@pytest.mark.parametrize("name", ["", "  ", "''", "·"])
def test_no_name_is_no_party(name: str) -> None:
    assert investor_party(name, GAZETTEER) is None


def test_gazetteer_knows_every_spelling() -> None:
    parties = {
        investor_party(name, GAZETTEER) for name in ("알토스", "ALTOS  Ventures", "알토스벤처스")
    }
    assert len(parties) == 1
    found = parties.pop()
    assert found is not None
    assert (found.name, found.kind, found.country) == ("알토스벤처스", "vc", "KR")


def test_gazetteer_gives_a_contested_alias_to_the_first() -> None:
    found = read_gazetteer(
        [
            InvestorRow("갑벤처스", ("갑",), frozenset(), "vc", "KR"),
            InvestorRow("갑증권", ("갑", "GAP"), frozenset({"GAP"}), "bank", "KR"),
        ]
    )
    entry, other = found.find("갑"), found.find("gap")
    assert entry and entry.name == "갑벤처스"
    assert other and list(other.names) == ["갑증권", "gap"]


def party(name: str, alias: str | None = None) -> Party:
    aliases = [Alias(name_key(name), name, own=True)]
    if alias:
        aliases.append(Alias(name_key(alias), alias, own=False))
    return Party(name, tuple(aliases))


def stored(id: int, name: str, alias: str | None = None) -> Party:
    return replace(party(name, alias), id=id)


def test_settle_changes_nothing_that_is_known() -> None:
    known = stored(7, "라포랩스", "Rapport Labs")
    again = party("라포랩스", "Rapport Labs")
    assert settle(again, [known]) is known


def test_settle_unites_what_a_bracket_ties_together() -> None:
    named = party("라포랩스", "Rapport Labs")
    found = settle(named, [stored(9, "라포랩스"), stored(4, "Rapport Labs")])
    assert (found.id, found.absorbs, found.name) == (4, (9,), "라포랩스")
    assert {(a.key, a.own) for a in found.aliases} == {("라포랩스", True), ("rapportlabs", True)}


def test_a_bracket_alone_does_not_rename() -> None:
    named = party("Rapport Labs", "라포랩스")
    assert settle(named, [stored(4, "Rapport Labs")]).name == "Rapport Labs"

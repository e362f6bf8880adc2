"""The list of known investors: its form, its size, and that a spelling names one house only.

A spelling in ``aliases`` that ends in ``!`` is guarded: an ordinary word or a very short form
that is the house only where the context says so. A guarded spelling equal to the row's own name
marks that name.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker.parsing.names import LEGAL_FORM, name_key

FOLDER = Path(__file__).resolve().parents[2] / "data" / "gazetteers"
FILE = FOLDER / "investors.csv"
HEADER = ["name", "aliases", "kind", "country"]
KINDS = {"vc", "accelerator", "cvc", "corporate", "angel", "public", "bank", "pe"}


class Row(NamedTuple):
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str

    def unguarded(self) -> list[str]:
        """The spellings that stand for the house without context, its name among them."""
        guarded = {name_key(a[:-1]) for a in self.aliases if a.endswith("!")}
        spellings = [self.name, *(a for a in self.aliases if not a.endswith("!"))]
        return [s for s in spellings if name_key(s) not in guarded]


def read_rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Row(name, tuple(aliases.split(";")) if aliases else (), kind, country)
            for name, aliases, kind, country in list(csv.reader(lines))[1:]
        ]


ROWS = read_rows()


def test_file_is_plain_utf8_with_lf_and_few_quotes() -> None:
    data = FILE.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    lines = data.decode("utf-8").splitlines()
    assert lines[0] == ",".join(HEADER)
    assert [line for line in lines if '"' in line] == []


def test_counts() -> None:
    korean = sum(row.country == "KR" for row in ROWS)
    assert korean >= 350
    assert len(ROWS) - korean >= 250


def test_kinds_and_countries() -> None:
    assert {row.kind for row in ROWS} == KINDS
    assert [row for row in ROWS if not re.fullmatch(r"[A-Z]{2}", row.country)] == []


def test_spellings_are_clean() -> None:
    bad = [
        (row.name, spelling)
        for row in ROWS
        for spelling in (row.name, *(a.removesuffix("!") for a in row.aliases))
        if not spelling
        or spelling != " ".join(spelling.split())
        or "!" in spelling
        or LEGAL_FORM.search(spelling)
    ]
    assert bad == []


def test_a_spelling_belongs_to_one_row() -> None:
    owners: dict[str, set[int]] = {}
    for number, row in enumerate(ROWS):
        for spelling in (row.name, *row.aliases):
            owners.setdefault(name_key(spelling.removesuffix("!")), set()).add(number)
    shared = {
        key: [ROWS[number].name for number in numbers]
        for key, numbers in owners.items()
        if len(numbers) > 1
    }
    assert shared == {}


def test_no_spelling_is_repeated_in_its_row() -> None:
    for row in ROWS:
        keys = [name_key(alias.removesuffix("!")) for alias in row.aliases]
        assert len(keys) == len(set(keys)), row.name
        assert row.name not in row.aliases


def test_very_short_latin_spellings_are_guarded() -> None:
    short = [s for row in ROWS for s in row.unguarded() if s.isascii() and len(name_key(s)) <= 2]
    assert short == []


@pytest.mark.parametrize("filename", ["common_words_ko.txt", "common_words_en.txt"])
def test_ordinary_words_are_guarded(filename: str) -> None:
    path = FOLDER / filename
    if not path.is_file():
        pytest.skip(f"{filename} is not there")
    words = {line.strip().casefold() for line in path.read_text(encoding="utf-8").splitlines()}
    assert sorted(s for row in ROWS for s in row.unguarded() if s.casefold() in words) == []


@pytest.mark.parametrize(
    "names",
    [
        ("카카오벤처스", "카카오인베스트먼트", "카카오"),
        ("신한캐피탈", "신한벤처투자", "신한은행", "신한투자증권"),
        ("한국투자파트너스", "한국투자액셀러레이터", "한국투자증권"),
        ("두나무", "두나무앤파트너스"),
        ("Index Ventures", "Insight Partners"),
        ("미래에셋벤처투자", "미래에셋캐피탈", "미래에셋증권"),
        ("KB인베스트먼트", "KB증권"),
        ("SBVA", "SoftBank", "SoftBank Vision Fund"),
        ("SBI인베스트먼트", "SBI Investment"),
    ],
)
def test_different_houses_have_their_own_rows(names: tuple[str, ...]) -> None:
    assert set(names) <= {row.name for row in ROWS}


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("소프트뱅크벤처스", "SBVA"),
        ("네오플럭스", "신한벤처투자"),
        ("케이큐브벤처스", "카카오벤처스"),
        ("KTB네트워크", "우리벤처파트너스"),
        ("유큐아이파트너스", "BNK벤처투자"),
        ("타임와이즈인베스트먼트", "CJ인베스트먼트"),
        ("기보캐피탈", "아주IB투자"),
        ("알토스", "알토스벤처스"),
        ("세콰이어캐피탈", "Sequoia Capital"),
        ("앤드리슨 호로위츠", "Andreessen Horowitz"),
        ("서울대기술지주", "서울대학교기술지주"),
        ("Index!", "Index Ventures"),
    ],
)
def test_known_aliases(alias: str, name: str) -> None:
    assert [row.name for row in ROWS if name_key(alias) in map(name_key, row.aliases)] == [name]

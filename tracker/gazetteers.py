"""The word lists that travel with the program: known investors, ordinary words.

They lie in the installed package (``tracker/_gazetteers``) or in the checkout
(``data/gazetteers``). A file that is not there reads as empty: the program works without.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_gazetteers", _PACKAGE.parent / "data" / "gazetteers")
GUARD = "!"
"""Behind an alias in the file: an ordinary word too, an investor's name only in context."""


@dataclass(frozen=True, slots=True)
class InvestorRow:
    """One line of investors.csv; `guarded` are those of its spellings that need context."""

    name: str
    aliases: tuple[str, ...]
    guarded: frozenset[str]
    kind: str
    country: str


def find_file(filename: str) -> Path | None:
    """The word list's path: installed package first, then the checkout."""
    return next((p / filename for p in _PLACES if (p / filename).is_file()), None)


def investor_rows() -> Iterator[InvestorRow]:
    """Known investors in the file's order."""
    path = find_file("investors.csv")
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            marked = [a.strip() for a in row["aliases"].split(";") if a.strip()]
            aliases = [a.removesuffix(GUARD) for a in marked]
            yield InvestorRow(
                name=row["name"].strip(),
                aliases=tuple(a for a in aliases if a != row["name"].strip()),
                guarded=frozenset(a[:-1] for a in marked if a.endswith(GUARD)),
                kind=row["kind"].strip(),
                country=row["country"].strip(),
            )


def common_words() -> frozenset[str]:
    """Ordinary Korean and English words, lower case."""
    words: set[str] = set()
    for name in ("common_words_ko.txt", "common_words_en.txt"):
        path = find_file(name)
        if path is not None:
            words.update(path.read_text(encoding="utf-8").split())
    return frozenset(words)


def word_senses() -> dict[str, str]:
    """Word or stem, lower case → its sense class; the classes stand in data/gazetteers/README.md.

    Of two classes the one that comes first in the file holds.
    """
    senses: dict[str, str] = {}
    for name in ("senses_ko.txt", "senses_en.txt"):
        path = find_file(name)
        if path is not None:
            for line in path.read_text(encoding="utf-8").splitlines():
                sense, *words = line.split()
                for word in words:
                    senses.setdefault(word, sense)
    return senses

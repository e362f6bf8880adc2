"""The gazetteer of known investors: comparison key → canonical entry.

In: the rows of ``investors.csv``. Out: a `Gazetteer`; an empty one where there is no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.gazetteers import InvestorRow, investor_rows
from tracker.parsing.names import name_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One known investor and every key it answers to (key → spelling, its own name first)."""

    name: str
    names: Mapping[str, str]
    kind: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known names by comparison key."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def find(self, name: str) -> Entry | None:
        """The entry that answers to `name`, if any."""
        return self.entries.get(name_key(name))

    def __len__(self) -> int:
        return len({id(entry) for entry in self.entries.values()})


def read_gazetteer(rows: Iterable[InvestorRow]) -> Gazetteer:
    """Index the rows; where two claim one alias, the first keeps it.

    A guarded alias counts here: what is looked up has been read as an investor, and that is
    the context it needs.
    """
    entries: dict[str, Entry] = {}
    for row in rows:
        if not row.name or name_key(row.name) in entries:
            continue
        names: dict[str, str] = {}
        for spelling in (row.name, *row.aliases):
            key = name_key(spelling)
            if key and key not in entries:
                names.setdefault(key, spelling)
        entries.update(
            dict.fromkeys(names, Entry(row.name, names, row.kind or None, row.country or None))
        )
    return Gazetteer(entries)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer of investors, read once."""
    return read_gazetteer(investor_rows())

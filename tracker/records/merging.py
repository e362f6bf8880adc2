"""Between identity and the store: who is who, which reports tell one round, what a person decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Alias:
    """A name someone answers to. `own`: seen as the name itself, not only beside another."""

    key: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Party:
    """An investor: as a text names it (no `id`), or as the store holds it."""

    name: str
    """The name to show."""
    aliases: tuple[Alias, ...]
    id: int | None = None
    kind: str | None = None
    country: str | None = None
    canonical: bool = False
    """`name` is the gazetteer's word and not to be bettered."""
    absorbs: tuple[int, ...] = ()
    """Stored parties that turn out to be this one."""


Value = int | str | bool | float | date | None


@dataclass(slots=True)
class Report:
    """What one brief said of one round, as the store holds it; ids are the store's.

    Nobody changes one, yet it is not frozen: that would take ten times as long to make, and for
    every batch of letters thousands are made.
    """

    id: int
    brief_id: int
    round_id: int | None
    order: tuple[str, str, int, int]
    """Issue date, issue fingerprint, brief position, ordinal: the same whatever came first."""
    issued_on: date | None
    company_id: int | None = None
    company: str = ""
    """The company as written."""
    company_alias: str | None = None
    """And in brackets behind it."""
    investors: tuple[tuple[int, bool], ...] = ()
    """Investor id and lead flag, in order of mention."""
    amount: int | None = None
    currency: str | None = None
    stage: str | None = None
    stage_raw: str | None = None
    extension: bool = False
    valuation: int | None = None
    valuation_currency: str | None = None
    total_raised: int | None = None
    total_raised_currency: str | None = None
    announced_on: date | None = None
    description: str | None = None
    confidence: float = 1.0

    @property
    def key(self) -> str:
        """What names this report wherever and whenever its letter is ingested."""
        return report_key(*self.order[1:])


def report_key(fingerprint: str, position: int, ordinal: int) -> str:
    """The name of a report for good: its letter's fingerprint, the brief's and its own place."""
    return f"{fingerprint}:{position}:{ordinal}"


@dataclass(frozen=True, slots=True)
class MergedRound:
    """One round made of all its reports. `id` is None where the store must give one."""

    id: int | None
    reports: tuple[int, ...]
    """Report ids in their order."""
    values: dict[str, Value]
    """The merged value of every field of the round."""
    backed_by: tuple[int, ...] | None = None
    """The reports whose investors are the round's; None: all of them."""


@dataclass(frozen=True, slots=True)
class MergedCompany:
    """One company made of all reports of it. `id` is None where the store must give one."""

    id: int | None
    name: str
    aliases: tuple[Alias, ...]
    rounds: tuple[MergedRound, ...]
    dismissed: tuple[int, ...] = ()
    """Reports of it that a person called no round."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two parties or two rounds that may be one, for a person to say. ``left_id < right_id``."""

    kind: Literal["company", "investor", "round"]
    left_id: int
    right_id: int
    score: float
    """How alike, 0-1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of keys that a person called the same, or not the same; each pair is sorted."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    """How to write a key that a person gave as an alias and no brief may have used."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """Key → the name that a person wants its party to go by."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A person's word on who is who and what a round holds, by keys that outlive any rebuilding.

    Companies and investors go by comparison keys (`tracker.parsing.names.name_key`), two
    companies of one name and rounds by the keys of their reports (`report_key`).
    """

    companies: Decided = Decided()
    investors: Decided = Decided()
    rounds: Decided = Decided()
    pins: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """Report key → field → value. The round of that report has this value, whatever others say.
    With the field `investors` (any value) only the pinned reports' investors are the round's."""
    dismissed: frozenset[str] = frozenset()
    """Keys of reports that are no round."""

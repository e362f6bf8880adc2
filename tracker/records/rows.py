"""From the store to people and files: rounds, briefs, reports and changes as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.records.reading import Span

#
# Nobody changes a row of these three, yet they are not frozen: a frozen one takes several times
# as long to make, and an export makes millions.


@dataclass(slots=True, unsafe_hash=True)
class Share:
    """An investor's part in a round."""

    name: str
    lead: bool


@dataclass(slots=True, unsafe_hash=True)
class Reported:
    """An issue that reported a round: the newsletter, the issue's title or number, the text."""

    newsletter: str | None
    issue: str | None
    date: date | None
    brief: str


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class RoundRow:
    """One stored round with its investors and sources, as every export carries it."""

    id: int
    company: str
    investors: tuple[Share, ...]
    amount: int | None
    currency: str | None
    stage: str | None
    stage_raw: str | None
    extension: bool
    valuation: int | None
    valuation_currency: str | None
    total_raised: int | None
    total_raised_currency: str | None
    announced_on: date | None
    confidence: float
    sources: tuple[Reported, ...]
    description: str | None = None
    """What the text says the company is."""
    sectors: tuple[str, ...] = ()
    """Codes of the company's sectors; only where they were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRow:
    """One stored brief, whatever its kind; `rounds` counts the rounds read from it."""

    id: int
    newsletter: str | None
    issue: str | None
    date: date | None
    kind: str
    confidence: float
    lang: str
    section: str | None
    rounds: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report of a round with its evidence: the brief and where each value stands in it."""

    source: Reported
    values: dict[str, int | str | bool | float | date | None]
    investors: tuple[Share, ...]
    spans: dict[str, tuple[Span, ...]]
    """Field → spans into ``source.brief``; one a name for `investors`."""


@dataclass(frozen=True, slots=True)
class SectorCount:
    """A sector of the taxonomy, and how many companies of the archive are in it."""

    code: str
    english: str
    korean: str
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One thing that a person changed, in words; all of one command share a `step`."""

    id: int
    step: int
    at: datetime
    who: str
    command: str
    subject: str
    subject_id: int | None
    label: str
    field: str
    old: str | None
    new: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Who gave a round's field its value, and when; `accepted`: found it right as it was."""

    who: str
    at: datetime
    accepted: bool = False

"""The frozen records that the stages hand to one another.

Nothing here imports anything of ours, so every room may use it. Offsets are always
character offsets (Python string indices), half-open, into the text named in the docstring.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

Kind = Literal[
    "funding",
    "planned",
    "acquisition",
    "fund",
    "ipo",
    "grant",
    "partnership",
    "corporate",
    "market",
]
KINDS: tuple[Kind, ...] = (
    "funding",
    "planned",
    "acquisition",
    "fund",
    "ipo",
    "grant",
    "partnership",
    "corporate",
    "market",
)

MAX_BRIEF_CHARS = 20_000
"""A brief is a news item; anything longer is cut here so that no input can stall the chain."""

_REFUSED = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without NULs and lone surrogates, which databases refuse; offsets stay as they are."""
    return _REFUSED.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value was read: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole units of `currency` (ISO 4217), with the characters it was read from.

    `amount` is None where the text is too vague for a number ("수십억원", "several million").
    `qualifier` is the wording that hedges it ("약", "over"), empty where there is none.
    """

    amount: int | None
    currency: str
    start: int
    end: int
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class StageMention:
    """An investment stage named in a text: the code of the contract and its wording."""

    stage: str | None
    extension: bool
    start: int
    end: int


@dataclass(frozen=True)
class Raw:
    """The bytes of a letter exactly as they came; as a file it would be called `name`."""

    data: bytes = field(repr=False)
    name: str

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Issue:
    """One newsletter issue as plain text, and what its head says of it.

    `text` keeps the letter's structure in lines: a list item begins with its bullet, a
    heading with ``#``, a table row has its cells joined by ``" | "``.
    """

    text: str
    source: str
    """The path or address it came from, for messages; not part of its identity."""
    title: str | None = None
    newsletter: str | None = None
    number: str | None = None
    issued_on: date | None = None
    media: Literal["text", "markdown", "html", "mail", "feed"] = "text"
    raw: Raw | None = field(default=None, repr=False, compare=False)
    """What it was read from, to be kept beside it."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One news item of an issue: ``text == issue.text[start:end]``."""

    text: str
    start: int = 0
    end: int = 0
    section: str | None = None
    """The heading it stands under, where there is one."""
    in_news_section: bool = True
    """False for a sentence picked out of an article, where only a round is kept."""


@dataclass(frozen=True, slots=True)
class InvestorMention:
    """An investor of a round as written; `lead` only where the text says so."""

    name: str
    lead: bool
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ExtractedRound:
    """One funding round read from one brief; every value has its span in the brief's text.

    Amounts are integers in whole units of the currency beside them.
    """

    company: str
    investors: tuple[InvestorMention, ...] = ()
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
    company_alias: str | None = None
    """The second script in brackets: 라포랩스(Rapport Labs) → "Rapport Labs"."""
    description: str | None = None
    """What the text says the company is, before its name: "신선식품 유통기한 연장 솔루션 기업"."""
    confidence: float = 1.0
    spans: dict[str, Span] = field(default_factory=dict)
    """Field name → span, for company, amount, stage, extension, valuation, total_raised, announced_on, company_alias,
    description. Investors carry their own."""
    field_confidence: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExtractedBrief:
    """What the pipeline says of one brief: its kind and its rounds (empty unless funding)."""

    kind: Kind
    rounds: tuple[ExtractedRound, ...] = ()
    confidence: float = 1.0
    lang: Literal["ko", "en"] = "ko"


# -- between identity and the store ---------------------------------------------------------


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


# -- what a person has said -------------------------------------------------------------------


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


# -- sources and their runs ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """Where letters come from, how they are fetched, and how that went; moments are UTC."""

    id: int
    name: str
    url: str
    kind: str | None
    newsletter: str | None
    every: timedelta
    password: str | None
    """Where the password is, never itself: ``env:NAME``, ``file:PATH`` or ``keyring``."""
    options: Mapping[str, Any]
    paused: bool
    state: Mapping[str, Any]
    added_at: datetime
    next_due: datetime
    last_run: datetime | None = None
    last_success: datetime | None = None
    last_error: datetime | None = None
    error: str | None = None
    """Why the last run failed; None after a success."""
    last_letter: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source with what it has brought so far; `silent`: nothing for longer than was asked."""

    source: StoredSource
    issues: int
    rounds: int
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What came of one source in one run: letters by what became of them."""

    source: str
    status: Literal["ok", "failed"]
    new: int
    known: int
    failed: int
    briefs: int
    rounds: int
    error: str | None
    """Why the source, or a letter of it, failed."""
    note: str | None = None
    """What a person should know though nothing failed: the source has moved, or is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A letter that a source holds, and what a run would make of it."""

    status: Literal["new", "known", "failed"]
    date: date | None
    newsletter: str | None
    title: str | None
    briefs: int
    rounds: int
    source: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One stored issue; `briefs` and `rounds` count what was read from it."""

    id: int
    date: date | None
    newsletter: str | None
    number: str | None
    title: str | None
    media: str
    source: str
    ingested_at: datetime
    briefs: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """One form in which an issue arrived; `raw_id` is None where its bytes were not kept."""

    origin: str
    source: str | None
    received_at: datetime
    raw_id: int | None
    name: str | None
    length: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A letter that was set aside: no issue could be made of it."""

    id: int
    source: str | None
    name: str
    length: int
    received_at: datetime
    failure: str


# -- from the store to people and files -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """An investor's part in a round."""

    name: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """An issue that reported a round: the newsletter, the issue's title or number, the text."""

    newsletter: str | None
    issue: str | None
    date: date | None
    brief: str


@dataclass(frozen=True, slots=True, kw_only=True)
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

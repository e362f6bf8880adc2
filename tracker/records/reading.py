"""From a letter to rounds: what is read, and where it stood."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

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

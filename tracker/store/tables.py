"""The tables. Importing this module imports SQLModel (about 0.3 s), so commands do it late.

    newsletter ─< issue ─< brief ─< report ─< mention        field → span of the brief's text
                                      │  └──< participation >── investor ─< investor_alias
                             company ─< round
                                └────< company_alias

A `report` is what one brief says of one round; a `round` is what all its reports say
together. Amounts are whole units of the currency beside them, in 64-bit integers.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.store.types import UtcMoment, portable

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
portable(METADATA)


class TrackerTable(SQLModel):
    """Base of all tables; its own metadata, so that a caller's SQLModel tables stay apart."""

    metadata = METADATA


class Newsletter(TrackerTable, table=True):
    """A newsletter by name; `key` is the name as names are compared."""

    __tablename__ = "newsletter"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(unique=True)


class IssueTable(TrackerTable, table=True):
    """One ingested issue with its whole text, so that spans stay traceable."""

    __tablename__ = "issue"

    id: int | None = Field(default=None, primary_key=True)
    newsletter_id: int | None = Field(default=None, foreign_key="newsletter.id", index=True)
    fingerprint: str = Field(unique=True)
    title: str | None = None
    number: str | None = None
    issued_on: date | None = Field(default=None, index=True)
    source: str
    media: str
    ingested_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    pipeline_name: str
    pipeline_version: str
    text_z: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The text, UTF-8, zlib-compressed."""


class BriefTable(TrackerTable, table=True):
    """One news item: ``text == issue.text[start:end]``."""

    __tablename__ = "brief"
    __table_args__ = (UniqueConstraint("issue_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id")
    position: int
    start: int
    end: int
    text: str
    section: str | None = None
    kind: str = Field(index=True)
    confidence: float
    lang: str
    in_news_section: bool


class Company(TrackerTable, table=True):
    """A company under the name to show."""

    __tablename__ = "company"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)


class CompanyAlias(TrackerTable, table=True):
    """A name a company answers to. `own`: seen as its name, not only in brackets.

    Two companies may have one name.
    """

    __tablename__ = "company_alias"
    __table_args__ = (UniqueConstraint("key", "company_id"),)

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str
    key: str
    own: bool
    sought: str
    """The key in single letters, for search by a part of it: see `tracker.store.search`."""
    sound: str = Field(index=True)
    """How the key sounds, for names that may be the same: see `tracker.parsing.sound`."""


class Investor(TrackerTable, table=True):
    """An investor under the name to show; kind and country where the gazetteer knows them."""

    __tablename__ = "investor"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    kind: str | None = None
    country: str | None = Field(default=None, index=True)


class InvestorAlias(TrackerTable, table=True):
    """A name an investor answers to. `own`: its name, not only an alias of the gazetteer's."""

    __tablename__ = "investor_alias"

    id: int | None = Field(default=None, primary_key=True)
    investor_id: int = Field(foreign_key="investor.id", index=True)
    name: str
    key: str = Field(unique=True)
    own: bool
    sought: str
    """The key in single letters, for search by a part of it: see `tracker.store.search`."""
    sound: str = Field(index=True)
    """As for companies."""


class _Values(TrackerTable):
    """The values that a report gives and a round merges."""

    amount: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    stage: str | None = None
    stage_raw: str | None = None
    extension: bool = False
    valuation: int | None = Field(default=None, sa_type=BigInteger)
    valuation_currency: str | None = None
    total_raised: int | None = Field(default=None, sa_type=BigInteger)
    total_raised_currency: str | None = None
    announced_on: date | None = None
    description: str | None = None
    confidence: float = 1.0


class Round(_Values, table=True):
    """One funding round: the merged values of its reports."""

    __tablename__ = "round"
    __table_args__ = (
        Index("ix_round_currency_amount", "currency", "amount"),
        # The indexes that answer "newest first" differ from engine to engine: see migrations.
        # The id of a round that was merged away is never given to another.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)


class ReportTable(_Values, table=True):
    """What one brief says of one round, as the brief says it."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("brief_id", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    brief_id: int = Field(foreign_key="brief.id")
    ordinal: int
    company_id: int = Field(foreign_key="company.id", index=True)
    company_name: str
    company_alias: str | None = None
    """What stood in brackets behind the name."""
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)


class Participation(TrackerTable, table=True):
    """An investor's part in a round, as one report tells it; `position` orders the round's.

    One row for every name: two that are one investor today may be two tomorrow.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("report_id", "ordinal"),
        Index("ix_participation_investor_round", "investor_id", "round_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    investor_id: int = Field(foreign_key="investor.id")
    name: str
    """As written."""
    lead: bool
    ordinal: int
    position: int = 0


class Mention(TrackerTable, table=True):
    """Where a report's value was read: characters of ``brief.text``. `ordinal`: which investor."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_report", "report_id", "field", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    field: str
    ordinal: int
    start: int
    end: int


def _table(name: str) -> Table:
    return METADATA.tables[name]


# The same tables for SQLAlchemy's expression language, which the writer and the queries use.
NEWSLETTER = _table("newsletter")
ISSUE = _table("issue")
BRIEF = _table("brief")
COMPANY = _table("company")
COMPANY_ALIAS = _table("company_alias")
INVESTOR = _table("investor")
INVESTOR_ALIAS = _table("investor_alias")
ROUND = _table("round")
REPORT = _table("report")
PARTICIPATION = _table("participation")
MENTION = _table("mention")

VALUE_COLUMNS = tuple(_Values.model_fields)
"""The columns that `report` and `round` share."""

"""What persons said: the tables of corrections, of decisions on who is who, and of their history.

A statement never names a round or a company by its id, which a rebuilding may change: rounds are
named by the keys of their reports (`tracker.records.report_key`), companies and investors by
comparison keys. All that the program derives bows to these tables, so that taking a statement
back and deriving anew is all that undoing means.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field

from tracker.store.tables import METADATA, TrackerTable
from tracker.store.types import UtcMoment


class Change(TrackerTable, table=True):
    """One thing that a person changed; all of one command share a `step`, and go back together."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_undone_step", "undone", "step"),
        # A change that is gone from the list was undone, never someone else's.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    step: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    who: str
    """The name of the user at the operating system."""
    command: str
    subject: str
    """round, company, investor or report."""
    subject_id: int | None = Field(default=None, sa_type=BigInteger)
    label: str
    """The subject in words."""
    field: str
    old: str | None = None
    """In words, as `new`."""
    new: str | None = None
    undone: bool = False
    statement: str
    """Which statement was changed, as JSON: its table and its key."""
    before: str | None = None
    """What it held, as JSON; None: there was none. So `after`."""
    after: str | None = None
    ids: str | None = None
    """The ids that the step took from reports, as JSON, so that undoing gives them back."""


class RoundOverride(TrackerTable, table=True):
    """A value that a person gave the round of a report; it wins over whatever is read."""

    __tablename__ = "round_override"
    __table_args__ = (UniqueConstraint("report_key", "field"),)

    id: int | None = Field(default=None, primary_key=True)
    report_key: str
    field: str
    value: str
    """As JSON; ``null``: the person says there is none."""
    accepted: bool = False
    """Found right as it was, not set."""
    read: str | None = None
    """Of `investors`: those that were read from the text, as JSON."""
    who: str
    at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))


class Verdict(TrackerTable, table=True):
    """A person's word that two names, or two reports, are of one, or are not. ``left < right``."""

    __tablename__ = "verdict"
    __table_args__ = (
        UniqueConstraint("kind", "left_key", "right_key"),
        Index("ix_verdict_kind_right_key", "kind", "right_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    """company, investor or round."""
    left_key: str
    right_key: str
    left_name: str
    """As the person, or the text, spells it."""
    right_name: str
    same: bool
    shown_name: str | None = None
    """The name that a merged party goes by."""
    who: str
    at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))


class ReportMark(TrackerTable, table=True):
    """A person's judgement of a report: ``not_a_round`` (with the brief's kind), ``accepted``."""

    __tablename__ = "report_mark"
    __table_args__ = (UniqueConstraint("report_key", "mark"),)

    id: int | None = Field(default=None, primary_key=True)
    report_key: str
    mark: str
    kind: str | None = None
    who: str
    at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))


class ReviewSkip(TrackerTable, table=True):
    """Something doubtful that a person put off."""

    __tablename__ = "review_skip"
    __table_args__ = (UniqueConstraint("who", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    who: str
    item: str
    at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))


CHANGE = METADATA.tables["change"]
OVERRIDE = METADATA.tables["round_override"]
VERDICT = METADATA.tables["verdict"]
MARK = METADATA.tables["report_mark"]
SKIP = METADATA.tables["review_skip"]

NOT_A_ROUND = "not_a_round"
ACCEPTED = "accepted"

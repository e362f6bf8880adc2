"""The tables of the unattended job: sources, the letters as they came, and who is whose copy.

    source ─< issue_copy >─ raw_issue       one letter may come by mail, by feed and as a page:
                  └──> issue                one `issue`, a copy for each, the bytes of each

An `issue_key` is a hash by which a letter is found again in another form (see
`tracker.identity.issues`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint
from sqlmodel import Field

from tracker.store.tables import METADATA, TrackerTable
from tracker.store.types import UtcMoment


class SourceTable(TrackerTable, table=True):
    """Where letters come from, and how far it has been read. No secret is ever kept here."""

    __tablename__ = "source"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    url: str
    kind: str | None = None
    newsletter: str | None = None
    every: int
    """Seconds between two fetches."""
    password: str | None = None
    """Where the password is: ``env:NAME``, ``file:PATH`` or ``keyring``."""
    options: str = "{}"
    """JSON: what else the fetcher is told."""
    paused: bool = False
    state: str = "{}"
    """JSON: what the fetcher has seen already."""
    added_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    next_due: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    last_run: datetime | None = Field(default=None, sa_column=Column(UtcMoment))
    last_success: datetime | None = Field(default=None, sa_column=Column(UtcMoment))
    last_error: datetime | None = Field(default=None, sa_column=Column(UtcMoment))
    error: str | None = None
    """Why it failed the last time; empty again once it succeeds."""
    last_letter: datetime | None = Field(default=None, sa_column=Column(UtcMoment))


class RawIssue(TrackerTable, table=True):
    """The bytes of a letter exactly as they came. `failure`: why no issue could be made of them."""

    __tablename__ = "raw_issue"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    name: str
    """As a file it would be called so: its ending says what it is."""
    length: int
    received_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    failure: str | None = None
    data_z: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The bytes, zlib-compressed."""


class IssueCopy(TrackerTable, table=True):
    """One form in which an issue arrived; `fingerprint` is that form's own."""

    __tablename__ = "issue_copy"
    __table_args__ = (Index("ix_issue_copy_source_id", "source_id", "issue_id"),)

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id", index=True)
    raw_id: int | None = Field(default=None, foreign_key="raw_issue.id", index=True)
    """None where the bytes were not kept: in databases older than this table."""
    source_id: int | None = Field(default=None, foreign_key="source.id")
    fingerprint: str = Field(unique=True)
    origin: str
    """The path or address it came from."""
    received_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))


class IssueKey(TrackerTable, table=True):
    """A hash of some words of an issue. A key that many letters share is not written again."""

    __tablename__ = "issue_key"
    __table_args__ = (PrimaryKeyConstraint("key", "issue_id"),)

    key: int = Field(sa_type=BigInteger)
    issue_id: int = Field(foreign_key="issue.id", index=True)


SOURCE = METADATA.tables["source"]
RAW_ISSUE = METADATA.tables["raw_issue"]
ISSUE_COPY = METADATA.tables["issue_copy"]
ISSUE_KEY = METADATA.tables["issue_key"]

"""Sources, their state, and the raw letters: what an unattended job keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import ID, TEXT, UtcMoment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; every issue that is there counts as a copy of itself."""
    _source()
    _raw_issue()
    _issue_copy()
    _issue_key()
    op.execute(
        "INSERT INTO issue_copy (issue_id, fingerprint, origin, received_at)"
        " SELECT id, fingerprint, source, ingested_at FROM issue ORDER BY id"
    )


def _source() -> None:
    op.create_table(
        "source",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("newsletter", TEXT, nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("password", TEXT, nullable=True),
        sa.Column("options", TEXT, nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("added_at", UtcMoment(), nullable=False),
        sa.Column("next_due", UtcMoment(), nullable=False),
        sa.Column("last_run", UtcMoment(), nullable=True),
        sa.Column("last_success", UtcMoment(), nullable=True),
        sa.Column("last_error", UtcMoment(), nullable=True),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("last_letter", UtcMoment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )


def _raw_issue() -> None:
    op.create_table(
        "raw_issue",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcMoment(), nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("failure", TEXT, nullable=True),
        sa.Column("data_z", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_raw_issue_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_issue")),
        sa.UniqueConstraint("sha256", name=op.f("uq_raw_issue_sha256")),
    )
    op.create_index(op.f("ix_raw_issue_source_id"), "raw_issue", ["source_id"])


def _issue_copy() -> None:
    op.create_table(
        "issue_copy",
        sa.Column("id", ID, nullable=False),
        sa.Column("issue_id", ID, nullable=False),
        sa.Column("raw_id", ID, nullable=True),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("received_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_copy_issue_id")),
        sa.ForeignKeyConstraint(["raw_id"], ["raw_issue.id"], name=op.f("fk_issue_copy_raw_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_issue_copy_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_copy")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_issue_copy_fingerprint")),
    )
    op.create_index(op.f("ix_issue_copy_issue_id"), "issue_copy", ["issue_id"])
    op.create_index(op.f("ix_issue_copy_raw_id"), "issue_copy", ["raw_id"])
    op.create_index("ix_issue_copy_source_id", "issue_copy", ["source_id", "issue_id"])


def _issue_key() -> None:
    op.create_table(
        "issue_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("issue_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_key_issue_id")),
        sa.PrimaryKeyConstraint("key", "issue_id", name=op.f("pk_issue_key")),
    )
    op.create_index(op.f("ix_issue_key_issue_id"), "issue_key", ["issue_id"])

"""What the desk asks by: sectors of companies, countries of investors, saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import ID, TEXT, UtcMoment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and the index on investors' countries."""
    op.create_table(
        "report_sector",
        sa.Column("report_id", ID, nullable=False, autoincrement=False),
        sa.Column("sector", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_report_sector_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "sector", name=op.f("pk_report_sector")),
    )
    op.create_index("ix_report_sector_sector", "report_sector", ["sector", "report_id"])
    op.create_index(op.f("ix_investor_country"), "investor", ["country"])
    op.create_table(
        "watch",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("options", TEXT, nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("told_at", UtcMoment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("key", name=op.f("uq_watch_key")),
    )
    op.create_table(
        "watch_seen",
        sa.Column("watch_id", ID, nullable=False, autoincrement=False),
        sa.Column("round_id", ID, nullable=False, autoincrement=False),
        sa.Column("told", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_seen_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("watch_id", "round_id", name=op.f("pk_watch_seen")),
    )

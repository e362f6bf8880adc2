"""A person's word: corrections, decisions on who is who, and their history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import ID, TEXT, UtcMoment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; let a report name one investor twice."""
    op.create_table(
        "change",
        sa.Column("id", ID, nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("old", TEXT, nullable=True),
        sa.Column("new", TEXT, nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("after", TEXT, nullable=True),
        sa.Column("ids", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_undone_step", "change", ["undone", "step"])
    op.create_table(
        "round_override",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_key", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("read", TEXT, nullable=True),
        *_said(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_override")),
        sa.UniqueConstraint("report_key", "field", name=op.f("uq_round_override_report_key_field")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("left_key", TEXT, nullable=False),
        sa.Column("right_key", TEXT, nullable=False),
        sa.Column("left_name", TEXT, nullable=False),
        sa.Column("right_name", TEXT, nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("shown_name", TEXT, nullable=True),
        *_said(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint(
            "kind", "left_key", "right_key", name=op.f("uq_verdict_kind_left_key_right_key")
        ),
    )
    op.create_index("ix_verdict_kind_right_key", "verdict", ["kind", "right_key"])
    op.create_table(
        "report_mark",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_key", TEXT, nullable=False),
        sa.Column("mark", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        *_said(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_mark")),
        sa.UniqueConstraint("report_key", "mark", name=op.f("uq_report_mark_report_key_mark")),
    )
    op.create_table(
        "review_skip",
        sa.Column("id", ID, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        *_said(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_skip")),
        sa.UniqueConstraint("who", "item", name=op.f("uq_review_skip_who_item")),
    )
    # Every name of an investor by itself, so that a merge can be taken back.
    with op.batch_alter_table("participation") as table:
        table.drop_constraint(op.f("uq_participation_report_id_investor_id"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_participation_report_id_ordinal"), ["report_id", "ordinal"]
        )


def _said() -> tuple[sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("who", TEXT, nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
    )

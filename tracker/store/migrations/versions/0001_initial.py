"""The first schema.

Made from the tables as they were released first, and never changed since.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.store.types import ID, TEXT, UtcMoment

revision = "0001"
down_revision = None

_ALIASES = ("company_alias", "investor_alias")


def upgrade() -> None:
    """Make every table, then what only this engine has."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    # Unlike PostgreSQL, SQLite puts NULLs last by itself when it reads an index backwards.
    op.create_index("ix_round_newest", "round", ["announced_on", "id"])
    op.create_index("ix_round_stage_newest", "round", ["stage", "announced_on", "id"])
    for alias in _ALIASES:
        fts = f"{alias}_fts"
        remove = f"INSERT INTO {fts} ({fts}, rowid, sought) VALUES ('delete', old.id, old.sought);"  # noqa: S608
        add = f"INSERT INTO {fts} (rowid, sought) VALUES (new.id, new.sought);"  # noqa: S608
        op.execute(
            f"CREATE VIRTUAL TABLE {fts} USING fts5"
            f"(sought, content='{alias}', content_rowid='id', tokenize='trigram')"
        )
        for event, what in (
            ("INSERT", add),
            ("DELETE", remove),
            ("UPDATE OF id, sought", remove + add),
        ):
            name = f"{fts}_{event.split()[0].lower()}"
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {alias} BEGIN {what} END")


def _postgresql() -> None:
    newest = [sa.text("announced_on DESC NULLS LAST"), sa.text("id DESC")]
    op.create_index("ix_round_newest", "round", newest)
    op.create_index("ix_round_stage_newest", "round", ["stage", *newest])
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for alias in _ALIASES:
        op.create_index(
            f"ix_{alias}_sought",
            alias,
            ["sought"],
            postgresql_using="gin",
            postgresql_ops={"sought": "gin_trgm_ops"},
        )


def _tables() -> None:
    op.create_table(
        "company",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )
    op.create_index(op.f("ix_company_name"), "company", ["name"], unique=False)
    op.create_table(
        "investor",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investor")),
    )
    op.create_index(op.f("ix_investor_name"), "investor", ["name"], unique=False)
    op.create_table(
        "newsletter",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter")),
        sa.UniqueConstraint("key", name=op.f("uq_newsletter_key")),
    )
    op.create_table(
        "company_alias",
        sa.Column("id", ID, nullable=False),
        sa.Column("company_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("sought", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_alias_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_company_alias_key")),
    )
    op.create_index(
        op.f("ix_company_alias_company_id"), "company_alias", ["company_id"], unique=False
    )
    op.create_table(
        "investor_alias",
        sa.Column("id", ID, nullable=False),
        sa.Column("investor_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("sought", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["investor_id"], ["investor.id"], name=op.f("fk_investor_alias_investor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investor_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_investor_alias_key")),
    )
    op.create_index(
        op.f("ix_investor_alias_investor_id"), "investor_alias", ["investor_id"], unique=False
    )
    op.create_table(
        "issue",
        sa.Column("id", ID, nullable=False),
        sa.Column("newsletter_id", ID, nullable=True),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("media", TEXT, nullable=False),
        sa.Column("ingested_at", UtcMoment(), nullable=False),
        sa.Column("pipeline_name", TEXT, nullable=False),
        sa.Column("pipeline_version", TEXT, nullable=False),
        sa.Column("text_z", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletter.id"], name=op.f("fk_issue_newsletter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_issue_fingerprint")),
    )
    op.create_index(op.f("ix_issue_issued_on"), "issue", ["issued_on"], unique=False)
    op.create_index(op.f("ix_issue_newsletter_id"), "issue", ["newsletter_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("stage", TEXT, nullable=True),
        sa.Column("stage_raw", TEXT, nullable=True),
        sa.Column("extension", sa.Boolean(), nullable=False),
        sa.Column("valuation", sa.BigInteger(), nullable=True),
        sa.Column("valuation_currency", TEXT, nullable=True),
        sa.Column("total_raised", sa.BigInteger(), nullable=True),
        sa.Column("total_raised_currency", TEXT, nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("company_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_round_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_round_company_id"), "round", ["company_id"], unique=False)
    op.create_index("ix_round_currency_amount", "round", ["currency", "amount"], unique=False)
    op.create_table(
        "brief",
        sa.Column("id", ID, nullable=False),
        sa.Column("issue_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("section", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("in_news_section", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_brief_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief")),
        sa.UniqueConstraint("issue_id", "position", name=op.f("uq_brief_issue_id_position")),
    )
    op.create_index(op.f("ix_brief_kind"), "brief", ["kind"], unique=False)
    op.create_table(
        "report",
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("stage", TEXT, nullable=True),
        sa.Column("stage_raw", TEXT, nullable=True),
        sa.Column("extension", sa.Boolean(), nullable=False),
        sa.Column("valuation", sa.BigInteger(), nullable=True),
        sa.Column("valuation_currency", TEXT, nullable=True),
        sa.Column("total_raised", sa.BigInteger(), nullable=True),
        sa.Column("total_raised_currency", TEXT, nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("company_id", ID, nullable=False),
        sa.Column("company_name", TEXT, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["brief_id"], ["brief.id"], name=op.f("fk_report_brief_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_report_company_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_report_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("brief_id", "ordinal", name=op.f("uq_report_brief_id_ordinal")),
    )
    op.create_index(op.f("ix_report_company_id"), "report", ["company_id"], unique=False)
    op.create_index(op.f("ix_report_round_id"), "report", ["round_id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_mention_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_report", "mention", ["report_id", "field", "ordinal"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=True),
        sa.Column("investor_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investor_id"], ["investor.id"], name=op.f("fk_participation_investor_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_participation_report_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_participation_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "report_id", "investor_id", name=op.f("uq_participation_report_id_investor_id")
        ),
    )
    op.create_index(
        "ix_participation_investor_round",
        "participation",
        ["investor_id", "round_id"],
        unique=False,
    )
    op.create_index(op.f("ix_participation_round_id"), "participation", ["round_id"], unique=False)

"""Who is who: two companies of one name, names by their sound, merge suggestions.

The alias in brackets of every report is read again from where its mention points to.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.parsing.sound import sound
from tracker.store.types import ID, TEXT

revision = "0005"
down_revision = "0004"

_ALIASES = ("company_alias", "investor_alias")
_PAGE = 10_000


def upgrade() -> None:
    """Make the new table, then change the two alias tables and `report`."""
    op.create_table(
        "merge_suggestion",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("left_id", sa.BigInteger(), nullable=False),
        sa.Column("right_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_suggestion")),
        sa.UniqueConstraint(
            "kind", "left_id", "right_id", name=op.f("uq_merge_suggestion_kind_left_id_right_id")
        ),
    )
    op.create_index(
        op.f("ix_merge_suggestion_kind_right_id"), "merge_suggestion", ["kind", "right_id"]
    )
    op.add_column("report", sa.Column("company_alias", TEXT, nullable=True))
    _read_brackets()
    for alias in _ALIASES:
        op.add_column(alias, sa.Column("sound", TEXT, nullable=False, server_default=""))
        _fill_sounds(alias)
        op.create_index(op.f(f"ix_{alias}_sound"), alias, ["sound"])
    _let_names_be_shared()


def _read_brackets() -> None:
    op.execute(
        "UPDATE report SET company_alias = ("
        'SELECT substr(b.text, m.start + 1, m."end" - m.start) FROM mention m'
        " JOIN brief b ON b.id = report.brief_id"
        " WHERE m.report_id = report.id AND m.field = 'company_alias' AND m.ordinal = 0)"
        " WHERE EXISTS (SELECT 1 FROM mention m"
        " WHERE m.report_id = report.id AND m.field = 'company_alias')"
    )


def _fill_sounds(alias: str) -> None:
    connection = op.get_bind()
    table = sa.table(alias, sa.column("id"), sa.column("key"), sa.column("sound"))
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row"))
        .values(sound=sa.bindparam("heard"))
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.select(table.c.id, table.c.key)
            .where(table.c.id > last)
            .order_by(table.c.id)
            .limit(_PAGE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        connection.execute(change, [{"row": row.id, "heard": sound(row.key)} for row in rows])


def _let_names_be_shared() -> None:
    """One name may be that of two companies. SQLite loses a table's triggers when it is remade."""
    alias, sqlite = "company_alias", op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table(alias) as table:
        table.drop_constraint(op.f("uq_company_alias_key"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_company_alias_key_company_id"), ["key", "company_id"]
        )
    if not sqlite:
        return
    fts = f"{alias}_fts"
    remove = f"INSERT INTO {fts} ({fts}, rowid, sought) VALUES ('delete', old.id, old.sought);"  # noqa: S608
    add = f"INSERT INTO {fts} (rowid, sought) VALUES (new.id, new.sought);"  # noqa: S608
    for event, what in (
        ("INSERT", add),
        ("DELETE", remove),
        ("UPDATE OF id, sought", remove + add),
    ):
        name = f"{fts}_{event.split()[0].lower()}"
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {alias} BEGIN {what} END")

"""Every released schema, with rows in it, becomes ours; a newer one and a broken one do not.

`schemas/` holds a dump of each released schema and engine, made by `write_dumps` (run this file
as a script when a schema is released); the rows are those of `FILLED`.
"""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path

import pytest
from conftest import Desk, Places

from tracker.errors import NoDatabase, SchemaMismatch, StoreError
from tracker.query import make_filter
from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.records import RoundRow
from tracker.store import SCHEMA_VERSION, open_store
from tracker.store.schema import VERSION_TABLE
from tracker.store.upkeep import current, problems, upgrade

SCHEMAS = Path(__file__).parent / "schemas"
RELEASED = sorted({path.name[:4] for path in SCHEMAS.glob("*.sql")})


def rows(db: str) -> list[RoundRow]:
    with open_store(db, read_only=True) as store, store.reading() as connection:
        return list(list_rounds(connection, RoundFilter(sort="id")))


def load(desk: Desk, dump: Path) -> None:
    """Put a dump into an empty place."""
    sql = dump.read_text(encoding="utf-8")
    if "://" not in desk.db:
        with sqlite3.connect(desk.db) as connection:
            connection.executescript(sql)
        connection.close()
        return
    desk.execute(*(part for part in re.split(r";\n", sql) if part.strip()))


def test_newest_dump_is_of_this_schema() -> None:
    from tracker.store.migrations import history

    versions = [step.version for step in history()]
    assert versions == list(range(1, SCHEMA_VERSION + 1))
    assert RELEASED
    assert int(RELEASED[-1]) <= SCHEMA_VERSION


@pytest.mark.parametrize("released", RELEASED)
def test_every_released_schema_is_upgraded(places: Places, filled: Desk, released: str) -> None:
    old = Desk(places.empty(), filled.folder)
    load(old, SCHEMAS / f"{released}.{places.engine}.sql")
    assert current(old.db)[1] == int(released)
    done = upgrade(old.db)
    assert (done.before, done.after) == (int(released), SCHEMA_VERSION)
    assert problems(old.db) == []
    assert rows(old.db) == rows(filled.db)
    keys = "select key, issue_id from issue_key order by key, issue_id"
    assert old.rows(keys) == filled.rows(keys) != []
    for names in (
        "select company_name, company_alias from report order by id",
        "select name, key, own, sound from company_alias order by key",
        "select name, key, own, sound from investor_alias order by key",
    ):
        assert old.rows(names) == filled.rows(names)
    old.letters.update(filled.letters)
    assert {o.status for o in old.ingest()} == {"known"}
    old.ingest(old.write("c.txt", "레터 | 3 | 2026-01-09", "감자마켓 | 시리즈A | | 새 투자사"))
    filled.ingest(
        filled.write("c.txt", "레터 | 3 | 2026-01-09", "감자마켓 | 시리즈A | | 새 투자사")
    )
    assert rows(old.db) == rows(filled.db)
    # A table that was made anew is still searched by its index.
    old.ingest(old.write("d.txt", "레터 | 4 | 2026-01-10", "수박주스 | 시드 | 3억원 | 갑"))
    with open_store(old.db, read_only=True) as store, store.reading() as connection:
        assert len(list(list_rounds(connection, make_filter(company="박주")))) == 1


def test_fresh_schema_has_no_drift(places: Places) -> None:
    db = places.empty()
    with pytest.raises(NoDatabase):
        current(db)
    done = upgrade(db)
    assert (done.before, done.after, done.saved) == (None, SCHEMA_VERSION, None)
    assert problems(db) == []
    assert upgrade(db).before == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("drop index ix_round_newest", "missing: ix_round_newest"),
        ("alter table round add column colour text", "remove column: round colour"),
        ("drop index ix_report_round_id", "add index: ix_report_round_id"),
        ("create table other (id integer primary key)", "remove table: other"),
    ],
)
def test_drift_is_told(filled: Desk, change: str, told: str) -> None:
    filled.execute(change)
    assert problems(filled.db) == [told]


def test_damage_is_told(file_desk: Desk) -> None:
    with sqlite3.connect(file_desk.db) as connection:
        connection.execute("update report set company_id = 99 where id = 1")
    connection.close()
    assert problems(file_desk.db) == ["points to nothing: report 1 → company"]


NEXT = f'''
"""Remember a colour."""
import sqlalchemy as sa
from alembic import op
revision = "{SCHEMA_VERSION + 1:04}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade():
    with op.batch_alter_table("company") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="blue"))
    op.execute("update company set colour = upper(colour)")
'''


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that is one migration ahead."""
    from tracker.store import migrations, schema, upkeep

    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / "next.py").write_text(NEXT)
    monkeypatch.setattr(migrations, "VERSIONS", [*migrations.VERSIONS, folder])
    for module in (schema, upkeep):
        monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return folder / "next.py"


def test_older_schema_waits_for_upgrade(filled: Desk, newer: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(SchemaMismatch, match=r"run tracker db upgrade$"):
            filled.open(read_only=read_only)
    done = upgrade(filled.db)
    assert (done.before, done.after) == (SCHEMA_VERSION, SCHEMA_VERSION + 1)
    assert filled.rows("select distinct colour from company") == [("BLUE",)]
    if "://" in filled.db:
        assert done.saved is None
        return
    assert done.saved is not None
    assert stat.S_IMODE(done.saved.stat().st_mode) == 0o600
    with sqlite3.connect(done.saved) as connection:
        assert connection.execute("select count(*) from company").fetchone() == (4,)
        columns = [row[1] for row in connection.execute("pragma table_info(company)")]
    connection.close()
    assert columns == ["id", "name"]


def test_failed_upgrade_changes_nothing(
    filled: Desk, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer.write_text(newer.read_text() + '    op.execute("select nonsense from nowhere")\n')
    with pytest.raises(StoreError, match="nowhere"):
        upgrade(filled.db)
    assert current(filled.db)[1] == SCHEMA_VERSION
    monkeypatch.undo()
    assert problems(filled.db) == []


@pytest.mark.parametrize("version", [f"{SCHEMA_VERSION + 1:04}", "abc"])
def test_upgrade_refuses_what_it_does_not_know(filled: Desk, version: str) -> None:
    filled.execute(f"update {VERSION_TABLE} set version_num = '{version}'")
    with pytest.raises(SchemaMismatch):
        upgrade(filled.db)


def write_dumps() -> None:  # pragma: no cover - a person runs it
    """Dump the present schema, filled, for both engines."""
    import os
    import subprocess
    import tempfile

    from conftest import FILLED
    from postgres_server import PASSWORD, programs_folder, running

    def fill(db: str) -> None:
        desk = Desk(db, Path())
        for name, (head, *briefs) in FILLED.items():
            desk.write(name, head, *briefs)
        desk.ingest()

    target = SCHEMAS / f"{SCHEMA_VERSION:04}"
    with tempfile.TemporaryDirectory() as folder:
        fill(f"{folder}/a.sqlite3")
        dump = subprocess.run(
            ["sqlite3", f"{folder}/a.sqlite3", ".dump"], capture_output=True, text=True, check=True
        )
        target.with_suffix(".sqlite.sql").write_text(dump.stdout)
    with running() as server:
        name = server.create()
        fill(server.url(name))
        command = [str(programs_folder() / "pg_dump"), "--inserts", "--no-owner", "--no-comments"]
        where = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", name]
        dump = subprocess.run(
            [*command, *where],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        )
        kept = [
            line
            for line in dump.stdout.splitlines()
            if line and not line.startswith(("--", "SET ", "SELECT pg_catalog.set_config", "\\"))
        ]
        target.with_suffix(".postgresql.sql").write_text("\n".join(kept) + "\n")


if __name__ == "__main__":
    write_dumps()

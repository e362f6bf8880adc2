"""Opening, refusing, and keeping: the file, its mode, its schema version, and the tables' rows."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from conftest import Desk, Places
from sqlalchemy import create_engine, inspect

from tracker.errors import BadValue, NoDatabase, SchemaMismatch, StoreError
from tracker.settings import forced_read_only
from tracker.store import SCHEMA_VERSION, open_store
from tracker.store.schema import VERSION_TABLE


def test_new_file_is_private_and_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "a b?#%.sqlite3"
    with open_store(str(path)) as store, store.reading() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
        files = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert (mode, keys) == ("wal", 1)
    assert path.name in files
    assert set(files.values()) == {0o600}


def test_url_and_path_are_the_same_database(file_desk: Desk) -> None:
    with open_store(f"sqlite:///{file_desk.db}", read_only=True) as store, store.reading() as c:
        assert c.exec_driver_sql("select count(*) from round").scalar() == 4


def test_reading_creates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    with pytest.raises(NoDatabase, match=r"no database yet at .*none\.sqlite3: run tracker ingest"):
        open_store(str(path), read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_empty_file_is_no_database_yet(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite3"
    path.touch()
    with pytest.raises(NoDatabase):
        open_store(str(path), read_only=True)
    open_store(str(path)).close()
    open_store(str(path), read_only=True).close()


def test_reading_cannot_write(filled: Desk) -> None:
    with (
        filled.open(read_only=True) as store,
        pytest.raises(StoreError, match="read-only"),
        store.reading() as connection,
    ):
        connection.exec_driver_sql("delete from mention")


def test_read_only_mode(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was opened to be written is read-only too, when a person says so."""
    monkeypatch.setenv("TRACKER_READ_ONLY", "1")
    with filled.open() as store:
        assert not store.knows("something")
        with (
            pytest.raises(StoreError, match=r"cannot be written: it is read-only"),
            store.changing() as connection,
        ):
            connection.exec_driver_sql("delete from mention")
    monkeypatch.setenv("TRACKER_READ_ONLY", "0")
    with forced_read_only(), pytest.raises(StoreError, match="read-only"):
        filled.ingest(filled.write("c.txt", "레터 | 3 | 2026-01-09", "수박 | 시드 | 3억원 | 갑"))
    filled.ingest("c.txt")
    assert filled.rows("select count(*) from issue") == [(3,)]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("version", "advice"), [(SCHEMA_VERSION + 1, "upgrade the tracker"), (0, "tracker db upgrade")]
)
def test_other_schema_is_refused(filled: Desk, read_only: bool, version: int, advice: str) -> None:
    filled.execute(f"update {VERSION_TABLE} set version_num = '{version:04}'")
    with pytest.raises(SchemaMismatch, match=advice):
        filled.open(read_only=read_only)


def test_another_programs_database_is_refused(places: Places) -> None:
    desk = Desk(places.empty(), Path())
    desk.execute("create table bookmarks (url text)")
    with pytest.raises(StoreError, match="another program's"):
        desk.open()
    engine = create_engine(desk.db if "://" in desk.db else f"sqlite:///{desk.db}")
    assert inspect(engine).get_table_names() == ["bookmarks"]
    engine.dispose()


@pytest.mark.parametrize("read_only", [True, False])
def test_junk_and_directories(tmp_path: Path, read_only: bool) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"PK\x03\x04" * 500)
    with pytest.raises(StoreError, match=r"junk.db: is not a database$"):
        open_store(str(junk), read_only=read_only)
    with pytest.raises(StoreError, match="is a directory"):
        open_store(str(tmp_path), read_only=read_only)


def test_missing_folder(tmp_path: Path) -> None:
    path = tmp_path / "no" / "such" / "rounds.db"
    with pytest.raises(StoreError, match=r"cannot be created: No such file or directory"):
        open_store(str(path))
    open_store(str(path), make_folder=True).close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense://user:geheim@host/db", "no such kind of database: nonsense"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("mysql://user:geheim@host/db", "no such kind of database: mysql"),
        ("postgresql+psycopg://user:geheim@host:port/db", "not a database URL"),
        ("postgresql+psycopg://user:ge:he:im@host:geheim/db", "not a database URL"),
        ("postgresql://user:geheim@host", "names no database"),
        ("postgresql+psycopg://user:geheim@127.0.0.1:1/db", "no server answers there"),
        ("postgresql://127.0.0.1:1/db?user=u&password=geheim", "no server answers there"),
    ],
)
def test_bad_urls_never_show_the_password(url: str, reason: str) -> None:
    with pytest.raises((BadValue, StoreError), match=reason) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)


def test_locked_database(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.sqlite.BUSY_SECONDS", 0.01)
    monkeypatch.setattr("tracker.store.engine.PATIENCE", 0.01)
    name = file_desk.write("c.txt", "레터 | 3 | 2026-01-09", "수박 | 시드 | 3억원 | 갑")
    other = sqlite3.connect(file_desk.db, isolation_level=None)
    other.execute("begin immediate")
    try:
        with file_desk.open() as writer:
            assert not writer.knows("something"), "asking waits for nobody"
        with pytest.raises(StoreError, match="in use by another program"):
            file_desk.ingest(name)
        assert file_desk.rows("select count(*) from round") == [(4,)], "readers wait for nobody"
    finally:
        other.close()
    file_desk.ingest(name)
    assert file_desk.rows("select count(*) from round") == [(5,)]


def test_full_disk(file_desk: Desk) -> None:
    """A limit on the size of files is what a full disk looks like to SQLite."""
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from tracker.store import open_store; from tracker.records import Issue;"
        "from tracker.errors import StoreError; from tracker.store.writer import Judge;"
        "judge = Judge(lambda reports: [], lambda one, other: None, lambda rounds: []);"
        "s = open_store(sys.argv[1]);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096 * 3,) * 2)\n"
        "try:\n"
        "    s.write(lambda w: (w.expect(map(str, range(200)), (), ()), "
        "[w.add_issue(Issue('x' * 50 + str(i), 's'), str(i), {'name': 'p', 'version': '1'})"
        " for i in range(200)], w.write(judge)))\n"
        "except StoreError as e: print(e)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, file_desk.db], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert "full" in done.stdout
    assert done.stdout.count("\n") == 1
    assert file_desk.rows("select count(*) from issue") == [(2,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become another user")
def test_read_only_folder(file_desk: Desk) -> None:
    file_desk.path.chmod(0o644)
    for folder in file_desk.path.parents:
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)
    # Opened once before, so that everything is imported while it may be read.
    code = (
        "import glob, os, sys; from tracker.store import open_store;"
        "open_store(sys.argv[1], read_only=True).close();"
        "[os.unlink(name) for name in glob.glob(sys.argv[1] + '-*')];"
        "os.setuid(65534);"
        "s = open_store(sys.argv[1], read_only=True);"
        "c = s.reading(); print(c.__enter__().exec_driver_sql('select count(*) from round').scalar())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, file_desk.db], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("4\n", "")


def test_every_span_leads_back_to_the_letter(filled: Desk) -> None:
    """Mention → brief → issue: the characters are the same all the way."""
    rows = filled.rows(
        'select m.field, substr(b.text, m.start + 1, m."end" - m.start), m.start, m."end",'
        ' b.start, b."end", b.text, i.text_z, r.company_name'
        " from mention m join report r on r.id = m.report_id"
        " join brief b on b.id = r.brief_id join issue i on i.id = b.issue_id"
    )
    assert len(rows) > 12
    for field, said, start, end, brief_start, brief_end, brief, text_z, company in rows:
        letter = zlib.decompress(text_z).decode()
        assert letter[brief_start:brief_end] == brief
        assert letter[brief_start + start : brief_start + end] == said
        if field == "company":
            assert said == company


def test_amounts_are_exact(desk: Desk) -> None:
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 9007199254740993원 | 갑")
    desk.ingest()
    assert desk.rows("select amount from round") == [(9007199254740993,)]

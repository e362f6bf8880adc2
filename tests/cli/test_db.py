"""`tracker db …` and read-only mode, from outside."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk, Places
from postgres_server import PASSWORD, Server

from tracker.cli import main
from tracker.errors import StoreError
from tracker.store import SCHEMA_VERSION, open_store

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("TRACKER_DB", raising=False)

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return (code, *capsys.readouterr())

    return call


COMMANDS = ["upgrade", "current", "history", "check", "backup", "restore", "copy"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_two_examples(run: Run, command: str) -> None:
    code, out, err = run("db", command, "--help")
    shown = out.split("Examples:")[1].split("\n\n")[0]
    examples = re.findall(rf"^ +tracker db {command}\b.*$", shown, re.MULTILINE)
    assert (code, err, len(examples)) == (0, "", 2)


def test_upgrade_current_history_check(run: Run, places: Places) -> None:
    db = places.empty()
    assert run("db", "current", "--db", db)[0] == 1
    code, out, err = run("db", "upgrade", "--db", db)
    assert (code, out) == (0, "")
    assert err.endswith(f"schema {SCHEMA_VERSION} created\n")
    assert "already" in run("db", "upgrade", "--db", db)[2]
    assert run("db", "current", "--db", db)[1] == f"{SCHEMA_VERSION}\n"
    assert f"* {SCHEMA_VERSION:04}" in run("db", "history", "--db", db)[1]
    assert run("db", "check", "--db", db)[:2] == (0, "")
    Desk(db, Path()).execute("drop index ix_round_newest")
    assert run("db", "check", "--db", db) == (1, "", "tracker: missing: ix_round_newest\n")


def test_backup_restore_copy(run: Run, filled: Desk, places: Places) -> None:
    file = filled.folder / "backup.sqlite3"
    assert run("db", "backup", file, "--db", filled.db)[0] == 0
    assert run("db", "backup", file, "--db", filled.db)[0] == 1
    restored, copied = places.empty(), places.empty()
    code, out, err = run("db", "restore", file, "--db", restored)
    assert (code, re.search(r"^round +4$", out, re.MULTILINE) is not None) == (0, True)
    assert "rows copied and verified" in err
    assert run("db", "copy", restored, copied)[0] == 0
    lists = {run("list", "--format", "json", "--db", db)[1] for db in (filled.db, restored, copied)}
    assert len(lists) == 1


def test_read_only_option(run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.ingest.default_steps", filled.steps)
    filled.write("c.txt", "레터 | 3 | 2026-01-09", "수박 | 시드 | 3억원 | 갑")
    code, out, err = run("--read-only", "ingest", "c.txt", "--db", filled.db)
    assert (code, out) == (1, "")
    assert err == f"tracker: {filled.shown}: cannot be written: it is read-only\n"
    assert run("--read-only", "list", "--db", filled.db)[0] == 0
    assert run("ingest", "c.txt", "--db", filled.db)[0] == 0


def test_a_role_that_may_only_read(run: Run, server: Server, server_desk: Desk) -> None:
    """As the README sets it up for analysts."""
    name = server_desk.db.rpartition("/")[2]
    for sql in (
        f"CREATE ROLE analyst LOGIN PASSWORD '{PASSWORD}'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO analyst",
        "ALTER DEFAULT PRIVILEGES FOR ROLE tracker IN SCHEMA public"
        " GRANT SELECT ON TABLES TO analyst",
    ):
        server.admin(sql, name)
    db = server.url(name, user="analyst")
    code, out, err = run("list", "--format", "jsonl", "--db", db)
    assert (code, out.count("\n"), err) == (0, 4, "")
    with (
        open_store(db) as store,
        pytest.raises(StoreError, match="you may not do this there"),
        store.changing() as connection,
    ):
        connection.exec_driver_sql("delete from mention")
    server.admin("DROP OWNED BY analyst", name)
    server.admin("DROP ROLE analyst")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("tracker:", "nobody:"), "the server does not accept this user and password"),
        (("/t", "/none"), "does not exist"),
    ],
)
def test_passwords_are_never_shown(
    run: Run,
    server_desk: Desk,
    caplog: pytest.LogCaptureFixture,
    change: tuple[str, str],
    said: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    good = run("info", "--db", server_desk.db)
    listed = run("list", "--db", server_desk.db)
    wrong = server_desk.db.replace(*change, 1) if change[0] != "/t" else server_desk.db + "none"
    bad = run("list", "--db", wrong)
    assert bad[0] == 1
    assert said in bad[2]
    shown = [*good[1:], *listed[1:], *bad[1:], caplog.text]
    try:
        open_store(wrong)
    except StoreError:
        shown.append(traceback.format_exc())
    for text in shown:
        assert PASSWORD not in text
        assert "geheim" not in text
    assert "***" in good[1]


def test_alembic_is_for_schemas_only(filled: Desk) -> None:
    code = (
        "import sys; from tracker.cli import main; code = main(sys.argv[1:]);"
        "print(code, sorted({'alembic', 'spacy', 'pandas', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "list", "-f", "jsonl", "--db", filled.db],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = ["psycopg"] if "://" in filled.db else []
    assert done.stdout.splitlines()[-1] == f"0 {expected}"

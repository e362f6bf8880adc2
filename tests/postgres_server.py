"""A PostgreSQL cluster of the tests' own: free port, temporary folder, gone afterwards.

The server refuses to run as root, so root lends it to the user ``postgres``. Without the
binaries the tests that need it are skipped; with TRACKER_CI set they fail.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    import psycopg

USER, PASSWORD = "tracker", "geheim&%"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "Asia/Seoul",
}
DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "autovacuum": "on",
}
"""What a server has that is meant to keep its data."""


def programs_folder() -> Path | None:
    """Where the server's programs are, the newest version first."""
    places = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _missing(what: str) -> None:
    reason = f"PostgreSQL is not here: {what}"
    if os.environ.get("TRACKER_CI"):
        pytest.fail(reason)
    pytest.skip(reason)


class Server:
    """A running cluster; databases are made from templates, which is quick."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = itertools.count()
        self._connections: dict[str, psycopg.Connection] = {}

    def url(self, database: str, user: str = USER, password: str = PASSWORD) -> str:
        return f"postgresql+psycopg://{user}:{quote(password)}@127.0.0.1:{self.port}/{database}"

    def admin(self, sql: str, database: str = "postgres") -> psycopg.Cursor:
        """Run one statement as the superuser."""
        import psycopg

        # Kept open: to be let in takes longer than most of what is asked.
        connection = self._connections.get(database)
        if connection is None or connection.closed:
            connection = self._connections[database] = psycopg.connect(
                host="127.0.0.1",
                port=self.port,
                user="postgres",
                password=PASSWORD,
                dbname=database,
                autocommit=True,
            )
        return connection.execute(sql)

    def close(self) -> None:
        """Leave."""
        for connection in self._connections.values():
            connection.close()

    def create(self, template: str = "template1") -> str:
        """A new database of the user's. Returns its name."""
        name = f"t{next(self._numbers)}"
        how = "STRATEGY FILE_COPY"  # without fsync quicker than through the log
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {USER} {how}')
        return name

    def drop(self, name: str) -> None:
        self.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def written(self) -> str:
        """How far the log has come: unless it moves, no database of the cluster has changed."""
        row = self.admin("SELECT pg_current_wal_insert_lsn()").fetchone()
        assert row
        return str(row[0])

    def leave(self, name: str) -> None:
        """End what is still connected to a database."""
        if own := self._connections.pop(name, None):
            own.close()
        self.admin(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        )


@contextmanager
def running(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start a cluster, and stop it at the end."""
    pytest.importorskip("psycopg") if not os.environ.get("TRACKER_CI") else __import__("psycopg")
    programs = programs_folder()
    if programs is None:
        _missing("no initdb and pg_ctl; apt-get install postgresql")
    assert programs is not None
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    try:
        if as_user:
            shutil.chown(folder, "postgres")
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        cluster = folder / "cluster"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        chosen = {**SETTINGS, **(settings or {}), "port": str(port)}
        options = " ".join(f"-c {k}='{v}'" for k, v in chosen.items())
        _run(
            [
                *as_user,
                *(str(programs / "initdb"), "-D", str(cluster), "-U", "postgres"),
                *("--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ]
        )
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(cluster)]
        _run([*control, "start", "-w", "-o", options, "-l", str(folder / "log")])
        try:
            server = Server(port)
            server.admin(f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{PASSWORD}'")
            try:
                yield server
            finally:
                server.close()
        finally:
            _run([*control, "stop", "-m", "immediate"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False
    )
    if done.returncode:
        pytest.fail(f"{command}: {done.stderr}")

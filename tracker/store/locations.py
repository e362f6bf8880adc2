"""Where a database is: a path or a URL → an engine, and a name that may be shown.

SQLite needs a file, PostgreSQL a server. No password ever gets into a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from tracker.errors import BadValue, NoDatabase, StoreError

_URL = re.compile(r"[a-zA-Z][\w+.\-]*://")
_SECRET = re.compile(r"pass(?!file)|secret|token", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """A database's place: a SQLite file or a server."""

    shown: str
    """For messages, without any password."""
    path: Path | None = None
    url: URL | None = None


def locate(db: str) -> Location:
    """Read a path or a URL. Raises `BadValue` for what is neither."""
    if not _URL.match(db):
        path = Path(db).expanduser()
        return Location(str(path), path)
    try:
        url = make_url(db)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        # Never echo the URL itself, nor chain what may quote it: it may hold a password.
        raise BadValue(
            "--db: not a database URL (dialect+driver://user:password@host/name)"
        ) from None
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadValue(f"--db {db}: a database in memory is gone at once; give a file")
        return Location(url.database, Path(url.database))
    if backend in ("postgresql", "postgres"):
        if not url.database:
            raise BadValue("--db: the URL names no database (postgresql+psycopg://host/name)")
        return Location(_shown(url), url=url)
    raise BadValue(
        f"--db: no such kind of database: {backend}; give a file, or postgresql+psycopg://…"
    )


def _shown(url: URL) -> str:
    query = {k: "***" if _SECRET.search(k) else v for k, v in url.query.items()}
    return url.set(query=query).render_as_string(hide_password=True)


def without_password(at: Location) -> tuple[str, bool]:
    """The place as other programs may be told, absolute; and whether a password was left out."""
    if at.path is not None:
        return str(at.path.absolute()), False
    assert at.url is not None
    query = {name: value for name, value in at.url.query.items() if not _SECRET.search(name)}
    bare = at.url._replace(password=None).set(query=query)
    return bare.render_as_string(hide_password=False), bare != at.url


def make_engine(at: Location, *, read_only: bool, make_folder: bool = False) -> Engine:
    """An engine; a missing file is made unless `read_only`. Raises `StoreError`."""
    if at.path is not None:
        return _file_engine(at.path, at.shown, read_only, make_folder)
    assert at.url is not None
    try:
        from tracker.store.postgresql import postgresql_engine

        return postgresql_engine(at.url, at.shown, read_only=read_only)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{at.shown}: needs the Python package {error.name}: "
            'pip install "startup-funding-tracker[postgres]"'
        ) from None


def _file_engine(path: Path, shown: str, read_only: bool, make_folder: bool) -> Engine:
    from tracker.store.sqlite import make_file, sqlite_engine

    if read_only:
        if path.is_dir():
            raise StoreError(f"{shown}: is a directory, not a database")
        if not path.exists():
            raise NoDatabase(shown)
        return sqlite_engine(path, read_only=True)
    if make_folder:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be created: {error.strerror}") from error
    make_file(path)
    return sqlite_engine(path, read_only=False)

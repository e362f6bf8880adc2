"""Where things are: flags > TRACKER_* environment > defaults.

In: what the command line gave (None where it gave nothing). Out: a frozen `Settings`.

    TRACKER_DB         the database: a path, or a SQLAlchemy URL
    TRACKER_LANG       en or ko: the language of messages and headings (see tracker.language)
    TRACKER_RATES      a table of exchange rates newer than the installed one
    TRACKER_READ_ONLY  anything but empty or 0: open no database for writing
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "startup-funding-tracker"
DB_NAME = "tracker.sqlite3"
_forced: ContextVar[bool] = ContextVar("tracker_read_only", default=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settled configuration of one run."""

    db: str
    """A SQLAlchemy URL or a plain path."""
    db_is_default: bool = False
    """Nobody named a place, so its folder may be made."""


def default_db() -> Path:
    """The database in the user's data directory; neither need exist."""
    import platformdirs

    return platformdirs.user_data_path(APP_NAME) / DB_NAME


def load_settings(db: str | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settle flags, environment and defaults; an empty value counts as not given."""
    env = os.environ if environ is None else environ
    named = db or env.get("TRACKER_DB")
    return Settings(named) if named else Settings(str(default_db()), db_is_default=True)


def rates_file(file: Path | None = None, environ: Mapping[str, str] | None = None) -> Path | None:
    """The table of exchange rates that was named, by flag or environment."""
    env = os.environ if environ is None else environ
    named = file or env.get("TRACKER_RATES")
    return Path(named).expanduser() if named else None


def reads_only(environ: Mapping[str, str] | None = None) -> bool:
    """Whether no database may be written (``--read-only``, or the environment says so)."""
    env = os.environ if environ is None else environ
    return _forced.get() or env.get("TRACKER_READ_ONLY", "") not in ("", "0")


@contextmanager
def forced_read_only() -> Iterator[None]:
    """Let no database be opened for writing within."""
    token = _forced.set(True)
    try:
        yield
    finally:
        _forced.reset(token)

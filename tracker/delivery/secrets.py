"""Secrets by name: from the environment, a file, or the system's keyring; never in an error."""

from __future__ import annotations

import os
from pathlib import Path

from tracker.errors import BadValue, TrackerError

MAX_CHARS = 4096


def read_secret(option: str, given: str) -> str:
    """What ``env:NAME``, ``file:PATH`` or ``keyring:SERVICE/USER`` holds.

    Raises `BadValue` for anything else: what stands on a command line is seen by every process.
    """
    how, colon, where = given.partition(":")
    if not colon or not where or how not in ("env", "file", "keyring"):
        raise BadValue(f"{option}: name a place, as env:NAME, file:PATH or keyring:SERVICE/USER")
    if how == "env":
        found = os.environ.get(where)
        if not found:
            raise TrackerError(f"{option}: {where} is not set in the environment")
    elif how == "file":
        try:
            with Path(where).expanduser().open(encoding="utf-8") as file:
                found = file.read(MAX_CHARS).strip()
        except (OSError, UnicodeDecodeError) as error:
            raise TrackerError(f"{option}: {where} cannot be read") from error
    else:
        found = _from_keyring(option, where)
    if not found:
        raise TrackerError(f"{option}: {where} is empty")
    return found


def _from_keyring(option: str, where: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise TrackerError(f"{option}: a keyring needs pip install keyring") from None
    service, _, user = where.rpartition("/")
    try:
        return keyring.get_password(service, user) or ""
    except KeyringError as error:
        raise TrackerError(f"{option}: the keyring cannot be read: {error}") from error

"""Where a mailbox's password is: a file, an environment variable, the keyring. Never an argument.

In: the options and whose password it is. Out: the password, which is neither stored nor shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from tracker.errors import FetchFailed
from tracker.fetch.options import FetchOptions

SERVICE = "startup-funding-tracker"
"""The keyring's entry: service SERVICE, user name as in the address, "reader@mail.example"."""
DEFAULT_VARIABLE = "TRACKER_IMAP_PASSWORD"
_MAX_CHARS = 4096


def find_password(
    source: str, account: str, options: FetchOptions, environ: Mapping[str, str] | None = None
) -> str:
    """The password of `account` ("user@server"). Raises `FetchFailed` where there is none.

    A file or variable that the options name is the only place looked at; else the variable
    TRACKER_IMAP_PASSWORD, then the keyring.
    """
    env = os.environ if environ is None else environ
    if options.password_file:
        return _from_file(source, options.password_file)
    name = options.password_env or DEFAULT_VARIABLE
    if env.get(name):
        return env[name]
    if options.password_env:
        raise FetchFailed(source, f"no password in the environment variable {name}")
    found = _from_keyring(account)
    if not found:
        raise FetchFailed(
            source,
            f"no password: set {DEFAULT_VARIABLE}, name a file, "
            f"or run keyring set {SERVICE} {account}",
        )
    return found


def _from_file(source: str, path: str) -> str:
    try:
        with open(os.path.expanduser(path), encoding="utf-8") as stream:
            line = stream.readline(_MAX_CHARS).rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise FetchFailed(source, f"no password from the file {path} ({reason.lower()})") from error
    if not line:
        raise FetchFailed(source, f"the password file {path} is empty")
    return line


def _from_keyring(account: str) -> str | None:
    """The keyring's word; None where it has none, is closed, or is not installed."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, account)
    except (KeyringError, OSError, RuntimeError):
        return None

"""What a person says of a new source, checked: words in, the values of its row out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tracker.errors import BadValue
from tracker.export.safety import plain_line
from tracker.fetch import is_address, load_options, open_fetcher
from tracker.parsing.dates import parse_since
from tracker.parsing.durations import parse_duration

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Password:
    """Where the password is; at most one of them."""

    env: str | None = None
    file: str | None = None
    keyring: bool = False


def new_source(
    name: str,
    url: str,
    *,
    kind: str | None = None,
    newsletter: str | None = None,
    every: str = "1d",
    password: Password | None = None,
    since: str | None = None,
    today: date | None = None,
    **options: Any,
) -> dict[str, Any]:
    """The values for `add_source`. Raises `BadValue`, which never shows what may be a secret."""
    password = password or Password()
    address = _address(url)
    if since is not None:
        options["since"] = parse_since(since, today or date.today())
    given = {option: value for option, value in options.items() if value}
    fetcher = open_fetcher(address, kind=kind, options=load_options(**given))
    where = _where(password)
    if where and fetcher.kind != "imap":
        raise BadValue("only a mailbox (imaps://user@host/Folder) has a password")
    if "since" in given:
        given["since"] = given["since"].isoformat()
    return {
        "name": _name(name),
        "url": address,
        "kind": kind or (fetcher.kind if fetcher.kind not in ("feed", "page") else None),
        "newsletter": plain_line(newsletter) if newsletter else None,
        "every": _every(every),
        "password": where or ("keyring" if fetcher.kind == "imap" else None),
        "options": given,
    }


def _name(name: str) -> str:
    bare = plain_line(name)
    if not bare or bare != name or len(bare) > _LONGEST_NAME or bare.startswith("-"):
        raise BadValue(f"{bare!r}: not a name for a source (one line, at most {_LONGEST_NAME})")
    return bare


def _address(url: str) -> str:
    if is_address(url):
        return url.strip()
    scheme, apart, _ = url.partition("://")
    if apart:
        # Never the address itself: what is no address that we know may hold anything.
        raise BadValue(f"{plain_line(scheme)}://: no such kind of source (imaps, https, a path)")
    path = Path(url).expanduser().absolute()
    if not path.exists():
        raise BadValue(f"{plain_line(url)}: no such file or folder, and not an address")
    return str(path)


def _every(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except BadValue as error:
        raise BadValue(f"--every: {error}") from None


def _where(password: Password) -> str | None:
    given = [password.env is not None, password.file is not None, password.keyring]
    if sum(given) > 1:
        raise BadValue("give one of --password-env, --password-file and --keyring")
    if password.env is not None:
        if not _VARIABLE.fullmatch(password.env):
            raise BadValue("--password-env: wants the name of an environment variable")
        return f"env:{password.env}"
    if password.file is not None:
        return f"file:{Path(password.file).expanduser().absolute()}"
    return "keyring" if password.keyring else None

"""A source's address in, the fetcher that knows its ways out."""

from __future__ import annotations

import os
from urllib.parse import SplitResult, unquote, urlsplit

from tracker.errors import BadValue
from tracker.fetch.fetched import KINDS, Fetcher, Kind
from tracker.fetch.options import FetchOptions

_SCHEMES: dict[str, tuple[Kind, ...]] = {
    "imap": ("imap",),
    "imaps": ("imap",),
    "http": ("page", "feed"),
    "https": ("page", "feed"),
    "file": ("file", "folder"),
}


def is_address(typed: str) -> bool:
    """Whether it is a URL that `open_fetcher` takes, rather than a path."""
    scheme, colon, _ = typed.strip().partition("://")
    return bool(colon) and scheme.lower() in _SCHEMES


def open_fetcher(url: str, *, kind: str | None = None, options: FetchOptions) -> Fetcher:
    """The fetcher of a URL or path; nothing is opened or asked yet.

    Where `kind` is not given a web address is a feed or a page by what it sends.
    Raises `BadValue` for an address that cannot be one, or that holds a password.
    """
    if kind is not None and kind not in KINDS:
        raise BadValue(f"not a kind of source: {kind!r} (use {', '.join(KINDS)})")
    if not is_address(url):
        return _local(url, kind)
    parts = _parsed(url)
    fitting = _SCHEMES[parts.scheme]
    if kind is not None and kind not in fitting:
        raise BadValue(f"{url}: a {parts.scheme} address is no source of kind {kind}")
    if parts.scheme == "file":
        return _local(unquote(parts.path), kind)
    if not parts.hostname:
        raise BadValue(f"{url}: no server in it")
    if "imap" in fitting:
        from tracker.fetch.mailbox import MailboxFetcher

        return MailboxFetcher(parts, options)
    from tracker.fetch.web import WebFetcher

    return WebFetcher(url, kind, options)


def _parsed(url: str) -> SplitResult:
    """The address taken apart. One with a password is refused, and not shown."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise BadValue("the address of a source cannot be understood") from error
    # A user name alone is as often a token; only a mailbox needs one.
    if parts.password is not None or (parts.username and not parts.scheme.startswith("imap")):
        raise BadValue(
            f"the address of {parts.hostname} holds a password: addresses are stored and shown, "
            "so it is refused; give the password by keyring, environment variable or file"
        )
    return parts


def _local(path: str, kind: str | None) -> Fetcher:
    if "://" in path and not os.path.lexists(path):
        known = ", ".join(f"{scheme}://" for scheme in _SCHEMES)
        raise BadValue(f"{path.partition('://')[0][:20]}:// is not fetched; known are {known}")
    if kind not in (None, "file", "folder"):
        raise BadValue(f"{path}: not an address, so no source of kind {kind}")
    from tracker.fetch.folder import FolderFetcher

    return FolderFetcher(path, "folder" if kind == "folder" or os.path.isdir(path) else "file")

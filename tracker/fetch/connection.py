"""A mailbox's address and password in, an IMAP session in its folder out.

Built on IMAPClient: it hands out a letter's bytes untouched, knows UIDVALIDITY and the coding of
folder names, and leaves connections to its caller, which is what reconnecting needs.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, unquote

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from tracker.errors import BadValue, FetchFailed
from tracker.fetch.certificates import tls_failure
from tracker.fetch.options import FetchOptions

# At its chattiest it would log the lines of a login.
logging.getLogger("imapclient").setLevel(logging.WARNING)

_MAX_SHOWN_FOLDERS = 8


class ConnectionLost(Exception):
    """The server went away; what was asked may be asked again."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An IMAP folder's address, without a password."""

    host: str
    port: int
    encrypted: bool
    """TLS from the first byte (imaps); else STARTTLS."""
    user: str
    folder: str

    @property
    def account(self) -> str:
        """Whose mailbox it is."""
        return f"{self.user}@{self.host}"

    def __str__(self) -> str:
        usual = 993 if self.encrypted else 143
        port = "" if self.port == usual else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        folder = self.folder.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
        scheme = "imaps" if self.encrypted else "imap"
        return f"{scheme}://{quote(self.user)}@{host}{port}/{folder}"


def read_address(parts: SplitResult) -> Mailbox:
    """The mailbox that a URL means; its folder is INBOX where none is given."""
    encrypted = parts.scheme == "imaps"
    if not parts.username:
        raise BadValue(f"{parts.scheme}://{parts.netloc}: whose mailbox? ({parts.scheme}://USER@…)")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    host, user = parts.hostname or "", unquote(parts.username)
    if any(not char.isprintable() for char in host + user + folder):
        raise BadValue("the address of a mailbox holds control characters")
    return Mailbox(host, parts.port or (993 if encrypted else 143), encrypted, user, folder)


@contextmanager
def session(
    mailbox: Mailbox, password: str, context: ssl.SSLContext, options: FetchOptions
) -> Iterator[tuple[IMAPClient, int, int]]:
    """An open folder, with its UIDVALIDITY and the number of its letters; read-only unless
    letters are to be marked.

    Raises `FetchFailed` for what another try would not mend, `ConnectionLost` for what it may.
    """
    client = None
    try:
        with _failures(mailbox):
            client = _connected(mailbox, context, options)
            _log_in(client, mailbox, password)
            facts = _select(client, mailbox, readonly=not options.mark_seen)
        yield client, int(facts.get(b"UIDVALIDITY", 0)), int(facts.get(b"EXISTS", 0))
    finally:
        if client is not None:
            with suppress(Exception):
                client.logout()
            with suppress(Exception):
                client.shutdown()


@contextmanager
def within(client: IMAPClient, seconds: float, mailbox: Mailbox) -> Iterator[None]:
    """Let what happens inside take no longer than this, however steadily the server drips."""

    def cut() -> None:
        with suppress(OSError):
            client.socket().shutdown(2)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        with _failures(mailbox):
            yield
    finally:
        timer.cancel()


@contextmanager
def _failures(mailbox: Mailbox) -> Iterator[None]:
    """Give what goes wrong on a connection its name."""
    try:
        yield
    except IMAPClientAbortError as error:
        raise ConnectionLost(_said(error)) from error
    except ssl.SSLError as error:
        if isinstance(error, ssl.SSLCertVerificationError):
            raise FetchFailed(str(mailbox), tls_failure(error) or "no TLS") from error
        raise ConnectionLost(tls_failure(error) or "no TLS") from error
    except TimeoutError as error:
        raise ConnectionLost("no answer in time") from error
    except OSError as error:
        raise ConnectionLost((error.strerror or str(error)).lower()) from error
    except IMAPClientError as error:
        raise FetchFailed(str(mailbox), f"the server says: {_said(error)}") from error


def _connected(mailbox: Mailbox, context: ssl.SSLContext, options: FetchOptions) -> IMAPClient:
    client = IMAPClient(
        mailbox.host.encode("idna").decode() if not mailbox.host.isascii() else mailbox.host,
        mailbox.port,
        ssl=mailbox.encrypted,
        ssl_context=context,
        timeout=options.timeout,
    )
    if mailbox.encrypted:
        return client
    try:
        if client.has_capability("STARTTLS"):
            client.starttls(context)
        elif not options.allow_plain:
            raise FetchFailed(
                str(mailbox),
                "the server offers no TLS; unencrypted mail is read only where it is allowed",
            )
    except BaseException:
        with suppress(Exception):
            client.shutdown()
        raise
    return client


def _log_in(client: IMAPClient, mailbox: Mailbox, password: str) -> None:
    try:
        # AUTHENTICATE carries any character, LOGIN only ASCII.
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(mailbox.user, password)
        else:
            client.login(mailbox.user, password)
    except IMAPClientAbortError:
        raise
    except (LoginError, UnicodeError) as error:
        if "abort" in type(error.__context__).__name__.lower():
            raise ConnectionLost("the connection was closed at the login") from error
        raise FetchFailed(str(mailbox), "the login was refused: wrong user or password") from error


def _select(client: IMAPClient, mailbox: Mailbox, *, readonly: bool) -> dict[bytes, Any]:
    try:
        facts: dict[bytes, Any] = client.select_folder(mailbox.folder, readonly=readonly)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        names = sorted(str(name) for _, _, name in client.list_folders())
        shown = ", ".join(names[:_MAX_SHOWN_FOLDERS]) + (" …" * (len(names) > _MAX_SHOWN_FOLDERS))
        raise FetchFailed(str(mailbox), f"no such folder; there are: {shown}") from error
    return facts


def _said(error: BaseException) -> str:
    """A server's words, short and on one line."""
    text = str(error)
    if text.startswith("b'"):
        text = text[2:-1]
    return " ".join(text.split())[:120]

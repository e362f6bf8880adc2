"""A web address in, what its server sends out: within limits of time, size, tries and reach."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore
import httpx

from tracker.errors import FetchFailed
from tracker.fetch import unpacking
from tracker.fetch.addresses import ForbiddenAddress, is_private_literal
from tracker.fetch.certificates import tls_context, tls_failure
from tracker.fetch.network import CheckedNetwork, CheckedTransport
from tracker.fetch.options import FetchOptions

log = logging.getLogger("tracker.fetch")

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_MEANINGS = {
    401: "it wants a login (401)",
    402: "it wants a payment (402)",
    403: "the server refuses it (403)",
    404: "there is no such page (404)",
    429: "the server says it was asked too often (429)",
    451: "withheld for legal reasons (451)",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent: a body, or word that nothing has changed."""

    url: str
    """Where it was found in the end."""
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False
    moved_to: str | None = None
    """The address to ask from now on, where all redirects on the way were permanent."""


class _MayPass(Exception):
    """A failure worth another try, after `wait` seconds where the server named a time."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class WebClient:
    """Asks the web on behalf of one source, whose own server alone may be a private one."""

    def __init__(
        self, source: str, options: FetchOptions, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._options = options
        self._sleep = sleep
        given = urlsplit(source)
        self._own = (
            (_host(given.hostname or ""), _port(given.scheme, given.port))
            if is_private_literal(given.hostname or "")
            else None
        )
        self._network = CheckedNetwork(self._may_be_private)
        self._client = httpx.Client(
            transport=CheckedTransport(self._network, tls_context(options.ca_file)),
            timeout=options.timeout,
            follow_redirects=False,
            headers={
                "User-Agent": options.user_agent,
                "Accept-Encoding": unpacking.ACCEPTED,
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, "
                "application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
            },
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Reply:
        """Ask for `url`, unless it is still as `etag` and `last_modified` say.

        Raises `FetchFailed` with one reason after the last try.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for tried in range(self._options.retries + 1):
            try:
                return self._follow(url, headers)
            except _MayPass as failure:
                pause = self._options.backoff * 2**tried
                if failure.wait is not None and failure.wait > self._options.max_wait:
                    raise FetchFailed(
                        url, f"{failure.reason}; it asks to wait {failure.wait:.0f} s"
                    ) from failure
                if tried == self._options.retries:
                    raise FetchFailed(url, f"{failure.reason} ({_tries(tried + 1)})") from failure
                log.info("%s: %s; trying again", url, failure.reason)
                wait = pause if failure.wait is None else max(pause, failure.wait)
                self._sleep(min(wait, self._options.max_wait))
        raise AssertionError("unreachable")

    def _follow(self, url: str, headers: dict[str, str]) -> Reply:
        """One try: the answer at the end of all redirects."""
        self._network.ends = time.monotonic() + self._options.deadline
        address, moved_to, all_permanent = url, None, True
        for _ in range(self._options.max_redirects + 1):
            reply, redirect, permanent = self._ask(url, address, headers)
            if reply is not None:
                return _with_move(reply, moved_to)
            assert redirect is not None
            if not redirect.startswith(("http://", "https://")):
                raise FetchFailed(url, f"it redirects to {redirect[:200]}, not on the web")
            if address.startswith("https:") and not redirect.startswith("https:"):
                raise FetchFailed(url, f"it redirects to {redirect}, which is not encrypted")
            all_permanent = all_permanent and permanent
            address = redirect
            moved_to = redirect if all_permanent else moved_to
        raise FetchFailed(url, f"more than {self._options.max_redirects} redirects")

    def _ask(
        self, url: str, address: str, headers: dict[str, str]
    ) -> tuple[Reply | None, str | None, bool]:
        """One request: a reply, or the address to ask instead and whether that is for good."""
        try:
            with self._client.stream("GET", address, headers=headers) as response:
                status = response.status_code
                if status in _REDIRECTS and response.next_request is not None:
                    following = _without_secrets(response.next_request.url)
                    return None, following, status in _PERMANENT
                if status == 304 and headers:
                    return Reply(address, unchanged=True), None, False
                self._check(url, response)
                return self._read(url, address, response), None, False
        except ForbiddenAddress as error:
            raise FetchFailed(
                url, f"{error}, which is asked only where the source itself is there"
            ) from error
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            if time.monotonic() >= self._network.ends:
                raise _MayPass(f"not done after {self._options.deadline:g} s") from error
            raise _MayPass(f"no answer for {self._options.timeout:g} s") from error
        except (httpcore.ProtocolError, httpx.ProtocolError) as error:
            raise _MayPass("the connection broke off, or this is no web server") from error
        except (httpcore.NetworkError, httpx.NetworkError, OSError) as error:
            refused = tls_failure(error)
            if refused:
                raise FetchFailed(url, refused) from error
            if getattr(error, "errno", None) in (socket.EAI_NONAME, socket.EAI_NODATA):
                raise FetchFailed(url, "its server's name is not known") from error
            raise _MayPass(_network_reason(error)) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise FetchFailed(url, f"no web address: {address[:200]}") from error

    def _check(self, url: str, response: httpx.Response) -> None:
        """Raise for every status but success."""
        status = response.status_code
        if status == 200:
            return
        reason = _MEANINGS.get(status, f"the server answers {status}")
        if status == 410:
            raise FetchFailed(url, "gone for good, the server says (410)", gone=True)
        if status in _PASSING:
            raise _MayPass(reason, _retry_after(response.headers.get("Retry-After")))
        raise FetchFailed(url, reason)

    def _read(self, url: str, address: str, response: httpx.Response) -> Reply:
        limit = self._options.max_bytes
        too_large = f"larger than {limit // 1_000_000} MB, too large for a letter"
        length = response.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length[:18]) > limit:
            raise FetchFailed(url, too_large)
        encoding = response.headers.get("Content-Encoding", "")
        try:
            body = unpacking.unpack(response.iter_raw(), encoding, limit)
        except unpacking.TooLarge as error:
            raise FetchFailed(url, too_large) from error
        except unpacking.Damaged as error:
            raise _MayPass(str(error)) from error
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Reply(
            address,
            body,
            kind,
            response.charset_encoding,
            response.headers.get("ETag"),
            response.headers.get("Last-Modified"),
        )

    def _may_be_private(self, host: str, port: int) -> bool:
        name = _host(host)
        return name in self._options.private_hosts or (name, port) == self._own


def _with_move(reply: Reply, moved_to: str | None) -> Reply:
    return replace(reply, moved_to=moved_to) if moved_to else reply


def _host(name: str) -> str:
    return name.lower().strip("[]").rstrip(".")


def _port(scheme: str, port: int | None) -> int:
    return port or (443 if scheme.lower() == "https" else 80)


def _without_secrets(url: httpx.URL) -> str:
    return str(url.copy_with(username=None, password=None, fragment=None))


def _tries(count: int) -> str:
    return f"tried {count} times" if count > 1 else "tried once"


def _network_reason(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    if "refused" in text.lower():
        return "its server does not answer there (connection refused)"
    return f"no connection ({text[:100]})"


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number or a date; None where the server names none."""
    if not value:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        then = parsedate_to_datetime(value[:60])
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        return max(0.0, (then - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

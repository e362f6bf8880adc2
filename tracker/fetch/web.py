"""A feed or page on the web as a source: its new entries, or the page where it has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urljoin

from tracker.errors import FetchFailed, UnreadableSource
from tracker.fetch.entries import entry_key, entry_link, entry_page, holds_only_a_teaser
from tracker.fetch.fetched import Fetched, FetchProblem, Kind
from tracker.fetch.http import Reply, WebClient
from tracker.fetch.options import FetchOptions
from tracker.sources import Feed, decode, media_of, read_feed, sniff_charset

_REMEMBERED = 20_000
"""Keys of entries that are kept though the feed no longer lists them."""
_NAMES = {
    "text/plain": "page.txt",
    "text/markdown": "page.md",
    "message/rfc822": "page.eml",
}
_ALTERNATE = re.compile(
    r"<link\b[^>]{0,500}application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.I
)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.I)


class WebFetcher:
    """Asks for a feed or page, and only for what has changed.

    State: ``etag`` and ``last_modified`` as the server gave them, ``moved_to`` where it has a new
    address for good, ``seen`` the keys of a feed's entries, ``digest`` of a page's bytes.
    """

    def __init__(self, url: str, kind: str | None, options: FetchOptions) -> None:
        self.source = url
        self.kind: Kind = "page" if kind == "page" else "feed"
        self._given = kind
        self._options = options
        self._state: dict[str, Any] = {}
        self._seen: dict[str, None] = {}

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        """Yield the entries that are new, or the page if it is."""
        self._state = dict(state)
        self._seen = dict.fromkeys(state.get("seen") or ())
        client = WebClient(self.source, self._options)
        try:
            reply = self._ask(client, state)
            if not reply.unchanged:
                yield from self._new(client, reply)
            # Only now: had the caller gone away before, the rest would be "unchanged" for ever.
            if not reply.unchanged:
                self._state["etag"] = reply.etag
                self._state["last_modified"] = reply.last_modified
        finally:
            client.close()

    def state(self) -> dict[str, Any]:
        """What to remember."""
        facts = {**self._state, "seen": list(self._seen)[-_REMEMBERED:]}
        return {name: value for name, value in facts.items() if value}

    def _ask(self, client: WebClient, state: Mapping[str, Any]) -> Reply:
        etag, modified = state.get("etag"), state.get("last_modified")
        address = state.get("moved_to") or self.source
        try:
            reply = client.get(address, etag=etag, last_modified=modified)
        except FetchFailed:
            if address == self.source:
                raise
            # The new address has failed; the one that was given may have another by now.
            self._state.pop("moved_to", None)
            reply = client.get(self.source)
        if reply.moved_to:
            self._state["moved_to"] = reply.moved_to
        return reply

    def _new(self, client: WebClient, reply: Reply) -> Iterator[Fetched | FetchProblem]:
        name = _NAMES.get(reply.media_type, "page.html")
        is_feed = media_of("-", reply.body) == "feed" or "feed+json" in reply.media_type
        if self._given == "page" or (self._given is None and not is_feed):
            self.kind = "page"
            yield from self._page(reply, "-" if is_feed else name)
            return
        text = decode(reply.body, self.source, declared=reply.charset or _declared(reply.body))
        try:
            feed = read_feed(text, self.source)
        except UnreadableSource as error:
            raise FetchFailed(self.source, _no_feed(error.reason, text, reply)) from error
        yield from self._entries(client, feed, reply.url)

    def _page(self, reply: Reply, name: str) -> Iterator[Fetched]:
        body = in_unicode(reply)
        digest = hashlib.sha256(body).hexdigest()
        if digest == self._state.get("digest"):
            return
        self._state["digest"] = digest
        yield Fetched(body, name, reply.url, key=reply.url)

    def _entries(
        self, client: WebClient, feed: Feed, address: str
    ) -> Iterator[Fetched | FetchProblem]:
        seen = self._seen
        listed = [(entry_key(entry), entry) for entry in feed.entries]
        # What the feed lists moves to the end, so that the oldest are forgotten first.
        for key in {key for key, _ in listed if key in seen}:
            seen[key] = seen.pop(key)
        # The oldest first, as they came out.
        for key, entry in reversed(listed):
            if key in seen:
                continue
            seen[key] = None
            link = entry_link(entry, address)
            if self._options.full_pages and link and holds_only_a_teaser(entry):
                try:
                    page = client.get(link)
                except FetchFailed as error:
                    yield FetchProblem(link, f"{error.reason}; only its teaser is read", key)
                else:
                    yield replace(
                        _page_of(page), key=key, newsletter=feed.title,
                        published_on=entry.published_on,
                    )  # fmt: skip
                    continue
            yield Fetched(
                entry_page(feed, entry),
                "entry.xml",
                link or f"{self.source}#{key}",
                key=key,
                newsletter=feed.title,
                published_on=entry.published_on,
            )


def _page_of(reply: Reply) -> Fetched:
    name = _NAMES.get(reply.media_type, "page.html")
    return Fetched(in_unicode(reply), name, reply.url, key=reply.url)


def in_unicode(reply: Reply) -> bytes:
    """The body so that it is read alike without the header that told its charset."""
    charset = (reply.charset or "").lower()
    if not charset or charset.replace("_", "-") in ("utf-8", "utf8", "us-ascii", "ascii"):
        return reply.body
    if media_of("-", reply.body) == "mail":
        return reply.body
    try:
        return b"\xef\xbb\xbf" + reply.body.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return reply.body


def _declared(body: bytes) -> str | None:
    return sniff_charset(body, "feed")


def _no_feed(reason: str, text: str, reply: Reply) -> str:
    """What is wrong, and where the feed is if the page that came instead says so."""
    link = _ALTERNATE.search(text[:200_000])
    href = _HREF.search(link.group()) if link else None
    if href is None:
        return reason
    return f"this is a page; its feed is {urljoin(reply.url, unescape(href.group(1)))}"

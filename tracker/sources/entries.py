"""The text of an RSS, Atom or JSON feed in, its entries out.

feedparser reads XML of every dialect and degree of damage; JSON Feed it does not know. Nothing
is fetched, and a document that declares entities is refused.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from html import escape
from io import BytesIO
from itertools import islice
from typing import Any

from tracker.errors import UnreadableSource
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.html import html_to_text

log = logging.getLogger("tracker.sources")

MAX_ENTRIES = 5000
# feedparser has no limits of its own, and what it falls back to for damaged XML is slow: these
# keep it within seconds and 300 MB, and are beyond any newsletter's feed.
_MAX_CHARS = 5_000_000
_MAX_TAGS = 60_000
_MAX_REFERENCES = 1_000_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000}")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s/>]", re.I)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|\w{1,20}:feed|channel)[\s>]", re.I)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `content` and `summary` are HTML."""

    id: str = ""
    link: str = ""
    title: str | None = None
    """On one line, without markup."""
    category: str | None = None
    published_on: date | None = None
    content: str = ""
    summary: str = ""

    def body(self) -> str:
        """The fuller of content and summary, as lines."""
        return clean_text(max(html_to_text(self.content), html_to_text(self.summary), key=len))


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in their order."""

    title: str | None = None
    updated_on: date | None = None
    entries: list[Entry] = field(default_factory=list)


def read_feed(text: str, source: str) -> Feed:
    """Return the feed; raise UnreadableSource where it is none, or holds no entry."""
    feed = _json_feed(text, source) if text.lstrip()[:1] == "{" else _xml_feed(text, source)
    if not feed.entries:
        raise UnreadableSource(source, "a feed without readable entries")
    return feed


def _xml_feed(text: str, source: str) -> Feed:
    _check_size(text, source)
    root = _ROOT.search(text)
    if "<!ENTITY" in text[: root.start() if root else len(text)]:
        # How a small file becomes a large one; no feed needs them.
        raise UnreadableSource(source, "XML with entity declarations is not read")
    import feedparser

    # The text is decoded already, so its own declaration of a charset no longer holds. Never
    # a string: feedparser would open one that looks like an address.
    body = _DECLARATION.sub("", text).strip().encode("utf-8", "replace")
    try:
        parsed = feedparser.parse(
            BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it has no error of its own, and is fed by strangers
        raise UnreadableSource(source, f"a damaged feed ({type(error).__name__})") from error
    entries = [_xml_entry(entry) for entry in parsed.entries[:MAX_ENTRIES]]
    if not entries and (parsed.bozo or not parsed.version):
        reason = "not well-formed XML" if parsed.bozo else "XML, but no RSS or Atom feed"
        raise UnreadableSource(source, reason)
    if parsed.bozo and entries:
        log.warning("%s: a damaged feed, read as far as it goes", source)
    channel = parsed.feed
    day = next((d for n in ("published", "updated") if (d := _day(channel.get(n)))), None)
    return Feed(_line(channel.get("title")), day, entries)


def _check_size(text: str, source: str) -> None:
    head, *rest = text.split("<![CDATA[")
    marked_up = head + "".join(piece.partition("]]>")[2] for piece in rest)
    swarms = marked_up.count("<") > _MAX_TAGS or marked_up.count("&") > _MAX_REFERENCES
    if len(text) > _MAX_CHARS or swarms or _LONG_TAG.search(marked_up):
        raise UnreadableSource(source, "too large for a feed")
    if sum(1 for _ in islice(_ENTRY.finditer(marked_up), MAX_ENTRIES + 1)) > MAX_ENTRIES:
        raise UnreadableSource(source, f"a feed of more than {MAX_ENTRIES:,} entries")


def _xml_entry(entry: Mapping[str, Any]) -> Entry:
    contents = [_html(part) for part in entry.get("content") or ()]
    tags = entry.get("tags") or [{}]
    return Entry(
        id=_text(entry.get("id")),
        link=_text(entry.get("link")),
        title=_line(entry.get("title")),
        category=_line(tags[0].get("label") or tags[0].get("term")),
        published_on=_day(entry.get("published")) or _day(entry.get("updated")),
        content=max(contents, key=len, default=""),
        summary=_html(entry.get("summary_detail") or {"value": entry.get("summary")}),
    )


def _html(part: Mapping[str, Any]) -> str:
    value = _text(part.get("value"))
    return _as_html(value) if part.get("type") == "text/plain" else value


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _json_feed(text: str, source: str) -> Feed:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(source, "not well-formed JSON") from error
    if not isinstance(found, dict) or "jsonfeed.org" not in _text(found.get("version")):
        raise UnreadableSource(source, "JSON, but no JSON Feed")
    items = found.get("items")
    entries = [_json_entry(item) for item in _objects(items)]
    return Feed(_line(found.get("title")), None, entries[:MAX_ENTRIES])


def _objects(items: object) -> Iterator[Mapping[str, Any]]:
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _json_entry(item: Mapping[str, Any]) -> Entry:
    tags = item.get("tags")
    return Entry(
        # The standard wants a string; numbers are common.
        id=_text(item.get("id")) or (str(item["id"]) if isinstance(item.get("id"), int) else ""),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_line(_text(item.get("title"))),
        category=_line(_text(tags[0])) if isinstance(tags, list) and tags else None,
        published_on=_day(item.get("date_published")) or _day(item.get("date_modified")),
        content=_text(item.get("content_html")) or _as_html(_text(item.get("content_text"))),
        summary=_as_html(_text(item.get("summary"))),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: object) -> str | None:
    """A title or name on one line; it may hold escaped markup."""
    return clean_line(html_to_text(_text(value)[:5000]).removeprefix("###### "))


def _day(value: object) -> date | None:
    """The day of an ISO or mail date, by the publisher's own clock."""
    text = _text(value).strip()[:100]
    iso = _ISO.search(text[:60])
    try:
        if iso:
            return date(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

"""An entry of a feed in, its identity and a document that holds it alone out."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from tracker.sources import Entry, Feed

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEASER_CHARS = 500
_MORE = re.compile(
    r"(?:…|\.\.\.|\[…\]|더\s?보기|계속\s?읽기|자세히\s?보기|read more|continue reading|keep reading)\W*$",
    re.I,
)


def entry_key(entry: Entry) -> str:
    """What makes it the same entry the next time: its guid, else its link, else title and day."""
    if entry.id:
        told = f"guid {entry.id}"
    elif entry.link:
        told = f"link {entry.link}"
    else:
        told = f"title {entry.title} {entry.published_on} {'' if entry.title else entry.body()}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:24]


def entry_link(entry: Entry, address: str) -> str | None:
    """Its page on the web, None where the link leads elsewhere (mailto, javascript)."""
    try:
        link = urljoin(address, entry.link.strip()) if entry.link.strip() else ""
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return link


def holds_only_a_teaser(entry: Entry) -> bool:
    """Whether the entry's text is but the beginning of what its page holds."""
    body = entry.body()
    return len(body) < _TEASER_CHARS or _MORE.search(body[-40:]) is not None


def entry_page(feed: Feed, entry: Entry) -> bytes:
    """A feed document of this entry alone, to be kept and read as any feed."""
    day = entry.published_on
    noon = datetime.combine(day, time(12), UTC) if day else None
    parts = (
        ("title", entry.title),
        ("link", entry.link),
        ("guid", entry.id),
        ("category", entry.category),
        ("pubDate", format_datetime(noon) if noon else None),
        ("description", entry.summary),
        ("content:encoded", entry.content),
    )
    item = "".join(_element(name, value) for name, value in parts)
    head = _element("title", feed.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f"<channel>{head}\n<item>{item}</item>\n</channel>\n</rss>\n"
    ).encode("utf-8", "replace")


def _element(name: str, value: str | None) -> str:
    # Titles and names are plain text here, but markup to whoever reads a feed.
    text = escape(value or "") if name in ("title", "category") else value or ""
    return f"<{name}>{escape(_REFUSED.sub('', text))}</{name}>\n" if value else ""

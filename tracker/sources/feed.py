"""An RSS or Atom file in, its issues out.

Short entries are news items: they come together in one `Issue`, each as a heading and its
text, under their category. An entry that is a whole letter is an `Issue` of its own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from html import escape
from html.entities import html5
from xml.parsers import expat

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.html import html_to_text

log = logging.getLogger("tracker.sources")

_FIELDS = {
    "title": "title",
    "description": "summary",
    "summary": "summary",
    "content": "content",
    "content:encoded": "content",
    "category": "category",
    "pubdate": "date",
    "published": "date",
    "updated": "updated",
    "dc:date": "date",
    "lastbuilddate": "updated",
}
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{0,31};)?")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MAX_ENTRIES = 5000
_LETTER_CHARS = 1800
_LETTER_HEADINGS = 2
_LETTER_ITEMS = 4


@dataclass(slots=True)
class _Entry:
    fields: dict[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str | None:
        """A field as one line of text; titles may hold escaped markup."""
        return clean_line(html_to_text(self.fields.get(name, "")).removeprefix("###### "))

    def body(self) -> str:
        """The fuller of content and summary, as lines."""
        texts = [html_to_text(self.fields.get(name, "")) for name in ("content", "summary")]
        return clean_text(max(texts, key=len))

    def day(self) -> date | None:
        """When it was published, else when it was updated."""
        return _day(self.fields.get("date")) or _day(self.fields.get("updated"))


@dataclass(slots=True)
class _Reader:
    """Expat's handlers: fields of the channel, then of each entry."""

    source: str
    channel: _Entry = field(default_factory=_Entry)
    entries: list[_Entry] = field(default_factory=list)
    root: str = ""
    _entry: _Entry | None = None
    _name: str = ""
    _inside: int = 0
    _parts: list[str] = field(default_factory=list)
    _depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        key = name.lower().removeprefix("atom:")
        self.root = self.root or key
        if self._name:
            self._inside += 1
            self._parts.append(f"<{name}>")  # XHTML content: kept as markup
        elif key in ("item", "entry") and len(self.entries) < _MAX_ENTRIES:
            self._entry = _Entry()
        elif key in _FIELDS and (self._entry is not None or self._depth <= 3):
            self._name, self._inside, self._parts = key, 0, []
            if key == "category" and attributes.get("term"):
                self._parts.append(attributes.get("label") or attributes["term"])

    def data(self, text: str) -> None:
        if self._name:
            self._parts.append(escape(text, quote=False) if self._inside else text)

    def end(self, name: str) -> None:
        self._depth -= 1
        key = name.lower().removeprefix("atom:")
        if self._name and self._inside:
            self._inside -= 1
            self._parts.append(f"</{name}>")
        elif self._name:
            target = (self._entry or self.channel).fields
            value = "".join(self._parts).strip()
            if value:
                target.setdefault(_FIELDS[self._name], value)
            self._name = ""
        elif key in ("item", "entry") and self._entry is not None:
            self.entries.append(self._entry)
            self._entry = None

    def refuse(self, *_: object) -> None:
        """Entities are how a small file becomes a large one; no feed needs them."""
        raise UnreadableSource(self.source, "XML with entity declarations is not read")


def parse_feed(text: str, source: str) -> Iterator[Issue]:
    """Yield the feed's issues; raise UnreadableSource where it is no feed or holds nothing."""
    reader = _read(text, source)
    name = reader.channel.line("title")
    letters: list[_Entry] = []
    briefs: list[_Entry] = []
    for entry in reader.entries:
        (letters if _is_letter(entry.body()) else briefs).append(entry)
    found = False
    if briefs:
        body = clean_text(_as_text(briefs, name))
        if any(char.isalnum() for char in body.replace(name or "", "")):
            found = True
            days = [day for entry in briefs if (day := entry.day())]
            issued_on = reader.channel.day() or max(days, default=None)
            yield Issue(
                body, source, title=name, newsletter=name, issued_on=issued_on, media="feed"
            )
    for number, entry in enumerate(letters, start=1):
        found = True
        title = entry.line("title")
        body = f"# {title}\n\n{entry.body()}" if title else entry.body()
        yield Issue(
            body,
            f"{source}#{number}",
            title=title,
            newsletter=name,
            issued_on=entry.day(),
            media="html",
        )
    if not found:
        raise UnreadableSource(source, "a feed without readable entries")


def _read(text: str, source: str) -> _Reader:
    reader = _Reader(source)
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = reader.refuse
    parser.buffer_text = True
    # The text is decoded already, so its own declaration of a charset no longer holds.
    body = _ENTITY.sub(_named, _DECLARATION.sub("", text)).strip()
    try:
        parser.Parse(body.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if not reader.entries:
            reason = f"not well-formed XML (line {error.lineno})"
            raise UnreadableSource(source, reason) from error
        log.warning("%s: damaged after %d entries", source, len(reader.entries))
    if reader.root not in ("rss", "feed", "rdf:rdf", "channel"):
        raise UnreadableSource(source, "XML, but no RSS or Atom feed")
    return reader


def _named(match: re.Match[str]) -> str:
    """HTML's names for characters, which XML does not know; a bare & becomes &amp;."""
    name = match.group(1)
    if name and name in html5:
        return escape(html5[name])
    return "&amp;" + (name or "")


def _is_letter(body: str) -> bool:
    lines = body.split("\n")
    headings = sum(line.startswith("#") for line in lines)
    items = sum(line.lstrip().startswith("• ") for line in lines)
    if headings >= _LETTER_HEADINGS or items >= _LETTER_ITEMS:
        return True
    return len(body) > _LETTER_CHARS and len(lines) > 6


def _as_text(entries: list[_Entry], name: str | None) -> str:
    """The entries under each other, a heading wherever the category changes."""
    parts = [f"# {name}"] if name else []
    category: str | None = None
    for entry in entries:
        current = entry.line("category")
        if current != category and current:
            parts.append(f"## {current}")
        category = current
        title, body = entry.line("title"), entry.body()
        # A summary that only repeats the title adds nothing.
        repeated = title is not None and body.replace("\n", " ").strip() == title
        heading = f"{'###' if current else '##'} {title}" if title else ""
        text = "" if repeated else re.sub(r"\n{2,}", "\n", re.sub(r"(?m)^#+ ", "", body))
        parts.append("\n".join(part for part in (heading, text) if part))
    return "\n\n".join(parts)


def _day(value: str | None) -> date | None:
    if not value:
        return None
    iso = _ISO.search(value[:60])
    try:
        if iso:
            return date(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
        return parsedate_to_datetime(value.strip()[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

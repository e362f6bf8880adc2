"""An RSS, Atom or JSON feed in, its issues out.

Short entries are news items: they come together in one `Issue`, each as a heading and its
text, under their category. An entry that is a whole letter is an `Issue` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.cleaning import clean_text
from tracker.sources.entries import Entry, read_feed

_LETTER_CHARS = 1800
_LETTER_HEADINGS = 2
_LETTER_ITEMS = 4


def parse_feed(text: str, source: str) -> Iterator[Issue]:
    """Yield the feed's issues; raise UnreadableSource where it is no feed or holds nothing."""
    feed = read_feed(text, source)
    name = feed.title
    letters: list[tuple[Entry, str]] = []
    briefs: list[tuple[Entry, str]] = []
    for entry in feed.entries:
        body = entry.body()
        (letters if _is_letter(body) else briefs).append((entry, body))
    found = False
    if briefs:
        body = clean_text(_as_text(briefs, name))
        if any(char.isalnum() for char in body.replace(name or "", "")):
            found = True
            days = [entry.published_on for entry, _ in briefs if entry.published_on]
            issued_on = feed.updated_on or max(days, default=None)
            yield Issue(
                body, source, title=name, newsletter=name, issued_on=issued_on, media="feed"
            )
    for number, (entry, body) in enumerate(letters, start=1):
        found = True
        yield Issue(
            f"# {entry.title}\n\n{body}" if entry.title else body,
            f"{source}#{number}" if len(feed.entries) > 1 else source,
            title=entry.title,
            newsletter=name,
            issued_on=entry.published_on,
            media="html",
        )
    if not found:
        raise UnreadableSource(source, "a feed without readable entries")


def _is_letter(body: str) -> bool:
    lines = body.split("\n")
    headings = sum(line.startswith("#") for line in lines)
    items = sum(line.lstrip().startswith("• ") for line in lines)
    if headings >= _LETTER_HEADINGS or items >= _LETTER_ITEMS:
        return True
    return len(body) > _LETTER_CHARS and len(lines) > 6


def _as_text(entries: list[tuple[Entry, str]], name: str | None) -> str:
    """The entries under each other, a heading wherever the category changes."""
    parts = [f"# {name}"] if name else []
    category: str | None = None
    for entry, body in entries:
        if entry.category != category and entry.category:
            parts.append(f"## {entry.category}")
        category = entry.category
        title = entry.title
        # A summary that only repeats the title adds nothing.
        repeated = title is not None and body.replace("\n", " ").strip() == title
        heading = f"{'###' if category else '##'} {title}" if title else ""
        text = "" if repeated else re.sub(r"\n{2,}", "\n", re.sub(r"(?m)^#+ ", "", body))
        parts.append("\n".join(part for part in (heading, text) if part))
    return "\n\n".join(parts)

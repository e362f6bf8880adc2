"""What is new for a saved search, as a letter: Markdown, HTML, plain text, Slack's JSON.

In: news. Out: text that is safe where it goes: whatever a newsletter wrote is escaped, and none
of it can be a link, markup or a command.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.export.layouts import money, source_line, stage
from tracker.export.safety import markdown_cell, plain_line

if TYPE_CHECKING:
    from tracker.query.news import Change, News

DIGESTS: tuple[str, ...] = ("markdown", "html", "text")
MOST_IN_SLACK = 40
"""A message has at most 50 blocks."""
_SLACK_CHARS = 2900
_LEARNED = {
    "amount": "amount",
    "stage": "stage",
    "extension": "extension",
    "investors": "investors",
    "leads": "lead",
    "valuation": "valuation",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One round in words."""

    id: int
    company: str
    day: str
    what: str
    """Amount, stage and investors on one line."""
    learned: tuple[str, ...]
    """What changed since it was told, each a line; empty for a new round."""
    source: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A letter about one saved search."""

    title: str
    fresh: tuple[Entry, ...]
    changed: tuple[Entry, ...]


def make_digest(name: str, found: Sequence[News], today: date) -> Digest:
    """Put the news of a saved search into words."""
    entries = [_entry(one) for one in found]
    fresh = tuple(entry for entry in entries if not entry.learned)
    changed = tuple(entry for entry in entries if entry.learned)
    count = f"{len(fresh)} new" + (f", {len(changed)} changed" if changed else "")
    return Digest(plain_line(f"{name}: {count} ({today})"), fresh, changed)


def _entry(one: News) -> Entry:
    row = one.row
    backers = sorted(row.investors, key=lambda share: not share.lead)
    names = ", ".join(share.name + " (lead)" * share.lead for share in backers)
    parts = [
        money(row.amount, row.currency) or "undisclosed",
        stage(row.stage, row.extension),
        names,
    ]
    return Entry(
        id=row.id,
        company=plain_line(row.company),
        day=str(row.announced_on or ""),
        what=plain_line(" · ".join(part for part in parts if part)),
        learned=tuple(plain_line(make_learned(change)) for change in one.changes),
        source=plain_line("; ".join(filter(None, map(source_line, row.sources)))),
    )


def make_learned(change: Change) -> str:
    """A change in words."""
    before, after = _value(change.field, change.before), _value(change.field, change.after)
    name = _LEARNED[change.field]
    return f"{name}: {before} → {after}" if before else f"{name}: {after}"


def _value(field: str, value: Any) -> str:
    if value in (None, [], False):
        return ""
    if field in ("amount", "valuation"):
        return money(value[0], value[1])
    if field in ("investors", "leads"):
        return ", ".join(value)
    return stage(value, False) if field == "stage" else "yes"


def _parts(digest: Digest) -> list[tuple[str, tuple[Entry, ...]]]:
    parts = [("New", digest.fresh), ("More is known", digest.changed)]
    return [(heading, entries) for heading, entries in parts if entries]


def as_text(digest: Digest) -> str:
    """Plain text."""
    lines = [digest.title]
    for heading, entries in _parts(digest):
        lines += ["", heading]
        for entry in entries:
            lines.append(f"- {entry.company}: {entry.what}" + f" ({entry.day})" * bool(entry.day))
            lines += [f"    {line}" for line in entry.learned]
            if entry.source:
                lines.append(f"    [{entry.source}]")
    return "\n".join(lines) + "\n"


def as_markdown(digest: Digest) -> str:
    """Markdown."""
    safe = markdown_cell
    lines = [f"# {safe(digest.title)}"]
    for heading, entries in _parts(digest):
        lines += ["", f"## {heading}", ""]
        for entry in entries:
            day = f" ({entry.day})" * bool(entry.day)
            lines.append(f"- **{safe(entry.company)}**: {safe(entry.what)}{day}")
            lines += [f"  - {safe(line)}" for line in entry.learned]
            if entry.source:
                lines.append(f"  - {safe(entry.source)}")
    return "\n".join(lines) + "\n"


def as_html(digest: Digest) -> str:
    """A whole page, without anything that would have to be fetched."""
    safe = html.escape
    body = [f"<h1>{safe(digest.title)}</h1>"]
    for heading, entries in _parts(digest):
        body.append(f"<h2>{heading}</h2>\n<ul>")
        for entry in entries:
            day = f" ({entry.day})" * bool(entry.day)
            body.append(f"<li><strong>{safe(entry.company)}</strong>: {safe(entry.what)}{day}")
            body += [f"<br>{safe(line)}" for line in entry.learned]
            if entry.source:
                body.append(f"<br><small>{safe(entry.source)}</small>")
            body.append("</li>")
        body.append("</ul>")
    title = safe(digest.title)
    head = f'<meta charset="utf-8">\n<title>{title}</title>'
    inner = "\n".join(body)
    return f'<!doctype html>\n<html lang="ko">\n<head>\n{head}\n</head>\n<body>\n{inner}\n</body>\n</html>\n'


def as_slack(digest: Digest) -> dict[str, Any]:
    """The JSON that Slack and its likes take at a webhook."""
    blocks: list[dict[str, Any]] = [_block(f"*{_slack(digest.title)}*")]
    entries = [*digest.fresh, *digest.changed]
    for entry in entries[:MOST_IN_SLACK]:
        lines = [f"*{_slack(entry.company)}* {_slack(entry.what)}", *map(_slack, entry.learned)]
        if entry.source:
            lines.append(f"_{_slack(entry.source)}_")
        blocks.append(_block("\n".join(lines)))
    if len(entries) > MOST_IN_SLACK:
        blocks.append(_block(f"… and {len(entries) - MOST_IN_SLACK} more"))
    return {"text": _slack(digest.title), "blocks": blocks}


def _block(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_SLACK_CHARS]}}


def _slack(text: str) -> str:
    """Slack's own three escapes, and no letter that it would take for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.translate({ord(sign): "\u200b" + sign for sign in "*_~`"})

"""A mail (.eml) in, the letters it carries out: itself, or those that are forwarded in it.

Of two versions of the body the richer one is read: the HTML unless it is a mere shell of the
plain text. Date, Subject and From become the issue's metadata; a forwarded letter's own count.
"""

from __future__ import annotations

import contextlib
import email.header
import email.message
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.decoding import decode
from tracker.sources.forwards import find_forwarded, without_prefix
from tracker.sources.html import html_to_text
from tracker.sources.plain import plain_to_text

_MAX_PARTS = 200
_MAX_DEPTH = 40
_MAX_LINES = 600_000
"""Twice as many as base64 of the largest letter has."""
_COVERING_SHARE = 0.3
"""A mail with so little text beside that of a mail in it only sends that on."""
_MAX_HEADER = 2000
_SPACE_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?)")
_NO_NAME = re.compile(r"no-?reply|^(?:news)?letters?$|^info$|@", re.I)


def parse_mail(data: bytes, source: str) -> Iterator[Issue]:
    """Yield the letters in the mail; raise UnreadableSource where it has no readable body."""
    if data.count(b"\n") > _MAX_LINES:
        # The parser holds every line as an object of its own.
        raise UnreadableSource(source, "a mail of too many lines")
    try:
        # compat32, not default: the default policy parses every header by a grammar that
        # crafted headers can crash or stall, and only three headers are wanted here.
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        issues = _letters(message, source)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableSource(source, "a damaged mail") from error
    if not issues:
        raise UnreadableSource(source, "a mail without a readable body")
    yield from issues


def _letters(message: email.message.Message, source: str) -> list[Issue]:
    """The mail's own text and the mails attached to it, without what merely sends them on."""
    budget = [_MAX_PARTS]
    attached = _attached(message)
    issues = [_issue(each, source, budget) for each in (message, *attached)]
    weights = [_weight(issue.text) for issue in issues]
    if attached and weights[0] < _COVERING_SHARE * max(weights[1:]):
        issues, weights = issues[1:], weights[1:]
    found = [issue for issue, weight in zip(issues, weights, strict=True) if weight]
    if len(found) < 2:
        return found
    return [replace(issue, source=f"{source}#{n}") for n, issue in enumerate(found, start=1)]


def _attached(message: email.message.Message) -> list[email.message.Message]:
    """The mails in the mail, innermost ones too, in their order."""
    found: list[email.message.Message] = []
    stack = [(message, 0)]
    looked_at = 0
    while stack and looked_at < _MAX_PARTS:
        part, depth = stack.pop()
        looked_at += 1
        children = part.get_payload() if part.is_multipart() else []
        if not isinstance(children, list) or depth >= _MAX_DEPTH:
            continue
        messages = [child for child in children if isinstance(child, email.message.Message)]
        if part.get_content_type() == "message/rfc822":
            found.extend(messages)
        stack.extend((child, depth + 1) for child in reversed(messages))
    return found


def _issue(message: email.message.Message, source: str, budget: list[int]) -> Issue:
    text = _body(message, source, budget)
    title, newsletter = clean_line(_header(message, "Subject")), _sender(_header(message, "From"))
    sent_on = _sent_on(message)
    forwarded = find_forwarded(text)
    if forwarded:
        text = forwarded.text
        title = clean_line(forwarded.subject) or without_prefix(title)
        newsletter = _sender(forwarded.sender)
        sent_on = forwarded.sent_on or sent_on
    return Issue(
        text=text,
        source=source,
        title=title,
        newsletter=newsletter,
        issued_on=sent_on,
        media="mail",
    )


def _body(message: email.message.Message, source: str, budget: list[int]) -> str:
    """The visible text of the mail's parts, in order, without mails attached to it."""
    texts: list[str] = []
    stack: list[tuple[email.message.Message, int]] = [(message, 0)]
    while stack and budget[0] > 0:
        part, depth = stack.pop()
        budget[0] -= 1
        children = part.get_payload() if part.is_multipart() else []
        if not isinstance(children, list):
            continue
        if part.get_content_type() == "message/rfc822":
            continue
        if part.get_content_type() == "multipart/alternative" and depth < _MAX_DEPTH:
            texts.append(_richest(part, source, budget, depth))
        elif children and depth < _MAX_DEPTH:
            messages = [child for child in children if isinstance(child, email.message.Message)]
            stack.extend((child, depth + 1) for child in reversed(messages))
        elif not children:
            texts.append(_part_text(part, source))
    return clean_text("\n\n".join(text for text in texts if text.strip()))


def _richest(part: email.message.Message, source: str, budget: list[int], depth: int) -> str:
    """Of a multipart/alternative: its HTML, unless the plain text says clearly more."""
    plain, rich = "", ""
    stack = [(part, depth)]
    while stack and budget[0] > 0:
        current, level = stack.pop()
        budget[0] -= 1
        children = current.get_payload() if current.is_multipart() else []
        if isinstance(children, list) and children and level < _MAX_DEPTH:
            messages = [child for child in children if isinstance(child, email.message.Message)]
            stack.extend((child, level + 1) for child in reversed(messages))
        elif current.get_content_type() == "text/html":
            rich += "\n\n" + _part_text(current, source)
        elif current.get_content_type() == "text/plain":
            plain += "\n\n" + _part_text(current, source)
    if _weight(rich) >= 0.6 * _weight(plain):
        return rich
    return plain


def _weight(text: str) -> int:
    return sum(char.isalnum() for char in re.sub(r"https?://\S+", "", text))


def _part_text(part: email.message.Message, source: str) -> str:
    """One text part as lines; "" for attachments, pictures and what does not decode."""
    if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
        return ""
    encoding = str(part.get("Content-Transfer-Encoding", "")).partition(";")[0].strip()
    if encoding:
        part.replace_header("Content-Transfer-Encoding", encoding)
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        text = decode(payload, source, declared=part.get_content_charset())
    except UnreadableSource:
        return ""
    if part.get_content_subtype() == "html":
        return html_to_text(text)
    if part.get_content_subtype() != "plain":
        return ""
    text = text.replace("\r\n", "\n")
    if (part.get_param("format") or "") == "flowed":
        text = re.sub(r"(?<=[^\n-]) \n(?=[^\n>])", " ", text)
    return plain_to_text(clean_text(text))


def _header(message: email.message.Message, name: str) -> str | None:
    """A header decoded, None where it is missing; damaged encodings are shown as they came."""
    raw = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    if not raw:
        return None
    value = str(raw[0])[:_MAX_HEADER]
    # Raw 8-bit headers, as old Korean mailers write them.
    with contextlib.suppress(UnicodeError, UnreadableSource):
        value = decode(value.encode("ascii", "surrogateescape"), name)
    try:
        pieces = email.header.decode_header(_SPACE_BETWEEN_WORDS.sub(r"\1 \2", value))
        return "".join(_piece(text, charset) for text, charset in pieces)
    except (ValueError, LookupError, TypeError):
        return value


def _piece(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return decode(text, "header", declared=charset) if text else ""
    except UnreadableSource:
        return text.decode("utf-8", "replace")


def _sender(value: str | None) -> str | None:
    """The display name of a From, where it names a letter and not a mailbox."""
    if value is None:
        return None
    bare = value if "@" not in value else ""  # a forwarded block may give the name alone
    name = clean_line(re.split(r"<|\[mailto:", value)[0] if "<" in value else bare)
    name = name.strip("\"' ") if name else ""
    return name if name and not _NO_NAME.search(name) else None


def _sent_on(message: email.message.Message) -> date | None:
    """The day in the Date header, by the sender's own clock."""
    value = _header(message, "Date")
    if not value:
        return None
    try:
        sent = email.utils.parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date()

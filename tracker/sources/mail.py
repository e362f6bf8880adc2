"""A mail (.eml) in, the `Issue` it carries out.

Of two versions of the body the richer one is read: the HTML unless it is a mere shell of the
plain text. Date, Subject and From become the issue's metadata.
"""

from __future__ import annotations

import contextlib
import email.header
import email.message
import email.policy
import email.utils
import re
from datetime import date

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.decoding import decode
from tracker.sources.html import html_to_text
from tracker.sources.plain import plain_to_text

_MAX_PARTS = 200
_MAX_DEPTH = 40
_MAX_HEADER = 2000
_SPACE_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?)")
_NO_NAME = re.compile(r"no-?reply|^(?:news)?letters?$|^info$|@", re.I)


def parse_mail(data: bytes, source: str) -> Issue:
    """Return the letter in the mail; raise UnreadableSource where it has no readable body."""
    try:
        # compat32, not default: the default policy parses every header by a grammar that
        # crafted headers can crash or stall, and only three headers are wanted here.
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        text = _body(message, source)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableSource(source, "a damaged mail") from error
    if not any(char.isalnum() for char in text):
        raise UnreadableSource(source, "a mail without a readable body")
    return Issue(
        text=text,
        source=source,
        title=clean_line(_header(message, "Subject")),
        newsletter=_sender(message),
        issued_on=_sent_on(message),
        media="mail",
    )


def _body(message: email.message.Message, source: str) -> str:
    """The visible text of the mail's parts, in order."""
    texts: list[str] = []
    budget = [_MAX_PARTS]
    stack: list[tuple[email.message.Message, int]] = [(message, 0)]
    while stack and budget[0] > 0:
        part, depth = stack.pop()
        budget[0] -= 1
        children = part.get_payload() if part.is_multipart() else []
        if not isinstance(children, list):
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


def _sender(message: email.message.Message) -> str | None:
    """The display name of From, where it names a letter and not a mailbox."""
    value = _header(message, "From")
    if value is None:
        return None
    name = clean_line(value.rsplit("<", 1)[0] if "<" in value else "")
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

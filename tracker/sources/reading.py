"""A path (or "-" for stdin) in, the issues it holds out.

The one place that opens files. What cannot be read raises UnreadableSource with one reason.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.decoding import decode
from tracker.sources.feed import parse_feed
from tracker.sources.html import html_metadata, html_to_text
from tracker.sources.mail import parse_mail
from tracker.sources.markdown import markdown_to_text, split_front_matter
from tracker.sources.plain import plain_to_text
from tracker.sources.sniffing import Media, media_of, sniff_charset

MAX_BYTES = 20_000_000
"""A letter is some hundred kilobytes; a file beyond this is refused without being read."""

_ISO_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


def read_source(path: str) -> Iterator[Issue]:
    """Yield the issues of one source, text cleaned and structured in lines."""
    yield from read_data(read_bytes(path), path, "stdin" if path == "-" else path)


def read_data(data: bytes, path: str, name: str) -> Iterator[Issue]:
    """The same of bytes in hand: `path` tells what they are, `name` is what messages call them."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSource(name, "empty")
    media = media_of(path, data)
    if media == "mail":
        yield from parse_mail(data, name)
        return
    text = decode(data, name, declared=sniff_charset(data, media))
    if media == "feed":
        yield from parse_feed(text, name)
        return
    issue = _issue(text, name, media)
    if not any(char.isalnum() for char in issue.text):
        raise UnreadableSource(name, "no text in it")
    yield issue


def _issue(text: str, source: str, media: Media) -> Issue:
    if media == "html":
        facts = html_metadata(text)
        return Issue(
            clean_text(html_to_text(text)),
            source,
            title=clean_line(facts.get("title") or facts.get("headline")),
            newsletter=clean_line(facts.get("site")),
            issued_on=_iso_date(facts.get("date")),
            media="html",
        )
    cleaned = clean_text(text)
    if media == "markdown":
        facts, body = split_front_matter(cleaned)
        return Issue(
            clean_text(plain_to_text(markdown_to_text(body))),
            source,
            title=clean_line(facts.get("title")),
            newsletter=clean_line(facts.get("newsletter") or facts.get("publication")),
            number=clean_line(facts.get("issue") or facts.get("number")),
            issued_on=_iso_date(facts.get("date") or facts.get("published")),
            media="markdown",
        )
    return Issue(clean_text(plain_to_text(cleaned)), source, media="text")


def _iso_date(value: str | None) -> date | None:
    match = _ISO_DATE.search(value or "")
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None


def read_bytes(path: str) -> bytes:
    """The source's bytes, at most MAX_BYTES; never reads further than that."""
    if path == "-":
        return _bounded(sys.stdin.buffer, "stdin")
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            os.listdir(path)  # tells a closed folder from an empty one
            raise UnreadableSource(path, "a folder without letters")
        if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
            raise UnreadableSource(path, _too_large())
        with open(path, "rb") as stream:
            return _bounded(stream, path)
    except FileNotFoundError as error:
        raise UnreadableSource(path, "no such file or folder") from error
    except PermissionError as error:
        raise UnreadableSource(path, "no permission to read it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise UnreadableSource(path, reason.lower()) from error


def _bounded(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, _too_large())
    return data


def _too_large() -> str:
    return f"larger than {MAX_BYTES // 1_000_000} MB, too large for a letter"

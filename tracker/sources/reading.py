"""A path (or "-" for stdin) in, the issues it holds out.

The one place that opens files. What cannot be read raises UnreadableSource with one reason.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from tracker.errors import UnreadableSource
from tracker.records import Issue, Raw
from tracker.sources.cleaning import clean_line, clean_text
from tracker.sources.decoding import decode, refuse_binary
from tracker.sources.feed import parse_feed
from tracker.sources.html import html_metadata, html_to_text
from tracker.sources.mail import parse_mail
from tracker.sources.markdown import markdown_to_text, split_front_matter
from tracker.sources.mbox import is_mbox, split_mbox
from tracker.sources.plain import plain_to_text
from tracker.sources.sniffing import Media, media_of, sniff_charset

MAX_BYTES = 20_000_000
"""A letter is some hundred kilobytes; a file beyond this is refused without being read."""

MAX_CHARS = 2_000_000
"""Of one letter's text: ten times a very long one, and still read in bounded memory."""
_TOO_LONG = f"more than {MAX_CHARS:,} characters of text, too long for a letter"
_HEAD = 4096
_ISO_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a file, not yet read; `path` tells what it is, `name` where it was."""

    raw: bytes
    path: str
    name: str


def read_source(path: str) -> Iterator[Issue]:
    """Yield the issues of one source, text cleaned and structured in lines.

    Of a mailbox file what can be read comes first; then UnreadableSource tells of the rest.
    """
    failures: list[UnreadableSource] = []
    count = 0
    for letter in open_letters(path):
        count += 1
        if isinstance(letter, UnreadableSource):
            failures.append(letter)
            continue
        try:
            yield from read_data(letter.raw, letter.path, letter.name)
        except UnreadableSource as error:
            failures.append(error)
    if failures and count == 1:
        raise failures[0]
    if failures:
        told = f"{len(failures)} of {count} mails cannot be read, the first: {failures[0]}"
        raise UnreadableSource(_named(path), told)


def open_letters(path: str) -> Iterator[Letter | UnreadableSource]:
    """Yield the letters in a file: those of an mbox, or the file itself."""
    with _opened(path) as stream:
        name = _named(path)
        if not is_mbox(stream.peek(_HEAD)[:_HEAD]):
            yield Letter(_bounded(stream, name), path, name)
            return
        for number, mail in enumerate(split_mbox(stream, MAX_BYTES), start=1):
            if isinstance(mail, bytes):
                yield Letter(mail, "letter.eml", f"{name}#{number}")
            else:
                yield mail


def read_data(data: bytes, path: str, name: str) -> Iterator[Issue]:
    """The same of bytes in hand: `path` tells what they are, `name` is what messages call them."""
    raw = Raw(data, os.path.basename(path) if path != "-" else name)
    for issue in _issues(data, path, name):
        if len(issue.text) > MAX_CHARS:
            raise UnreadableSource(name, _TOO_LONG)
        yield replace(issue, raw=raw)


def _issues(data: bytes, path: str, name: str) -> Iterator[Issue]:
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSource(name, "empty")
    refuse_binary(data, name)
    media = media_of(path, data)
    if media == "mail":
        yield from parse_mail(data, name)
        return
    text = decode(data, name, declared=sniff_charset(data, media))
    if media == "feed":
        yield from parse_feed(text, name)
        return
    if media in ("text", "markdown") and len(text) > MAX_CHARS:
        raise UnreadableSource(name, _TOO_LONG)
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
    with _opened(path) as stream:
        return _bounded(stream, _named(path))


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader]:
    """The file, or standard input; OSErrors become UnreadableSource with the reason."""
    if path == "-":
        stream = sys.stdin.buffer
        yield cast(
            io.BufferedReader,
            stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream)),
        )
        return
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            os.listdir(path)  # tells a closed folder from an empty one
            raise UnreadableSource(path, "a folder without letters")
        with open(path, "rb") as stream:
            yield stream
    except FileNotFoundError as error:
        raise UnreadableSource(path, "no such file or folder") from error
    except PermissionError as error:
        raise UnreadableSource(path, "no permission to read it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise UnreadableSource(path, reason.lower()) from error


def _named(path: str) -> str:
    return "stdin" if path == "-" else path


def _bounded(stream: io.BufferedReader, name: str) -> bytes:
    with suppress(OSError, ValueError):  # standard input has no size
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
            raise UnreadableSource(name, _too_large())
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, _too_large())
    return data


def _too_large() -> str:
    return f"larger than {MAX_BYTES // 1_000_000} MB, too large for a letter"

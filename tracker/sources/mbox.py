"""An mbox file in, the mails in it out, one at a time: such a file may be larger than memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tracker.errors import UnreadableSource

# "From sender date": the postmark between mails. A line of a letter's text that begins so was
# quoted with ">" when it was stored, or else names no year.
_POSTMARK = re.compile(rb"From (?:\S.{0,200})?\b\d{4}\b[ +\-\w:]{0,40}\r?\n?$")
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_LINE = 65_536


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    first, newline, rest = head.partition(b"\n")
    return bool(newline) and _POSTMARK.match(first + b"\n") is not None and b":" in rest[:1000]


def split_mbox(stream: BinaryIO, limit: int) -> Iterator[bytes | UnreadableSource]:
    """Yield the mails; in the place of one larger than `limit` bytes, why it is not read."""
    mail = bytearray()
    too_large = False
    number = 0
    blank = True
    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From ") and _POSTMARK.match(line):
            if number:
                yield _ended(mail, number, too_large)
            mail, too_large = bytearray(), False
            number += 1
        elif len(mail) + len(line) <= limit:
            mail += line
        else:
            too_large = True
        blank = line in (b"\n", b"\r\n")
    if number:
        yield _ended(mail, number, too_large)


def _ended(mail: bytearray, number: int, too_large: bool) -> bytes | UnreadableSource:
    if too_large:
        return UnreadableSource(f"mail {number}", "too large for a letter")
    return _QUOTED.sub(rb"\1", bytes(mail))

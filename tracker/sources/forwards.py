"""The text of a mail in, the letter that was forwarded in it out, with its own name and date.

People send letters on; the mail then begins with their own words and a block of headers in the
language of their mail program. What counts is the letter below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

_LOOKED_AT = 4000
"""Characters in which a forwarded letter must begin; below that it is quoted, not sent on."""
_MARK = re.compile(
    r"^[ \t>#*•]*[-–—_=]{2,}\s*(?:forwarded message|original message|forwarded by.{0,60}|begin forwarded message|"
    r"전달된\s?메(?:시지|일)|원본\s?메(?:시지|일)|original mail|fwd)\s*[-–—_=]{0,20}:?\s*$|"
    r"^[ \t>#*•]*(?:begin forwarded message|전달된\s?메(?:시지|일)|원본\s?메(?:시지|일))\s*:?\s*$",
    re.I | re.M,
)
_HEADER = re.compile(
    r"^[ \t>*•|#]*(?P<name>from|sent|date|subject|to|cc|reply-to|보낸\s?사람|보낸\s?이|발신|발신자|보낸\s?날짜|보낸\s?시간|날짜|일시|"
    r"제목|받는\s?사람|받는\s?이|수신|수신자|참조)[*]*\s*(?:[:：]|\s\|)[*]*\s*(?P<value>.*)$",
    re.I,
)
_MEANINGS = {
    "from": "from", "보낸사람": "from", "보낸이": "from", "발신": "from", "발신자": "from",
    "sent": "date", "date": "date", "보낸날짜": "date", "보낸시간": "date", "날짜": "date", "일시": "date",
    "subject": "subject", "제목": "subject",
}  # fmt: skip
_MAX_BLOCK = 14
_NUMERIC = re.compile(r"(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})")
_ENGLISH = re.compile(
    r"(?:(?P<d1>\d{1,2})\s+(?P<m1>[a-z]{3})[a-z]*|(?P<m2>[a-z]{3})[a-z]*\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<y>\d{4})",
    re.I,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_PREFIX = re.compile(r"^(?:\s*(?:fwd?|fw|re|전달|회신)\s*[:：]\s*|\s*\[(?:전달|fwd?)\]\s*)+", re.I)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The letter below a block of forwarded headers."""

    text: str
    subject: str | None = None
    sender: str | None = None
    """As the block has it: a name, with or without an address."""
    sent_on: date | None = None


def find_forwarded(text: str) -> Forwarded | None:
    """The innermost letter that was sent on whole, None where there is none."""
    found: Forwarded | None = None
    while (inner := _one(text if found is None else found.text)) is not None:
        found = inner
    return found


def without_prefix(subject: str | None) -> str | None:
    """A subject without what forwarding puts before it."""
    return _PREFIX.sub("", subject) or None if subject else subject


def _one(text: str) -> Forwarded | None:
    mark = _MARK.search(text[:_LOOKED_AT])
    if mark is not None:
        return _below(text, mark.end() + 1, needed=1)
    # Outlook puts no mark: there the block itself must be whole.
    for line in re.finditer(r"^.*$", text[:_LOOKED_AT], re.M):
        if _HEADER.match(line.group()):
            return _below(text, line.start(), needed=3)
    return None


def _below(text: str, start: int, *, needed: int) -> Forwarded | None:
    """The letter below a block of headers that begins at `start`; at least so many must tell."""
    facts: dict[str, str] = {}
    end, name = start, ""
    for number, line in enumerate(text[start : start + _LOOKED_AT].split("\n")):
        header = _HEADER.match(line)
        if header:
            name = re.sub(r"\s", "", header["name"]).lower()
            facts.setdefault(_MEANINGS.get(name, name), header["value"].strip(" *\t"))
        elif number > _MAX_BLOCK or (line.strip(" >") and not (facts and _goes_on(line, name))):
            break
        end += len(line) + 1
    rest = _unquoted(text[end:].strip("\n"))
    told = {"from", "subject", "date"} & facts.keys()
    if len(told) < needed or not {"from", "subject"} & told or not rest.strip():
        return None
    return Forwarded(
        rest,
        without_prefix(facts.get("subject")),
        facts.get("from"),
        _day(facts.get("date", "")),
    )


def _unquoted(text: str) -> str:
    """Without the quotation marks at the beginning of lines, where all of it is quoted."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled or sum(line.startswith(">") for line in filled) < 0.8 * len(filled):
        return text
    return "\n".join(re.sub(r"^> ?", "", line) for line in lines)


def _goes_on(line: str, name: str) -> bool:
    """Whether it continues a long list of receivers."""
    return name in ("to", "cc", "받는사람", "참조", "수신") and ("@" in line or line[:1] in " \t")


def _day(value: str) -> date | None:
    numeric = _NUMERIC.search(value[:100])
    english = _ENGLISH.search(value[:100])
    try:
        if numeric:
            return date(int(numeric[1]), int(numeric[2]), int(numeric[3]))
        if english:
            month = _MONTHS.index((english["m1"] or english["m2"]).lower()) + 1
            return date(int(english["y"]), month, int(english["d1"] or english["d2"]))
        return parsedate_to_datetime(value[:100]).date() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

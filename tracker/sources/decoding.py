"""Bytes in, text out; refuses what is no text.

Order: byte-order marks, strict UTF-8, UTF-16 without a mark, the declared charset, Korean
cp949 where it decodes to mostly Hangul, UTF-8 with a few bad bytes, Western cp1252 where
nearly all is ASCII.
"""

from __future__ import annotations

import codecs
import logging
import re

from tracker.errors import UnreadableSource

log = logging.getLogger("tracker.sources")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
# Mailers write "euc-kr" and "ks_c_5601-1987" on text that only its superset cp949 can hold.
_KOREAN = re.compile(r"^(?:euc[-_]?kr|ks_?c_?5601.*|korean|cp949|uhc|ms949|windows-949)$", re.I)
_BAD_SHARE = 0.01
_SAMPLE = 65_536


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    """Return the text of `data`; raise UnreadableSource naming `source` where it is binary."""
    refuse_binary(data, source)
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _with_bad_bytes(data[len(bom) :], charset, source)
    if b"\0" in data:
        return _utf16(data, source)
    if _control_share(data[:_SAMPLE]) > 0.02 and b"\x1b$" not in data[:_SAMPLE]:
        raise UnreadableSource(source, "binary data, not a letter")
    if data.isascii() and declared is None:
        return data.decode("ascii")
    try:
        if not (declared and _is_stateful(declared)):
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in _candidates(declared):
        try:
            text = data.decode(charset)
        except (UnicodeError, LookupError):
            continue
        if charset != "cp949" or declared is not None or _mostly_hangul(text):
            return text
    return _damaged(data, source)


def refuse_binary(data: bytes, source: str) -> None:
    """Raise UnreadableSource where the first bytes are those of another kind of file."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableSource(source, f"this is {what}, not a letter")


def _candidates(declared: str | None) -> list[str]:
    charsets = []
    if declared:
        name = declared.strip().strip("\"'")
        charsets.append("cp949" if _KOREAN.match(name) else _known(name))
    charsets.append("cp949")
    return [charset for charset in charsets if charset]


def _known(name: str) -> str:
    """The codec's own name if Python has a text codec of that name, else ""."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # "hex", "zlib" and the like are codecs too, but no character sets.
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def _is_stateful(declared: str) -> bool:
    return declared.lower().replace("_", "-").startswith(("iso-2022", "hz", "utf-7"))


def _utf16(data: bytes, source: str) -> str:
    """UTF-16 without a mark, by which byte order gives Hangul and ASCII; else it is binary."""
    for charset in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        plain = sum(" " <= char <= "~" or char in "\t\r\n" or _is_hangul(char) for char in sample)
        if plain >= 0.9 * len(sample):
            return text
    raise UnreadableSource(source, "binary data, not a letter")


def _damaged(data: bytes, source: str) -> str:
    """Text that no charset decodes cleanly: repaired where little is broken, else refused."""
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char >= "\x80" for char in text[:_SAMPLE]) - text[:_SAMPLE].count("\ufffd")
    if good > bad and bad <= max(3, len(text) * _BAD_SHARE):
        log.warning("%s: %d broken bytes replaced", source, bad)
        return text
    korean = data.decode("cp949", "replace")
    bad = korean.count("\ufffd")
    if bad <= max(3, len(korean) * _BAD_SHARE) and _mostly_hangul(korean):
        log.warning("%s: %d broken bytes replaced", source, bad)
        return korean
    if high <= min(len(data), _SAMPLE) * 0.05:
        return data.decode("cp1252", "replace")
    raise UnreadableSource(source, "its text is in no charset that can be read, or damaged")


def _with_bad_bytes(data: bytes, charset: str, source: str) -> str:
    text = data.decode(charset, "replace")
    bad = text.count("\ufffd")
    if bad > max(3, len(text) * _BAD_SHARE):
        raise UnreadableSource(source, f"{bad} broken characters, too many to read")
    if _control_share(text[:_SAMPLE].encode("utf-8", "replace")) > 0.02:
        raise UnreadableSource(source, "binary data, not a letter")
    if bad:
        log.warning("%s: %d broken bytes replaced", source, bad)
    return text


def _control_share(sample: bytes) -> float:
    allowed = b"\t\n\r\x0b\x0c\x1b"
    controls = sum(byte < 32 and byte not in allowed for byte in sample)
    return controls / max(1, len(sample))


def _mostly_hangul(text: str) -> bool:
    beyond = [char for char in text[:_SAMPLE] if char >= "\x80"]
    hangul = sum(_is_hangul(char) for char in beyond)
    return hangul >= 0.6 * len(beyond)


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣" or "ㄱ" <= char <= "ㆎ"

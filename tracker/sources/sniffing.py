"""A path and its first bytes in, what kind of source it is out."""

from __future__ import annotations

import os
import re
from typing import Literal

Media = Literal["text", "markdown", "html", "mail", "feed"]

_BY_SUFFIX: dict[str, Media] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "mail",
    ".rss": "feed",
    ".atom": "feed",
}
_HEAD = 4096
_HEADER_LINE = re.compile(
    rb"^(?:from|to|date|subject|received|return-path|delivered-to|message-id|mime-version|"
    rb"content-type|dkim-signature|x-[\w-]{1,40}|list-[\w-]{1,40}|reply-to|sender):",
    re.I | re.M,
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|atom:feed)\b", re.I)
_HTML = re.compile(rb"<!doctype html|<html\b|<body\b|<table\b|<div\b|<p\b[^>]{0,200}>", re.I)
_MARKDOWN = re.compile(
    rb"^#{1,6} \S|^\s*[-*] \*\*|\]\(https?://|^\|.{1,400}\|\s*$|^\*\*[^*\n]", re.M
)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{1,40})", re.I)


def media_of(path: str, data: bytes) -> Media:
    """The kind of source: by the suffix where it says so, else by how the content begins."""
    suffix = "" if path == "-" else os.path.splitext(path)[1].lower()
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    known = _BY_SUFFIX.get(suffix)
    if known:
        return known
    if suffix == ".xml" or head[:5].lower() == b"<?xml":
        return "html" if re.search(rb"<html\b", head, re.I) and not _FEED.search(head) else "feed"
    if head.startswith(b"<") and _FEED.search(head[:500]):
        return "feed"
    if head.startswith(b"{") and b"jsonfeed.org/version" in head:
        return "feed"
    if _is_mail(head):
        return "mail"
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    if suffix in ("", ".text") and (head.startswith(b"---") or _MARKDOWN.search(head)):
        return "markdown"
    return "text"


def _is_mail(head: bytes) -> bool:
    """Whether it begins with a block of mail headers: the first line one, and two more."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = _HEADER_LINE.match(block)
    names = {match.group().lower() for match in _HEADER_LINE.finditer(block)}
    telling = names - {b"from:", b"to:", b"date:", b"subject:"}
    return first is not None and len(names) >= 2 and bool(telling or len(names) >= 3)


def sniff_charset(data: bytes, media: Media) -> str | None:
    """The charset that an HTML page or feed declares of itself, None elsewhere."""
    if media == "feed":
        match = _XML_CHARSET.match(data[:_HEAD])
    elif media == "html":
        match = _META_CHARSET.search(data[:_HEAD]) or _XML_CHARSET.match(data[:_HEAD])
    else:
        match = None
    return match.group(1).decode("ascii") if match else None

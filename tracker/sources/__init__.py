"""Where an issue comes from: paths in, `Issue` records out.

`find_sources` turns what the user typed into paths, `read_source` turns one path into the
letters it holds (`read_data` does so for bytes in hand), `issue_fingerprint` says whether two of them are the same letter.
"""

from __future__ import annotations

from tracker.sources.decoding import decode
from tracker.sources.entries import Entry, Feed, read_feed
from tracker.sources.finding import find_sources, is_letter
from tracker.sources.fingerprint import issue_fingerprint
from tracker.sources.reading import MAX_BYTES, open_letters, read_bytes, read_data, read_source
from tracker.sources.sniffing import media_of, sniff_charset

__all__ = [
    "MAX_BYTES",
    "Entry",
    "Feed",
    "decode",
    "find_sources",
    "is_letter",
    "issue_fingerprint",
    "media_of",
    "open_letters",
    "read_bytes",
    "read_data",
    "read_feed",
    "read_source",
    "sniff_charset",
]

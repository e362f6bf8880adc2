"""Rows → table, JSON, JSON lines, CSV, TSV, Markdown, XLSX, Parquet; to a stream or to a file.

In: an iterable of rows and a `Layout` that says how one row looks. Out: text or bytes; a file
appears whole or not at all.
"""

from tracker.export.files import format_of, write_binary_file, write_file
from tracker.export.layouts import BRIEFS, Layout, as_json
from tracker.export.rounds import ROUNDS
from tracker.export.safety import plain_line, printable, uncell
from tracker.export.writers import BINARY, FORMATS, write, write_typed

__all__ = [
    "BINARY",
    "BRIEFS",
    "FORMATS",
    "ROUNDS",
    "Layout",
    "as_json",
    "format_of",
    "plain_line",
    "printable",
    "uncell",
    "write",
    "write_binary_file",
    "write_file",
    "write_typed",
]

"""Rows → table, JSON, JSON lines, CSV, TSV, Markdown; to standard output or to a file.

In: an iterable of rows and a `Layout` that says how one row looks. Out: text; a file appears
whole or not at all.
"""

from tracker.export.files import format_of, write_file
from tracker.export.layouts import BRIEFS, ROUNDS, Layout, as_json
from tracker.export.safety import plain_line, printable
from tracker.export.writers import FORMATS, write

__all__ = [
    "BRIEFS",
    "FORMATS",
    "ROUNDS",
    "Layout",
    "as_json",
    "format_of",
    "plain_line",
    "printable",
    "write",
    "write_file",
]

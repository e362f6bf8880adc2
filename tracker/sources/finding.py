"""What the user typed (files, folders, globs, "-") in, paths of single sources out.

Nothing here raises: what cannot be found or opened comes out as it was typed, and reading it
then gives the reason. So one bad path never keeps the good ones from being read.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

LETTER_SUFFIXES = frozenset(
    {
        ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml",
        ".xml", ".rss", ".atom", ".mbox",
    }
)  # fmt: skip
"""What counts as a letter inside a folder; a file named outright is read whatever its suffix."""
_MAILDIR = frozenset({"cur", "new", "tmp"})
"""The folders that make a Maildir: its letters have no suffix."""


def find_sources(paths: Sequence[str]) -> Iterator[str]:
    """Yield every source once, in the order typed; folders recursively, in sorted order."""
    seen: set[str] = set()
    for typed in paths:
        for path in _expand(typed):
            # A NUL is in no path that exists, and os.path refuses it.
            identity = path if path == "-" or "\0" in path else os.path.realpath(path)
            if identity not in seen:
                seen.add(identity)
                yield path


def _expand(typed: str) -> Iterator[str]:
    if typed == "-" or "\0" in typed:
        yield typed
    elif os.path.isdir(typed):
        yield from _walk(typed)
    elif os.path.lexists(typed) or not glob.has_magic(typed):
        yield typed
    else:
        matches = sorted(glob.glob(typed, recursive=True))
        if not matches:
            yield typed
        for match in matches:
            if os.path.isdir(match):
                yield from _walk(match)
            else:
                yield match


def _walk(folder: str) -> Iterator[str]:
    """The letters under a folder; a folder that holds none, or is closed, is yielded itself."""
    closed: list[str] = []
    found = False

    def note(error: OSError) -> None:
        closed.append(error.filename if isinstance(error.filename, str) else folder)

    # Links to folders are not followed, so a loop of them cannot trap the walk.
    for root, folders, files in os.walk(folder, onerror=note):
        # The folders within a Maildir begin with a dot; anywhere else such are hidden.
        mail = set(folders) >= _MAILDIR
        folders[:] = sorted(
            name
            for name in folders
            if not (name == "tmp" and mail)
            and (not name.startswith(".") or (mail and _is_maildir(os.path.join(root, name))))
        )
        delivered = _is_delivery(root)
        for name in sorted(files):
            path = os.path.join(root, name)
            if _is_letter(name, delivered) and os.path.isfile(path):
                found = True
                yield path
    if closed:
        yield from sorted(closed)
    elif not found:
        yield folder


def is_letter(path: str) -> bool:
    """Whether a folder's file of that name is read: by its suffix, or as a Maildir's letter."""
    folder, name = os.path.split(path)
    return _is_letter(name, _is_delivery(folder))


def _is_letter(name: str, delivered: bool) -> bool:
    fits = delivered or os.path.splitext(name)[1].lower() in LETTER_SUFFIXES
    return fits and not name.startswith(".")


def _is_delivery(folder: str) -> bool:
    root, part = os.path.split(folder)
    return part in ("cur", "new") and _is_maildir(root)


def _is_maildir(folder: str) -> bool:
    return all(os.path.isdir(os.path.join(folder, name)) for name in _MAILDIR)

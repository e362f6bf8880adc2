"""A file or folder of one's own machine as a source: what is new in it since the last time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.errors import FetchFailed, UnreadableSource
from tracker.fetch.fetched import Fetched, FetchProblem, Kind
from tracker.sources import find_sources, open_letters


class FolderFetcher:
    """Letters in files; a file is new when it was not there before, or has changed.

    State: ``files``, each file → its size and time of change, and hashes of the letters it held.
    """

    def __init__(self, path: str, kind: Kind) -> None:
        self.kind: Kind = kind
        self.source = path
        self._files: dict[str, list[str]] = {}

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        """Yield the letters of new and changed files."""
        known: Mapping[str, list[str]] = state.get("files") or {}
        if not os.path.exists(self.source):
            raise FetchFailed(self.source, "no such file or folder")
        paths = {_identity(path): path for path in find_sources([self.source])}
        self._files = {name: list(facts) for name, facts in known.items() if name in paths}
        for name, path in paths.items():
            if os.path.isdir(path):
                continue  # a folder without letters, yet
            mark = _mark(path)
            before, *seen = known.get(name) or [""]
            if before != mark:
                yield from self._letters(name, path, mark, seen)

    def state(self) -> dict[str, Any]:
        """What to remember."""
        return {"files": {name: list(facts) for name, facts in self._files.items()}}

    def _letters(
        self, name: str, path: str, mark: str, seen: list[str]
    ) -> Iterator[Fetched | FetchProblem]:
        """The letters of one file that were not in it before; a mailbox file holds many."""
        known, held = set(seen), []
        # Without its mark until the end: a file half handed out is looked at again.
        facts = self._files[name] = ["", *seen]
        try:
            for letter in open_letters(path):
                if isinstance(letter, UnreadableSource):
                    yield FetchProblem(path, str(letter), key=path)
                    continue
                digest = hashlib.sha256(letter.raw).hexdigest()[:16]
                held.append(digest)
                if digest not in known:
                    facts.append(digest)
                    yield Fetched(
                        letter.raw, os.path.basename(letter.path), letter.name, f"{name}#{digest}"
                    )
        except UnreadableSource as error:
            yield FetchProblem(path, error.reason, key=name)
        self._files[name] = [mark, *held]


def _identity(path: str) -> str:
    """What stays of a file's name: in a Maildir, being seen moves a letter and renames it."""
    folder, name = os.path.split(path)
    root, part = os.path.split(folder)
    if part in ("cur", "new") and os.path.isdir(os.path.join(root, "tmp")):
        return os.path.join(root, name.partition(":")[0])
    return path


def _mark(path: str) -> str:
    """What changes when the file does: its size and its time."""
    try:
        status = os.stat(path)
    except OSError:
        return "?"
    return f"{status.st_size}-{status.st_mtime_ns}"

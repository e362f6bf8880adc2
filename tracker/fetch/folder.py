"""A file or folder of one's own machine as a source: what is new in it since the last time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.errors import FetchFailed, UnreadableSource
from tracker.fetch.fetched import Fetched, FetchProblem, Kind
from tracker.sources import find_sources, read_bytes


class FolderFetcher:
    """Letters in files; a file is new when it was not there before, or has changed.

    State: ``files``, path → size, time of change, and a hash of what it held.
    """

    def __init__(self, path: str, kind: Kind) -> None:
        self.kind: Kind = kind
        self.source = path
        self._files: dict[str, str] = {}

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        """Yield the letters of new and changed files."""
        known: Mapping[str, str] = state.get("files") or {}
        self._files = dict(known)
        if not os.path.exists(self.source):
            raise FetchFailed(self.source, "no such file or folder")
        paths = list(find_sources([self.source]))
        for gone in self._files.keys() - set(paths):
            del self._files[gone]
        for path in paths:
            if os.path.isdir(path):
                continue  # a folder without letters, yet
            mark = _mark(path)
            if known.get(path, "").startswith(f"{mark}:"):
                continue
            try:
                data = read_bytes(path)
            except UnreadableSource as error:
                self._files[path] = f"{mark}:"
                yield FetchProblem(path, error.reason, key=path)
                continue
            digest = hashlib.sha256(data).hexdigest()[:32]
            self._files[path] = f"{mark}:{digest}"
            if not known.get(path, "").endswith(f":{digest}"):
                yield Fetched(data, os.path.basename(path), path, key=f"{path}#{digest}")

    def state(self) -> dict[str, Any]:
        """What to remember."""
        return {"files": dict(self._files)}


def _mark(path: str) -> str:
    """What changes when the file does: its size and its time."""
    try:
        status = os.stat(path)
    except OSError:
        return "?"
    return f"{status.st_size}-{status.st_mtime_ns}"

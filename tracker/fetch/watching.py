"""Folders in, the letters that arrive in them out, as soon as each is finished writing."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event

from tracker.sources import find_sources, is_letter

SETTLE = 1.0
"""Seconds that a file must be left alone to count as finished."""
_TICK = 0.25
_MISSING = 2.0


class _Arriving:
    """Files that were touched, until they are left alone."""

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}

    def found(self, path: str) -> None:
        """A file was here before anyone looked; an old one needs no waiting."""
        facts = _facts(path)
        age = time.time() - facts[1] / 1e9
        self._seen.setdefault(path, (facts, time.monotonic() - max(0.0, age)))

    def touched(self, path: str) -> None:
        """A file was made, written to, or moved here."""
        facts = _facts(path)
        if path not in self._seen or self._seen[path][0] != facts:
            self._seen[path] = (facts, time.monotonic())

    def finished(self) -> list[str]:
        """Those that have not changed for long enough; an empty one is never finished."""
        now = time.monotonic()
        done = []
        for path, (facts, since) in list(self._seen.items()):
            current = _facts(path)
            if current == _GONE:
                del self._seen[path]
            elif current != facts:
                self._seen[path] = (current, now)
            elif current[0] and now - since >= self._settle and not _is_being_written(path):
                del self._seen[path]
                done.append(path)
        return sorted(done)


_GONE = (-1, -1)


def _facts(path: str) -> tuple[int, int]:
    """A file's size and time of change."""
    try:
        status = os.stat(path)
    except OSError:
        return _GONE
    return status.st_size, status.st_mtime_ns


def _is_being_written(path: str) -> bool:
    """Whether a program has it open for writing; False where the system cannot tell."""
    try:
        import fcntl

        with open(path, "rb") as stream:
            # Linux grants a lease for reading only on a file that nobody can be writing to.
            fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except (ImportError, AttributeError):
        return False
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def watch_folders(
    folders: Sequence[str],
    stop: Event,
    tell: Callable[[str], None],
    *,
    settle: float = SETTLE,
) -> Iterator[list[str]]:
    """Yield finished letters until `stop` is set: first what is there, then what arrives.

    `tell` is told where a folder vanishes and where it is back; it is then looked through anew.
    """
    arriving = _Arriving(settle)
    missing: set[str] = set()
    while not stop.is_set():
        there = [folder for folder in folders if os.path.isdir(folder)]
        for folder in folders:
            if folder not in there and folder not in missing:
                tell(f"{folder}: the folder is gone; waiting for it to come back")
                missing.add(folder)
            elif folder in there and folder in missing:
                tell(f"{folder}: the folder is back")
                missing.discard(folder)
        if there:
            yield from _until_changed(there, folders, arriving, stop)
        else:
            stop.wait(_MISSING)


def _until_changed(
    there: Sequence[str], folders: Sequence[str], arriving: _Arriving, stop: Event
) -> Iterator[list[str]]:
    """Watch until one of the folders comes or goes."""
    from watchfiles import Change, watch

    looked = False
    try:
        for changes in watch(
            *there,
            stop_event=stop,
            watch_filter=None,
            debounce=200,
            step=50,
            rust_timeout=int(_TICK * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if not looked:
                # Only now is somebody watching: what is there already, and what came meanwhile.
                looked = True
                for path in find_sources(there):
                    arriving.found(path)
            for change, path in changes:
                if change is Change.deleted:
                    continue
                # Nobody is told of what was in a folder before that was watched too.
                for letter in find_sources([path]) if os.path.isdir(path) else (path,):
                    if is_letter(letter):
                        arriving.touched(letter)
            finished = arriving.finished()
            if finished:
                yield finished
            if [folder for folder in folders if os.path.isdir(folder)] != list(there):
                return
    except FileNotFoundError:
        return  # gone between two looks

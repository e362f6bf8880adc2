"""Write a file whole or not at all; its ending says the format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, TypeVar

from tracker.errors import BadValue, TrackerError

T = TypeVar("T")

ENDINGS: dict[str, str] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".txt": "table",
}


def format_of(path: Path) -> str:
    """The format that the ending of `path` asks for. Raises `BadValue` for any other ending."""
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        known = " ".join(ENDINGS)
        raise BadValue(f"{path}: unknown ending {path.suffix!r}; supported are {known}") from None


def write_file(path: Path, fill: Callable[[TextIO], T], *, bom: bool = False) -> T:
    """Let `fill` write the file at `path`, UTF-8; on any error the old file stays as it was.

    `bom` lets Excel know that it is UTF-8. Raises `TrackerError` where it cannot be written.
    """
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.exists() and not target.is_file():
            # A device or a named pipe cannot be renamed over.
            with target.open("w", encoding="utf-8", newline="") as out:
                return fill(out)
        return _replace(target, fill, bom)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written: {error.strerror or error}") from error


def _replace(target: Path, fill: Callable[[TextIO], T], bom: bool) -> T:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
            result = fill(out)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            os.chmod(name, target.stat().st_mode & 0o777)
        else:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return result

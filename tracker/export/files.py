"""Write a file whole or not at all; its ending says the format."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

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
    ".xlsx": "xlsx",
    ".parquet": "parquet",
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

    def text(binary: BinaryIO, *, mark: bool) -> T:
        encoding = "utf-8-sig" if mark else "utf-8"
        out = io.TextIOWrapper(binary, encoding=encoding, newline="", write_through=False)
        try:
            result = fill(out)
            out.flush()
        finally:
            out.detach()
        return result

    return _write(path, lambda out, replaced: text(out, mark=bom and replaced))


def write_binary_file(path: Path, fill: Callable[[BinaryIO], T]) -> T:
    """The same for bytes."""
    return _write(path, lambda out, replaced: fill(out) if replaced else write_stream(out, fill))


def write_stream(out: BinaryIO, fill: Callable[[BinaryIO], T]) -> T:
    """Let `fill` write a file that is sent to `out` when it is whole: `out` may be a pipe."""
    with tempfile.TemporaryFile() as file:
        result = fill(file)
        file.seek(0)
        shutil.copyfileobj(file, out)
    return result


def _write(path: Path, fill: Callable[[BinaryIO, bool], T]) -> T:
    """`fill` is told whether its file replaces another, and is no device."""
    target = path.resolve() if path.is_symlink() else path
    try:
        if target.exists() and not target.is_file():
            # A device or a named pipe cannot be renamed over.
            with target.open("wb") as out:
                return fill(out, False)
        return _replace(target, fill)
    except OSError as error:
        raise TrackerError(f"{path}: cannot be written: {error.strerror or error}") from error


def _replace(target: Path, fill: Callable[[BinaryIO, bool], T]) -> T:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with open(handle, "wb") as out:
            result = fill(out, True)
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

"""`tracker extract --jsonl`: briefs in, rounds out, a line each, in order, streaming.

With several processes every one has the pipeline; no more than a few batches are on their way,
so that memory stays flat whatever the length of the input.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from tracker.cli.round_json import round_object
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.extraction import Extractor

_LINE_LIMIT = 1_000_000
"""Characters of one JSONL line; a longer one is an error on its place, not a full memory."""
_AHEAD = 2
"""Batches a process that are read before the first of them is written."""


@dataclass(slots=True)
class _Row:
    """One input line: what to read, or why it cannot be read."""

    id: Any
    text: str = ""
    day: date | None = None
    error: str | None = None


def _read_row(line: str, number: int) -> _Row:
    if len(line) > _LINE_LIMIT:
        return _Row(None, error=f"line {number}: longer than {_LINE_LIMIT:,} characters")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as e:
        return _Row(None, error=f"line {number}: not JSON ({getattr(e, 'msg', 'too deep')})")
    if not isinstance(row, dict):
        return _Row(None, error=f"line {number}: not a JSON object")
    known = row.get("id")
    if not isinstance(row.get("text"), str):
        return _Row(known, error=f'line {number}: "text" is missing or not a string')
    try:
        day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    except (ValueError, TypeError):
        return _Row(known, error=f'line {number}: "date" is not an ISO date')
    return _Row(known, row["text"], day)


def extract_lines(source: str, model: str | None, processes: int = 1) -> int:
    """Stream briefs through the pipeline. Returns the exit code: 1 where a line could not be read."""
    from tracker.extraction import BATCH, pipeline_path

    pipeline_path(model)  # a missing pipeline is told before any process starts
    rows = (
        _read_row(line, number)
        for number, line in enumerate(_bounded_lines(_open(source)), 1)
        if line.strip()
    )
    batches = iter(lambda: list(islice(rows, BATCH)), [])
    failed = False
    run = _here if processes == 1 else _spread(processes)
    for written, bad in run(batches, model):
        failed = failed or bad
        sys.stdout.write(written)
    sys.stdout.flush()
    return int(failed)


Batches = Iterable[list[_Row]]
Written = tuple[str, bool]
"""The output lines of a batch, and whether one of them is an error."""


def _open(source: str) -> IO[str]:
    if source == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        return sys.stdin
    try:
        return open(source, encoding="utf-8", errors="replace")
    except OSError as e:
        raise TrackerError(f"{source}: {e.strerror}") from e


def _here(batches: Batches, model: str | None) -> Iterator[Written]:
    for batch in batches:
        yield _work(batch, model)


def _spread(processes: int) -> Callable[[Batches, str | None], Iterator[Written]]:
    def run(batches: Batches, model: str | None) -> Iterator[Written]:
        from concurrent.futures import Future, ProcessPoolExecutor
        from multiprocessing import get_context

        # Spawned, not forked: the numeric libraries may already run threads.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            waiting: deque[Future[Written]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_work, batch, model))
                if len(waiting) >= _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    return run


@cache
def _extractor(model: str | None) -> Extractor:
    from tracker.extraction import load_extractor

    return load_extractor(model)


def _work(batch: list[_Row], model: str | None) -> Written:
    found = _extractor(model).extract((row.text, row.day) for row in batch if row.error is None)
    lines: list[str] = []
    failed = False
    for row in batch:
        if row.error is not None:
            failed = True
            lines.append(_line({"id": row.id, "error": row.error}))
        else:
            brief = next(found)
            rounds = [round_object(r) for r in brief.rounds]
            lines.append(_line({"id": row.id, "kind": brief.kind, "rounds": rounds}))
    return "".join(lines), failed


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _bounded_lines(stream: IO[str]) -> Iterator[str]:
    """The lines of a stream; the rest of an over-long one is skipped, not held."""
    while line := stream.readline(_LINE_LIMIT + 1):
        yield line
        while len(line) > _LINE_LIMIT and not line.endswith("\n"):
            line = stream.readline(_LINE_LIMIT + 1)

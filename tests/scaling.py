"""Whether work grows with its input in proportion: a ratio within one run, never a stop-watch.

Four times the input may take four times as long, with room for noise; work that is quadratic
takes sixteen times as long and fails.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ROOM = 9.0
TRIES = 3
NOISE = 0.05
"""Seconds of processor time below which a difference says nothing."""


def grows_linearly(work: Callable[[str], object], text: str) -> bool:
    """Whether `work` on `text` takes at most `ROOM` times what it takes on the first quarter."""

    def spent(part: str) -> float:
        started = time.process_time()
        work(part)
        return time.process_time() - started

    work(text[:100])  # what is compiled or cached on first use is not growth
    # A machine that is busy with something else may spoil one try; what is quadratic fails them all.
    return any(spent(text) <= ROOM * spent(text[: len(text) // 4]) + NOISE for _ in range(TRIES))

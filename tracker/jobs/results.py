"""What came of one source in one run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """Letters by what became of them; `error` says why the source, or a letter of it, failed."""

    source: str
    status: Literal["ok", "failed"]
    new: int
    known: int
    failed: int
    briefs: int
    rounds: int
    error: str | None
    note: str | None = None
    """What a person should know though nothing failed: the source has moved, or is gone."""


def total(results: list[SourceResult]) -> dict[str, int]:
    """The numbers of all sources together."""
    counts: Counter[str] = Counter({"sources": len(results)})
    for result in results:
        counts["sources_failed"] += result.status == "failed"
        for name in ("new", "known", "failed", "briefs", "rounds"):
            counts[name] += getattr(result, name)
    return dict(counts)

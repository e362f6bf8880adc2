"""What the chain would make of letters: read, extracted, looked up, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from tracker.filing import is_known
from tracker.ingest import Outcome, Steps, default_steps, extract, failed, kept_of, prepared
from tracker.records import Issue

if TYPE_CHECKING:
    from tracker.store import Store


def preview(
    found: Iterable[Issue | Outcome],
    store: Store,
    *,
    newsletter: str | None = None,
    steps: Steps | None = None,
) -> Iterator[tuple[Issue | None, Outcome]]:
    """What `ingest_issues` would say of each letter, one at a time, with the letter's head."""
    from tracker.store import IssueWriter

    steps = steps or default_steps()
    load = cache(steps.load)
    for one in found:
        letter = one if isinstance(one, Outcome) else prepared(one, newsletter, steps, store, ())
        if isinstance(letter, Outcome):
            yield None if isinstance(one, Outcome) else steps.head(one), letter
            continue
        [(_, read)] = extract([letter], load())
        if isinstance(read, Exception):
            yield letter.issue, failed(letter.issue.source, read)
            continue
        kept = kept_of(letter, read)
        with store.reading() as connection:
            known = is_known(IssueWriter(connection), kept)
        rounds = sum(len(r.rounds) for _, r in kept.parts)
        new = Outcome(letter.issue.source, "new", briefs=len(kept.parts), rounds=rounds)
        yield letter.issue, Outcome(letter.issue.source, "known") if known else new

"""What a person typed in, issues out: files, folders, globs, standard input, and addresses.

An address is fetched once, with nothing remembered of it; `tracker.jobs` keeps sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.errors import BadValue, TrackerError
from tracker.fetch import FetchOptions, FetchProblem, is_address, issues_in, open_fetcher
from tracker.ingest import Outcome, Steps, failed, read_paths
from tracker.records import Issue


def read_typed(
    typed: Iterable[str], steps: Steps, options: FetchOptions
) -> Iterator[Issue | Outcome]:
    """Every issue found there, and a failed `Outcome` for what cannot be had or read.

    Raises `BadValue` for an address that cannot be one.
    """
    for one in typed:
        yield from _fetched(one, options) if is_address(one) else read_paths([one], steps)


def _fetched(address: str, options: FetchOptions) -> Iterator[Issue | Outcome]:
    fetcher = open_fetcher(address, options=options)
    try:
        for one in fetcher.fetch({}):
            if isinstance(one, FetchProblem):
                yield Outcome(one.source, "failed", one.reason)
                continue
            try:
                yield from issues_in(one)
            except Exception as error:  # noqa: BLE001 - hostile input may break a reader
                yield failed(one.source, error)
    except BadValue:
        raise
    except TrackerError as error:
        reason = getattr(error, "reason", None)
        yield Outcome(fetcher.source, "failed", reason or str(error))

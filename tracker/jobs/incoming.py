"""A fetcher in, the issues it brings out, with an eye on what to remember of it.

What goes wrong comes out as a failed `Outcome`, of one letter or of the whole source: nothing
that a server sends ends a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from tracker.errors import FetchFailed, TrackerError
from tracker.fetch import Fetched, Fetcher, FetchProblem, issues_in
from tracker.ingest import Outcome, failed
from tracker.records import Issue, Raw, StoredSource


class Incoming:
    """The letters of one source, once through."""

    def __init__(
        self, source: StoredSource, open_source: Callable[[StoredSource], Fetcher]
    ) -> None:
        self._source = source
        self._open = open_source
        self._fetcher: Fetcher | None = None
        self._handed_out = False
        self.error: str | None = None
        """Why the source as a whole could not be had to its end."""
        self.gone = False
        self.last_letter: datetime | None = None

    def state(self) -> dict[str, Any]:
        """What to remember: it covers all that was handed out, and no more."""
        if self._fetcher is None or (self.error is not None and not self._handed_out):
            return dict(self._source.state)
        return self._fetcher.state()

    def __iter__(self) -> Iterator[Issue | Outcome]:
        name = self._source.name
        try:
            self._fetcher = self._open(self._source)
            for one in self._fetcher.fetch(self._source.state):
                self._handed_out = True
                if isinstance(one, FetchProblem):
                    yield Outcome(one.source, "failed", one.reason)
                else:
                    self.last_letter = datetime.now(UTC)
                    yield from _read(one)
        except FetchFailed as error:
            self.error, self.gone = error.reason, error.gone
        except TrackerError as error:
            self.error = str(error)
        except Exception as error:  # noqa: BLE001 - a fetcher that breaks must not end the run
            # Its text may hold what nobody should read.
            self.error = f"cannot be fetched ({type(error).__name__})"
        if self.error is not None:
            yield Outcome(name, "failed", self.error)


def _read(fetched: Fetched) -> Iterator[Issue | Outcome]:
    try:
        yield from issues_in(fetched)
    except Exception as error:  # noqa: BLE001 - hostile input may break a reader
        yield failed(fetched.source, error, Raw(fetched.raw, fetched.name))

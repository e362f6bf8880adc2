"""Where letters are fetched: a source's address and what is known of it in, bytes out.

`open_fetcher` gives the fetcher of a mailbox, feed, page, file or folder; `fetch(state)` yields
what is new as `Fetched`, and `state()` says what to remember; `issues_in` reads a `Fetched`.
This room asks the network and reads nothing; `tracker.sources` reads and asks nobody.
"""

from __future__ import annotations

from tracker.fetch.fetched import KINDS, Fetched, Fetcher, FetchProblem
from tracker.fetch.letters import issues_in
from tracker.fetch.opening import is_address, open_fetcher
from tracker.fetch.options import FetchOptions, load_options

__all__ = [
    "KINDS",
    "FetchOptions",
    "FetchProblem",
    "Fetched",
    "Fetcher",
    "is_address",
    "issues_in",
    "load_options",
    "open_fetcher",
]

"""Ask the store: filters in, rows out.

    >>> from tracker.query import rounds
    >>> frame = rounds("rounds.sqlite3", since="30d", stage=["seed"])  # doctest: +SKIP

`rounds`, `companies`, `investors` and `briefs` return pandas DataFrames: see `tracker.query.frames`.
Importing this package is cheap; SQLModel and pandas are imported by the functions that need them.
"""

from tracker.query.filters import SORTS, RoundFilter, make_filter
from tracker.query.frames import briefs, companies, investors, rounds

__all__ = [
    "SORTS",
    "RoundFilter",
    "briefs",
    "companies",
    "investors",
    "make_filter",
    "rounds",
]

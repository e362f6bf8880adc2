"""The unattended job: which sources are due, fetch them, ingest what is new, say how it went.

In: an open store with its sources. Out: a `SourceResult` for each; letters and the state of
their source are in the store together, or not at all.
"""

from tracker.jobs.previewing import preview_source
from tracker.jobs.retrying import retry_failed
from tracker.jobs.running import run_sources
from tracker.jobs.timing import is_due, is_silent

__all__ = ["is_due", "is_silent", "preview_source", "retry_failed", "run_sources"]

"""Every error a user may see.

    TrackerError
    ├── UnreadableSource    a file or stream that holds no readable letter (empty, binary, too large)
    ├── FetchFailed         a mailbox, feed or page cannot be had (unreachable, refused, gone)
    ├── BadValue            an option or cell that does not parse ("50억원어치", a date, a stage)
    ├── StoreError          the database cannot be opened, written or read
    │   ├── NoDatabase      there is no database to read from yet
    │   └── SchemaMismatch  the database has another schema version than this program
    ├── AlreadyRunning      another `tracker run` is at work on the same database
    └── PipelineMissing     the trained pipeline is not where it should be

Each message is one line that names the thing and the reason; the CLI prints it and exits 1
(2 for a `BadValue`, which is a usage error).
"""

from __future__ import annotations


class TrackerError(Exception):
    """Base of all errors meant for the user."""


class UnreadableSource(TrackerError):
    """A source that cannot be read as a letter; `source` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class FetchFailed(TrackerError):
    """A source on the net that cannot be had; `gone` means that it will never come back."""

    def __init__(self, source: str, reason: str, *, gone: bool = False) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.gone = gone


class BadValue(TrackerError):
    """An option's value that does not parse."""


class StoreError(TrackerError):
    """The database cannot be opened, read or written."""


class NoDatabase(StoreError):
    """There is nothing to read from yet; `shown` is the place where it would be."""

    def __init__(self, shown: str) -> None:
        super().__init__(f"no database yet at {shown}: run tracker ingest PATH first")
        self.shown = shown


class SchemaMismatch(StoreError):
    """The database was made by another version of the schema."""


class AlreadyRunning(TrackerError):
    """Another run is at work on the database `shown`."""

    def __init__(self, shown: str) -> None:
        super().__init__(f"another tracker run is at work on {shown}; this one has nothing to do")


class PipelineMissing(TrackerError):
    """No trained pipeline was found."""

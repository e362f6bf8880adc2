"""What persons have decided → `Verdicts`, which every decision of the program bows to."""

from __future__ import annotations

from sqlalchemy import Connection

from tracker.records import Verdicts


def load_verdicts(connection: Connection) -> Verdicts:
    """Everything that persons said of who is who and of rounds."""
    return Verdicts()

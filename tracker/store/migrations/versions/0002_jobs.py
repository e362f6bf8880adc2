"""Sources, their state, and the raw letters: what an unattended job keeps."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""

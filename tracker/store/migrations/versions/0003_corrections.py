"""A person's word: corrections, decisions on who is who, and their history."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""

"""Letters that go through the pipeline and into the database together, and how much that is."""

from __future__ import annotations

from tracker.filing import Letter
from tracker.records import Raw


class Batch:
    """Letters that go through the pipeline and into the database together."""

    def __init__(self) -> None:
        self.letters: dict[str, Letter] = {}
        """By fingerprint."""
        self.aside: list[tuple[Raw, str]] = []
        """What could not be read, and why."""
        self.size = 0
        """Letters, briefs, and what is set aside."""
        self.chars = 0
        """Characters of text, and raw bytes."""
        self._raw: Raw | None = None

    def add(self, letter: Letter) -> None:
        """Take a letter in."""
        self.letters[letter.fingerprint] = letter
        self.size += 1 + len(letter.briefs)
        self.chars += len(letter.issue.text)
        self._count(letter.issue.raw)

    def set_aside(self, raw: Raw, reason: str) -> None:
        """Take bytes in that could not be read."""
        self.aside.append((raw, reason))
        self.size += 1
        self._count(raw)

    def _count(self, raw: Raw | None) -> None:
        # All letters of one file share its bytes.
        if raw is not None and raw is not self._raw:
            self.chars += len(raw.data)
        self._raw = raw

"""An `Issue` in, its `Brief`s out.

`read_head` completes what the letter says of itself: day, number, name and title.
`find_briefs` finds the news items by the letter's structure, not by knowing newsletters.
"""

from __future__ import annotations

from tracker.segment.briefs import find_briefs
from tracker.segment.head import read_head

__all__ = ["find_briefs", "read_head"]

"""A bar of blocks for the terminal, an eighth of a character exact."""

from __future__ import annotations

WIDTH = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(value: float, largest: float, width: int = WIDTH) -> str:
    """`value` as a part of `largest`; something is never nothing."""
    if value <= 0 or largest <= 0:
        return ""
    eighths = max(1, round(8 * width * min(value / largest, 1)))
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + _EIGHTHS[rest]).rstrip()

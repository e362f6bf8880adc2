"""What the commands share in speaking: messages, formats, and where the data goes."""

from __future__ import annotations

import sys

from tracker.errors import BadValue


def say(message: str) -> None:
    """One line to standard error, in the user's language."""
    from tracker.export.safety import plain_line
    from tracker.language import translated

    print(f"tracker: {plain_line(translated(message))}", file=sys.stderr)


def check_format(fmt: str, known: tuple[str, ...]) -> str:
    """`fmt`, or a `BadValue` that lists what there is. ``md`` is ``markdown``."""
    fmt = {"md": "markdown", "ndjson": "jsonl"}.get(fmt.lower(), fmt.lower())
    if fmt not in known:
        raise BadValue(f"--format {fmt}: choose from {', '.join(known)}")
    return fmt

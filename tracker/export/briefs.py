"""A whole brief for reading, with the values that were read from it standing out.

On a terminal every field has its colour; elsewhere a value is marked »so«.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from tracker.export.safety import printable
from tracker.records import Span

STYLES: Mapping[str, str] = {
    "company": "bold cyan",
    "company_alias": "cyan",
    "investors": "bold green",
    "amount": "bold yellow",
    "stage": "bold magenta",
    "valuation": "bold blue",
    "total_raised": "blue",
    "extension": "magenta",
    "announced_on": "underline",
}
"""Field → style; what is not named here (a description) does not stand out."""


def highlighted(text: str, spans: Mapping[str, Sequence[Span]], *, marked: bool) -> Text:
    """`text` with the spans of every field standing out; of two that overlap, the earlier."""
    places = sorted(
        (span.start, span.end, STYLES[name])
        for name, found in spans.items()
        if name in STYLES
        for span in found
    )
    shown = Text()
    done = 0
    for start, end, style in places:
        if start < done:
            continue
        shown.append(printable(text[done:start]))
        value = printable(text[start:end])
        shown.append(f"»{value}«" if marked else value, style=style)
        done = end
    shown.append(printable(text[done:]))
    return shown


def legend() -> Text:
    """Which colour is which field."""
    return Text("  ").join(
        Text(name.replace("_", " "), style=style)
        for name, style in STYLES.items()
        if name not in ("company_alias", "extension", "announced_on")
    )

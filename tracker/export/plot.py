"""Statistics as a bar chart in a file, .png or .svg, through matplotlib."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tracker.errors import BadValue, TrackerError
from tracker.export.files import write_binary_file
from tracker.export.safety import plain_line
from tracker.export.tallies import Line

MOST = 60
"""Bars in one chart; more cannot be read."""
_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_KRW = ((10**12, "조원"), (10**8, "억원"), (10**4, "만원"))


def check_plot(path: Path) -> None:
    """Whether a chart could be written there. Raises `BadValue` or `TrackerError`."""
    if path.suffix.lower() not in (".png", ".svg"):
        raise BadValue(f"--plot {path}: give a file that ends in .png or .svg")
    if find_spec("matplotlib") is None:
        raise TrackerError("--plot needs matplotlib: pip install 'startup-funding-tracker[plot]'")
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise TrackerError(f"{path}: cannot be written there")


def write_plot(lines: list[Line], by: str | None, path: Path) -> None:
    """Draw the sums of the currency that most rounds name; rounds where no sum is known."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from tracker.export.fonts import font_for

    labels, heights, title, unit = chart(lines, by)
    if len(labels) > MOST:
        raise TrackerError(f"{len(labels)} groups are too many for a chart: add --limit {MOST}")
    axis = (by or "all").capitalize()
    font = FontProperties(
        fname=str(font_for("".join([*labels, title, unit, axis, "0123456789.,"])))
    )
    upright = by in ("month", "quarter", None)
    figure = Figure(figsize=(9, 4.8) if upright else (9, max(3.0, 0.34 * len(labels) + 1.4)))
    axes: Any = figure.subplots()
    if upright:
        axes.bar(range(len(labels)), heights, color="#2f6f9f")
        axes.set_xticks(
            range(len(labels)), labels, rotation=45 if len(labels) > 6 else 0, ha="right"
        )
        axes.set_xlabel(axis, fontproperties=font)
        axes.set_ylabel(unit, fontproperties=font)
    else:
        axes.barh(range(len(labels)), heights, color="#2f6f9f")
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.set_ylabel(axis, fontproperties=font)
        axes.set_xlabel(unit, fontproperties=font)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
    axes.set_title(title, fontproperties=font)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    kind = path.suffix.lower()[1:]
    metadata = {"Date": None} if kind == "svg" else {}
    write_binary_file(
        path, lambda file: figure.savefig(file, format=kind, dpi=150, metadata=metadata)
    )


def chart(lines: list[Line], by: str | None) -> tuple[list[str], list[float], str, str]:
    """Labels, heights, the title and the unit of the value axis."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.sums:
            counts[line.sums.currency] = counts.get(line.sums.currency, 0) + len(line.sums.amounts)
    groups = {id(line.tally): line.tally for line in lines}.values()
    labels = [plain_line(tally.label)[:40] for tally in groups]
    if not counts:
        return labels, [float(tally.rounds) for tally in groups], "Funding rounds", "Rounds"
    currency = max(counts, key=lambda code: (counts[code], code))
    sums = [tally.sums[currency].total if currency in tally.sums else 0 for tally in groups]
    factor, unit = _scale(max(sums), currency)
    others = " (other currencies: see --in)" if len(counts) > 1 else ""
    title = f"Disclosed funding in {currency}{others}"
    return labels, [value / factor for value in sums], title, f"Sum, {unit}"


def _scale(largest: int, currency: str) -> tuple[int, str]:
    for factor, name in _KRW if currency == "KRW" else _UNITS:
        if largest >= factor:
            return factor, name if currency == "KRW" else f"{name} {currency}"
    return 1, currency

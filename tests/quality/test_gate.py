"""The quality gate: what the shipped pipeline scores may not fall below ``models/thresholds.csv``.

A floor rises with every improvement; to lower one takes a line in the CHANGELOG. The dev sets
are kept outside of the repository; where they are not beside it, their rows skip.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tracker.evaluation.run import evaluate_file
from tracker.extraction import load_extractor

REPO = Path(__file__).resolve().parents[2]
PLACES = (REPO / "data" / "corpora" / "briefs", REPO.parent / "shared" / "eval" / "dev")
# One process loads the pipeline and scores each set once, for its floors and for the README.
pytestmark = pytest.mark.xdist_group("pipeline")
THRESHOLDS = REPO / "models" / "thresholds.csv"


def floors() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with THRESHOLDS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["set"]][row["figure"]] = float(row["floor"])
    return dict(found)


@cache
def figures(name: str) -> dict[str, float]:
    path = next((p / f"{name}.jsonl" for p in PLACES if (p / f"{name}.jsonl").is_file()), None)
    if path is None:
        pytest.skip(f"gold set {name} is not beside the repository ({PLACES[1]})")
    return evaluate_file(path, load_extractor()).figures()


@pytest.mark.parametrize("name", sorted(floors()))
def test_no_figure_falls(name: str) -> None:
    got = figures(name)
    fallen = {f: (round(got[f], 4), floor) for f, floor in floors()[name].items() if got[f] < floor}
    assert not fallen, f"{name}: figure: (now, floor) {fallen}"


def test_the_gate_covers_every_figure_of_every_set() -> None:
    assert set(floors()) >= {"ko_briefs", "ko_real", "en_briefs", "ko-02", "ko-12", "en-05"}
    for name, rows in floors().items():
        assert {"record", "company", "investor", "amount", "stage", "silence", "kind"} <= set(
            rows
        ), name


def readme_table() -> dict[str, dict[str, float]]:
    """The README's table of results: set → figure → value."""
    text = (REPO / "README.md").read_text(encoding="utf-8")
    lines = text.partition("<!-- results -->")[2].partition("<!-- /results -->")[0].split("\n")
    rows = [[c.strip(" `") for c in line.strip("|").split("|")] for line in lines if "|" in line]
    names = rows[0][1:]
    found: dict[str, dict[str, float]] = {name: {} for name in names}
    for figure, *values in rows[2:]:
        for name, value in zip(names, values, strict=True):
            found[name][figure] = float(value)
    return found


@pytest.mark.parametrize("name", sorted(readme_table()))
def test_the_readme_tells_the_truth(name: str) -> None:
    told = readme_table()[name]
    got = figures(name)
    assert set(told) == set(got)
    assert told == {figure: pytest.approx(value, abs=0.01) for figure, value in got.items()}

"""Write the model card from what was measured: never by hand.

    python models/scripts/model_card.py models

Reads the pipeline's meta.json, metrics.json and calibration.json of that folder; writes README.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tracker.records import KINDS

HEAD = """# The brief reader

{description}. Version {version}, {size:.0f} MB, MIT. This page is written by `make models`
(`scripts/model_card.py`); do not edit it.

## What it is for

Reading short startup news, Korean or English, one brief at a time: is it a funding round, of
which company, by whom, how much, at which stage. It is not for whole articles, other
languages, or anything where nobody checks what it says: every value carries the characters it was
read from so that someone can.

## What it is

{readers} readers of one architecture that were trained from different seeds; their probabilities
average. A reader sees tokens through closed columns (word, shape, ending, sense class, known investor,
nearest cue, place …), never a name as such. Each token gets one of the roles company, investor,
lead, amount, valuation, total_raised, stage, extension or none; the brief one of {kinds} kinds.
Trained on the `train` split of data/corpora (synthetic, see its datasheet), watched on `dev`.

## How good it is

On the corpus's test split, writers that no reader was trained on. F1; `record` counts a round
only if company, all investors, amount and stage are right.

"""

CONFIDENCE = """
## What its confidence means

The share of rounds, or of values, that are right among those with that confidence. Fitted on
the test split by logistic regressions over {signs} signs; the figures below are of briefs that the
weights were fitted without (five folds). ECE is the expected calibration error.

| field | values | right | ECE |
| --- | --- | --- | --- |
"""

LIMITS = """
## Known limits

- The corpora are written by language models: on real newsletters the figures are lower than above;
  the README of the repository has those of the dev sets.
- The gate (is this a round at all?) loses more than anything else: rounds told without a
  funding word, and past rounds told as background.
- Several rounds in one sentence are sometimes attributed wrongly.
"""


def main() -> int:
    folder = Path(sys.argv[1])
    pipeline = folder / "brief_reader"
    meta = json.loads((pipeline / "meta.json").read_text(encoding="utf-8"))
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))["test"]
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    weights = json.loads((pipeline / "confidence.json").read_text(encoding="utf-8"))
    size = sum(f.stat().st_size for f in pipeline.rglob("*") if f.is_file()) / 1e6
    page = HEAD.format(
        description=meta["description"],
        version=meta["version"],
        size=size,
        readers=len(meta["pipeline"]),
        kinds=len(KINDS),
    )
    page += _table(metrics)
    page += CONFIDENCE.format(signs=len(weights["signs"]) - 2)
    for field, row in calibration.items():
        ece = row["expected_calibration_error"]
        page += f"| {field} | {row['observations']} | {row['right']:.3f} | {ece:.3f} |\n"
    page += "\nReliability of whole records:\n\n| confidence | rounds | told | came true |\n"
    page += "| --- | --- | --- | --- |\n"
    for row in calibration["record"]["reliability"]:
        span = f"{row['from']:.1f}–{row['from'] + 0.1:.1f}"
        page += f"| {span} | {row['count']} | {row['told']:.3f} | {row['came_true']:.3f} |\n"
    page += LIMITS
    (folder / "README.md").write_text(page, encoding="utf-8")
    return 0


def _table(metrics: dict[str, Any]) -> str:
    names = list(metrics)
    lines = ["| | " + " | ".join(f"`{n}`" for n in names) + " |", "| --- " * (len(names) + 1) + "|"]
    for figure in metrics[names[0]]:
        cells = " | ".join(f"{metrics[n][figure]:.3f}" for n in names)
        lines.append(f"| {figure} | {cells} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

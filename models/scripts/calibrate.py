"""Fit how sure the shipped pipeline may be, on the corpus's test split, and say how well it holds.

    python models/scripts/calibrate.py data/corpora/briefs models/brief_reader models/calibration.json

Writes ``confidence.json`` beside the pipeline, and the reliability table with the expected
calibration error of each field: of every brief by weights that were fitted without it (five folds).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tracker.evaluation.run import scored_fields
from tracker.evaluation.scoring import money_of, pair, read_gold, right_record, same_amount
from tracker.extraction import load_extractor
from tracker.extraction.confidence import FILE, SIGNS, TARGETS
from tracker.extraction.corpus import split_files
from tracker.parsing.names import name_key
from tracker.records import ExtractedRound

FOLDS = 5
RIDGE = 1.0
"""Pull of each weight towards naught, in observations; keeps rare fields from extremes."""
BINS = 10


class Probe:
    """Stands in for the calibration: keeps the signs of every round that is made."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, list[float]]] = []

    def share(self, target: str, found: Mapping[str, float], own: float) -> float:
        self.seen.append((target, [*(found[name] for name in SIGNS), own, 1.0]))
        return 0.0


def observations(files: Sequence[Path]) -> dict[str, list[tuple[list[float], bool]]]:
    """Field → (signs, whether it was right) of everything the pipeline says of the gold briefs."""
    extractor = load_extractor()
    probe = Probe()
    extractor.calibration = probe  # type: ignore[assignment]
    found: dict[str, list[tuple[list[float], bool]]] = defaultdict(list)
    for path in files:
        gold = list(read_gold(path))
        for brief, read in zip(
            gold, extractor.extract((b["text"], None) for b in gold), strict=True
        ):
            records = [scored_fields(r) for r in read.rounds]
            partner = {id(got): wanted for wanted, got in pair(brief.get("rounds") or [], records)}
            verdicts = [
                verdict
                for told, record in zip(read.rounds, records, strict=True)
                for verdict in _verdicts(told, record, partner.get(id(record)))
            ]
            for (target, signs), (same, right) in zip(probe.seen, verdicts, strict=True):
                assert target == same
                found[target].append((signs, right))
            probe.seen.clear()
    return found


def _verdicts(
    told: ExtractedRound, got: Mapping[str, Any], gold: Mapping[str, Any] | None
) -> Iterator[tuple[str, bool]]:
    """(field, whether it is right) in the order in which the assembly asks."""
    backers = {
        name_key(n)
        for i in (gold or {}).get("investors") or []
        for n in (i["name"], *(i.get("accept") or ()))
    }
    for investor in told.investors:
        yield "investor", name_key(investor.name) in backers
    yield "record", gold is not None and right_record(gold, got)
    for field in told.field_confidence:
        if gold is None or field == "company":
            yield field, gold is not None
        elif field == "amount":
            yield field, same_amount(gold, got)
        elif field == "stage":
            yield field, gold.get("stage") == got.get("stage")
        else:
            currency = f"{field}_currency"
            yield field, money_of(gold, field, currency) == money_of(got, field, currency)


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, by Newton's method with a ridge (not on the constant)."""
    weights = np.zeros(rows.shape[1])
    pull = np.full(rows.shape[1], RIDGE)
    pull[-1] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - p) - pull * weights
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def held_out(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Each row's probability by weights that were fitted without its fold."""
    fold = np.arange(len(rows)) % FOLDS
    out = np.zeros(len(rows))
    for n in range(FOLDS):
        weights = fit(rows[fold != n], right[fold != n])
        out[fold == n] = 1 / (1 + np.exp(-rows[fold == n] @ weights))
    return out


def reliability(p: np.ndarray, right: np.ndarray) -> tuple[float, list[dict[str, float]]]:
    """(expected calibration error, table) over ten bins of equal width."""
    table = []
    error = 0.0
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    for n in range(BINS):
        mine = bins == n
        if mine.any():
            told, came = float(p[mine].mean()), float(right[mine].mean())
            error += mine.mean() * abs(told - came)
            row = {"from": n / BINS, "count": int(mine.sum())}
            table.append(row | {"told": round(told, 3), "came_true": round(came, 3)})
    return round(error, 4), table


def main() -> int:
    corpus, pipeline, target = map(Path, sys.argv[1:4])
    weights: dict[str, list[float]] = {}
    report: dict[str, Any] = {}
    found = observations(split_files(corpus, "test"))
    for field in TARGETS:
        rows = np.array([signs for signs, _ in found[field]])
        right = np.array([float(r) for _, r in found[field]])
        weights[field] = [round(float(w), 4) for w in fit(rows, right)]
        error, table = reliability(held_out(rows, right), right)
        report[field] = {
            "observations": len(rows),
            "right": round(float(right.mean()), 4),
            "expected_calibration_error": error,
            "reliability": table,
        }
    out = {"signs": [*SIGNS, "own", "constant"], "weights": weights}
    (pipeline / FILE).write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    target.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for field, row in report.items():
        print(f"{field:14}{row['observations']:6}{row['expected_calibration_error']:8.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

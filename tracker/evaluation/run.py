"""A gold file through the pipeline, scored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.evaluation.scoring import Scores, read_gold, score
from tracker.records import ExtractedRound

if TYPE_CHECKING:
    from tracker.extraction import Extractor


def evaluate_file(path: Path, extractor: Extractor) -> Scores:
    """Read every brief of `path` with `extractor` and compare."""
    gold = list(read_gold(path))

    def pairs() -> Iterator[tuple[dict[str, Any], str, list[dict[str, Any]]]]:
        read = extractor.extract((brief["text"], None) for brief in gold)
        for brief, found in zip(gold, read, strict=True):
            yield brief, found.kind, [scored_fields(r) for r in found.rounds]

    return score(pairs())


def scored_fields(found: ExtractedRound) -> dict[str, Any]:
    """A round in the fields that are scored."""
    names = (
        "company",
        "amount",
        "currency",
        "stage",
        "valuation",
        "valuation_currency",
        "total_raised",
        "total_raised_currency",
    )
    record: dict[str, Any] = {name: getattr(found, name) for name in names}
    record["investors"] = [{"name": i.name, "lead": i.lead} for i in found.investors]
    return record

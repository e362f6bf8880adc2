"""The sample letters: every item of their news arrives whole, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tracker.records import Brief, Issue
from tracker.segment import find_briefs, read_head
from tracker.sources import find_sources, read_source

ROOT = Path(__file__).parents[2]
LETTERS = [Path(path) for path in find_sources([str(ROOT / "data" / "issues")])]
GOLDEN = ROOT / "tests" / "golden" / "issues"


@dataclass(frozen=True)
class Sample:
    issue: Issue
    briefs: list[Brief]
    rounds: dict[str, object]
    expected: list[str]


def load(path: Path) -> Sample:
    (issue,) = read_source(str(path))
    issue = read_head(issue)
    rounds = json.loads((GOLDEN / f"{path.stem}.rounds.json").read_text(encoding="utf-8"))
    expected = json.loads((GOLDEN / f"{path.stem}.briefs.json").read_text(encoding="utf-8"))
    return Sample(issue, find_briefs(issue), rounds, expected)


def test_there_are_enough_of_many_kinds() -> None:
    samples = [load(path) for path in LETTERS]
    assert len(samples) >= 10
    assert {sample.issue.media for sample in samples} == {
        "text",
        "markdown",
        "html",
        "mail",
        "feed",
    }
    assert sum(len(sample.briefs) for sample in samples) >= 60
    assert sum(len(sample.rounds["rounds"]) for sample in samples) >= 40  # type: ignore[arg-type]


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_letter(path: Path) -> None:
    sample = load(path)
    assert [brief.text for brief in sample.briefs if brief.in_news_section] == sample.expected
    assert len(sample.briefs) == sample.rounds["briefs"]
    for name in ("title", "newsletter", "number"):
        assert getattr(sample.issue, name) == sample.rounds[name], name
    assert sample.issue.issued_on == date.fromisoformat(str(sample.rounds["issued_on"]))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_round_stands_in_one_brief(path: Path) -> None:
    sample = load(path)
    for record in sample.rounds["rounds"]:  # type: ignore[attr-defined]
        names = [record["company"], *(investor["name"] for investor in record["investors"])]
        assert any(all(name in brief.text for name in names) for brief in sample.briefs), names

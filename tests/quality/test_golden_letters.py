"""The sample letters end to end: from the file to the rounds, against hand-made gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main
from tracker.evaluation import Scores, score
from tracker.evaluation.run import scored_fields
from tracker.extraction import load_extractor
from tracker.segment import find_briefs, read_head
from tracker.sources import read_source

pytestmark = pytest.mark.xdist_group("pipeline")
REPO = Path(__file__).resolve().parents[2]
LETTERS = REPO / "data" / "issues"
FLOOR = 0.97
"""Record F1 over all letters: one of the 53 rounds is misread."""


def read_letters() -> Scores:
    extractor = load_extractor()
    pairs = []
    for path in sorted((REPO / "tests" / "golden" / "issues").glob("*.rounds.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        (letter,) = LETTERS.glob(path.name.replace(".rounds.json", ".*"))
        rounds: list[dict[str, Any]] = []
        for issue in map(read_head, read_source(str(letter))):
            assert str(issue.issued_on) == gold["issued_on"]
            texts = ((brief.text, issue.issued_on) for brief in find_briefs(issue))
            rounds += [scored_fields(r) for b in extractor.extract(texts) for r in b.rounds]
        pairs.append(({"rounds": gold["rounds"]}, "", rounds))
    return score(pairs)


def test_rounds_of_all_letters() -> None:
    scores = read_letters()
    assert scores.fields["record"].gold >= 40
    assert scores.fields["record"].f1 >= FLOOR


def test_one_round_in_two_letters_is_one_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "letters.sqlite3"))
    ask: Callable[..., list[dict[str, Any]]] = lambda *argv: (  # noqa: E731
        json.loads(capsys.readouterr().out) if main(argv) == 0 else []
    )
    assert main(["ingest", str(LETTERS)]) == 0
    capsys.readouterr()
    found = ask("list", "-f", "json", "--limit", "0")
    twice = {r["company"]: len(r["sources"]) for r in found if len(r["sources"]) > 1}
    assert twice.keys() >= {"루미디엘", "한끼연구소", "Quillstone"}
    assert main(["ingest", str(LETTERS)]) == 0
    capsys.readouterr()
    assert ask("list", "-f", "json", "--limit", "0") == found

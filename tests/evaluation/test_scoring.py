"""The contract's scoring, by hand-counted examples, and against the contract's own program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main
from tracker.evaluation import score
from tracker.evaluation.run import scored_fields
from tracker.evaluation.scoring import read_gold
from tracker.extraction import load_extractor

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval"
TEST_SET = Path(__file__).resolve().parents[2] / "data" / "corpora" / "briefs" / "ko-12.jsonl"


def record(**values: Any) -> dict[str, Any]:
    base = {"company": "가온랩", "investors": [], "amount": None, "currency": None, "stage": None}
    return {**base, **values}


def figures(gold: list[dict[str, Any]], got: list[dict[str, Any]]) -> dict[str, float]:
    return score([({"text": "", "kind": "funding", "rounds": gold}, "funding", got)]).figures()


def test_all_right() -> None:
    r = record(investors=[{"name": "나래", "lead": True}], amount=5, currency="KRW", stage="seed")
    assert set(figures([r], [r]).values()) == {1.0}


def test_spelling_does_not_matter_and_accepted_values_count() -> None:
    gold = record(
        company="㈜가온 랩",
        investors=[{"name": "나래 벤처스", "lead": False, "accept": ["Narae"]}],
        amount=5,
        currency="KRW",
        amount_accept=[[7, "USD"]],
    )
    got = record(investors=[{"name": "NARAE", "lead": False}], amount=7, currency="USD")
    assert figures([gold], [got])["record"] == 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 6},
        {"currency": "USD"},
        {"stage": "series_a"},
        {"investors": []},
        {"investors": [{"name": "나래", "lead": True}, {"name": "다솔", "lead": False}]},
        {"company": "나래"},
    ],
)
def test_one_wrong_value_spoils_the_record(wrong: dict[str, Any]) -> None:
    r = record(investors=[{"name": "나래", "lead": True}], amount=5, currency="KRW", stage="seed")
    assert figures([r], [{**r, **wrong}])["record"] == 0.0


def test_a_false_round_breaks_the_silence() -> None:
    brief = {"text": "", "kind": "market", "rounds": []}
    scores = score([(brief, "market", []), (brief, "funding", [record()])])
    assert (scores.silence, scores.kind) == (0.5, 0.5)
    assert scores.fields["record"].precision == 0.0


@pytest.mark.xdist_group("pipeline")
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the contract's scorer is not at {SHARED}")
def test_the_same_figures_as_the_contracts_own_scorer(tmp_path: Path) -> None:
    gold_file = tmp_path / "gold.jsonl"
    every_fourth = TEST_SET.read_text(encoding="utf-8").splitlines(keepends=True)[::4]
    gold_file.write_text("".join(every_fourth), encoding="utf-8")
    gold = list(read_gold(gold_file))
    assert len(gold) > 50
    predicted = tmp_path / "predicted.jsonl"
    pairs = []
    with predicted.open("w", encoding="utf-8") as out:
        for brief, found in zip(
            gold, load_extractor().extract((b["text"], None) for b in gold), strict=True
        ):
            rounds = [scored_fields(r) for r in found.rounds]
            pairs.append((brief, found.kind, rounds))
            row = {"id": brief["id"], "kind": found.kind, "rounds": rounds}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    done = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(gold_file), str(predicted), "--json"],
        capture_output=True,
        check=True,
    )
    theirs = {name: f["f"] for name, f in json.loads(done.stdout).items()}
    assert score(pairs).figures() == pytest.approx(theirs)


def test_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        json.dumps({"id": 1, "text": "날씨가 맑다.", "kind": "market", "rounds": []}) + "\n",
        encoding="utf-8",
    )
    assert main(["evaluate", str(gold), "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["gold"]["silence"] == 1.0
    gold.write_text("{}\n", encoding="utf-8")
    assert main(["evaluate", str(gold)]) == 1
    assert "line 1" in capsys.readouterr().err

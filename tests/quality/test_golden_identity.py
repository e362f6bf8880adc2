"""How many companies, investors and rounds the letters tell of, whatever their order.

The count is made by hand from the letters' gold rounds (see the golden file), so the gold rounds
themselves go through the chain. What the shipped pipeline reads may err; its count has to be the
same in any order.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tracker.ingest import Reader, Steps, default_steps, ingest
from tracker.records import (
    Brief,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Issue,
    Span,
)
from tracker.store import open_store

REPO = Path(__file__).resolve().parents[2]
GOLD = REPO / "tests" / "golden" / "issues"
DEV = REPO.parent / "shared" / "eval" / "dev"
COUNTS = json.loads((REPO / "tests/golden/identity/counts.json").read_text(encoding="utf-8"))
_NOWHERE = Span(0, 0)


def gold_files(which: str) -> list[Path]:
    data = sorted(GOLD.glob("*.rounds.json"))
    dev = [p for name in ("issues", "issues_written") for p in sorted((DEV / name).glob("*.json"))]
    if which != "data" and not dev:
        pytest.skip(f"the dev letters are not beside the repository ({DEV})")
    return {"data": data, "dev": dev, "both": data + dev}[which]


class GoldLetters:
    """Letters whose briefs are one gold round each."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._rounds: dict[str, ExtractedRound] = {}
        self._issues: dict[str, Issue] = {}
        for path in files:
            read = json.loads(path.read_text(encoding="utf-8"))
            rounds = read if isinstance(read, list) else read["rounds"]
            day = None if isinstance(read, list) else read["issued_on"]
            if day is None and (named := re.search(r"\d{4}-\d\d-\d\d", path.name)):
                day = named[0]
            names = [f"{path.stem} {place}" for place in range(len(rounds))]
            self._rounds.update(zip(names, map(_extracted, rounds), strict=True))
            issued = date.fromisoformat(day) if day else None
            self._issues[path.stem] = Issue("\n".join(names), path.stem, issued_on=issued)

    def extract(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[ExtractedBrief]:
        for brief, _day in texts:
            yield ExtractedBrief("funding", (self._rounds[brief],))

    def steps(self) -> Steps:
        return Steps(
            find=lambda paths: iter(paths),
            read=lambda name: [self._issues[name]],
            fingerprint=lambda issue: issue.source,
            head=lambda issue: issue,
            segment=lambda issue: [Brief(line) for line in issue.text.splitlines()],
            load=lambda: self,
            pipeline=lambda: {"name": "gold", "version": "1"},
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._issues)


def _extracted(gold: dict[str, Any]) -> ExtractedRound:
    fields = {name: gold[name] for name in gold if name not in ("investors", "company_accept")}
    fields.pop("amount_accept", None)
    backers = (InvestorMention(i["name"], i["lead"], _NOWHERE) for i in gold["investors"])
    return ExtractedRound(**fields, investors=tuple(backers))


def counted(db: Path, names: Sequence[str], steps: Steps, batches: int = 1) -> dict[str, int]:
    size = -(-len(names) // batches)
    with open_store(str(db)) as store:
        for first in range(0, len(names), size):
            for outcome in ingest(names[first : first + size], store, steps=steps):
                assert outcome.status == "new", outcome
        with store.reading() as connection:
            return {
                table: int(connection.execute(text(f"select count(*) from {table}")).scalar_one())
                for table in ("company", "investor", "round")
            }


@pytest.mark.parametrize("which", ["data", "dev", "both"])
def test_counts_are_those_made_by_hand(tmp_path: Path, which: str) -> None:
    letters = GoldLetters(gold_files(which))
    names = list(letters)
    for number in range(3):
        found = counted(tmp_path / f"{number}.db", names, letters.steps(), 1 + 3 * number)
        assert found == COUNTS[which]
        random.Random(number).shuffle(names)


def test_what_no_letter_ties_together_is_asked(tmp_path: Path) -> None:
    letters = GoldLetters(gold_files("data"))
    db = tmp_path / "asked.db"
    counted(db, list(letters), letters.steps())
    with open_store(str(db), read_only=True) as store, store.reading() as connection:
        asked = {
            frozenset(row)
            for kind in ("company", "investor")
            for row in connection.execute(
                text(
                    f"select a.name, b.name from merge_suggestion s join {kind} a on a.id = s.left_id"
                    f" join {kind} b on b.id = s.right_id where s.kind = '{kind}'"
                )
            )
        }
    assert frozenset({"포트로닉", "Portronic"}) in asked
    assert frozenset({"하버라인캐피털", "Harborline Capital"}) in asked
    assert len(asked) <= 6, asked


class Remembering:
    """Reads every brief once, however often it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, date | None], ExtractedBrief] = {}

    def extract(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[ExtractedBrief]:
        asked = list(texts)
        new = [one for one in dict.fromkeys(asked) if one not in self._known]
        self._known.update(zip(new, self._reader.extract(new), strict=True))
        return (self._known[one] for one in asked)


def check_any_order(folder: Path, names: list[str], orders: int) -> None:
    real = default_steps()
    reader = Remembering(real.load())
    steps = replace(real, load=lambda: reader)
    first = counted(folder / "0.db", names, steps)
    assert first["round"] > 40
    for number in range(1, orders):
        random.Random(number).shuffle(names)
        assert counted(folder / f"{number}.db", names, steps, 4 * number) == first


@pytest.mark.xdist_group("pipeline")
def test_what_the_pipeline_reads_is_counted_alike_in_any_order(tmp_path: Path) -> None:
    check_any_order(tmp_path, [str(p) for p in sorted((REPO / "data" / "issues").iterdir())], 2)


@pytest.mark.long
def test_the_same_of_all_letters(tmp_path: Path) -> None:
    gold_files("dev")
    folders = (REPO / "data" / "issues", DEV / "issues", DEV / "issues_written")
    names = [str(p) for folder in folders for p in sorted(folder.iterdir()) if p.suffix != ".json"]
    check_any_order(tmp_path, names, 5)

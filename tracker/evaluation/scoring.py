"""The contract's scoring.

Names are compared by `name_key`. Predicted and gold rounds of a brief are paired by company,
the fuller match first; a field counts as found where its round is paired and the value equal.
A record is right where company, the set of investors, amount with currency, and stage all are.
Silence is the share of briefs without a round that yield none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.errors import UnreadableSource
from tracker.parsing.names import name_key

Record = Mapping[str, Any]

FIELDS = ("company", "investor", "lead", "amount", "stage", "valuation", "total_raised", "record")


@dataclass(slots=True)
class Figure:
    """Counts of one field: found rightly, predicted, in the gold."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """All figures of one gold set; `confusion` counts (gold kind, predicted kind)."""

    fields: dict[str, Figure] = field(default_factory=lambda: {name: Figure() for name in FIELDS})
    quiet: int = 0
    roundless: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def silence(self) -> float:
        return self.quiet / self.roundless if self.roundless else 1.0

    @property
    def kind(self) -> float:
        total = self.confusion.total()
        return sum(n for (a, b), n in self.confusion.items() if a == b) / total if total else 1.0

    def figures(self) -> dict[str, float]:
        """Name → F1, or share for silence and kind."""
        return {n: f.f1 for n, f in self.fields.items()} | {
            "silence": self.silence,
            "kind": self.kind,
        }


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The briefs of a gold file. Raises `UnreadableSource` naming the line that is not one."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _brief(line, f"{path}: line {number}")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UnreadableSource(str(path), reason) from error


def _brief(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UnreadableSource(place, "not JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UnreadableSource(place, 'not a gold brief (no "text")')
    return row


def score(pairs: Iterable[tuple[Record, str, Sequence[Record]]]) -> Scores:
    """Scores of (gold brief, predicted kind, predicted rounds)."""
    scores = Scores()
    for gold_brief, kind, predicted in pairs:
        gold: Sequence[Record] = gold_brief.get("rounds") or []
        if "kind" in gold_brief:
            scores.confusion[gold_brief["kind"], kind] += 1
        if not gold:
            scores.roundless += 1
            scores.quiet += not predicted
        _count(scores, gold, "gold")
        _count(scores, predicted, "predicted")
        for wanted, got in pair(gold, predicted):
            _hits(scores, wanted, got)
    return scores


def _count(scores: Scores, records: Sequence[Record], side: str) -> None:
    def add(name: str, number: int) -> None:
        figure = scores.fields[name]
        setattr(figure, side, getattr(figure, side) + number)

    for record in records:
        investors = record.get("investors") or []
        add("record", 1)
        add("company", 1)
        add("investor", len(investors))
        add("lead", sum(bool(i.get("lead")) for i in investors))
        for name in ("amount", "stage", "valuation", "total_raised"):
            add(name, record.get(name) is not None)


def right_record(gold: Record, got: Record) -> bool:
    """Whether a round that is paired is right in all that a record is held to."""
    return (
        same_amount(gold, got)
        and gold.get("stage") == got.get("stage")
        and len(same_investors(gold, got))
        == len(gold.get("investors") or [])
        == len(got.get("investors") or [])
    )


def _hits(scores: Scores, gold: Record, got: Record) -> None:
    both = same_investors(gold, got)
    amount = same_amount(gold, got)
    stage = gold.get("stage") == got.get("stage")
    found = {
        "company": 1,
        "investor": len(both),
        "lead": sum(bool(a.get("lead") and b.get("lead")) for a, b in both),
        "amount": gold.get("amount") is not None and amount,
        "stage": gold.get("stage") is not None and stage,
        "record": right_record(gold, got),
    }
    for name in ("valuation", "total_raised"):
        wanted = money_of(gold, name, f"{name}_currency")
        found[name] = wanted is not None and wanted == money_of(got, name, f"{name}_currency")
    for name, hit in found.items():
        scores.fields[name].hits += int(hit)


def pair(gold: Sequence[Record], predicted: Sequence[Record]) -> list[tuple[Record, Record]]:
    """The gold rounds of a brief with the predicted ones that tell of the same company."""
    options = []
    for i, wanted in enumerate(gold):
        keys = _keys(wanted, "company", "company_accept")
        for j, got in enumerate(predicted):
            if name_key(got.get("company") or "") in keys:
                agree = same_amount(wanted, got) + (wanted.get("stage") == got.get("stage"))
                options.append((-agree, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(options):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(gold[i], predicted[j]) for i, j in pairs.items()]


def _keys(record: Record, name: str, others: str) -> set[str]:
    return {name_key(n) for n in (record.get(name) or "", *(record.get(others) or ()))}


def same_investors(gold: Record, got: Record) -> list[tuple[Record, Record]]:
    """The investors that both name: (wanted, got)."""
    left = list(got.get("investors") or [])
    both = []
    for wanted in gold.get("investors") or []:
        keys = _keys(wanted, "name", "accept")
        hit = next((i for i in left if name_key(i["name"]) in keys), None)
        if hit is not None:
            left.remove(hit)
            both.append((wanted, hit))
    return both


def money_of(record: Record, name: str, currency: str) -> tuple[int, str] | None:
    """A sum with its currency, as sums are compared."""
    value = record.get(name)
    return None if value is None else (int(value), (record.get(currency) or "").upper())


def same_amount(gold: Record, got: Record) -> bool:
    """Whether the amount with its currency is the gold's, or one just as right."""
    accepted = {money_of(gold, "amount", "currency")}
    accepted |= {(int(amount), code) for amount, code in gold.get("amount_accept") or ()}
    return money_of(got, "amount", "currency") in accepted

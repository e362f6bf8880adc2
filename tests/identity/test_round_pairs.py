"""A written set of pairs of reports: how surely, and how often, two of one round become one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from tracker.identity import investor_party, load_gazetteer, resolve_companies
from tracker.parsing.money import find_money
from tracker.parsing.stages import parse_stage
from tracker.records import Report

PRECISION, RECALL = 0.99, 0.90
PAIRS = Path(__file__).with_name("round_pairs.txt")


def read_pairs() -> list[tuple[str, str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    pairs = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            verdict, one, other = (part.strip() for part in line.split(" ; "))
            assert verdict in ("same", "diff"), line
            pairs.append((verdict, one, other))
    return pairs


def report(number: int, text: str) -> Report:
    """A report as the table writes it."""
    cells = [cell.strip() for cell in text.split("|")]
    day, name, stage_raw, money, backers, about = cells + [""] * (6 - len(cells))
    alias = re.fullmatch(r"(.+)\((?!주\))([^)]+)\)", name)
    amounts = list(find_money(money))
    assert bool(amounts) == bool(money), text
    stage = parse_stage(stage_raw.removesuffix("+")) if stage_raw else None
    assert (stage is not None) == bool(stage_raw), text
    gazetteer = load_gazetteer()
    keys = [investor_party(b.strip(), gazetteer) for b in backers.split(",") if b.strip()]
    issued = date.fromisoformat(day)
    return Report(
        id=number,
        brief_id=number,
        round_id=None,
        order=(day, f"{number}", 0, 0),
        issued_on=issued,
        company=alias[1] if alias else name,
        company_alias=alias[2] if alias else None,
        investors=tuple((hash(party.name), False) for party in keys if party),
        amount=amounts[0].amount if amounts else None,
        currency=amounts[0].currency if amounts else None,
        stage=stage.stage if stage else None,
        extension=bool(stage and (stage.extension or stage_raw.endswith("+"))),
        description=about or None,
    )


def become_one(one: str, other: str) -> bool:
    """Whether the two are one round, whichever comes first."""
    found = set()
    for first, second in ((one, other), (other, one)):
        companies = resolve_companies([report(1, first), report(2, second)])
        found.add(any(len(merged.reports) == 2 for c in companies for merged in c.rounds))
    assert len(found) == 1, (one, other)
    return found.pop()


def test_written_pairs() -> None:
    pairs = read_pairs()
    assert len(pairs) == len(set(pairs)) >= 120
    right = wrong = missed = 0
    told = []
    for verdict, one, other in pairs:
        united = become_one(one, other)
        right += united and verdict == "same"
        wrong += united and verdict == "diff"
        missed += not united and verdict == "same"
        if united != (verdict == "same"):
            told.append(f"{verdict}: {one} ; {other}")
    assert min(right + missed, len(pairs) - right - missed) >= 55
    precision, recall = right / (right + wrong), right / (right + missed)
    assert precision >= PRECISION, told
    assert recall >= RECALL, told
    print(f"{len(pairs)} pairs: precision {precision:.3f}, recall {recall:.3f}", *told, sep="\n")

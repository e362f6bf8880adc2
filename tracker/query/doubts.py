"""What is doubtful and waits for a person: unsure readings, reports that disagree, look-alikes.

What a person has accepted, pinned or decided is no longer doubtful, unless a later report says
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from tracker.parsing.money import format_money
from tracker.parsing.stages import stage_label
from tracker.query.parties import Found, by_ids
from tracker.records import Suggestion
from tracker.store import tables as t
from tracker.store.corrections import ACCEPTED, MARK, NOT_A_ROUND, OVERRIDE, SKIP
from tracker.store.pending import chunked
from tracker.store.reports import ReportRef, reports_of_round, reports_of_rounds
from tracker.store.suggestions import list_suggestions
from tracker.store.verdicts import SUMS

DOUBTFUL_BELOW = 0.7
"""A record that the pipeline is less sure of than this waits for a person."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something for a person to decide. `item` names it for good, ids do so only for now."""

    item: str
    kind: str
    """round, or what a merge is suggested of: company, investor, rounds."""
    reasons: tuple[str, ...]
    ids: tuple[int, ...]
    """The round; or the two that may be one."""
    names: tuple[str, ...]
    """What they are called."""
    skipped: bool = False


def round_item(ref: ReportRef) -> str:
    """The name of a round that waits: its first report's."""
    return f"round {ref.key}"


def pair_item(kind: str, one: str, other: str) -> str:
    """The name of two that may be one."""
    return f"{kind} {min(one, other)} = {max(one, other)}"


def list_doubts(connection: Connection, *, who: str, below: float = DOUBTFUL_BELOW) -> list[Doubt]:
    """All of them: look-alikes first, which may settle the others; what `who` skipped last."""
    found = [*_suggested(connection), *_rounds(connection, below)]
    skipped = set(connection.execute(select(SKIP.c.item).where(SKIP.c.who == who)).scalars())
    marked = [Doubt(d.item, d.kind, d.reasons, d.ids, d.names, d.item in skipped) for d in found]
    return sorted(marked, key=lambda doubt: doubt.skipped)


def _suggested(connection: Connection) -> Iterator[Doubt]:
    for suggestion in list_suggestions(connection):
        if suggestion.kind == "round":
            yield from _suggested_rounds(connection, suggestion)
            continue
        found = by_ids(connection, suggestion.kind, [suggestion.left_id, suggestion.right_id])
        if len(found) == 2:
            one, other = found
            item = pair_item(suggestion.kind, _naming(one, other), _naming(other, one))
            names = one.name, other.name
            ids = one.id, other.id
            yield Doubt(item, suggestion.kind, (_reason(suggestion),), ids, names)


def _naming(party: Found, other: Found) -> str:
    """A key that is this party's alone; two companies of one name go by their ids."""
    own = [key for key in (party.key, *party.names) if key not in other.names]
    return own[0] if own else f"#{party.id}"


def _suggested_rounds(connection: Connection, suggestion: Suggestion) -> Iterator[Doubt]:
    refs = [reports_of_round(connection, id_) for id_ in (suggestion.left_id, suggestion.right_id)]
    if all(refs):
        item = pair_item("rounds", refs[0][0].key, refs[1][0].key)
        names = refs[0][0].company, refs[1][0].company
        yield Doubt(
            item, "rounds", (_reason(suggestion),), (suggestion.left_id, suggestion.right_id), names
        )


def _reason(suggestion: Suggestion) -> str:
    return f"{suggestion.reason} ({suggestion.score:.2f})"


def _rounds(connection: Connection, below: float) -> Iterator[Doubt]:
    report = t.REPORT.c
    several = (
        select(report.round_id)
        .where(report.round_id.is_not(None))
        .group_by(report.round_id)
        .having(
            or_(
                *(
                    func.count(report[name].distinct()) > 1
                    for name in ("amount", "stage", "valuation", "total_raised")
                )
            )
        )
    )
    rows = connection.execute(
        select(t.ROUND.c.id, t.ROUND.c.confidence, t.COMPANY.c.name)
        .join(t.COMPANY, t.COMPANY.c.id == t.ROUND.c.company_id)
        .where(or_(t.ROUND.c.confidence < below, t.ROUND.c.id.in_(several)))
        .order_by(t.ROUND.c.confidence, t.ROUND.c.id)
    ).all()
    for some in chunked(rows):
        refs: dict[int, list[ReportRef]] = {}
        for ref in reports_of_rounds(connection, [row.id for row in some]):
            assert ref.round_id is not None
            refs.setdefault(ref.round_id, []).append(ref)
        keys = [ref.key for of in refs.values() for ref in of]
        accepted, pinned = _accepted(connection, keys), _pinned(connection, keys)
        values = _values(connection, [ref.id for of in refs.values() for ref in of])
        for row in some:
            mine = refs.get(row.id, [])
            reasons = []
            # A report that came after a person looked is held against what the person saw.
            if row.confidence < below and not any(ref.key in accepted for ref in mine):
                reasons.append(f"read with confidence {row.confidence:.2f}")
            settled = {name for ref in mine for name in pinned.get(ref.key, ())}
            looked_at = all(ref.key in accepted for ref in mine)
            for name, said in disagreements([values[ref.id] for ref in mine]):
                if not looked_at and name not in settled:
                    reasons.append(f"{name}: {' or '.join(said)}")
            if reasons and mine:
                item = round_item(mine[0])
                yield Doubt(item, "round", tuple(reasons), (row.id,), (row.name,))


def disagreements(reports: Sequence[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Fields of which reports say different things, with these in words.

    Sums in different currencies are not held against each other.
    """
    for name, currency in SUMS.items():
        said: dict[str, set[int]] = {}
        for values in reports:
            if values[name] is not None:
                said.setdefault(values[currency], set()).add(values[name])
        for code, amounts in said.items():
            if len(amounts) > 1:
                yield name, [format_money(amount, code) for amount in sorted(amounts)]
    stages = sorted({values["stage"] for values in reports if values["stage"]})
    if len(stages) > 1:
        yield "stage", [stage_label(code) for code in stages]


def _accepted(connection: Connection, keys: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in chunked(keys):
        marks = select(MARK.c.report_key).where(
            MARK.c.report_key.in_(some), MARK.c.mark.in_((ACCEPTED, NOT_A_ROUND))
        )
        found.update(connection.execute(marks).scalars())
    return found


def _pinned(connection: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for some in chunked(keys):
        rows = connection.execute(
            select(OVERRIDE.c.report_key, OVERRIDE.c.field).where(
                OVERRIDE.c.report_key.in_(some), OVERRIDE.c.accepted.is_(False)
            )
        )
        for key, name in rows:
            found.setdefault(key, set()).add(name)
    return found


def _values(connection: Connection, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    columns = [t.REPORT.c[name] for name in (*SUMS, *SUMS.values(), "stage")]
    found: dict[int, dict[str, Any]] = {}
    for some in chunked(ids):
        rows = connection.execute(
            select(t.REPORT.c.id, *columns).where(t.REPORT.c.id.in_(some))
        ).mappings()
        found.update((row["id"], dict(row)) for row in rows)
    return found

"""Reviewed briefs in the gold format of the corpora: a team's corrections as training data.

A brief is written only where a person has spoken on every report of it, and where all that it is
said to tell stands in its text: what somebody knows from elsewhere is true, but no example of
reading. The spans of values that were read are those of the report; others are looked up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from tracker.parsing.money import find_money
from tracker.parsing.names import name_key
from tracker.parsing.stages import find_stages
from tracker.store import tables as t
from tracker.store.corrections import MARK, NOT_A_ROUND, OVERRIDE
from tracker.store.pending import chunked
from tracker.store.reports import ReportRef, reports_by_key, reports_of_brief
from tracker.store.verdicts import SUMS, Said

Record = dict[str, Any]
Place = list[int]


@dataclass(slots=True)
class LeftOut:
    """Why reviewed briefs were not written: how many of each."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str) -> None:
        """Count one."""
        self.counts[reason] = self.counts.get(reason, 0) + 1


class _Unfit(Exception):
    """The brief is no example; the reason is for the person."""


def gold_briefs(connection: Connection, left_out: LeftOut) -> Iterator[Record]:
    """Every reviewed brief as the contract has it, in a lasting order."""
    for brief_id in _spoken_of(connection):
        refs = reports_of_brief(connection, brief_id)
        try:
            yield _brief(connection, brief_id, refs)
        except _Unfit as reason:
            left_out.add(str(reason))


def _spoken_of(connection: Connection) -> list[int]:
    """The briefs whose reports a person has accepted, corrected, or called no round."""
    keys = set(connection.execute(select(MARK.c.report_key)).scalars())
    keys |= set(connection.execute(select(OVERRIDE.c.report_key)).scalars())
    found: dict[int, str] = {}
    for ref in reports_by_key(connection, keys).values():
        found.setdefault(ref.brief_id, ref.key)
    return sorted(found, key=found.__getitem__)


def _brief(connection: Connection, brief_id: int, refs: list[ReportRef]) -> Record:
    row = connection.execute(
        select(t.BRIEF.c.text, t.BRIEF.c.lang, t.BRIEF.c.position, t.ISSUE.c.fingerprint)
        .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
        .where(t.BRIEF.c.id == brief_id)
    ).one()
    said = _said(connection, [ref.key for ref in refs])
    marks = _marks(connection, [ref.key for ref in refs])
    rounds = []
    for ref in refs:
        if ref.key not in said and ref.key not in marks:
            raise _Unfit("another round of the brief is not reviewed")
        if NOT_A_ROUND not in marks.get(ref.key, {}):
            rounds.append(_round(connection, ref, row.text, said.get(ref.key, {})))
    kinds = {kind for of in marks.values() if (kind := of.get(NOT_A_ROUND))}
    if not rounds and len(kinds) != 1:
        raise _Unfit("nobody said of what kind the brief is")
    return {
        "id": f"{row.fingerprint[:16]}-{row.position}",
        "lang": row.lang,
        "kind": "funding" if rounds else kinds.pop(),
        "text": row.text,
        "rounds": rounds,
    }


def _said(connection: Connection, keys: Iterable[str]) -> dict[str, dict[str, Said]]:
    found: dict[str, dict[str, Said]] = {}
    for some in chunked(keys):
        rows = connection.execute(
            select(OVERRIDE.c.report_key, OVERRIDE.c.field, OVERRIDE.c.value).where(
                OVERRIDE.c.report_key.in_(some)
            )
        )
        for row in rows:
            found.setdefault(row.report_key, {})[row.field] = json.loads(row.value)
    return found


def _marks(connection: Connection, keys: Iterable[str]) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for some in chunked(keys):
        rows = connection.execute(
            select(MARK.c.report_key, MARK.c.mark, MARK.c.kind).where(MARK.c.report_key.in_(some))
        )
        for row in rows:
            found.setdefault(row.report_key, {})[row.mark] = row.kind
    return found


def _round(connection: Connection, ref: ReportRef, text: str, said: Mapping[str, Said]) -> Record:
    """One record: what was read, and over it what a person said where the text bears it out."""
    found = connection.execute(select(t.REPORT).where(t.REPORT.c.id == ref.id)).one()
    row: dict[str, Any] = found._asdict()
    spans = _spans(connection, ref.id)
    investors, backers = _investors(connection, ref, text, spans.pop("investors", {}))
    record: Record = {"company": row["company_name"], "investors": investors}
    places: dict[str, Any] = {"company": _company(row["company_name"], text, spans, said)}
    places["investors"] = backers
    for name, currency in SUMS.items():
        record[name], record[currency] = row[name], row[currency]
        places[name] = _first(spans, name)
        if name in said and said[name] != _present(row, name, currency):
            amount, code = said[name] or (None, None)
            record[name], record[currency] = amount, code
            places[name] = None if amount is None else _sum(text, amount, code)
    record["stage"], places["stage"] = row["stage"], _first(spans, "stage")
    if "stage" in said and (said["stage"] or [None])[0] != row["stage"]:
        record["stage"] = (said["stage"] or [None])[0]
        places["stage"] = None if record["stage"] is None else _stage(text, record["stage"])
    record["extension"] = bool(said.get("extension", row["extension"]))
    places["extension"] = _first(spans, "extension") if record["extension"] else None
    order = ("company", "investors", "amount", "currency", "stage", "extension", "valuation",
             "valuation_currency", "total_raised", "total_raised_currency")  # fmt: skip
    ordered = {name: record[name] for name in order}
    return {**ordered, "spans": {name: place for name, place in places.items() if place}}


def _present(row: Mapping[str, Any], name: str, currency: str) -> Said:
    return None if row[name] is None else [row[name], row[currency]]


def _spans(connection: Connection, report_id: int) -> dict[str, dict[int, Place]]:
    """Field → ordinal → place, as the pipeline read them."""
    said = t.MENTION.c
    rows = connection.execute(
        select(said.field, said.ordinal, said.start, said.end)
        .where(said.report_id == report_id)
        .order_by(said.field, said.ordinal, said.start.desc())
    )
    found: dict[str, dict[int, Place]] = {}
    for row in rows:
        found.setdefault(row.field, {})[row.ordinal] = [row.start, row.end]
    return found


def _first(spans: Mapping[str, Mapping[int, Place]], name: str) -> Place | None:
    return spans.get(name, {}).get(0)


def _company(
    name: str, text: str, spans: Mapping[str, Mapping[int, Place]], said: Mapping[str, Said]
) -> Place:
    place = _first(spans, "company")
    if "company" not in said and place:
        return place
    return _name(text, name, [place] if place else [])


def _investors(
    connection: Connection, ref: ReportRef, text: str, read: Mapping[int, Place]
) -> tuple[list[Record], list[Place]]:
    part = t.PARTICIPATION.c
    rows = connection.execute(
        select(part.name, part.lead, part.ordinal)
        .where(part.report_id == ref.id)
        .order_by(part.ordinal)
    ).all()
    named = [{"name": row.name, "lead": bool(row.lead)} for row in rows]
    return named, [_name(text, row.name, read.values()) for row in rows]


def _name(text: str, name: str, read: Iterable[Place]) -> Place:
    """Where a name stands: at a place that was read, or where it is written just so."""
    for start, end in read:
        if name_key(text[start:end]) == name_key(name):
            return [start, end]
    at = text.find(name)
    if at < 0:
        raise _Unfit("what a person said is not in the text")
    return [at, at + len(name)]


def _sum(text: str, amount: int, currency: str | None) -> Place:
    for money in find_money(text):
        if (money.amount, money.currency) == (amount, currency):
            return [money.start, money.end]
    raise _Unfit("what a person said is not in the text")


def _stage(text: str, code: str) -> Place:
    for mention in find_stages(text):
        if mention.stage == code:
            return [mention.start, mention.end]
    raise _Unfit("what a person said is not in the text")

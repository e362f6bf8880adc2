"""What a person says of a round: its values, which reports it has, that it is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from sqlalchemy import Connection

from tracker.corrections.correcting import Correction
from tracker.corrections.values import (
    FIELDS,
    Wanted,
    field_name,
    from_columns,
    in_words,
    read_leads,
    read_wanted,
)
from tracker.errors import BadValue, TrackerError
from tracker.query.listing import get_round
from tracker.records import KINDS, RoundRow
from tracker.store.history import About
from tracker.store.reports import ReportRef, reports_of_round
from tracker.store.statements import held, override, verdict
from tracker.store.verdicts import SUMS, Said

CHECKED = (*SUMS, "stage", "announced_on")
"""The fields that accepting a round fixes, where it has them."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that has another value now, in words."""

    field: str
    old: str
    new: str


def round_at(connection: Connection, round_id: int) -> tuple[RoundRow, list[ReportRef]]:
    """A round and its reports. Raises `TrackerError` where there is none."""
    row = get_round(connection, round_id)
    if row is None:
        raise TrackerError(f"no round {round_id}; tracker list shows the ids")
    return row, reports_of_round(connection, round_id)


def values_of(row: RoundRow) -> dict[str, Said]:
    """What a round holds, as statements would hold it."""
    columns = {name: getattr(row, name) for name in row.__dataclass_fields__}
    columns["investors"] = [[share.name, share.lead] for share in row.investors]
    return {name: from_columns(name, columns) for name in FIELDS}


def edit_round(correction: Correction, round_id: int, wanted: Wanted) -> list[Changed]:
    """Give a round the values that a person wants. Returns what is different now."""
    row, refs = round_at(correction.connection, round_id)
    present = values_of(row)
    currencies = {name: getattr(row, currency) for name, currency in SUMS.items()}
    new = read_wanted(wanted, currencies)
    if wanted.lead is not None:
        new["investors"] = read_leads(wanted.lead, new.get("investors", present["investors"]) or [])
    released = [field_name(name) for name in wanted.release]
    if both := sorted(set(released) & set(new)):
        raise BadValue(f"--release {both[0]}: is given a value as well")
    if not new and not released:
        raise BadValue("say what to change: --amount, --stage … (tracker edit --help)")
    changed = []
    for name, said in new.items():
        old, told = in_words(name, present[name]), in_words(name, said)
        about = About("round", round_id, row.company, name, old, told)
        value = json.dumps(said, ensure_ascii=False)
        if sum(correction.pin(ref, name, value, about) for ref in refs) > 0:
            changed.append(Changed(name, old, told))
    for name in released:
        old = in_words(name, present[name])
        about = About("round", round_id, row.company, name, old, "as read")
        if sum(correction.unpin(ref, name, about) for ref in refs) > 0:
            changed.append(Changed(name, old, "as read"))
    return changed


def accept_round(correction: Correction, round_id: int) -> bool:
    """A person finds a round right as it is: later reports do not change what it says."""
    row, refs = round_at(correction.connection, round_id)
    present = values_of(row)
    news = False
    about = About("round", round_id, row.company, "accepted", None, "yes")
    for ref in refs:
        news |= correction.accept(ref, about)
        for name in CHECKED:
            said = present[name]
            if said is not None and held(correction.connection, override(ref.key, name)) is None:
                value = json.dumps(said, ensure_ascii=False)
                news |= correction.pin(ref, name, value, about, accepted=True)
    return news


def dismiss_round(correction: Correction, round_id: int, kind: str | None = None) -> bool:
    """A person says that none of a round's reports tells a round."""
    if kind is not None and (kind not in KINDS or kind == "funding"):
        raise BadValue(f"{kind!r}: no kind of brief; choose from {', '.join(KINDS[1:])}")
    row, refs = round_at(correction.connection, round_id)
    about = About(
        "round", round_id, row.company, "is a round", "yes", f"no: {kind or 'something else'}"
    )
    return sum(correction.dismiss(ref, kind, about) for ref in refs) > 0


def merge_rounds(correction: Correction, kept_id: int, other_id: int) -> bool:
    """Two rounds of one company are one; the first one's corrections hold."""
    if kept_id == other_id:
        raise TrackerError(f"round {kept_id}: give two different rounds")
    connection = correction.connection
    (kept, mine), (other, theirs) = round_at(connection, kept_id), round_at(connection, other_id)
    if mine[0].company_id != theirs[0].company_id:
        raise TrackerError(
            f"round {kept_id} is of {kept.company}, round {other_id} of {other.company}: "
            f"first tracker merge company {mine[0].company_id} {theirs[0].company_id}"
        )
    about = About("round", kept_id, kept.company, "merged with", None, f"round {other_id}")
    first, *rest = mine + theirs
    news = sum(_decide(correction, first, ref, True, about) for ref in rest) > 0
    for one, two in product(mine, theirs):
        known = held(connection, verdict("round", one.key, two.key))
        if known and not known["same"]:
            news |= _decide(correction, one, two, True, about)
    for name in FIELDS:
        _share(correction, name, mine, theirs, about)
    return news


def _share(
    correction: Correction,
    name: str,
    mine: Sequence[ReportRef],
    theirs: Sequence[ReportRef],
    about: About,
) -> None:
    """Let what a person said of one of two rounds hold for both; the first one comes first."""
    for ref in (*mine, *theirs):
        said = held(correction.connection, override(ref.key, name))
        if said:
            about = replace(about, field=name, old=None, new="as merged")
            for every in (*mine, *theirs):
                correction.pin(every, name, said["value"], about, accepted=said["accepted"])
            return


def split_round(correction: Correction, round_id: int, number: int) -> ReportRef:
    """The report with this number (as in ``tracker show``) tells another round."""
    connection = correction.connection
    row, refs = round_at(connection, round_id)
    if not 1 <= number <= len(refs):
        many = f"has reports 1 to {len(refs)}" if len(refs) > 1 else "has one report only"
        raise TrackerError(f"round {round_id} {many}: no report {number} to split off")
    if len(refs) == 1:
        raise TrackerError(f"round {round_id} has one report only: nothing to split off")
    off = refs.pop(number - 1)
    about = About("round", round_id, row.company, "split off", f"report {number}", None)
    for ref in refs:
        _decide(correction, ref, off, False, about)
    # What was said of the round as a whole stays with the round.
    for name in FIELDS:
        said = held(connection, override(off.key, name))
        if said and any(_value(connection, ref, name) == said["value"] for ref in refs):
            correction.unpin(off, name, replace(about, field=name, old=None, new="as read"))
    correction.leave_round(off)
    return off


def _value(connection: Connection, ref: ReportRef, name: str) -> str | None:
    said = held(connection, override(ref.key, name))
    return None if said is None else said["value"]


def keep_rounds_apart(correction: Correction, one_id: int, other_id: int) -> bool:
    """Two rounds are two, however alike they look."""
    connection = correction.connection
    (one, mine), (_, theirs) = round_at(connection, one_id), round_at(connection, other_id)
    about = About("round", one_id, one.company, "kept apart from", None, f"round {other_id}")
    return sum(_decide(correction, a, b, False, about) for a, b in product(mine, theirs)) > 0


def _decide(
    correction: Correction, one: ReportRef, other: ReportRef, same: bool, about: About
) -> bool:
    pair = (one.key, one.company), (other.key, other.company)
    return correction.decide("round", *pair, same=same, about=about)

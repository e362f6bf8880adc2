"""A person's decision on something doubtful → statements. Deciding the same twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import Connection

from tracker.corrections.correcting import Correction
from tracker.corrections.parties import keep_parties_apart, merge_parties
from tracker.corrections.rounds import (
    accept_round,
    dismiss_round,
    edit_round,
    keep_rounds_apart,
    merge_rounds,
)
from tracker.corrections.values import Wanted
from tracker.errors import BadValue, TrackerError
from tracker.query.parties import Found, by_ids, owners_of
from tracker.records import KINDS
from tracker.store.reports import reports_by_key

Action = Literal["accept", "edit", "not a round", "merge", "keep apart", "skip"]
OF_ROUND: tuple[Action, ...] = ("accept", "edit", "not a round", "skip")
OF_PAIR: tuple[Action, ...] = ("merge", "keep apart", "skip")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of an item (see `tracker.query.doubts`)."""

    item: str
    action: Action
    wanted: Wanted | None = None
    """The values of an edit."""
    kind: str | None = None
    """What the brief is that is not a round's."""


@dataclass(frozen=True, slots=True)
class RoundAt:
    """A round that an item names; no id where a person called it none."""

    id: int | None


@dataclass(frozen=True, slots=True)
class PairAt:
    """Two that an item says may be one."""

    kind: str
    one: int
    other: int


def read_action(text: str, item: str) -> Action:
    """An action as people write it. Raises `BadValue` where it does not suit the item."""
    bare = " ".join(text.lower().replace("_", " ").split()) or "skip"
    fitting = OF_ROUND if item.startswith("round ") else OF_PAIR
    if bare not in fitting:
        raise BadValue(f"action {text!r}: choose from {', '.join(fitting)}")
    return bare


def read_kind(text: str | None) -> str | None:
    """The kind of a brief that tells no round. Raises `BadValue`."""
    if not text:
        return None
    bare = text.strip().lower()
    if bare not in KINDS or bare == "funding":
        raise BadValue(f"kind {text!r}: choose from {', '.join(KINDS[1:])}")
    return bare


def find_item(connection: Connection, item: str) -> RoundAt | PairAt:
    """What an item stands for now. Raises `TrackerError` where there is no such thing."""
    kind, _, names = item.partition(" ")
    if kind == "round":
        ref = reports_by_key(connection, [names]).get(names)
        if ref is None:
            raise TrackerError(f"item {item!r}: no such report in this database")
        return RoundAt(ref.round_id)
    one, _, other = names.partition(" = ")
    if kind not in ("company", "investor", "rounds") or not one or not other:
        raise BadValue(f"item {item!r}: is none that tracker review writes")
    if kind == "rounds":
        refs = reports_by_key(connection, [one, other])
        ids = [refs[key].round_id for key in (one, other) if key in refs]
        if len(ids) < 2 or None in ids:
            raise TrackerError(f"item {item!r}: no such rounds in this database")
        return PairAt("rounds", cast(int, ids[0]), cast(int, ids[1]))
    return PairAt(kind, _party(connection, kind, one).id, _party(connection, kind, other).id)


def _party(connection: Connection, kind: str, name: str) -> Found:
    if name.startswith("#") and name[1:].isdigit():
        found = by_ids(connection, kind, [int(name[1:])])
    else:
        found = owners_of(connection, kind, name)
    if not found:
        raise TrackerError(f"no {kind} {name!r} in this database")
    return found[0]


def decide(correction: Correction, decision: Decision) -> bool:
    """Say what was decided. Returns whether that is news."""
    at = find_item(correction.connection, decision.item)
    if decision.action == "skip":
        return False
    if isinstance(at, PairAt):
        return _decide_pair(correction, at, merge=decision.action == "merge")
    if at.id is None:
        if decision.action == "not a round":
            return False
        raise TrackerError(f"item {decision.item!r}: is no round any more")
    if decision.action == "not a round":
        return dismiss_round(correction, at.id, decision.kind)
    news = False
    if decision.action == "edit" and decision.wanted is not None:
        news = bool(edit_round(correction, at.id, decision.wanted))
    # Who corrects a round in a review has looked at all of it.
    return accept_round(correction, at.id) or news


def _decide_pair(correction: Correction, at: PairAt, *, merge: bool) -> bool:
    connection = correction.connection
    if at.one == at.other:
        if merge:
            return False
        raise TrackerError(f"these are one {at.kind} already ({at.one}); tracker split parts them")
    if at.kind == "rounds":
        say = merge_rounds if merge else keep_rounds_apart
        return say(correction, at.one, at.other)
    one, other = sorted(
        by_ids(connection, at.kind, [at.one, at.other]), key=lambda p: p.id != at.one
    )
    if merge:
        return merge_parties(correction, at.kind, one, other, named=False)
    return keep_parties_apart(correction, at.kind, one, other)

"""One command of a person in one transaction: statements put, rounds derived anew, ids remembered.

Whatever a command says goes through a `Correction`. When it is done, everything that follows from
the statements is derived anew for the companies and investors that it touched.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, update

from tracker.corrections.deriving import derive, held_ids, taken_ids
from tracker.corrections.enacting import Touched, enact, touched_by
from tracker.store import Store
from tracker.store import tables as t
from tracker.store.corrections import ACCEPTED, NOT_A_ROUND
from tracker.store.history import About, Step
from tracker.store.reports import ReportRef
from tracker.store.statements import Content, Statement, mark, override, verdict

T = TypeVar("T")


def user() -> str:
    """Who is at work: the operating system's name of the user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"


@dataclass
class Correction:
    """What one command says."""

    connection: Connection
    step: Step
    companies: set[int] = field(default_factory=set)
    """Those whose names, reports or rounds may have to be derived anew."""
    investors: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    """Investors that perhaps nobody names any more."""
    before: dict[str, dict[str, int]] = field(default_factory=dict)
    """The ids that their reports and names had (see `held_ids`)."""
    left: list[ReportRef] = field(default_factory=list)

    def say(self, statement: Statement, content: Content | None, about: About) -> bool:
        """Put a statement; None takes it back. Returns whether that is news."""
        self.touch(touched_by(self.connection, statement))
        if not self.step.say(statement, content, about, enact):
            return False
        self.touch(touched_by(self.connection, statement))
        return True

    def touch(self, touched: Touched) -> None:
        """Have these derived anew."""
        held = held_ids(
            self.connection,
            touched.companies - self.companies,
            (touched.investors | touched.named) - self.investors - self.named,
        )
        for kind, ids in held.items():
            known = self.before.setdefault(kind, {})
            for name, id_ in ids.items():
                known.setdefault(name, id_)
        self.companies |= touched.companies
        self.investors |= touched.investors
        self.named |= touched.named

    def touch_parties(self, kind: str, *ids: int) -> None:
        """Have these companies or investors derived anew."""
        touched = frozenset(ids)
        self.touch(Touched(touched) if kind == "company" else Touched(investors=touched))

    def leave_round(self, ref: ReportRef) -> None:
        """The id of its round is not this report's to keep."""
        self.left.append(ref)

    def settle(self) -> None:
        """Derive what follows from all that was said."""
        if not self.step.said:
            return
        connection = self.connection
        for ref in self.left:
            connection.execute(
                update(t.REPORT).where(t.REPORT.c.id == ref.id).values(round_id=None)
            )
        derive(connection, self.companies, self.investors, self.named)
        self.step.took(taken_ids(connection, self.before))

    def pin(
        self, ref: ReportRef, name: str, value: str, about: About, *, accepted: bool = False
    ) -> bool:
        """A person's value (JSON) for a field of the round of this report."""
        return self.say(override(ref.key, name), {"value": value, "accepted": accepted}, about)

    def unpin(self, ref: ReportRef, name: str, about: About) -> bool:
        """What was read counts again."""
        return self.say(override(ref.key, name), None, about)

    def decide(
        self,
        kind: str,
        one: tuple[str, str],
        other: tuple[str, str],
        *,
        same: bool,
        about: About,
        shown: str | None = None,
    ) -> bool:
        """Two keys, each with its spelling, are of one, or are not."""
        (left_key, left_name), (right_key, right_name) = sorted((one, other))
        content: Content = {
            "left_name": left_name,
            "right_name": right_name,
            "same": same,
            "shown_name": shown,
        }
        return self.say(verdict(kind, left_key, right_key), content, about)

    def dismiss(self, ref: ReportRef, kind: str | None, about: About) -> bool:
        """The report is no round; `kind` is what its brief is instead, where the person knows."""
        return self.say(mark(ref.key, NOT_A_ROUND), {"kind": kind}, about)

    def accept(self, ref: ReportRef, about: About) -> bool:
        """A person has looked at this report."""
        return self.say(mark(ref.key, ACCEPTED), {"kind": None}, about)


def correct(
    store: Store, command: str, work: Callable[[Correction], T], *, who: str | None = None
) -> T:
    """Let `work` say what a person says, all of it or nothing, and derive what follows."""
    with store.changing() as connection:
        correction = Correction(connection, Step(connection, who or user(), command))
        result = work(correction)
        correction.settle()
        return result

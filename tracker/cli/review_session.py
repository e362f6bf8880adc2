"""The walk through what is doubtful, in a terminal: one key decides, what was decided stays.

Every decision is a step of its own, written at once: whoever quits goes on there the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tracker.corrections.correcting import Correction, correct, user
from tracker.corrections.deciding import Decision, RoundAt, decide, find_item, read_kind
from tracker.corrections.rounds import (
    Changed,
    accept_round,
    edit_round,
    merge_rounds,
    round_at,
    split_round,
)
from tracker.corrections.skipping import skip
from tracker.corrections.values import FIELDS, Wanted, field_name, in_words, read_wanted
from tracker.errors import TrackerError
from tracker.export.briefs import highlighted, legend
from tracker.export.layouts import source_line
from tracker.export.safety import plain_line
from tracker.query.doubts import Doubt, list_doubts
from tracker.query.evidence import list_reports
from tracker.query.listing import get_round
from tracker.query.parties import by_ids, rounds_of
from tracker.store.verdicts import SUMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tracker.records import ReportRow, RoundRow
    from tracker.store import Store

KINDS_BY_KEY = {
    "p": "planned",
    "a": "acquisition",
    "f": "fund",
    "i": "ipo",
    "g": "grant",
    "t": "partnership",
    "c": "corporate",
    "m": "market",
}
_ROUND_KEYS = {"a": "accept", "e": "edit", "n": "not a round", "m": "merge", "k": "keep apart"}
_PAIR_KEYS = {"m": "merge", "k": "keep apart"}
_EVER = {"s": "skip", "q": "quit"}
_OPTIONS = {"announced_on": "date", "total_raised": "total"}
SHOWN = 3
"""So many rounds of a company or an investor are shown."""


@dataclass
class Session:
    """One walk. `key` waits for one key, `ask` for a line; both end the walk with EOFError."""

    store: Store
    console: Console
    key: Callable[[], str]
    ask: Callable[[str], str]
    below: float

    def walk(self) -> tuple[int, int]:
        """Go through all doubts. Returns how many were decided, and how many are left."""
        decided = number = 0
        try:
            for doubt in self._doubts():
                present = self._present(doubt)
                if present is not None:
                    number += 1
                    decided += self._decide(present, number)
        except (EOFError, KeyboardInterrupt):
            self.console.print()
        return decided, len(self._doubts())

    def _doubts(self) -> list[Doubt]:
        with self.store.reading() as connection:
            return list_doubts(connection, who=user(), below=self.below)

    def _present(self, doubt: Doubt) -> Doubt | None:
        """The doubt under its present ids; None where an earlier decision has settled it."""
        with self.store.reading() as connection:
            try:
                at = find_item(connection, doubt.item)
            except TrackerError:
                return None
        if isinstance(at, RoundAt):
            return None if at.id is None else replace(doubt, ids=(at.id,))
        return None if at.one == at.other else replace(doubt, ids=(at.one, at.other))

    def _decide(self, doubt: Doubt, number: int) -> bool:
        """Show one doubt until it is decided. Returns whether it was, or was skipped."""
        of_round = doubt.kind == "round"
        self._say("")
        self.console.print(Text(f"{number}. {self._title(doubt)}", style="bold"))
        for reason in doubt.reasons:
            self._say(f"   {reason}")
        for id_ in doubt.ids:
            if of_round or doubt.kind == "rounds":
                self._show_round(id_)
            else:
                self._show_party(doubt.kind, id_)
        keys = {**(_ROUND_KEYS if of_round else _PAIR_KEYS), **_EVER}
        prompt = "  ".join(f"[{key}]{action[1:]}" for key, action in keys.items())
        while True:
            self.console.print(Text(prompt, style="dim"))
            pressed = self.key().lower()
            if pressed in ("q", "\x04", "\x1b"):
                raise EOFError
            if pressed not in keys:
                continue
            if keys[pressed] == "skip":
                skip(self.store, doubt.item)
                self._say("skipped")
                return False
            try:
                told = self._act(doubt, keys[pressed])
            except TrackerError as error:
                self._say(f"! {error}")
                continue
            if told:
                self._say(told)
                return True

    def _title(self, doubt: Doubt) -> str:
        named = [f"{plain_line(n)} ({i})" for n, i in zip(doubt.names, doubt.ids, strict=True)]
        if doubt.kind == "round":
            return f"round {doubt.ids[0]}: {plain_line(doubt.names[0])}"
        return f"one {'round' if doubt.kind == 'rounds' else doubt.kind}? {' = '.join(named)}"

    def _act(self, doubt: Doubt, action: str) -> str:
        """Do it. Returns what to tell, or nothing where the person thought better of it."""
        if doubt.kind == "round":
            return self._act_on_round(doubt, action)
        said = Decision(doubt.item, "merge" if action == "merge" else "keep apart")
        correct(self.store, "review", lambda c: decide(c, said))
        return "merged" if action == "merge" else "kept apart"

    def _act_on_round(self, doubt: Doubt, action: str) -> str:
        round_id = doubt.ids[0]
        if action == "edit":
            return self._edit(round_id)
        if action == "merge":
            other = self._number("with which round (its id)? ")
            if other is None:
                return ""
            correct(self.store, "review", lambda c: merge_rounds(c, round_id, other))
            return f"merged with round {other}"
        if action == "keep apart":
            off = self._number("which report is of another round (its number)? ")
            if off is None:
                return ""
            correct(self.store, "review", lambda c: split_round(c, round_id, off))
            return f"report {off} is a round of its own"
        if action == "not a round":
            kind = self._kind()
            said = Decision(doubt.item, "not a round", kind=kind)
            correct(self.store, "review", lambda c: decide(c, said))
            return f"not a round ({kind or 'no kind given'})"
        correct(self.store, "review", lambda c: accept_round(c, round_id))
        return "accepted"

    def _number(self, question: str) -> int | None:
        text = self.ask(question).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise TrackerError(f"{text!r}: not a number")
        return int(text)

    def _kind(self) -> str | None:
        choices = "  ".join(f"[{key}] {kind}" for key, kind in KINDS_BY_KEY.items())
        self.console.print(Text(f"what is it?  {choices}", style="dim"))
        self.console.print(Text("[Enter] do not know", style="dim"))
        return read_kind(KINDS_BY_KEY.get(self.key().lower()))

    def _edit(self, round_id: int) -> str:
        """Ask for values until an empty line; all of them are one step."""
        names = ", ".join(_OPTIONS.get(name, name) for name in FIELDS)
        self._say(f"field and value, e.g. amount 65억; a dash for none; fields: {names}, lead")
        given: dict[str, str] = {}
        while line := self.ask("> ").strip():
            name, _, value = line.partition(" ")
            try:
                name = "lead" if name == "lead" else field_name(name)
                wanted = _wanted({**given, name: value.strip()})
                # Tried at once, so that a slip is told where it was made.
                with self.store.reading() as connection:
                    _tried(connection, round_id, wanted)
            except TrackerError as error:
                self._say(f"! {error}")
                continue
            given[name] = value.strip()
        if not given:
            return ""

        def work(correction: Correction) -> list[Changed]:
            changed = edit_round(correction, round_id, _wanted(given))
            accept_round(correction, round_id)
            return changed

        changed = correct(self.store, "review", work)
        return "\n".join(f"{one.field}: {one.old} → {one.new}" for one in changed) or "as it was"

    # -- what is shown -----------------------------------------------------------------------

    def _show_round(self, round_id: int) -> None:
        with self.store.reading() as connection:
            row = get_round(connection, round_id)
            reports = list_reports(connection, round_id)
        if row is None:
            return
        self._say(f"   round {round_id}: {_summary(row)}")
        for number, report in enumerate(reports, start=1):
            self._show_report(number, report)
        self.console.print(Padding(legend(), (0, 0, 0, 3)))

    def _show_report(self, number: int, report: ReportRow) -> None:
        source = plain_line(source_line(report.source)) or "unnamed issue"
        self.console.print(Text(f"   {number}. {source}", style="dim"))
        marked = not self.console.is_terminal
        text = highlighted(report.source.brief, report.spans, marked=marked)
        self.console.print(Padding(text, (0, 0, 0, 6)))

    def _show_party(self, kind: str, party_id: int) -> None:
        with self.store.reading() as connection:
            found = by_ids(connection, kind, [party_id])
            rounds: Sequence[RoundRow] = rounds_of(connection, kind, party_id, SHOWN)
        for party in found:
            names = ", ".join(name for name in party.names.values() if name != party.name)
            self._say(f"   {party.name} ({party.id})" + (f", also {names}" if names else ""))
        for row in rounds:
            self._say(f"      round {row.id}: {row.company}, {_summary(row)}")

    def _say(self, line: str) -> None:
        for one in line.split("\n"):
            bare = plain_line(one)
            indent = len(one) - len(one.lstrip(" "))
            self.console.print(Padding(Text(bare), (0, 0, 0, indent)))


def _summary(row: RoundRow) -> str:
    values = {
        "amount": row.amount and [row.amount, row.currency],
        "stage": row.stage and [row.stage, None],
        "investors": [[share.name, share.lead] for share in row.investors],
        "announced_on": row.announced_on,
    }
    return " | ".join(in_words(name, said) for name, said in values.items() if said) or "no values"


def _wanted(given: dict[str, str]) -> Wanted:
    """What was typed, as `tracker edit` takes it."""
    values: dict[str, str] = {}
    clear = []
    flag = None
    for name, text in given.items():
        if text in ("", "-"):
            clear.append(name)
        elif name == "extension":
            flag = text.lower() in ("yes", "y", "true", "1")
        else:
            values[_OPTIONS.get(name, name)] = text
    return Wanted(**values, extension=flag, clear=clear)


def _tried(connection: Connection, round_id: int, wanted: Wanted) -> None:
    row, _ = round_at(connection, round_id)
    read_wanted(wanted, {name: getattr(row, code) for name, code in SUMS.items()})

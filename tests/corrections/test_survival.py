"""A person's word survives: any run of letters, corrections, undoing and reading again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk, Templates
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from persons import (
    content,
    edit,
    read_again,
    round_of,
    rounds,
    say,
    steps_with,
    take_back,
)

from tracker.corrections.correcting import Correction
from tracker.corrections.parties import add_alias, merge_parties, split_party
from tracker.corrections.rounds import (
    accept_round,
    dismiss_round,
    edit_round,
    merge_rounds,
    split_round,
)
from tracker.corrections.values import Wanted
from tracker.errors import TrackerError
from tracker.query.parties import by_ids
from tracker.records import ExtractedBrief, Span
from tracker.store.verdicts import load_verdicts

pytestmark = pytest.mark.usefixtures("known_investors")

LETTERS = {
    "a": ("가레터 | 1 | 2026-01-01", "감자마켓(Gamja) | 시리즈A | 60억원 | 알토스벤처스*, 바다캐피탈",
          "토마토페이 | 시드 | 5억원 | 개울벤처스*"),
    "b": ("나레터 | 2 | 2026-01-05", "Gamja | Series A | 60억원 | Altos Ventures",
          "토마토페이 | 시드 | | 개울벤처스, 새싹투자"),
    "c": ("다레터 | 3 | 2026-01-09", "감자마켓 | 시리즈A | 65억원 | 들꽃인베스트 | 누적 100억원"),
    "d": ("라레터 | 4 | 2026-01-10", "고구마마켓 | 시리즈B | 300억원 | 알토스, 바다캐피탈*",
          "#planned 토마토페이가 유치하려 한다", "감자마켓 | | 60억원 |"),
    "e": ("마레터 | 5 | 2026-03-30", "토마토페이(Tomato) | 시리즈A | 40억원 | 새싹투자*",
          "고구마마켓 | 시리즈B | | "),
}  # fmt: skip


def newer(text: str, read: ExtractedBrief) -> ExtractedBrief:
    """A pipeline that reads some things otherwise: a name, a sum, an investor more or less."""
    if text.startswith("#planned"):
        return replace(read, confidence=0.6)
    changed = []
    for told in read.rounds:
        if told.company == "감자마켓" and told.total_raised:
            told = replace(told, amount=7_000_000_000, stage=None, stage_raw=None)
        if told.company == "토마토페이":
            told = replace(told, investors=told.investors[:1], confidence=0.5)
        if told.company == "고구마마켓" and told.amount is None:
            continue
        changed.append(told)
    return replace(read, rounds=tuple(changed))


VALUES: list[dict[str, Any]] = [
    {"amount": "61억"},
    {"amount": "$5M"},
    {"stage": "series c"},
    {"clear": ["stage"]},
    {"investors": "누군가*, 바다캐피탈"},
    {"company": "옥수수"},
    {"date": "2026-02-01"},
    {"extension": True, "valuation": "1000억"},
]
PICK = st.integers(0, 9)
OPS = st.one_of(
    st.tuples(st.just("ingest"), st.sampled_from(sorted(LETTERS))),
    st.tuples(st.just("edit"), PICK, st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(["merge companies", "merge investors", "merge rounds"]), PICK, PICK),
    st.tuples(st.sampled_from(["split company", "split investor", "split round"]), PICK, PICK),
    st.tuples(st.sampled_from(["alias", "accept", "dismiss", "undo"]), PICK),
    st.tuples(st.just("reextract"), st.booleans()),
)


class Bench:
    """A desk on which operations run that pick their subjects by number."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ingested: set[str] = set()
        self.newer = False

    def run(self, op: tuple[Any, ...]) -> None:
        """One operation; where there is nothing to do it to, nothing."""
        name, *args = op
        try:
            getattr(self, name.replace(" ", "_"))(*args)
        except TrackerError:
            return

    def ingest(self, letter: str) -> None:
        if letter not in self.ingested:
            # A letter is read by the pipeline of its day.
            self.ingested.add(letter)
            self.desk.ingest(self.desk.write(letter, *LETTERS[letter]))

    def say(self, work: Callable[[Correction], Any]) -> None:
        say(self.desk, work)

    def _round(self, at: int) -> int:
        found = sorted(rounds(self.desk))
        if not found:
            raise TrackerError("none")
        return found[at % len(found)]

    def _parties(self, kind: str) -> list[Any]:
        with self.desk.open() as store, store.reading() as connection:
            found = by_ids(connection, kind, range(200))
        if not found:
            raise TrackerError("none")
        return found

    def edit(self, at: int, wanted: dict[str, Any]) -> None:
        number = self._round(at)
        self.say(lambda c: edit_round(c, number, Wanted(**wanted)))

    def merge_companies(self, a: int, b: int, kind: str = "company") -> None:
        found = self._parties(kind)
        one, other = found[a % len(found)], found[b % len(found)]
        self.say(lambda c: merge_parties(c, kind, one, other))

    def merge_investors(self, a: int, b: int) -> None:
        self.merge_companies(a, b, "investor")

    def merge_rounds(self, a: int, b: int) -> None:
        one, other = self._round(a), self._round(b)
        self.say(lambda c: merge_rounds(c, one, other))

    def split_company(self, a: int, b: int, kind: str = "company") -> None:
        found = self._parties(kind)
        party = found[a % len(found)]
        names = sorted(party.names.values())
        self.say(lambda c: split_party(c, kind, party, names[b % len(names)]))

    def split_investor(self, a: int, b: int) -> None:
        self.split_company(a, b, "investor")

    def split_round(self, a: int, b: int) -> None:
        number = self._round(a)
        self.say(lambda c: split_round(c, number, b % 3 + 1))

    def alias(self, at: int) -> None:
        found = self._parties("company")
        party = found[at % len(found)]
        self.say(lambda c: add_alias(c, "company", party, f"{party.names[party.key]} 주식"))

    def accept(self, at: int) -> None:
        number = self._round(at)
        self.say(lambda c: accept_round(c, number))

    def dismiss(self, at: int) -> None:
        number = self._round(at)
        self.say(lambda c: dismiss_round(c, number, "planned"))

    def undo(self, _at: int) -> None:
        take_back(self.desk)

    def reextract(self, newer_one: bool) -> None:
        self.newer = newer_one
        read_again(self.desk, steps_with(self.desk, newer) if newer_one else None)

    def check(self) -> None:
        """Whatever a person pinned, the round of that report holds; unless two say two things."""
        with self.desk.open(read_only=True) as store, store.reading() as connection:
            pins = load_verdicts(connection).pins
            from tracker.store.reports import reports_by_key

            refs = reports_by_key(connection, pins)
            held = rounds(self.desk)
            said: dict[tuple[int, str], set[Any]] = {}
            for key, values in pins.items():
                if key in refs and refs[key].round_id is not None:
                    for name, value in values.items():
                        said.setdefault((refs[key].round_id or 0, name), set()).add(value)
            for (number, name), options in said.items():
                if name in ("company", "investors"):
                    continue
                assert getattr(held[number], name) in options, (number, name)


def any_run(tmp_path: Path, templates: Templates, ops: list[tuple[Any, ...]]) -> None:
    """Run the operations; pins hold all the time, and when all is undone nothing is left of them."""
    folder = tmp_path / "run"
    folder.mkdir(exist_ok=True)
    schema = templates.file("schema")

    def fresh(name: str) -> Desk:
        for old in folder.glob(f"{name}*"):
            old.unlink()
        shutil.copy(schema, folder / name)
        return Desk(str(folder / name), folder)

    bench = Bench(fresh("one.sqlite3"))
    for op in [("ingest", "a"), *ops]:
        bench.run(op)
        bench.check()
    while take_back(bench.desk):
        pass
    bench.reextract(bench.newer)
    plain = Bench(fresh("two.sqlite3"))
    for letter in sorted(bench.ingested):
        plain.ingest(letter)
    plain.reextract(bench.newer)
    assert content(bench.desk, ids=False) == content(plain.desk, ids=False)


RUNS = st.lists(OPS, min_size=4, max_size=14)
COMMON = {
    "deadline": None,
    # To shrink a run takes minutes; the run itself is short enough to read.
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(max_examples=5, **COMMON)
@given(ops=RUNS)
@example(ops=[("edit", 0, VALUES[4]), ("ingest", "b")])
@example(ops=[("split company", 4, 3), ("ingest", "b")])
@example(ops=[("ingest", "b"), ("merge investors", 0, 1), ("ingest", "d"), ("reextract", True)])
def test_any_run_keeps_what_persons_set_and_can_be_undone(
    tmp_path: Path, templates: Templates, ops: list[tuple[Any, ...]]
) -> None:
    any_run(tmp_path, templates, ops)


@pytest.mark.long
@settings(max_examples=150, **COMMON)
@given(ops=RUNS)
def test_many_runs(tmp_path: Path, templates: Templates, ops: list[tuple[Any, ...]]) -> None:
    any_run(tmp_path, templates, ops)


def test_ingesting_again_leaves_a_pin_alone(filled: Desk) -> None:
    edit(filled, 1, amount="65억", company="감자밭", investors="누군가*")
    before = content(filled, ids=True)
    assert {outcome.status for outcome in filled.ingest(*filled.letters)} == {"known"}
    assert content(filled, ids=True) == before


def test_later_reports_leave_a_pin_alone(filled: Desk) -> None:
    edit(filled, 1, amount="65억", investors="누군가*", clear=["total"])
    brief = "감자마켓 | 시리즈A | {} | 큰손, 작은손* | 누적 200억원"
    for number, amount in enumerate(("60억원", "65억원", "")):
        name = f"later-{number}"
        filled.ingest(
            filled.write(name, f"레터 | {number} | 2026-01-1{number}", brief.format(amount))
        )
    row = round_of(filled, "감자마켓")
    assert (row.amount, row.total_raised, len(row.sources)) == (6_500_000_000, None, 5)
    assert [(share.name, share.lead) for share in row.investors] == [("누군가", True)]


def test_reading_again_with_the_same_pipeline_changes_nothing(filled: Desk) -> None:
    edit(filled, 1, amount="65억", company="감자밭", investors="누군가*")
    before = content(filled, ids=True)
    everything = (
        filled.rows("select * from issue"),
        filled.rows("select * from mention order by id"),
    )
    assert not read_again(filled)
    assert content(filled, ids=True) == before
    assert everything == (
        filled.rows("select * from issue"),
        filled.rows("select * from mention order by id"),
    )


def test_reading_again_keeps_what_a_person_set(filled: Desk) -> None:
    edit(filled, 1, amount="65억", investors="누군가*")
    edit(filled, 2, company="토마토")
    number = round_of(filled, "Lemonade Labs").id
    say(filled, lambda c: accept_round(c, number))

    def other(_text: str, read: ExtractedBrief) -> ExtractedBrief:
        told = [
            replace(
                one,
                amount=(one.amount or 0) + 100_000_000,
                currency=one.currency or "KRW",
                investors=(),
                company_alias=None,
                valuation=10**11,
                valuation_currency="KRW",
            )
            for one in read.rounds
        ]
        return replace(read, rounds=tuple(told))

    counts = read_again(filled, steps_with(filled, other))
    assert (counts.new, counts.gone, counts.kept) == (0, 0, 1)
    potato, tomato, lemonade = (rounds(filled)[n] for n in (1, 2, number))
    assert (potato.amount, potato.valuation) == (6_500_000_000, 10**11)
    assert [share.name for share in potato.investors] == ["누군가"]
    assert (tomato.company, tomato.amount) == ("토마토", 600_000_000)
    # It was accepted: the report stays as it was when a person looked at it.
    assert (lemonade.amount, lemonade.valuation) == (12_500_000, None)
    assert take_back(filled, 9) == 3
    read_again(filled, steps_with(filled, other))
    assert rounds(filled)[1].amount == 6_100_000_000
    assert rounds(filled)[number].investors == ()
    assert filled.rows("select distinct pipeline_version from issue") == [("2",)]
    assert filled.rows("select count(*) from investor") == [(0,)]


def test_briefs_that_move_take_their_pins_along(filled: Desk) -> None:
    edit(filled, 2, amount="7억")
    number = round_of(filled, "Lemonade Labs").id
    edit(filled, number, amount="$13M")

    def first_is_two(text: str, read: ExtractedBrief) -> ExtractedBrief:
        """The reading of another pipeline, in which the potato tells two rounds."""
        if not text.startswith("감자마켓"):
            return read
        (told,) = read.rounds
        more = replace(told, company="새것", company_alias=None, spans={"company": Span(0, 2)})
        return replace(read, rounds=(more, told))

    steps = steps_with(filled, first_is_two)
    cut = steps.segment
    # The second letter begins with a brief more than it had.
    steps = replace(steps, segment=lambda issue: [b for b in cut(issue) if "Gamja |" not in b.text])
    counts = read_again(filled, steps)
    assert (counts.new, counts.gone) == (1, 1)
    assert rounds(filled)[2].amount == 700_000_000
    assert rounds(filled)[number].amount == 13_000_000
    assert take_back(filled, 2) == 2
    read_again(filled)
    assert (rounds(filled)[2].amount, rounds(filled)[number].amount) == (500_000_000, 12_500_000)


def test_what_a_person_spoke_of_stays_when_the_pipeline_finds_it_no_more(filled: Desk) -> None:
    edit(filled, 1, amount="65억")
    number = round_of(filled, "Lemonade Labs").id
    edit(filled, number, stage="series c")

    def silent(_text: str, read: ExtractedBrief) -> ExtractedBrief:
        return replace(read, kind="market", rounds=())

    steps = steps_with(filled, silent)
    cut = steps.segment
    steps = replace(steps, segment=lambda issue: cut(issue)[2:])
    read_again(filled, steps)
    found = rounds(filled)
    assert sorted(found) == [1, number]
    assert (found[1].amount, found[number].stage) == (6_500_000_000, "series_c")
    assert not read_again(filled, steps)

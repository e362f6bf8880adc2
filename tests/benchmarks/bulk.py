"""How fast `tracker ingest` writes, beside plain executemany / COPY of the very same rows.

Reading and extraction are done beforehand, so what is measured is what the store costs: who is
who, which reports are one round, and the rows themselves.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from generator import Archive
from sqlalchemy import select

from tracker.identity.gazetteer import load_gazetteer
from tracker.ingest import Steps, ingest
from tracker.records import (
    Brief,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Issue,
    Span,
)
from tracker.store import open_store
from tracker.store import tables as t
from tracker.store.backend import backend_of
from tracker.store.pending import Pending

PER_LETTER = 12
COMMIT = 5_000
"""Rows of one table in one statement of the plain way, all in one transaction."""


@dataclass
class Letters:
    """Letters that are read and understood already, made on the fly: they take no memory."""

    count: int

    def __post_init__(self) -> None:
        made = Archive(max(1000, self.count * PER_LETTER))
        endings, latin = ("랩스", "테크", "바이오"), (" Labs", " AI")
        self._companies = [made.name(endings, latin, 0.3) for _ in range(made.companies)]
        self._investors = [
            made.name(("벤처스",), (" Ventures",), 0.4) for _ in range(made.investors)
        ]
        self._made = made
        self._read: dict[str, ExtractedBrief] = {}

    def issue(self, number: int) -> Issue:
        """One letter, and what the pipeline will say of its briefs."""
        dice = random.Random(number)
        self._made.dice = dice
        day = date(2015, 1, 1) + timedelta(days=number // 2)
        lines = []
        for place in range(PER_LETTER):
            company = self._companies[int(len(self._companies) * dice.random() ** 1.5)]
            backers = [
                self._investors[n - 1] for n in self._made.backers(dice.choice((1, 2, 2, 3)))
            ]
            text = (
                f"{number}-{place} {company}: 생활을 바꾸는 서비스를 만드는 {company}가 "
                f"{', '.join(backers)}로부터 60억원 규모의 시리즈A 투자를 유치했습니다."
            )
            lines.append(text)
            spans = {
                name: Span(at, at + len(word))
                for name, word in (("company", company), ("amount", "60억원"), ("stage", "시리즈A"))
                if (at := text.index(word)) >= 0
            }
            amount, currency, stage, raw, extension, *_ = self._made.values(day)
            told = ExtractedRound(
                company=company,
                investors=tuple(
                    InvestorMention(name, not n, Span(text.index(name), text.index(name) + 3))
                    for n, name in enumerate(backers)
                ),
                amount=amount,
                currency=currency,
                stage=stage,
                stage_raw=raw,
                extension=extension,
                spans=spans,
                confidence=0.9,
            )
            self._read[text] = ExtractedBrief("funding", (told,), 0.9)
        return Issue("\n".join(lines), f"{number}.txt", None, "레터", str(number), day)

    def extract(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[ExtractedBrief]:
        """What was found out beforehand."""
        for text, _day in texts:
            yield self._read.pop(text)

    def steps(self) -> Steps:
        """The chain without its slow stages."""
        return Steps(
            find=lambda paths: iter(paths),
            read=lambda path: [self.issue(int(path))],
            fingerprint=lambda issue: f"{issue.source:0>64}",
            head=lambda issue: issue,
            segment=_briefs,
            load=lambda: self,
            pipeline=lambda: {"name": "none", "version": "1"},
        )


def _briefs(issue: Issue) -> list[Brief]:
    found, start = [], 0
    for line in issue.text.split("\n"):
        found.append(Brief(line, start, start + len(line), "뉴스"))
        start += len(line) + 1
    return found


@dataclass
class Result:
    """Seconds for the same rows, and memory in MB at a quarter of the way and at the end."""

    rows: int
    ours: float
    writing: float
    """Of ours, what handing the rows to the engine took."""
    plain: float
    memory: tuple[float, float]

    @property
    def ratio(self) -> float:
        """Our rows a second, by theirs."""
        return self.plain / self.ours

    @property
    def writing_ratio(self) -> float:
        """The same, without finding out who is who and which reports are one round."""
        return self.plain / self.writing


@contextmanager
def _timed(spent: list[float]) -> Iterator[None]:
    """Add up what `Pending.flush` takes."""
    honest = Pending.flush

    def flush(self: Pending) -> None:
        started = time.perf_counter()
        honest(self)
        spent.append(time.perf_counter() - started)

    Pending.flush = flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        Pending.flush = honest  # type: ignore[method-assign]


def measure(db: str, other: str, letters: int) -> Result:
    """Ingest into one empty database, then put its rows into another."""
    made = Letters(letters)
    load_gazetteer()
    reading = 0.0
    memory = []
    steps = made.steps()
    honest = steps.read

    def read(path: str) -> list[Issue]:
        # Making letters up is not part of what is measured.
        nonlocal reading
        started = time.perf_counter()
        found = list(honest(path))
        reading += time.perf_counter() - started
        return found

    object.__setattr__(steps, "read", read)
    spent: list[float] = []
    with open_store(db) as store, _timed(spent):
        started = time.perf_counter()
        for done, outcome in enumerate(ingest(map(str, range(letters)), store, steps=steps)):
            assert outcome.status == "new", outcome
            if done in (letters // 4, letters - 1):
                memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        ours = time.perf_counter() - started - reading
    rows = 0
    plain = 0.0
    with (
        open_store(db, read_only=True) as source,
        open_store(other) as target,
        source.reading() as old,
    ):
        tables = {
            table: [tuple(row) for row in old.execute(select(table).order_by(table.c.id))]
            for table in t.METADATA.sorted_tables
            if "id" in table.c
        }
        rows = sum(map(len, tables.values()))
        with target.changing() as new:
            backend = backend_of(new)
            started = time.perf_counter()
            for table, content in tables.items():
                names = [column.name for column in table.columns]
                for first in range(0, len(content), COMMIT):
                    backend.insert_many(new, table, names, content[first : first + COMMIT])
        plain = time.perf_counter() - started
    return Result(rows, ours, sum(spent), plain, (memory[0], memory[-1]))

"""How fast `tracker ingest` writes, beside plain executemany / COPY of the very same rows.

Two readings of one run, both from letters that are read and understood already:

- *writing*: what the database is given and what that takes: the batches of new rows, the changes
  of rows that are there, and the commits. This is what can be set beside executemany or COPY.
- *whole chain*: the writing, and all that is found out before: is the letter known (in whatever
  form), who is who, which reports are one round, what does the company do, which names sound
  alike, with every look-up in the database. The plain way does none of that.

Making letters up, noting down what is written, and reading the gazetteers, once a run, are not
counted.

The plain way writes the new rows that ours wrote, in the order in which it wrote them: into another
database of the same engine, with the same tables, indexes, foreign keys and settings, in the same
transactions, one executemany or COPY a table in each, and as durable. It is handed the rows as the
driver wants them; it decides, looks up and changes nothing.
"""

from __future__ import annotations

import pickle
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO, Any
from unittest.mock import patch

from generator import Archive
from sqlalchemy import Connection, RootTransaction
from sqlalchemy.sql.dml import UpdateBase

from tracker.identity.gazetteer import load_gazetteer
from tracker.ingest import Steps, ingest
from tracker.parsing.sectors import load_taxonomy
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
from tracker.store.backend import adapted
from tracker.store.pending import COLUMNS, Pending

PER_LETTER = 12


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
    """The whole chain."""
    writing: float
    """Of that, what giving the engine new rows and changes took, and the commits."""
    plain: float
    memory: tuple[float, float]

    @property
    def ratio(self) -> float:
        """Our rows a second, by theirs."""
        return self.plain / self.ours

    @property
    def writing_ratio(self) -> float:
        """The same, of the writing alone."""
        return self.plain / self.writing


class _Clock:
    """What the writing takes, and what noting it down does."""

    def __init__(self) -> None:
        self.writing = 0.0
        self.noting = 0.0
        self._busy = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done within; once, where one is within another."""
        if self._busy:
            yield
            return
        self._busy, started = True, time.perf_counter()
        try:
            yield
        finally:
            self._busy = False
            self.writing += time.perf_counter() - started


@contextmanager
def _noted(spool: IO[bytes], clock: _Clock) -> Iterator[None]:
    """Note down every new row, and what it takes to write and to change rows and to commit."""
    flush, execute = Pending.flush, Connection.execute
    commit = RootTransaction.commit

    def noted_flush(self: Pending) -> None:
        started = time.perf_counter()
        pickle.dump([(name, rows) for name, rows in self._rows.items() if rows], spool)
        clock.noting += time.perf_counter() - started
        with clock.running():
            flush(self)

    def timed_execute(self: Connection, statement: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(statement, UpdateBase):
            return execute(self, statement, *args, **kwargs)
        with clock.running():
            return execute(self, statement, *args, **kwargs)

    def timed_commit(self: RootTransaction) -> None:
        with clock.running():
            commit(self)

    with (
        patch.object(Pending, "flush", noted_flush),
        patch.object(Connection, "execute", timed_execute),
        patch.object(RootTransaction, "commit", timed_commit),
    ):
        yield


def _noted_transactions(spool: IO[bytes]) -> Iterator[list[tuple[str, list[tuple[Any, ...]]]]]:
    spool.seek(0)
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - our own notes
        except EOFError:
            return


def _plain(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    """What anyone would write who has these rows and a driver."""
    driver: Any = connection.connection.driver_connection
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {into} VALUES ({places})", rows)
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _write_plainly(db: str, spool: IO[bytes]) -> tuple[int, float]:
    """Rows, and seconds."""
    count, taken = 0, 0.0
    with open_store(db) as target:
        for noted in _noted_transactions(spool):
            ready = [
                (
                    name,
                    COLUMNS[name],
                    adapted(target.engine.dialect, t.METADATA.tables[name], COLUMNS[name], rows),
                )
                for name, rows in noted
            ]
            started = time.perf_counter()
            with target.changing() as connection:
                for name, columns, rows in ready:
                    _plain(connection, name, columns, rows)
            taken += time.perf_counter() - started
            count += sum(len(rows) for *_, rows in ready)
    return count, taken


def measure(db: str, other: str, letters: int) -> Result:
    """Ingest into one empty database, then put the same rows into another."""
    made = Letters(letters)
    load_gazetteer()
    load_taxonomy()
    reading = 0.0
    memory = []
    steps = made.steps()
    honest = steps.read

    def read(path: str) -> list[Issue]:
        nonlocal reading
        started = time.perf_counter()
        found = list(honest(path))
        reading += time.perf_counter() - started
        return found

    object.__setattr__(steps, "read", read)
    clock = _Clock()
    with tempfile.TemporaryFile() as spool:
        with open_store(db) as store, _noted(spool, clock):
            started = time.perf_counter()
            for done, outcome in enumerate(ingest(map(str, range(letters)), store, steps=steps)):
                assert outcome.status == "new", outcome
                if done in (letters // 4, letters - 1):
                    memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            ours = time.perf_counter() - started - reading - clock.noting
        rows, plain = _write_plainly(other, spool)
    return Result(rows, ours, clock.writing, plain, (memory[0], memory[-1]))

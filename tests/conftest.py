"""A small stand-in for the stages before identity, so that the store's side is tested alone.

A letter in its language has a head line ``@ newsletter | number | date`` and one brief a line:
``회사(Alias) | 시리즈A | 60억원 | 투자사, 리드투자사* | 누적 100억원``; ``#kind text`` is a brief
of another kind, ``~`` before a brief puts it outside of the news section.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import pytest
from hypothesis import settings
from postgres_server import PASSWORD, Server, running
from sqlalchemy import create_engine
from sqlalchemy import text as sql_text

from tracker.errors import UnreadableSource
from tracker.gazetteers import InvestorRow
from tracker.identity.gazetteer import Gazetteer, read_gazetteer
from tracker.ingest import Outcome, Steps, ingest
from tracker.parsing.money import find_money
from tracker.parsing.stages import parse_stage
from tracker.records import (
    Brief,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Issue,
    Kind,
    Raw,
    Span,
)
from tracker.sources.fingerprint import issue_fingerprint
from tracker.store import Store, open_store

# There is a test process for every processor: their matrix products need no threads besides, which
# would spend their time waiting for each other. Numpy reads it when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# In CI a change is judged by the same examples as the one before; at home new ones are tried.
settings.register_profile("ci", derandomize=True)
if os.environ.get("TRACKER_CI"):
    settings.load_profile("ci")

GAZETTEER = read_gazetteer(
    [InvestorRow("알토스벤처스", ("알토스", "Altos Ventures"), frozenset(), "vc", "KR")]
)
NO_GAZETTEER = Gazetteer()


def _head(issue: Issue) -> Issue:
    first = issue.text.split("\n", 1)[0]
    if not first.startswith("@"):
        return issue
    newsletter, number, day = (part.strip() for part in first[1:].split("|"))
    return replace(
        issue,
        newsletter=newsletter or None,
        number=number or None,
        issued_on=date.fromisoformat(day) if day else None,
    )


def _segment(issue: Issue) -> list[Brief]:
    briefs = []
    for m in re.finditer(r"^(~?)([^@~\n][^\n]*)$", issue.text, re.MULTILINE):
        briefs.append(Brief(m[2], m.start(2), m.end(2), "뉴스", in_news_section=not m[1]))
    return briefs


def _round(text: str) -> ExtractedRound:
    parts = [part.strip() for part in text.split("|")]
    parts += [""] * (5 - len(parts))
    name, _, alias = parts[0].partition("(")
    alias = alias.rstrip(")")
    stage = parse_stage(parts[1]) if parts[1] else None
    amount = next(iter(find_money(parts[2])), None)
    total = next(iter(find_money(parts[4])), None)
    spans = {"company": _span(text, name)}
    if alias:
        spans["company_alias"] = _span(text, alias)
    if stage:
        spans["stage"] = _span(text, parts[1])
    if amount:
        spans["amount"] = _span(text, parts[2])
    if total:
        spans["total_raised"] = _span(text, parts[4])
    backers = [part.strip() for part in parts[3].split(",") if part.strip()]
    return ExtractedRound(
        company=name,
        company_alias=alias or None,
        stage=stage.stage if stage else None,
        stage_raw=parts[1] or None,
        extension=bool(stage and stage.extension),
        amount=amount.amount if amount else None,
        currency=amount.currency if amount else None,
        total_raised=total.amount if total else None,
        total_raised_currency=total.currency if total else None,
        investors=tuple(
            InvestorMention(b.rstrip("*"), b.endswith("*"), _span(text, b.rstrip("*")))
            for b in backers
        ),
        confidence=0.9,
        spans=spans,
    )


def _span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


class FakeExtractor:
    """Reads the language above; `broken` text makes it fail as a bug would."""

    def extract(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[ExtractedBrief]:
        for text, _day in texts:
            if "broken" in text:
                raise ZeroDivisionError("a bug in a component")
            if text.startswith("#"):
                kind = cast(Kind, text[1:].split()[0])
                yield ExtractedBrief(kind)
            else:
                rounds = tuple(_round(part) for part in text.split(" && "))
                yield ExtractedBrief("funding", rounds)


ENGINES = ("sqlite", "postgresql")


@dataclass
class Desk:
    """Letters by name, and the chain that reads them into a database."""

    db: str
    """A path or a URL."""
    folder: Path
    letters: dict[str, str] = field(default_factory=dict)
    loads: int = 0
    gazetteer: Gazetteer = GAZETTEER

    @property
    def path(self) -> Path:
        """The database's file, on SQLite."""
        assert "://" not in self.db
        return Path(self.db)

    @property
    def shown(self) -> str:
        """How messages name it."""
        return self.db.replace(quote(PASSWORD), "***")

    def _read(self, source: str) -> Iterator[Issue]:
        if source not in self.letters:
            raise UnreadableSource(source, "no such file")
        text = self.letters[source]
        yield Issue(text, source, raw=Raw(text.encode("utf-8", "surrogatepass"), source))

    def _load(self) -> FakeExtractor:
        self.loads += 1
        return FakeExtractor()

    def steps(self) -> Steps:
        """The fake stages."""
        return Steps(
            find=lambda paths: iter(paths),
            read=self._read,
            fingerprint=issue_fingerprint,
            head=_head,
            segment=_segment,
            load=self._load,
            pipeline=lambda: {"name": "fake", "version": "1"},
        )

    def write(self, name: str, head: str, *briefs: str) -> str:
        """Put down a letter; returns its name."""
        self.letters[name] = "\n".join((f"@ {head}", *briefs))
        return name

    def open(self, *, read_only: bool = False) -> Store:
        """The database."""
        return open_store(self.db, read_only=read_only)

    def ingest(self, *names: str, newsletter: str | None = None) -> list[Outcome]:
        """Ingest letters by name (all of them by default)."""
        with self.open() as store:
            return list(self.outcomes(store, *names, newsletter=newsletter))

    def outcomes(
        self, store: Store, *names: str, newsletter: str | None = None
    ) -> Iterator[Outcome]:
        """The same, one by one."""
        return ingest(
            names or tuple(self.letters),
            store,
            newsletter=newsletter,
            steps=self.steps(),
            gazetteer=self.gazetteer,
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self.open(read_only=True) as store, store.reading() as connection:
            return [tuple(row) for row in connection.execute(sql_text(sql))]

    def execute(self, *statements: str) -> None:
        """Change the database behind the program's back."""
        engine = create_engine(self.db if "://" in self.db else f"sqlite:///{self.db}")
        with engine.begin() as connection:
            for sql in statements:
                connection.execute(sql_text(sql))
        engine.dispose()


FILLED = {
    "a.txt": (
        "월요레터 | 25-47 | 2025-12-19",
        "감자마켓(Gamja) | 시리즈A | 60억원 | 알토스벤처스*, 바다캐피탈 | 누적 100억원",
        "토마토페이 | 시드 | 5억원 | 개울벤처스*",
        "#planned 우유나라가 투자를 유치하려 한다",
        "#partnership 쌀과자와 김부각이 공급 계약을 맺었다",
        "~#corporate 기사 속의 한 문장",
    ),
    "b.txt": (
        "Daily Seed | 12 | 2026-01-05",
        "Gamja | Series A | 60억원 | Altos Ventures, 들꽃인베스트",
        "Lemonade Labs | Series B | $12.5M | Pine Capital*",
        "당근모터스 | | | ",
    ),
}
"""The letters of the `filled` desk: a handful of rounds of every sort."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """This worker's PostgreSQL."""
    with running() as server:
        yield server


class Places:
    """Makes databases of one engine, and takes them away again."""

    def __init__(self, engine: str, folder: Path, templates: Templates) -> None:
        self.engine = engine
        self._folder = folder
        self._templates = templates
        self._made: list[str] = []
        self._contents: dict[str, str] = {}
        self._written = ""

    def empty(self) -> str:
        """A place without a database (SQLite), or a database without tables."""
        return self._new("nothing")

    def desk(self, content: str = "schema") -> Desk:
        """A desk: its database holds the "schema" alone, or is "filled"."""
        letters = {n: "\n".join((f"@ {head}", *rest)) for n, (head, *rest) in FILLED.items()}
        return Desk(self._new(content), self._folder, letters if content == "filled" else {})

    def _new(self, content: str) -> str:
        if self.engine == "sqlite":
            path = self._folder / f"rounds{len(self._made) or ''}.sqlite3"
            if content != "nothing":
                shutil.copy(self._templates.file(content), path)
            self._made.append(str(path))
            return str(path)
        name = self._templates.lend(content)
        self._made.append(name)
        self._contents[name] = content
        self._written = self._templates.server.written()
        return self._templates.server.url(name)

    def clear(self) -> None:
        if self.engine == "postgresql" and self._made:
            # To make a database takes longer than to ask it, and asking leaves it as it was.
            untouched = len(self._made) == 1
            while self._made:
                name = self._made.pop()
                content = self._contents.pop(name)
                if untouched:
                    self._templates.server.leave(name)
                    untouched = self._templates.server.written() == self._written
                self._templates.take_back(name, content, untouched=untouched)


class Templates:
    """One database of each content and engine, to make the others from."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self._folder = folder
        self._ready: dict[tuple[str, str], str] = {}
        self._spare: dict[str, str] = {}

    def lend(self, content: str) -> str:
        """A database of the server with this content."""
        return self._spare.pop(content, "") or self.server.create(self.database(content))

    def take_back(self, name: str, content: str, *, untouched: bool) -> None:
        """Keep it for the next one if nothing was written to it."""
        if untouched and content not in self._spare:
            self._spare[content] = name
        else:
            self.server.drop(name)

    @property
    def server(self) -> Server:
        found = self._request.getfixturevalue("server")
        assert isinstance(found, Server)
        return found

    def file(self, content: str) -> Path:
        path = self._folder / f"{content}.sqlite3"
        if ("sqlite", content) not in self._ready:
            self._fill(str(path), content)
            self._ready["sqlite", content] = str(path)
        return path

    def database(self, content: str) -> str:
        if content == "nothing":
            return "template1"
        if ("postgresql", content) not in self._ready:
            name = self.server.create()
            self._fill(self.server.url(name), content)
            self._ready["postgresql", content] = name
        return self._ready["postgresql", content]

    def _fill(self, db: str, content: str) -> None:
        desk = Desk(db, self._folder)
        if content == "schema":
            desk.open().close()
            return
        for name, (head, *briefs) in FILLED.items():
            desk.write(name, head, *briefs)
        desk.ingest()


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    """The databases that others are copied from."""
    return Templates(request, tmp_path_factory.mktemp("templates"))


@pytest.fixture(params=ENGINES)
def places(
    request: pytest.FixtureRequest, tmp_path: Path, templates: Templates
) -> Iterator[Places]:
    """Databases of each engine in turn."""
    places = Places(request.param, tmp_path, templates)
    yield places
    places.clear()


@pytest.fixture
def desk(places: Places) -> Desk:
    """An empty desk."""
    return places.desk()


@pytest.fixture
def filled(places: Places) -> Desk:
    """A desk whose database holds the rounds of `FILLED`."""
    return places.desk("filled")


@pytest.fixture
def file_desk(tmp_path: Path, templates: Templates) -> Desk:
    """As `filled`, on SQLite: for what is particular to a file."""
    return Places("sqlite", tmp_path, templates).desk("filled")


@pytest.fixture
def server_desk(tmp_path: Path, templates: Templates) -> Iterator[Desk]:
    """As `filled`, on PostgreSQL."""
    places = Places("postgresql", tmp_path, templates)
    yield places.desk("filled")
    places.clear()


@pytest.fixture
def known_investors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corrections know the investors that the desks know."""
    for module in ("deriving", "naming"):
        monkeypatch.setattr(f"tracker.corrections.{module}.load_gazetteer", lambda: GAZETTEER)

"""Reports of companies that share a name → which of them are one company, and its rounds.

Reports are of one company where their names share a comparison key: as written, learned from
a bracket ("라포랩스(Rapport Labs)" ties 라포랩스 and Rapport Labs together), or tied by a person.

One name may be that of two companies. Reports with one name are kept apart where two things
speak against them at once and nothing for them:

- what they do: different trades, or no word in common;
- the stage goes down by a step (three, where only the words differ), or two stages far apart
  are told within 45 days: a series B does not become a seed;
- another alias in brackets.

A shared investor, or the same sum at the same stage, speaks for one company. A report that says
nothing of the kind joins the company it has most in common with.

All of it is computed from the reports in an order of their own, so that it does not matter in
which order their issues came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter

from tracker.identity.evidence import RUNG, aliases_differ, trades_differ, words_differ
from tracker.identity.keys import Ties
from tracker.identity.merging import day_of
from tracker.identity.parties import best_name, better_alias, clean, shown_name
from tracker.identity.rounds import NOTHING_SAID, WINDOW, merge_reports
from tracker.parsing.names import name_key
from tracker.records import Alias, Decided, MergedCompany, Report, Verdicts

Pair = tuple[str, str]

_order = attrgetter("order")

MIN_ALIAS_KEY = 2
"""A learned alias of one character would tie strangers together."""
STEEP = 3
"""Steps down the ladder that need only other words beside them."""

_NO_NAME = frozenset(
    "ai it saas b2b b2c ceo cto cfo coo vc ir pr hr rd esg ipo kosdaq kospi nasdaq spac mou api app usa us uk "
    "uae krw usd series seed pre angel bridge safe cb si startup company korea seoul 대표 서울 한국 미국 "
    "일본 중국 싱가포르 코스닥 코스피 스타트업 기업 회사 시드 시리즈 비상장 창업자 주식 유한 비공개 이하 가칭 운영사 구".split()
)
"""What stands in brackets behind a name and is none."""


def company_keys(name: str, alias: str | None) -> tuple[str, ...]:
    """The comparison keys of a company that a brief names; empty if nothing is left of it."""
    key = name_key(name)
    if not key:
        return ()
    other = alias_key(alias)
    return (key, other) if other and other != key else (key,)


def alias_key(alias: str | None) -> str:
    """The key of what stands in brackets behind a name; empty if that is no name."""
    key = name_key(alias) if alias else ""
    if len(key) < MIN_ALIAS_KEY or key in _NO_NAME or not re.search(r"[^\W\d_]", key):
        return ""
    return key


def resolve_companies(
    reports: Iterable[Report], verdicts: Verdicts = NOTHING_SAID
) -> list[MergedCompany]:
    """The companies that reports are of whose names hang together, with their rounds.

    Ids of companies and rounds that are given already are kept if possible.
    """
    groups = _partition(sorted(reports, key=_order), verdicts.companies)
    companies: set[int] = set()
    rounds: set[int] = set()
    found = []
    for group in groups:
        free = sorted({r.company_id for r in group.reports if r.company_id} - companies)
        companies.update(free[:1])
        told = group.reports
        dismissed: tuple[int, ...] = ()
        if verdicts.dismissed:
            dismissed = tuple(r.id for r in told if r.key in verdicts.dismissed)
            told = [r for r in told if r.key not in verdicts.dismissed]
        aliases = _aliases(group, verdicts.companies)
        found.append(
            MergedCompany(
                free[0] if free else None,
                shown_name(group.tied, verdicts.companies)
                or best_name(a.name for a in aliases if a.own),
                aliases,
                tuple(merge_reports(told, verdicts, rounds)),
                dismissed,
            )
        )
    return found


def _aliases(group: _Group, decided: Decided) -> tuple[Alias, ...]:
    """Every name that the reports use for the company, its own ones first."""
    found: dict[str, Alias] = {}
    for company, bracket in {(r.company, r.company_alias): None for r in group.reports}:
        names = [Alias(name_key(company), clean(company), own=True)]
        other = _alias_of(company, bracket, decided)
        if other:
            names.append(Alias(other, clean(bracket or ""), own=False))
        for alias in names:
            known = found.get(alias.key)
            found[alias.key] = alias if known is None else better_alias(known, alias)
    for key in group.tied - found.keys():
        if key in decided.spellings:
            found[key] = Alias(key, decided.spellings[key], own=False)
    return tuple(sorted(found.values(), key=lambda a: (not a.own, a.key)))


def _alias_of(company: str, bracket: str | None, decided: Decided) -> str:
    """The key in brackets, unless a person said that it is another company's."""
    if not bracket:
        return ""
    other, key = alias_key(bracket), name_key(company)
    if not other or other == key or (min(key, other), max(key, other)) in decided.apart:
        return ""
    return other


@dataclass(slots=True)
class _Group:
    """A company in the making: its reports, and what they say together."""

    reports: list[Report] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """Of names, and of those reports that a person spoke of."""
    tied: set[str] = field(default_factory=set)
    """The same, with all that a person tied to them."""
    aliases: set[str] = field(default_factory=set)
    investors: set[int] = field(default_factory=set)
    sums: set[tuple[int, str | None, str]] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    """Descriptions."""
    rungs: dict[int, tuple[date, date]] = field(default_factory=dict)
    """Rung of the ladder → the first and the last day it was told of."""

    def add(self, other: _Group) -> None:
        self.reports += other.reports
        self.keys |= other.keys
        self.tied |= other.tied
        self.aliases |= other.aliases
        self.investors |= other.investors
        self.sums |= other.sums
        self.about |= other.about
        for rung, (first, last) in other.rungs.items():
            mine = self.rungs.get(rung, (first, last))
            self.rungs[rung] = min(mine[0], first), max(mine[1], last)


@lru_cache(maxsize=2)
def _ties(same: frozenset[Pair], apart: frozenset[Pair]) -> Ties:
    ties = Ties(apart)
    for one, other in sorted(same):
        ties.tie(one, other)
    return ties


@lru_cache(maxsize=2)
def _spoken_of(same: frozenset[Pair], apart: frozenset[Pair]) -> frozenset[str]:
    return frozenset(key for pair in same | apart for key in pair)


def _read(report: Report, decided: Decided) -> _Group:
    key = name_key(report.company)
    other = _alias_of(report.company, report.company_alias, decided)
    keys = {key, other} if other else {key}
    tied = keys
    if decided.same or decided.apart:
        if report.key in _spoken_of(decided.same, decided.apart):
            keys.add(report.key)
        ties = _ties(decided.same, decided.apart)
        tied = {one for key in keys for one in ties.members(key)}
    day = day_of(report)
    rung = RUNG.get(report.stage or "")
    told = report.amount is not None and report.stage is not None
    return _Group(
        [report],
        keys,
        set(tied),
        {other} if other else set(),
        {investor for investor, _ in report.investors},
        {(report.amount or 0, report.currency, report.stage or "")} if told else set(),
        {report.description} if report.description else set(),
        {rung: (day, day)} if rung is not None and day else {},
    )


def _are_one(reports: Sequence[Report]) -> bool:
    """Whether there is one name only, and too little said beside it to tell two companies apart."""
    about = sum(report.description is not None for report in reports)
    names = {(report.company, report.company_alias) for report in reports}
    return about < 2 and (
        len(names) == 1
        or (
            not any(alias for _, alias in names)
            and len({name_key(company) for company, _ in names}) == 1
        )
    )


def _partition(ordered: Sequence[Report], decided: Decided) -> list[_Group]:
    if not (decided.same or decided.apart) and _are_one(ordered):
        # The most frequent case by far.
        keys = company_keys(ordered[0].company, ordered[0].company_alias)
        return [_Group([*ordered], tied=set(keys))]
    groups: list[_Group] = []
    for report in ordered:
        named = _read(report, decided)
        fits = [
            group
            for group in groups
            if not group.tied.isdisjoint(named.tied) and not _are_two(group, named, decided)
        ]
        if not fits:
            groups.append(named)
            continue
        if len(fits) > 1:
            fits.sort(key=lambda group: _affinity(group, named), reverse=True)
        home, *rest = fits
        home.add(named)
        for group in rest:
            # What this report ties together; two of one name stay two.
            if not _are_two(home, group, decided):
                home.add(group)
                groups.remove(group)
    for group in groups:
        group.reports.sort(key=_order)
    return sorted(groups, key=lambda group: group.reports[0].order)


def _affinity(group: _Group, named: _Group) -> tuple[int, int, int, int]:
    about = any(not words_differ(a, b) for a in group.about for b in named.about)
    return (
        len(group.aliases & named.tied) + len(named.aliases & group.tied),
        len(group.investors & named.investors),
        len(group.sums & named.sums) + about,
        len(group.keys & named.keys),
    )


def _are_two(a: _Group, b: _Group, decided: Decided) -> bool:
    """Whether the reports of two groups are of different companies, whatever their names."""
    if decided.apart and any(
        (min(x, y), max(x, y)) in decided.apart for x in a.keys for y in b.keys
    ):
        return True
    if decided.same:
        ties = _ties(decided.same, decided.apart)
        if any(x != y and ties.root(x) == ties.root(y) for x in a.keys for y in b.keys):
            return False
    if not (a.about and b.about) and not (a.aliases and b.aliases):
        return False
    if a.investors & b.investors or a.sums & b.sums:
        return False
    words = bool(a.about and b.about) and all(words_differ(x, y) for x in a.about for y in b.about)
    alias = (
        bool(a.aliases and b.aliases)
        and a.aliases.isdisjoint(b.tied)
        and b.aliases.isdisjoint(a.tied)
        and all(aliases_differ(x, y) for x in a.aliases for y in b.aliases)
    )
    if not words and not alias:
        return False
    steps = _steps_down(a, b)
    if alias:
        return words or steps > 0
    trade = all(trades_differ(x, y) for x in a.about for y in b.about)
    return steps >= (1 if trade else STEEP)


def _steps_down(a: _Group, b: _Group) -> int:
    """By how many steps of the ladder the later one stands below the earlier one, at most.

    Of two stages told within 45 days the distance counts, either way.
    """
    most = 0
    for rung_a, (first_a, last_a) in a.rungs.items():
        for rung_b, (first_b, last_b) in b.rungs.items():
            if rung_a == rung_b:
                continue
            higher, lower = (
                ((first_a, last_a), (first_b, last_b))
                if rung_a > rung_b
                else ((first_b, last_b), (first_a, last_a))
            )
            if lower[1] >= higher[0] - WINDOW:
                most = max(most, abs(rung_a - rung_b))
    return most

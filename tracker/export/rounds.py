"""The columns of a round: the contract with whoever reads our files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter

from tracker.export.fields import Field
from tracker.export.layouts import (
    Column,
    Layout,
    layout_of,
    money,
    source_line,
    source_record,
    stage,
)
from tracker.records import RoundRow

RoundField = Field[RoundRow]


def _investors(row: RoundRow) -> tuple[str, ...]:
    return tuple([one.name for one in row.investors])


def _leads(row: RoundRow) -> tuple[str, ...]:
    return tuple([one.name for one in row.investors if one.lead])


def _sources(row: RoundRow) -> tuple[str, ...]:
    return tuple([line for source in row.sources if (line := source_line(source))])


ROUND_FIELDS: tuple[RoundField, ...] = (
    Field(
        name="id",
        kind="integer",
        value=attrgetter("id"),
        meaning="the round's number in this database; it never changes",
        example="12",
    ),
    Field(
        name="company",
        kind="text",
        value=attrgetter("company"),
        meaning="who got the money, without its legal form",
        example="퓨어그린",
    ),
    Field(
        name="investors",
        kind="names",
        value=_investors,
        record=lambda row: [{"name": one.name, "lead": one.lead} for one in row.investors],
        part="investors",
        meaning="everyone named, in the order of the text; objects with name and lead in JSON",
        example="나래벤처스; 들꽃인베스트",
    ),
    Field(
        name="lead_investors",
        kind="names",
        value=_leads,
        flat=True,
        part="investors",
        meaning="those of them who led (in JSON: `lead` of the investors)",
        example="나래벤처스",
    ),
    Field(
        name="amount",
        kind="integer",
        value=attrgetter("amount"),
        currency=attrgetter("currency"),
        meaning="new money of this announcement; empty where undisclosed",
        unit="whole units of `currency`",
        example="6000000000",
    ),
    Field(
        name="currency",
        kind="code",
        value=attrgetter("currency"),
        meaning="of `amount`",
        unit="ISO 4217",
        example="KRW",
    ),
    Field(
        name="stage",
        kind="code",
        value=attrgetter("stage"),
        meaning="the stage's code: `seed`, `pre_series_a`, `series_a`, … (`tracker list --help`)",
        example="series_a",
    ),
    Field(
        name="stage_raw",
        kind="text",
        value=attrgetter("stage_raw"),
        meaning="the stage as written",
        example="시리즈A",
    ),
    Field(
        name="extension",
        kind="boolean",
        value=attrgetter("extension"),
        meaning="a bridge, an extension or a second close",
        unit="true, false",
        example="false",
    ),
    Field(
        name="valuation",
        kind="integer",
        value=attrgetter("valuation"),
        currency=attrgetter("valuation_currency"),
        meaning="what the company was valued at, where the text says it",
        unit="whole units of `valuation_currency`",
        example="120000000000",
    ),
    Field(
        name="valuation_currency",
        kind="code",
        value=attrgetter("valuation_currency"),
        meaning="of `valuation`",
        unit="ISO 4217",
        example="KRW",
    ),
    Field(
        name="total_raised",
        kind="integer",
        value=attrgetter("total_raised"),
        currency=attrgetter("total_raised_currency"),
        meaning="all money raised to date, where the text says it",
        unit="whole units of `total_raised_currency`",
        example="10000000000",
    ),
    Field(
        name="total_raised_currency",
        kind="code",
        value=attrgetter("total_raised_currency"),
        meaning="of `total_raised`",
        unit="ISO 4217",
        example="KRW",
    ),
    Field(
        name="announced_on",
        kind="date",
        value=attrgetter("announced_on"),
        meaning="the day named in the text, else the issue's",
        unit="ISO 8601 day",
        example="2026-11-17",
    ),
    Field(
        name="confidence",
        kind="number",
        value=attrgetter("confidence"),
        meaning="how sure the pipeline is of the whole record",
        unit="0 to 1",
        example="0.93",
    ),
    Field(
        name="sources",
        kind="names",
        value=_sources,
        record=lambda row: [source_record(source) for source in row.sources],
        part="sources",
        meaning="where it was reported: newsletter, issue, day; with the briefs in JSON",
        example="월요레터 25-47 (2026-11-17)",
    ),
)

EXTRA_FIELDS: tuple[RoundField, ...] = (
    Field(
        name="description",
        kind="text",
        value=attrgetter("description"),
        meaning="what the text says the company is",
        example="신선식품 포장재",
    ),
    Field(
        name="sectors",
        kind="names",
        value=attrgetter("sectors"),
        part="sectors",
        meaning="codes of the company's sectors (`tracker sectors`), the most often told first",
        example="materials; food_agri",
    ),
)
"""Only where ``--columns`` names them."""

INVESTOR_FIELDS: tuple[RoundField, ...] = (
    Field(
        name="investor",
        kind="text",
        value=lambda row: row.investors[0].name if row.investors else None,
        part="investors",
        meaning="one of the investors; empty where the text names none",
        example="나래벤처스",
    ),
    Field(
        name="lead",
        kind="boolean",
        value=lambda row: row.investors[0].lead if row.investors else None,
        part="investors",
        meaning="whether this investor led the round",
        unit="true, false",
        example="true",
    ),
)
"""Instead of `investors` and `lead_investors`, where each investor has a row."""


def per_investor(fields: Iterable[RoundField], instead: Iterable[RoundField]) -> list[RoundField]:
    """`fields` with `instead` where the lists of investors stood."""
    found: list[RoundField] = []
    others = list(instead)
    for field in fields:
        if field.part != "investors":
            found.append(field)
        else:
            found += others
            others = []
    return found


def one_per_investor(rows: Iterable[RoundRow]) -> Iterator[RoundRow]:
    """Each round once for each of its investors; once alone where none is named."""
    for row in rows:
        if len(row.investors) < 2:
            yield row
        else:
            for one in row.investors:
                yield replace(row, investors=(one,))


def _backers(row: RoundRow) -> str:
    ordered = sorted(row.investors, key=lambda one: not one.lead)
    return ", ".join(one.name + ("*" if one.lead else "") for one in ordered)


ROUNDS: Layout[RoundRow] = layout_of(
    ROUND_FIELDS,
    (
        Column("ID", lambda r: str(r.id), "right"),
        Column("Date", lambda r: str(r.announced_on or "")),
        Column("Company", lambda r: r.company, ratio=2),
        Column("Amount", lambda r: money(r.amount, r.currency), "right"),
        Column("Stage", lambda r: stage(r.stage, r.extension)),
        Column("Investors (* lead)", _backers, ratio=3),
    ),
)

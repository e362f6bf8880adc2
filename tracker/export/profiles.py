"""A company or an investor on the screen, and as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, TextIO

from tracker.export.amounts import short_money
from tracker.export.bars import bar
from tracker.export.layouts import Column, Layout, money, source_line, source_record, stage
from tracker.export.rounds import ROUNDS
from tracker.export.safety import plain_line
from tracker.export.table import padded, write_table
from tracker.language import language, word
from tracker.parsing.sectors import sector_label
from tracker.parsing.stages import stage_label

if TYPE_CHECKING:
    from tracker.query.profiles import Backer, CompanyProfile, InvestorProfile, Step
    from tracker.records import RoundRow

MOST = 12
"""Investors and partners shown on the screen; JSON has them all."""
Converted = Mapping[int, tuple[int, date] | None]
"""Round id → its amount in the currency asked for and the day of the rate; None: no rate."""


def company_record(
    found: CompanyProfile, into: str | None = None, converted: Converted | None = None
) -> dict[str, object]:
    """The profile as JSON; dates ISO, amounts whole units."""
    rounds: list[dict[str, object]] = []
    running = 0
    for step in found.rounds:
        record = {
            **ROUNDS.record(step.row),
            "running_total": step.running,
            "running_currency": step.currency,
        }
        if into is not None and converted is not None:
            there = converted.get(step.row.id)
            running += there[0] if there else 0
            record |= {
                "amount_in": there[0] if there else None,
                "in": into,
                "rate_on": there[1] if there else None,
                "running_in": running,
            }
        rounds.append(record)
    return {
        "id": found.id,
        "company": found.name,
        "aliases": list(found.aliases),
        "description": found.description,
        "sectors": list(found.sectors),
        "raised": found.raised,
        "undisclosed": found.undisclosed,
        "rounds": rounds,
        "investors": [asdict(backer) for backer in found.investors],
        "reported": [source_record(source) for source in found.reported],
    }


def investor_record(found: InvestorProfile) -> dict[str, object]:
    """The profile as JSON."""
    return {
        "id": found.id,
        "investor": found.name,
        "aliases": list(found.aliases),
        "kind": found.kind,
        "country": found.country,
        "led": found.led,
        "lead_share": round(found.lead_share, 4),
        "stages": found.stages,
        "sectors": found.sectors,
        "months": found.months,
        "partners": [asdict(backer) for backer in found.partners],
        "rounds": [dict(ROUNDS.record(row)) for row in found.rounds],
    }


def write_company(
    found: CompanyProfile,
    out: TextIO,
    into: str | None = None,
    converted: Converted | None = None,
) -> None:
    """The profile for people."""
    raised = ", ".join(money(amount, currency) for currency, amount in found.raised.items())
    parts = [raised or word("nothing disclosed")]
    if found.undisclosed:
        parts.append(f"{found.undisclosed} {word('undisclosed')}")
    _facts(
        out,
        found.name,
        {
            "also": ", ".join(found.aliases),
            "does": found.description or "",
            "sectors": ", ".join(map(_sector, found.sectors)),
            "raised": ", ".join(parts),
        },
    )
    write_table(found.rounds, _timeline(found, into, converted or {}), out)
    _backers(out, "Investors", found.investors)
    out.write(f"\n{word('Reported in')}\n")
    for source in found.reported:
        out.write(f"  {plain_line(source_line(source)) or word('a letter without a name')}\n")


def _timeline(found: CompanyProfile, into: str | None, converted: Converted) -> Layout[Step]:
    running: dict[int, int] = {}
    so_far = 0
    for step in found.rounds:
        there = converted.get(step.row.id)
        so_far += there[0] if there else 0
        running[step.row.id] = so_far

    def total(step: Step) -> str:
        return (
            short_money(running[step.row.id], into) if into else money(step.running, step.currency)
        )

    def amount(step: Step) -> str:
        there = converted.get(step.row.id)
        if into is None:
            return money(step.row.amount, step.row.currency) or word("undisclosed")
        if there is not None:
            return short_money(there[0], into)
        return word("no rate" if step.row.amount is not None else "undisclosed")

    def announced(step: Step) -> str:
        return money(step.announced, step.announced_currency) if step.differs else ""

    columns: list[Column[Step]] = [
        Column("ID", lambda s: str(s.row.id), "right"),
        Column("Date", lambda s: str(s.row.announced_on or "")),
        Column("Stage", lambda s: stage(s.row.stage, s.row.extension)),
        Column("Amount", amount, "right"),
    ]
    if into is not None:
        columns.append(Column("Rate of", lambda s: _rate_day(converted.get(s.row.id))))
    columns.append(Column("Total", total, "right"))
    if any(step.differs for step in found.rounds):
        columns.append(Column("Announced", announced, "right"))
    columns.append(Column("Investors (* lead)", lambda s: _names(s.row), ratio=1))
    return Layout(record=lambda _: {}, names=(), cells=lambda _: [], columns=tuple(columns))


def _rate_day(there: tuple[int, date] | None) -> str:
    return str(there[1]) if there else ""


def _names(row: RoundRow) -> str:
    ordered = sorted(row.investors, key=lambda i: not i.lead)
    return ", ".join(i.name + "*" * i.lead for i in ordered)


def write_investor(found: InvestorProfile, out: TextIO) -> None:
    """The profile for people."""
    count = len(found.rounds)
    share = f", led {found.led} ({found.lead_share:.0%})" if count else ""
    _facts(
        out,
        found.name,
        {
            "also": ", ".join(found.aliases),
            "is": ", ".join(filter(None, (found.kind, found.country))),
            "rounds": f"{count}{share}",
            "stages": _counts({stage_label(s): n for s, n in found.stages.items()}),
            "sectors": _counts({_sector(s): n for s, n in found.sectors.items()}),
        },
    )
    columns: tuple[Column[RoundRow], ...] = (
        Column("ID", lambda r: str(r.id), "right"),
        Column("Date", lambda r: str(r.announced_on or "")),
        Column("Company", lambda r: r.company, ratio=2),
        Column("Amount", lambda r: money(r.amount, r.currency), "right"),
        Column("Stage", lambda r: stage(r.stage, r.extension)),
        Column("Led", lambda r: word("yes") if _led(r, found.name) else ""),
        Column("With", lambda r: _others(r, found.name), ratio=2),
    )
    layout: Layout[RoundRow] = Layout(
        record=lambda _: {}, names=(), cells=lambda _: [], columns=columns
    )
    write_table(found.rounds, layout, out)
    _backers(out, "Invests with", found.partners)
    if found.months:
        out.write(f"\n{word('By month')}\n")
        most = max(found.months.values())
        for name, number in found.months.items():
            out.write(f"  {name} {number:>4} {bar(number, most)}".rstrip() + "\n")


def _sector(code: str) -> str:
    return sector_label(code, korean=language() == "ko")


def _led(row: RoundRow, name: str) -> bool:
    return any(i.lead for i in row.investors if i.name == name)


def _others(row: RoundRow, name: str) -> str:
    return ", ".join(i.name + "*" * i.lead for i in row.investors if i.name != name)


def _facts(out: TextIO, name: str, facts: Mapping[str, str]) -> None:
    out.write(plain_line(name) + "\n")
    for label, value in facts.items():
        if value:
            out.write(f"  {padded(word(label), 8)} {plain_line(value)}\n")
    out.write("\n")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


def _backers(out: TextIO, heading: str, backers: tuple[Backer, ...]) -> None:
    if not backers:
        return
    out.write(f"\n{word(heading)}\n")
    for backer in backers[:MOST]:
        led = f", led {backer.led}" if backer.led else ""
        out.write(f"  {backer.rounds:>3}  {plain_line(backer.name)}{led}\n")
    if len(backers) > MOST:
        out.write(f"       … and {len(backers) - MOST} more\n")

"""Derive anew what follows from reports and statements; remember and give back the ids they had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, insert, select, update

from tracker.filing import refile
from tracker.identity import alike, load_gazetteer
from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.records import Verdicts
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.lookalikes import look_alike
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.pending import chunked
from tracker.store.suggestions import add_suggestions, forget_suggestions
from tracker.store.writer import IssueWriter

Ids = Mapping[str, Mapping[str, int]]
"""company and round: report → id; investor: comparison key → id."""


def derive(
    connection: Connection,
    companies: Iterable[int],
    investors: Iterable[int],
    unused: Iterable[int] = (),
) -> None:
    """Decide again on these and on what hangs together with them by name.

    `unused`: investors that perhaps nobody names any more.
    """
    companies, investors = set(companies), set(investors)
    before = held_ids(connection, companies, investors)
    _let_rounds_follow(connection, companies)
    gazetteer = load_gazetteer()
    # What hangs together is found by the names that companies go by. The first time gives them the
    # names that a verdict had taken from them; the second unites those who share them now.
    for _ in range(2):
        writer = IssueWriter(connection)
        refile(writer, gazetteer, companies=companies, investors=investors)
        now = ids_now(connection, before)
        companies.update(now["company"].values())
        investors.update(now["investor"].values())
    used = select(t.REPORT.c.company_id)
    _forget_unused(connection, t.COMPANY, t.COMPANY_ALIAS.c.company_id, companies, used)
    used = select(t.PARTICIPATION.c.investor_id)
    _forget_unused(
        connection, t.INVESTOR, t.INVESTOR_ALIAS.c.investor_id, {*investors, *unused}, used
    )
    for side, ids in ((COMPANIES, companies), (INVESTORS, {*investors, *unused})):
        _suggest(connection, side, ids, writer.verdicts)


def _let_rounds_follow(connection: Connection, companies: Iterable[int]) -> None:
    """A round is of the company of its reports; a report of another company is not of the round."""
    report = t.REPORT.c
    for some in chunked(sorted(companies)):
        rows = connection.execute(
            select(report.id, report.round_id, report.company_id, t.ROUND.c.company_id.label("of"))
            .join(t.ROUND, t.ROUND.c.id == report.round_id)
            .where(report.round_id.in_(select(report.round_id).where(report.company_id.in_(some))))
            .order_by(report.round_id, report.id)
        ).all()
        owners: dict[int, set[int]] = {}
        for row in rows:
            owners.setdefault(row.round_id, set()).add(row.company_id)
        for row in rows:
            theirs = owners[row.round_id]
            owner = row.of if row.of in theirs else min(theirs)
            if row.company_id != owner:
                connection.execute(
                    update(t.REPORT).where(report.id == row.id).values(round_id=None)
                )
            elif row.of != owner:
                connection.execute(
                    update(t.ROUND).where(t.ROUND.c.id == row.round_id).values(company_id=owner)
                )


def _suggest(connection: Connection, side: Side, ids: Iterable[int], verdicts: Verdicts) -> None:
    """Ask again which of these look like others; whom a person keeps apart, nobody asks about."""
    names: dict[int, set[str]] = {}
    for some in chunked(sorted(ids)):
        rows = connection.execute(select(side.owner, side.alias.c.key).where(side.owner.in_(some)))
        for owner, key in rows:
            names.setdefault(owner, set()).add(key)
    decided = verdicts.companies if side is COMPANIES else verdicts.investors
    forget_suggestions(connection, side.table.name, ids)
    add_suggestions(connection, look_alike(connection, side, names, alike, decided))


def _forget_unused(
    connection: Connection, table: Table, owner: Column[int], ids: Iterable[int], used: Select[Any]
) -> None:
    """Remove those that no report names any more."""
    for some in chunked(sorted(ids)):
        named = used.where(used.selected_columns[0].in_(some))
        unused = select(table.c.id).where(table.c.id.in_(some), table.c.id.not_in(named))
        gone = list(connection.execute(unused).scalars())
        connection.execute(delete(owner.table).where(owner.in_(gone)))
        connection.execute(delete(table).where(table.c.id.in_(gone)))
        forget_suggestions(connection, table.name, gone)


def held_ids(connection: Connection, companies: Iterable[int], investors: Iterable[int]) -> Ids:
    """The ids that the reports of these companies, and the names of these investors, have."""
    held: dict[str, dict[str, int]] = {"company": {}, "round": {}, "investor": {}}
    for some in chunked(sorted(set(companies))):
        rows = connection.execute(
            select(t.REPORT.c.id, t.REPORT.c.company_id, t.REPORT.c.round_id).where(
                t.REPORT.c.company_id.in_(some)
            )
        )
        for report, company, round_id in rows:
            held["company"][str(report)] = company
            if round_id is not None:
                held["round"][str(report)] = round_id
    alias = t.INVESTOR_ALIAS.c
    for some in chunked(sorted(set(investors))):
        rows = connection.execute(
            select(alias.key, alias.investor_id).where(alias.investor_id.in_(some))
        )
        held["investor"].update((row.key, row.investor_id) for row in rows)
    return held


def ids_now(connection: Connection, before: Ids) -> dict[str, dict[str, int]]:
    """The ids that the same reports and names have now."""
    now: dict[str, dict[str, int]] = {"company": {}, "round": {}, "investor": {}}
    for some in chunked(before["company"]):
        rows = connection.execute(
            select(t.REPORT.c.id, t.REPORT.c.company_id, t.REPORT.c.round_id).where(
                t.REPORT.c.id.in_(map(int, some))
            )
        )
        for report, company, round_id in rows:
            now["company"][str(report)] = company
            if round_id is not None:
                now["round"][str(report)] = round_id
    alias = t.INVESTOR_ALIAS.c
    for some in chunked(before["investor"]):
        rows = connection.execute(select(alias.key, alias.investor_id).where(alias.key.in_(some)))
        now["investor"].update((row.key, row.investor_id) for row in rows)
    return now


def taken_ids(connection: Connection, before: Ids) -> dict[str, dict[str, int]]:
    """Those of the ids that are others now."""
    now = ids_now(connection, before)
    return {
        kind: {name: was for name, was in ids.items() if now[kind].get(name) != was}
        for kind, ids in before.items()
    }


def give_back_names(connection: Connection, ids: Ids) -> set[int]:
    """Let names of investors have the ids that a step took from them; before anything else.

    Returns the investors that had the names meanwhile.
    """
    alias = t.INVESTOR_ALIAS
    meanwhile: set[int] = set()
    for key, investor in ids.get("investor", {}).items():
        row = connection.execute(
            select(alias.c.name, alias.c.investor_id).where(alias.c.key == key)
        ).first()
        name = row.name if row else None
        if not _there(connection, t.INVESTOR, investor):
            connection.execute(insert(t.INVESTOR).values(id=investor, name=name or key))
        if row is None:
            _alias(connection, INVESTORS, investor, key, own=False)
        else:
            meanwhile.add(row.investor_id)
            connection.execute(update(alias).where(alias.c.key == key).values(investor_id=investor))
    return meanwhile


def give_back(connection: Connection, ids: Ids) -> None:
    """Let reports have the ids that a step took from them; what is gone is made again."""
    for report, company in ids.get("company", {}).items():
        row = connection.execute(
            select(t.REPORT.c.company_name).where(t.REPORT.c.id == int(report))
        ).first()
        if row is None:
            continue
        if not _there(connection, t.COMPANY, company):
            connection.execute(insert(t.COMPANY).values(id=company, name=row.company_name))
            _alias(connection, COMPANIES, company, row.company_name, own=True)
        connection.execute(
            update(t.REPORT).where(t.REPORT.c.id == int(report)).values(company_id=company)
        )
    _give_back_rounds(connection, ids.get("round", {}))


def _alias(connection: Connection, side: Side, owner: int, name: str, *, own: bool) -> None:
    key = name_key(name)
    row = {"name": name, "key": key, "own": own, "sought": letters(key), "sound": sound(key)}
    connection.execute(insert(side.alias).values({side.owner.name: owner, **row}))


def _give_back_rounds(connection: Connection, ids: Mapping[str, int]) -> None:
    for report, round_id in ids.items():
        company = connection.execute(
            select(t.REPORT.c.company_id).where(t.REPORT.c.id == int(report))
        ).scalar()
        if company is None:
            continue
        if not _there(connection, t.ROUND, round_id):
            connection.execute(
                insert(t.ROUND).values(
                    id=round_id, company_id=company, extension=False, confidence=1.0
                )
            )
        connection.execute(
            update(t.REPORT).where(t.REPORT.c.id == int(report)).values(round_id=round_id)
        )


def _there(connection: Connection, table: Table, row_id: int) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == row_id)).first() is not None

"""Derive anew what follows from reports and statements; remember and give back the ids they had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, insert, select, update

from tracker.filing import refile
from tracker.identity import load_gazetteer
from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.pending import chunked
from tracker.store.suggestions import forget_suggestions
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
    refile(IssueWriter(connection), load_gazetteer(), companies=companies, investors=investors)
    used = select(t.REPORT.c.company_id)
    _forget_unused(connection, t.COMPANY, t.COMPANY_ALIAS.c.company_id, companies, used)
    used = select(t.PARTICIPATION.c.investor_id)
    _forget_unused(
        connection, t.INVESTOR, t.INVESTOR_ALIAS.c.investor_id, {*investors, *unused}, used
    )


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


def taken_ids(connection: Connection, before: Ids) -> dict[str, dict[str, int]]:
    """Those of the ids that are others now."""
    now: dict[str, dict[str, int]] = {"company": {}, "round": {}, "investor": {}}
    for some in chunked(before["company"]):
        rows = connection.execute(
            select(t.REPORT.c.id, t.REPORT.c.company_id, t.REPORT.c.round_id).where(
                t.REPORT.c.id.in_(map(int, some))
            )
        )
        for report, company, round_id in rows:
            now["company"][str(report)], now["round"][str(report)] = company, round_id
    alias = t.INVESTOR_ALIAS.c
    for some in chunked(before["investor"]):
        rows = connection.execute(select(alias.key, alias.investor_id).where(alias.key.in_(some)))
        now["investor"].update((row.key, row.investor_id) for row in rows)
    return {
        kind: {name: was for name, was in ids.items() if now[kind].get(name) != was}
        for kind, ids in before.items()
    }


def give_back(connection: Connection, ids: Ids) -> None:
    """Let reports and names have the ids that a step took from them; what is gone is made again."""
    for report, company in ids.get("company", {}).items():
        row = connection.execute(
            select(t.REPORT.c.company_name).where(t.REPORT.c.id == int(report))
        ).first()
        if row is None:
            continue
        if not _there(connection, t.COMPANY, company):
            connection.execute(insert(t.COMPANY).values(id=company, name=row.company_name))
            key = name_key(row.company_name)
            connection.execute(
                insert(t.COMPANY_ALIAS).values(
                    company_id=company,
                    name=row.company_name,
                    key=key,
                    own=True,
                    sought=letters(key),
                    sound=sound(key),
                )
            )
        connection.execute(
            update(t.REPORT).where(t.REPORT.c.id == int(report)).values(company_id=company)
        )
    _give_back_rounds(connection, ids.get("round", {}))
    alias = t.INVESTOR_ALIAS
    for key, investor in ids.get("investor", {}).items():
        name = connection.execute(select(alias.c.name).where(alias.c.key == key)).scalar()
        if name is None:
            continue
        if not _there(connection, t.INVESTOR, investor):
            connection.execute(insert(t.INVESTOR).values(id=investor, name=name))
        connection.execute(update(alias).where(alias.c.key == key).values(investor_id=investor))


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

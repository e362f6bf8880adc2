"""Put a statement, and let the reports say it where they have to.

What a person says of a sum or a stage lies over what the reports say. A company's name and the
investors are different: who is who is decided from the names in the reports, so there the person's
names take the place of those that were read, which the statement keeps for when it is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from tracker.corrections.naming import investor_named
from tracker.parsing.names import name_key
from tracker.query.parties import owners_of
from tracker.store import tables as t
from tracker.store.corrections import OVERRIDE
from tracker.store.reports import ReportRef, reports_by_key
from tracker.store.statements import Content, Statement, put

IN_PLACE = frozenset({"company", "investors"})
"""The fields whose values stand in the reports themselves."""


def enact(connection: Connection, statement: Statement, content: Content | None) -> None:
    """Let a statement hold `content`, or nothing, and the reports with it."""
    if statement.table != "round_override" or statement.key[1] not in IN_PLACE:
        put(connection, statement, content)
        return
    key, name = statement.key
    here = (OVERRIDE.c.report_key == key) & (OVERRIDE.c.field == name)
    known = connection.execute(select(OVERRIDE.c.read).where(here)).scalar()
    ref = reports_by_key(connection, [key]).get(key)
    if content is None:
        put(connection, statement, None)
        if ref and known:
            _WRITE[name](connection, ref, json.loads(known))
        return
    if known is None and ref:
        known = json.dumps(_READ[name](connection, ref), ensure_ascii=False)
    put(connection, statement, content)
    connection.execute(update(OVERRIDE).where(here).values(read=known))
    if ref:
        _WRITE[name](connection, ref, _as_read(name, json.loads(content["value"])))


def replace_read(connection: Connection, ref: ReportRef, name: str, read: Any) -> None:
    """The pipeline reads something else now where a person's word stands: remember it."""
    connection.execute(
        update(OVERRIDE)
        .where(OVERRIDE.c.report_key == ref.key, OVERRIDE.c.field == name)
        .values(read=json.dumps(read, ensure_ascii=False))
    )


def _as_read(name: str, said: Any) -> Any:
    """A person's value in the form in which reports hold one."""
    if name == "company":
        return [said, None]
    return [[who, lead, place] for place, (who, lead) in enumerate(said or [])]


def _company(connection: Connection, ref: ReportRef) -> list[str | None]:
    row = connection.execute(
        select(t.REPORT.c.company_name, t.REPORT.c.company_alias).where(t.REPORT.c.id == ref.id)
    ).one()
    return list(row)


def write_company(connection: Connection, ref: ReportRef, read: list[str | None]) -> None:
    """Name a report's company: name and what stands in brackets behind it."""
    name, alias = read
    assert name is not None
    values: dict[str, Any] = {"company_name": name, "company_alias": alias}
    owners = owners_of(connection, "company", name_key(name))
    if owners and ref.company_id not in {owner.id for owner in owners}:
        values["company_id"] = owners[0].id
    connection.execute(update(t.REPORT).where(t.REPORT.c.id == ref.id).values(**values))


def _investors(connection: Connection, ref: ReportRef) -> list[list[Any]]:
    part = t.PARTICIPATION.c
    rows = connection.execute(
        select(part.name, part.lead, part.ordinal)
        .where(part.report_id == ref.id)
        .order_by(part.ordinal)
    )
    return [[row.name, bool(row.lead), row.ordinal] for row in rows]


def write_investors(connection: Connection, ref: ReportRef, read: list[list[Any]]) -> None:
    """Name a report's investors: name, lead, and the place among those that the brief names."""
    part = t.PARTICIPATION
    connection.execute(delete(part).where(part.c.report_id == ref.id))
    for name, lead, ordinal in read:
        connection.execute(
            insert(part).values(
                report_id=ref.id,
                round_id=ref.round_id,
                investor_id=investor_named(connection, name),
                name=name,
                lead=lead,
                ordinal=ordinal,
                position=ordinal,
            )
        )


_READ: dict[str, Any] = {"company": _company, "investors": _investors}
_WRITE: dict[str, Any] = {"company": write_company, "investors": write_investors}


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a statement is about, as they are now."""

    companies: frozenset[int] = frozenset()
    investors: frozenset[int] = frozenset()
    """Who is who of them is to be decided again."""
    named: frozenset[int] = frozenset()
    """Investors that are named otherwise, or no more."""


def touched_by(connection: Connection, statement: Statement) -> Touched:
    """The companies and investors that a statement is about."""
    if statement.table != "verdict":
        companies = _companies(connection, statement.key[:1])
        if statement.key[1] != "investors":
            return Touched(companies)
        part, report = t.PARTICIPATION.c, reports_by_key(connection, statement.key[:1])
        ids = [ref.id for ref in report.values()]
        named = connection.execute(select(part.investor_id).where(part.report_id.in_(ids)))
        return Touched(companies, named=frozenset(named.scalars()))
    kind, *keys = statement.key
    if kind == "round":
        return Touched(_companies(connection, keys))
    owners = frozenset(owner.id for key in keys for owner in owners_of(connection, kind, key))
    if kind == "investor":
        return Touched(investors=owners)
    return Touched(owners | _companies(connection, keys))


def _companies(connection: Connection, keys: Iterable[str]) -> frozenset[int]:
    refs = reports_by_key(connection, [key for key in keys if ":" in key])
    return frozenset(ref.company_id for ref in refs.values())

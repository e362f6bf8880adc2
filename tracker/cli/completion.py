"""What the shell offers on TAB: stages, sectors, currencies, formats, columns; stored names.

Only looks, never writes, and says nothing where it finds nothing: a completion must not disturb.
Names are read when an option that takes one is completed, and only then is the store imported.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

MOST = 50
"""Names offered at a time."""


def stages(incomplete: str) -> list[tuple[str, str]]:
    """Stage codes, with what people call them."""
    from tracker.parsing.stages import STAGES, stage_label

    sign = "!" if incomplete.startswith("!") else ""
    wanted = incomplete.removeprefix("!").lower()
    return [(sign + code, stage_label(code)) for code in STAGES if code.startswith(wanted)]


def sectors(incomplete: str) -> list[tuple[str, str]]:
    """Sector codes, with their names."""
    from tracker.parsing.sectors import load_taxonomy

    sign = "!" if incomplete.startswith("!") else ""
    wanted = incomplete.removeprefix("!").lower()
    return [
        (sign + one.code, f"{one.english}, {one.korean}")
        for one in load_taxonomy().sectors
        if one.code.startswith(wanted)
    ]


def currencies(incomplete: str) -> list[str]:
    """Currency codes."""
    from tracker.parsing.currencies import CODES

    return [code for code in sorted(CODES) if code.startswith(incomplete.upper())]


def export_formats(incomplete: str) -> list[str]:
    """Formats of an export."""
    from tracker.export.writers import BINARY, FORMATS

    return [name for name in FORMATS + BINARY if name.startswith(incomplete.lower())]


def columns(context: typer.Context, incomplete: str) -> list[str]:
    """The columns of the schema that was given, each behind those already named."""
    from tracker.errors import BadValue
    from tracker.export.shape import make_shape

    try:
        shape = make_shape(
            schema=context.params.get("schema") or "tracker",
            row_per=context.params.get("row_per") or "round",
        )
    except BadValue:
        return []
    before, comma, begun = incomplete.rpartition(",")
    given = before.split(",")
    return [
        before + comma + name
        for name in shape.layout.names
        if name.startswith(begun.strip().lower()) and name not in given
    ]


def _named(table: str) -> Callable[[typer.Context, str], list[str]]:
    def names(context: typer.Context, incomplete: str) -> list[str]:
        from tracker.errors import TrackerError
        from tracker.settings import load_settings

        try:
            from sqlalchemy import select

            from tracker.export.safety import plain_line
            from tracker.records import storable
            from tracker.store import open_store, watches  # noqa: F401  (its table is among them)
            from tracker.store.tables import METADATA

            name = METADATA.tables[table].c.name
            query = (
                select(name)
                .where(name.startswith(storable(incomplete), autoescape=True))
                .order_by(name)
                .limit(MOST)
            )
            with (
                open_store(load_settings(context.params.get("db")).db, read_only=True) as store,
                store.reading() as connection,
            ):
                found = connection.execute(query).scalars().all()
        except TrackerError:
            return []
        return [plain_line(one) for one in found]

    return names


companies = _named("company")
investors = _named("investor")
newsletters = _named("newsletter")
watches = _named("watch")

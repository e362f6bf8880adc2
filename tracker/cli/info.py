"""`tracker info`: where the database is, what made it, and how much it holds."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import __version__
from tracker.cli import options as opt
from tracker.cli.output import check_format


def info(
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")
    ] = "table",
    db: opt.Db = None,
) -> None:
    """Say where the database is, its schema version, the pipeline's version, and row counts.

    \b
    Examples:
      tracker info
      tracker info --db team.sqlite3 --format json
    """
    from tracker.errors import PipelineMissing
    from tracker.export import as_json, plain_line
    from tracker.extraction import pipeline_info

    fmt = check_format(fmt, ("table", "json"))
    facts: dict[str, object] = {"version": __version__, **_database(db)}
    try:
        found = pipeline_info()
        facts["pipeline"] = {"name": found["name"], "version": found["version"]}
        pipeline = f"{found['name']} {found['version']}"
    except PipelineMissing as error:
        # Whoever asks where things are wants to hear this too, not to be turned away.
        facts["pipeline"], pipeline = None, f"missing: {error}"
    if fmt == "json":
        typer.echo(as_json(facts, indent=2))
        return
    counts = facts["rows"]
    lines = {
        "tracker": __version__,
        "database": f"{facts['database']}{'' if facts['exists'] else ' (not there yet)'}",
        "schema": facts["schema"] if facts["exists"] else "-",
        "pipeline": pipeline,
        **(counts if isinstance(counts, dict) else {}),
    }
    for name, value in lines.items():
        typer.echo(f"{name:<11} {plain_line(str(value))}")


def _database(db: str | None) -> dict[str, object]:
    from tracker.errors import NoDatabase
    from tracker.query.evidence import count_rows
    from tracker.settings import load_settings
    from tracker.store import SCHEMA_VERSION, open_store

    location = load_settings(db).db
    try:
        with open_store(location, read_only=True) as store, store.reading() as connection:
            return {
                "database": store.shown,
                "exists": True,
                "schema": SCHEMA_VERSION,
                "rows": count_rows(connection),
            }
    except NoDatabase as error:
        return {"database": error.shown, "exists": False, "schema": None, "rows": None}

"""`tracker changes`: who corrected what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged

if TYPE_CHECKING:
    from tracker.records import ChangeRow


def changes(
    who: Annotated[
        str | None, typer.Option("--of", metavar="USER", help="By one user only.")
    ] = None,
    limit: opt.Limit = 50,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List what persons corrected, newest first; what was undone is marked so.

    \b
    Examples:
      tracker changes --limit 10
      tracker changes --of anna --format csv > changes.csv
    """
    from tracker.export import FORMATS, write
    from tracker.export.changes import CHANGES
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.history import list_changes

    fmt = check_format(fmt, FORMATS)
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        found = list_changes(connection, who=who, limit=limit)
    with paged(fmt) as out:
        count = write(iter(found), CHANGES, fmt, out, to_file=False)
    if not count:
        say("no corrections yet")


def told(change: ChangeRow) -> str:
    """A change on one line."""
    value = " → ".join(part for part in (change.old, change.new) if part is not None)
    number = f" {change.subject_id}" if change.subject_id is not None else ""
    return f"{change.subject}{number} ({change.label}): {change.field} {value}".rstrip()

"""`tracker show`: one round, and for every value the sentence it was read from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format
from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.records import ReportRow, RoundRow


def show(
    round_id: Annotated[str, typer.Argument(metavar="ID", help="A round's id, from tracker list.")],
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")
    ] = "table",
    db: opt.Db = None,
) -> None:
    """Show one round: every field, the sentence it was read from, and who reported it.

    In a pipe the value is marked »so«.

    \b
    Examples:
      tracker show 17
      tracker show 17 --format json
    """
    fmt = check_format(fmt, ("table", "json"))
    if not (round_id.isascii() and round_id.isdigit() and int(round_id) < 2**63):
        raise BadValue(f"{round_id!r}: not a round's id (a number, as in tracker list)")

    from tracker.export import as_json
    from tracker.query.evidence import list_reports
    from tracker.query.listing import get_round
    from tracker.settings import load_settings
    from tracker.store import open_store

    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        row = get_round(connection, int(round_id))
        if row is None:
            raise TrackerError(f"no round {round_id} in {store.shown}; tracker list shows the ids")
        reports = list_reports(connection, row.id)
    if fmt == "json":
        typer.echo(as_json(_record(row, reports), indent=2))
    else:
        from tracker.export.evidence import write_evidence

        write_evidence(row, reports, sys.stdout)


def _record(row: RoundRow, reports: list[ReportRow]) -> dict[str, object]:
    from tracker.export import ROUNDS
    from tracker.export.layouts import source_record

    return {
        **ROUNDS.record(row),
        "reports": [
            {
                **source_record(report.source),
                "values": report.values,
                "investors": [{"name": i.name, "lead": i.lead} for i in report.investors],
                "spans": {
                    name: [[span.start, span.end] for span in spans]
                    for name, spans in report.spans.items()
                },
            }
            for report in reports
        ],
    }

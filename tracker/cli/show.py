"""`tracker show`: one round, and for every value the sentence it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format
from tracker.cli.paging import paged
from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.records import ReportRow, RoundRow, Said


def show(
    round_id: Annotated[str, typer.Argument(metavar="ID", help="A round's id, from tracker list.")],
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")
    ] = "table",
    db: opt.Db = None,
) -> None:
    """Show one round: every field, the sentence it was read from, and who reported it.

    Where reports differ, every value is listed with how many give it. In a pipe the value that
    was read is marked »so«.

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
    from tracker.query.said import said_of_round
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
        said = said_of_round(connection, row.id)
    if fmt == "json":
        typer.echo(as_json(_record(row, reports, said), indent=2))
    else:
        from tracker.export.evidence import write_evidence

        with paged() as out:
            write_evidence(row, reports, out, said)


def _record(row: RoundRow, reports: list[ReportRow], said: dict[str, Said]) -> dict[str, object]:
    from tracker.export import ROUNDS
    from tracker.export.disagreement import disagreements
    from tracker.export.layouts import source_record

    return {
        **ROUNDS.record(row),
        "set_by": {
            name: {"who": one.who, "at": one.at.isoformat(), "accepted": one.accepted}
            for name, one in said.items()
        },
        "disagreements": {
            name: [
                {"value": one.value, "currency": one.currency, "reports": one.reports}
                for one in told
            ]
            for name, told in disagreements(reports).items()
        },
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

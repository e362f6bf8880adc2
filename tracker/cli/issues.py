"""`tracker issues`: the letters that are stored, and one of them as it came."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged
from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tracker.records import CopyRow, IssueRow

issues_app = typer.Typer(name="issues", rich_markup_mode=None, invoke_without_command=True)

TABLE_LIMIT = 200
"""As in tracker list: a table is for reading."""


@issues_app.callback()
def issues(
    context: typer.Context,
    newsletter: Annotated[
        str | None,
        typer.Option("--newsletter", metavar="NAME", help="A part of the newsletter's name."),
    ] = None,
    since: opt.Since = None,
    limit: opt.Limit = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Letters that could not be read and were set aside.")
    ] = False,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List the stored issues, newest first; tracker issues show ID prints one.

    \b
    Examples:
      tracker issues --newsletter 모닝 --since 30d
      tracker issues --failed --format json
    """
    if context.invoked_subcommand:
        return
    from datetime import date

    from tracker.export import FORMATS, write
    from tracker.export.job_layouts import FAILED, ISSUES
    from tracker.parsing.dates import parse_since
    from tracker.parsing.names import name_key
    from tracker.query.issues import list_failed, list_issues
    from tracker.settings import load_settings
    from tracker.store import open_store

    fmt = check_format(fmt, FORMATS)
    first = parse_since(since, date.today()) if since else None
    if limit is not None and not 0 <= limit < 2**63:
        raise BadValue(f"--limit {limit}: give a number from 0 (0 means all)")
    most = TABLE_LIMIT if limit is None and fmt == "table" else limit or None
    key = name_key(newsletter) if newsletter else None
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
        paged(fmt) as out,
    ):
        if failed:
            rows = list_failed(connection, limit=most)
            count = write(rows, FAILED, fmt, out, to_file=False)
        else:
            found = list_issues(connection, newsletter=key, since=first, limit=most)
            count = write(found, ISSUES, fmt, out, to_file=False)
    if not count:
        filtered = bool(newsletter or since) and not failed
        say("no issues" + ("; leave out a filter to see more" if filtered else ""))
    elif failed and fmt == "table":
        say("tracker issues retry tries them again; issues show ID --failed prints one as it came")
    elif fmt == "table" and limit is None and count == TABLE_LIMIT:
        say(f"the first {count}; --limit 0 shows all")


@issues_app.command("show")
def show(
    issue_id: Annotated[
        str, typer.Argument(metavar="ID", help="An issue's id, from tracker issues.")
    ],
    raw: Annotated[
        bool, typer.Option("--raw", help="The bytes exactly as they came, to standard output.")
    ] = False,
    copy: Annotated[
        int,
        typer.Option(
            "--copy", metavar="N", min=1, help="Of an issue that came in several forms, the Nth."
        ),
    ] = 1,
    failed: Annotated[
        bool, typer.Option("--failed", help="ID is that of a letter in tracker issues --failed.")
    ] = False,
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")
    ] = "text",
    db: opt.Db = None,
) -> None:
    """Print one issue as text, or as it came.

    \b
    Examples:
      tracker issues show 12
      tracker issues show 12 --raw > letter.eml
    """
    fmt = check_format(fmt, ("text", "json"))
    if not (issue_id.isascii() and issue_id.isdigit() and int(issue_id) < 2**63):
        raise BadValue(f"{issue_id!r}: not an issue's id (a number, as in tracker issues)")

    from tracker.export import as_json, printable
    from tracker.query.issues import get_issue, list_copies, raw_bytes
    from tracker.settings import load_settings
    from tracker.store import open_store

    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        if failed:
            data = raw_bytes(connection, int(issue_id))
            if data is None:
                raise TrackerError(f"no letter {issue_id} was set aside: tracker issues --failed")
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            return
        found = get_issue(connection, int(issue_id))
        if found is None:
            raise TrackerError(f"no issue {issue_id} in {store.shown}; tracker issues lists them")
        copies = list_copies(connection, int(issue_id))
        if raw:
            sys.stdout.flush()
            sys.stdout.buffer.write(_bytes(connection, copies, copy))
            return
    row, text = found
    if fmt == "json":
        typer.echo(as_json(_record(row, copies, text), indent=2))
        return
    for line in _head(row, copies):
        typer.echo(line)
    typer.echo("\n" + printable(text))


@issues_app.command("retry")
def retry(db: opt.Db = None) -> None:
    """Try the letters that were set aside again, as a newer tracker may read them.

    \b
    Examples:
      tracker issues retry
      tracker issues retry --db team.sqlite3
    """
    from tracker.jobs import retry_failed
    from tracker.query.issues import list_failed, raw_bytes
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.sources import list_sources

    location = load_settings(db).db
    with open_store(location, read_only=True):
        pass  # where there is no database, none is made
    left = 0
    with open_store(location) as store:
        with store.reading() as connection:
            rows = list(list_failed(connection))
            sources = {source.name: source for source in list_sources(connection)}
        for row in reversed(rows):
            with store.reading() as connection:
                data = raw_bytes(connection, row.id) or b""
            outcomes = retry_failed(store, row, data, source=sources.get(row.source or ""))
            bad = [outcome for outcome in outcomes if outcome.status == "failed"]
            left += bool(bad)
            for outcome in bad:
                say(f"{outcome.source}: {outcome.reason}")
    say(f"{len(rows) - left} of {len(rows)} letters that were set aside are stored now")
    if left:
        raise typer.Exit(1)


def _bytes(connection: Connection, copies: list[CopyRow], number: int) -> bytes:
    from tracker.query.issues import raw_bytes

    if number > len(copies):
        raise TrackerError(f"--copy {number}: it came in {len(copies)} form(s)")
    raw_id = copies[number - 1].raw_id
    data = None if raw_id is None else raw_bytes(connection, raw_id)
    if data is None:
        raise TrackerError("its bytes were not kept: it was stored by an older version")
    return data


def _record(row: IssueRow, copies: list[CopyRow], text: str) -> dict[str, object]:
    from tracker.export.job_layouts import ISSUES, copy_record

    return {**ISSUES.record(row), "copies": [copy_record(one) for one in copies], "text": text}


def _head(row: IssueRow, copies: list[CopyRow]) -> list[str]:
    from tracker.export import plain_line
    from tracker.export.safety import without_secrets

    facts = [
        ("title", row.title),
        ("newsletter", row.newsletter),
        ("number", row.number),
        ("date", row.date),
        ("read from it", f"{row.briefs} briefs, {row.rounds} rounds"),
    ]
    for number, one in enumerate(copies, start=1):
        size = f", {one.length} bytes" if one.length is not None else ""
        via = f" by {one.source}" if one.source else ""
        came = f"{one.received_at.astimezone():%Y-%m-%d %H:%M}"
        facts.append((f"copy {number}", without_secrets(f"{one.origin}{via}, {came}{size}")))
    return [f"{name:<13} {plain_line(str(value or '-'))}" for name, value in facts]

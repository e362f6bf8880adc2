"""Put the commands together and turn errors into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer

from tracker import __version__
from tracker.cli.alias import alias
from tracker.cli.briefs import briefs
from tracker.cli.changes import changes
from tracker.cli.corpus import corpus_app
from tracker.cli.db import db_app
from tracker.cli.edit import edit
from tracker.cli.evaluate import evaluate
from tracker.cli.export import export
from tracker.cli.extract import extract
from tracker.cli.info import info
from tracker.cli.ingest import ingest
from tracker.cli.issues import issues_app
from tracker.cli.list_rounds import list_rounds
from tracker.cli.merge import merge
from tracker.cli.output import say
from tracker.cli.paging import without_pager
from tracker.cli.profile import company, investor
from tracker.cli.reextract import reextract
from tracker.cli.review import review
from tracker.cli.run import run
from tracker.cli.schedule import schedule
from tracker.cli.sectors import sectors
from tracker.cli.show import show
from tracker.cli.sources import sources_app
from tracker.cli.split import split
from tracker.cli.stats import stats
from tracker.cli.status import status
from tracker.cli.undo import undo
from tracker.cli.watch import watch_app
from tracker.errors import BadValue, TrackerError
from tracker.settings import forced_read_only

app = typer.Typer(
    name="tracker",
    help="Startup funding news, from newsletters into a database you can ask.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
    read_only: Annotated[
        bool,
        typer.Option(
            "--read-only",
            help="Let the database engine refuse every change (or TRACKER_READ_ONLY=1).",
        ),
    ] = False,
    no_pager: Annotated[
        bool,
        typer.Option("--no-pager", help="Never page long output (or TRACKER_PAGER=0)."),
    ] = False,
) -> None:
    if read_only:
        context.with_resource(forced_read_only())
    if no_pager:
        context.with_resource(without_pager())


app.command("ingest")(ingest)
app.command("extract")(extract)
app.command("evaluate")(evaluate)
app.command("list")(list_rounds)
app.command("show")(show)
app.command("briefs")(briefs)
app.command("export")(export)
app.command("company")(company)
app.command("investor")(investor)
app.command("stats")(stats)
app.command("sectors")(sectors)
app.command("info")(info)
app.command("review")(review)
app.command("edit")(edit)
app.command("merge")(merge)
app.command("split")(split)
app.command("alias")(alias)
app.command("undo")(undo)
app.command("changes")(changes)
app.command("reextract")(reextract)
app.add_typer(corpus_app)
app.add_typer(watch_app)
app.add_typer(db_app)
app.add_typer(issues_app)
app.add_typer(sources_app)
app.command("run")(run)
app.command("status")(status)
app.command("schedule")(schedule)


@cache
def _command() -> Callable[..., object]:
    """The commands and their options; to put them together takes longer than many a command."""
    return typer.main.get_command(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line. Returns the exit code; never a traceback for a user's mistake."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Hangul in a pipe whatever the locale, and no crash over a stray surrogate.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _command()(args=None if argv is None else list(argv), prog_name="tracker")
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except TrackerError as error:
        say(str(error))
        return 2 if isinstance(error, BadValue) else 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone (`tracker list | head`): no news for anyone. Python
        # would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(str(error.strerror or error))
        return 1
    return 0

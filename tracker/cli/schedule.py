"""`tracker schedule`: a ready unit for whatever starts jobs on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import say
from tracker.errors import BadValue

if TYPE_CHECKING:
    from tracker.jobs.schedule import Job

_CARRIED = ("TRACKER_CONTACT", "TRACKER_CA_FILE", "TRACKER_PRIVATE_HOSTS")
"""Variables that the job needs as they are here; none of them is a secret."""


def schedule(
    as_cron: Annotated[bool, typer.Option("--cron", help="A line for crontab -e.")] = False,
    as_systemd: Annotated[
        bool, typer.Option("--systemd", help="A service and a timer of your own.")
    ] = False,
    as_launchd: Annotated[
        bool, typer.Option("--launchd", help="A property list for macOS.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="HH:MM", help="Once a day; else every hour what is due."),
    ] = None,
    db: opt.Db = None,
) -> None:
    """Print a unit that starts tracker run, with absolute paths; nothing is installed.

    Start it every hour: each source is fetched only as often as its --every says.

    \b
    Examples:
      tracker schedule --cron
      tracker schedule --systemd --at 7:30
    """
    if as_cron + as_systemd + as_launchd != 1:
        raise BadValue("give one of --cron, --systemd and --launchd")
    from tracker.jobs import schedule as units

    job = _job(db, at)
    if as_cron:
        typer.echo(units.cron(job), nl=False)
    elif as_launchd:
        typer.echo(units.launchd(job, Path.home()), nl=False)
        say(
            "save as ~/Library/LaunchAgents/startup-funding-tracker.run.plist,"
            " then: launchctl load FILE"
        )
        if job.secrets:
            say(f"put into EnvironmentVariables, or use --keyring: {', '.join(job.secrets)}")
    else:
        for name, unit in units.systemd(job).items():
            typer.echo(f"# ~/.config/systemd/user/{name}\n{unit}")
        say("save both files, then: systemctl --user enable --now tracker.timer")


def _job(db: str | None, at: str | None) -> Job:
    from tracker.jobs.schedule import Job, parse_at
    from tracker.settings import load_settings
    from tracker.store.locations import locate, without_password

    located = locate(load_settings(db).db)
    place, had_password = without_password(located)
    if had_password:
        say("the database's password is left out: put it into ~/.pgpass")
    return Job(
        command=[*_program(), "run", "--quiet", "--db", place],
        environment={name: os.environ[name] for name in _CARRIED if os.environ.get(name)},
        secrets=_secrets(db),
        at=parse_at(at) if at else None,
    )


def _program() -> list[str]:
    """How this very program is started from anywhere."""
    script = Path(sys.argv[0])
    if script.name == "tracker" and script.is_file():
        return [str(script.absolute())]
    return [sys.executable, "-m", "tracker"]


def _secrets(db: str | None) -> list[str]:
    """The variables in which sources expect their passwords; none where there is no database."""
    from tracker.errors import StoreError
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.sources import list_sources

    try:
        with (
            open_store(load_settings(db).db, read_only=True) as store,
            store.reading() as connection,
        ):
            places = {source.password or "" for source in list_sources(connection)}
    except StoreError as error:
        say(str(error))
        return []
    return sorted(place.removeprefix("env:") for place in places if place.startswith("env:"))

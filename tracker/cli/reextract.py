"""`tracker reextract`: read the stored issues again with the pipeline of today."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct
from tracker.cli.output import say


def reextract(
    since: opt.Since = None,
    newsletter: Annotated[
        str | None,
        typer.Option("--newsletter", metavar="NAME", help="A part of the newsletter's name."),
    ] = None,
    db: opt.Db = None,
) -> None:
    """Read stored issues again with the pipeline of today; what persons set or accepted stays.

    Nothing is fetched: the texts are in the database. One transaction an issue; where the
    pipeline says the same as before, nothing changes.

    \b
    Examples:
      tracker reextract
      tracker reextract --since 6m --newsletter "Monday Letter"
    """
    from tracker.corrections.reextraction import reextract as run
    from tracker.corrections.rereading import Counts
    from tracker.parsing.dates import parse_since

    day = parse_since(since, date.today()) if since else None
    tally = {"same": 0, "changed": 0, "failed": 0}
    total = Counts()
    with open_to_correct(db, "reextract") as store:
        for one in run(store, since=day, newsletter=newsletter):
            tally[one.status] += 1
            total.add(one.counts)
            if one.status == "failed":
                say(f"{one.source}: {one.reason}")
    issues = sum(tally.values())
    say(
        f"{issues} issue{'s' * (issues != 1)} read again: {tally['changed']} changed, "
        f"{tally['same']} as before, {tally['failed']} failed; {total.briefs} briefs differ; "
        f"rounds told: {total.new} new, {total.changed} changed, {total.gone} gone, "
        f"{total.kept} kept as a person said"
    )
    if tally["failed"]:
        raise typer.Exit(1)

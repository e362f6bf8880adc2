"""`tracker alias`: another name of a company or an investor."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct
from tracker.cli.output import say


def alias(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="company or investor.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="An id, a name or an alias.")],
    other: Annotated[str, typer.Argument(metavar="ALIAS", help="What it is called as well.")],
    db: opt.Db = None,
) -> None:
    """Say what a company or an investor is called as well: letters that use it mean this one.

    \b
    Examples:
      tracker alias investor SBVA 소프트뱅크벤처스
      tracker alias company 라포랩스 "Rapport Labs"
    """
    from tracker.corrections.correcting import correct
    from tracker.corrections.parties import add_alias
    from tracker.query.parties import find_party

    with open_to_correct(db, "alias") as store:
        with store.reading() as connection:
            found = find_party(connection, kind, name)
        news = correct(store, "alias", lambda c: add_alias(c, kind, found, other))
    say(f"{found.name} is {'' if news else 'already '}called {other}")

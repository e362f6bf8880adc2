"""`tracker merge`: two companies, investors or rounds are one."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct, round_number
from tracker.cli.output import say


def merge(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="company, investor or round.")],
    kept: Annotated[
        str, typer.Argument(metavar="A", help="An id, a name or an alias; its name stays.")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="What is the same as A.")],
    db: opt.Db = None,
) -> None:
    """Say that two companies, investors or rounds are one, whatever letters call them.

    \b
    Examples:
      tracker merge company 라포랩스 "Rapport Labs"
      tracker merge round 17 21
    """
    from tracker.corrections.correcting import correct
    from tracker.corrections.parties import merge_parties
    from tracker.corrections.rounds import merge_rounds
    from tracker.query.parties import find_party

    with open_to_correct(db, "merge") as store:
        if kind == "round":
            one, two = round_number(kept), round_number(other)
            news = correct(store, "merge", lambda c: merge_rounds(c, one, two))
            names = f"round {one} and round {two}"
        else:
            with store.reading() as connection:
                pair = find_party(connection, kind, kept), find_party(connection, kind, other)
            news = correct(store, "merge", lambda c: merge_parties(c, kind, *pair))
            names = f"{pair[0].name} and {pair[1].name}"
    say(f"{names} are one {kind} now" if news else f"{names}: one {kind} already")

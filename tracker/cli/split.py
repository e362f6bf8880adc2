"""`tracker split`: a name that is not a party's, a report that is not of a round."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct, round_number
from tracker.cli.output import say
from tracker.errors import BadValue


def split(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="company, investor or round.")],
    whole: Annotated[str, typer.Argument(metavar="WHOLE", help="An id, a name or an alias.")],
    part: Annotated[
        str,
        typer.Argument(
            metavar="PART", help="The alias; of a round, the report's number in tracker show."
        ),
    ],
    db: opt.Db = None,
) -> None:
    """Split a name off a company or an investor, or a report off a round, for good.

    \b
    Examples:
      tracker split company 두나무 두나무앤파트너스
      tracker split round 17 2
    """
    from tracker.corrections.correcting import correct
    from tracker.corrections.parties import split_party
    from tracker.corrections.rounds import split_round
    from tracker.query.parties import find_party

    with open_to_correct(db, "split") as store:
        if kind == "round":
            number = round_number(whole)
            if not (part.isascii() and part.isdigit() and len(part) < 10):
                raise BadValue(f"{part!r}: not a report's number (as in tracker show {number})")
            correct(store, "split", lambda c: split_round(c, number, int(part)))
            say(f"report {part} is no longer of round {number}")
        else:
            with store.reading() as connection:
                found = find_party(connection, kind, whole)
            name = correct(store, "split", lambda c: split_party(c, kind, found, part))
            say(f"{name} is not {kind} {found.name} any more")

"""`tracker edit`: give a round the values it should have."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct, round_number
from tracker.cli.output import say


def edit(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="Its id, from tracker list.")],
    company: Annotated[str | None, typer.Option("--company", metavar="NAME")] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="SUM", help='65억, $5M, "5000000 USD".')
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help='"series a", 시드 ….')
    ] = None,
    investors: Annotated[
        str | None,
        typer.Option("--investors", metavar="NAMES", help='"A, B*": all of them, * led.'),
    ] = None,
    lead: Annotated[
        str | None, typer.Option("--lead", metavar="NAMES", help="Who of the investors led.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="When it was announced.")
    ] = None,
    valuation: Annotated[str | None, typer.Option("--valuation", metavar="SUM")] = None,
    total: Annotated[
        str | None, typer.Option("--total", metavar="SUM", help="Money raised to date.")
    ] = None,
    extension: Annotated[
        bool | None, typer.Option("--extension/--no-extension", help="A bridge, a second close.")
    ] = None,
    clear: Annotated[
        list[str] | None,
        typer.Option("--clear", metavar="FIELD", help="Repeatable: the round has none."),
    ] = None,
    release: Annotated[
        list[str] | None,
        typer.Option("--release", metavar="FIELD", help="Repeatable: as it was read, again."),
    ] = None,
    db: opt.Db = None,
) -> None:
    """Correct a round for good: no later letter, merge or reading changes what is set here.

    tracker show tells who set what; tracker undo takes it back.

    \b
    Examples:
      tracker edit 17 --amount 65억 --stage "series a"
      tracker edit 17 --investors "알토스벤처스*, 바다캐피탈" --clear valuation
    """
    from tracker.corrections.correcting import correct
    from tracker.corrections.rounds import edit_round
    from tracker.corrections.values import Wanted

    number = round_number(round_id)
    wanted = Wanted(
        company=company,
        amount=amount,
        stage=stage,
        investors=investors,
        lead=lead,
        date=date,
        valuation=valuation,
        total=total,
        extension=extension,
        clear=clear or (),
        release=release or (),
    )
    with open_to_correct(db, "edit") as store:
        changed = correct(store, "edit", lambda c: edit_round(c, number, wanted))
    for change in changed:
        say(f"round {number}: {change.field} {change.old} → {change.new}")
    if not changed:
        say(f"round {number}: says that already; nothing changed")

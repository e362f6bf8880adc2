"""`tracker undo`: take corrections back."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct
from tracker.cli.output import say


def undo(
    count: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many commands.")] = 1,
    of: Annotated[
        str | None, typer.Option("--of", metavar="USER", help="Somebody else's, not yours.")
    ] = None,
    db: opt.Db = None,
) -> None:
    """Take back your last correction, or the last N: one command is one step.

    tracker changes lists them. What was set, merged, split or dismissed is as it was.

    \b
    Examples:
      tracker undo
      tracker undo 3 --of anna
    """
    from tracker.cli.changes import told
    from tracker.corrections.undoing import undo as run

    with open_to_correct(db, "undo") as store:
        steps = run(store, count, who=of)
    for step in steps:
        for line in dict.fromkeys(told(change) for change in step.changes):
            say(f"undone: {line}")
    if len(steps) < count:
        say("nothing to undo" if not steps else "nothing more to undo")

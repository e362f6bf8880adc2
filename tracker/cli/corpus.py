"""`tracker corpus …`: what people corrected, as training data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import say

corpus_app = typer.Typer(
    name="corpus",
    help="Corrected briefs as training data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@corpus_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="Written whole or not at all.")],
    db: opt.Db = None,
) -> None:
    """Write the briefs that people reviewed, corrected or not, in the gold format.

    One {"id", "lang", "kind", "text", "rounds"} a line, each round with its spans, as in
    data/corpora: tracker evaluate scores by it, and a pipeline can be trained on it.

    \b
    Examples:
      tracker corpus export reviewed.jsonl
      tracker corpus export reviewed.jsonl && tracker evaluate reviewed.jsonl
    """
    from tracker.corrections.gold import LeftOut, gold_briefs
    from tracker.export import as_json, write_file
    from tracker.settings import load_settings
    from tracker.store import open_store

    left_out = LeftOut()
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        briefs = gold_briefs(connection, left_out)
        target = file.expanduser()
        count = write_file(
            target, lambda out: sum(1 for b in briefs if out.write(as_json(b) + "\n"))
        )
    say(f"{count} brief{'s' * (count != 1)} written to {file}")
    for reason, number in sorted(left_out.counts.items()):
        say(f"{number} left out: {reason}")

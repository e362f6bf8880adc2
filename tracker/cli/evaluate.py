"""`tracker evaluate`: how well the pipeline reads a gold file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import BadValue

if TYPE_CHECKING:
    from tracker.evaluation import Scores


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD.jsonl…", help="Annotated briefs, one a line.")
    ],
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json or markdown.")
    ] = "table",
    confusion: Annotated[
        bool, typer.Option("--confusion", help="Also which kinds are taken for which.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="DIR", help="Another pipeline than the shipped one."),
    ] = None,
) -> None:
    """Score the pipeline against annotated briefs, by the contract's own rules.

    \b
    Examples:
      tracker evaluate data/corpora/briefs/ko-12.jsonl
      tracker evaluate dev/*.jsonl --format markdown
    """
    if fmt not in ("table", "json", "markdown"):
        raise BadValue(f"not a format of evaluate: {fmt!r} (use table, json or markdown)")
    from tracker.evaluation.run import evaluate_file
    from tracker.extraction import load_extractor

    extractor = load_extractor(model)
    found = {path.stem: evaluate_file(path, extractor) for path in gold}
    if fmt == "json":
        figures = {name: scores.figures() for name, scores in found.items()}
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    elif fmt == "markdown":
        _markdown(found)
    else:
        _tables(found)
    if confusion:
        for name, scores in found.items():
            typer.echo(f"\n{name}: gold kind → read as")
            for (wanted, got), n in scores.confusion.most_common():
                if wanted != got:
                    typer.echo(f"  {wanted:12}→ {got:12}{n:5}")


def _tables(found: dict[str, Scores]) -> None:
    for name, scores in found.items():
        typer.echo(f"{name:16}{'P':>7}{'R':>7}{'F1':>7}{'n':>6}")
        for field, figure in scores.fields.items():
            cells = (figure.precision, figure.recall, figure.f1)
            typer.echo(f"{field:16}" + "".join(f"{c:7.3f}" for c in cells) + f"{figure.gold:6}")
        typer.echo(f"{'silence':16}{scores.silence:21.3f}{scores.roundless:6}")
        typer.echo(f"{'kind':16}{scores.kind:21.3f}{scores.confusion.total():6}")


def _markdown(found: dict[str, Scores]) -> None:
    typer.echo("| | " + " | ".join(f"`{name}`" for name in found) + " |")
    typer.echo("| --- " * (len(found) + 1) + "|")
    table = [scores.figures() for scores in found.values()]
    for field in table[0]:
        typer.echo(f"| {field} | " + " | ".join(f"{f[field]:.3f}" for f in table) + " |")

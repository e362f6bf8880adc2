"""The filters that list, export, stats and watch share: one set of options, put on by a decorator.

    @filtered
    def stats(filters: Filters, by: ... = None) -> None: ...

The command gets what was given as a dict for `tracker.query.make_filter`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer

from tracker.cli import completion
from tracker.cli import options as opt

Filters = dict[str, Any]
"""Option → value, only those that were given; a watch keeps it as JSON."""


def _options(
    since: opt.Since = None,
    until: opt.Until = None,
    stage: opt.Stage = None,
    sector: opt.Sector = None,
    company: opt.Company = None,
    investor: opt.Investor = None,
    lead: opt.Lead = None,
    country: opt.Country = None,
    min_amount: opt.MinAmount = None,
    max_amount: opt.MaxAmount = None,
    currency: opt.Currency = None,
    source: opt.Source = None,
    min_confidence: opt.MinConfidence = None,
    unreviewed: opt.Unreviewed = False,
) -> None:
    """Never called: its parameters are the filters."""


FILTERS: dict[str, inspect.Parameter] = {
    p.name: p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
    for p in inspect.signature(_options).parameters.values()
}
_HINTS = get_type_hints(_options, include_extras=True)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """`command` with the filters as options of its own, in the place of its `filters`."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        filters: Filters = {}
        for name in FILTERS:
            value = given.pop(name)
            if value not in (None, False, []):
                filters[name] = value
        command(filters=filters, **given)

    parameters = [
        p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for p in inspect.signature(command).parameters.values()
    ]
    place = [p.name for p in parameters].index("filters")
    hints = get_type_hints(command, include_extras=True)
    del hints["filters"]
    parameters[place : place + 1] = FILTERS.values()
    shown = {**hints, **{name: _HINTS[name] for name in FILTERS}}
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [p.replace(annotation=shown[p.name]) for p in parameters]
    )
    run.__annotations__ = shown
    return run


NewSince = Annotated[
    str | None,
    typer.Option(
        "--new-since-last",
        metavar="NAME",
        help="Only what is new since the last time with this NAME, which is noted again.",
        autocompletion=completion.watches,
    ),
]

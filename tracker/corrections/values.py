"""The values that a person gives: words → what a statement holds, and back into words.

A value is what JSON can hold: ``[6000000000, "KRW"]`` for a sum, ``["series_a", "시리즈A"]`` for
a stage, ``[["알토스벤처스", true]]`` for investors and who led, and None for "there is none".
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import BadValue
from tracker.parsing.dates import find_date
from tracker.parsing.money import format_money
from tracker.parsing.names import name_key
from tracker.parsing.stages import stage_label
from tracker.query.filters import read_amount, read_stage
from tracker.records import Value, storable
from tracker.store.verdicts import SUMS, Said

FIELDS: tuple[str, ...] = ("company", "investors", *SUMS, "stage", "extension", "announced_on")
"""What a person can set, as the columns are called; ``total`` and ``date`` are short for two."""
_SHORT = {"total": "total_raised", "date": "announced_on", "lead": "investors"}
MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants a round to hold, in words; None leaves a field alone."""

    company: str | None = None
    amount: str | None = None
    stage: str | None = None
    investors: str | None = None
    lead: str | None = None
    date: str | None = None
    valuation: str | None = None
    total: str | None = None
    extension: bool | None = None
    clear: Sequence[str] = ()
    """Fields that the round does not have."""
    release: Sequence[str] = ()
    """Fields that are again what was read."""


def read_wanted(
    wanted: Wanted, currencies: Mapping[str, str | None] | None = None
) -> dict[str, Said]:
    """Field → value. `currencies` gives a bare number the currency that the sum has already.

    Raises `BadValue` for the first value that does not parse.
    """
    found: dict[str, Said] = {}
    if wanted.company is not None:
        found["company"] = _name("--company", wanted.company)
    for option, text in (("amount", wanted.amount), ("valuation", wanted.valuation), ("total", wanted.total)):  # fmt: skip
        if text is not None:
            name = _SHORT.get(option, option)
            worded = not text.strip().replace(",", "").replace("_", "").isdigit()
            known = None if worded else (currencies or {}).get(name)
            found[name] = list(read_amount(f"--{option}", text, known))
    if wanted.stage is not None:
        code, extension = read_stage(wanted.stage)
        found["stage"] = [code, " ".join(storable(wanted.stage).split())[:MAX_NAME]]
        if extension:
            found["extension"] = True
    if wanted.extension is not None:
        found["extension"] = wanted.extension
    if wanted.investors is not None:
        found["investors"] = _investors("--investors", wanted.investors)
    if wanted.date is not None:
        found["announced_on"] = _day(wanted.date)
    for name in map(field_name, wanted.clear):
        if name == "company":
            raise BadValue("--clear company: a round has a company; tracker review can dismiss it")
        if name in found:
            raise BadValue(f"--clear {name}: is given a value as well")
        found[name] = {"investors": [], "extension": False}.get(name)
    return found


def read_leads(text: str, investors: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The investors, led by those that `text` names; who is not among them joins them."""
    leads = {name_key(name): name for name, _ in _investors("--lead", text)}
    found = [[name, name_key(name) in leads] for name, _ in investors]
    known = {name_key(name) for name, _ in investors}
    return found + [[name, True] for key, name in leads.items() if key not in known]


def field_name(text: str) -> str:
    """The field that a person names. Raises `BadValue`."""
    name = text.strip().lower().replace("-", "_")
    name = _SHORT.get(name, name)
    if name in FIELDS:
        return name
    near = difflib.get_close_matches(name, FIELDS, 1)
    hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(FIELDS)}"
    raise BadValue(f"{text!r}: no such field; {hint}")


def _name(option: str, text: str) -> str:
    bare = " ".join(storable(text).split())[:MAX_NAME]
    if not name_key(bare):
        raise BadValue(f"{option} {text!r}: holds no name")
    return bare


def _investors(option: str, text: str) -> list[list[Any]]:
    """ "A, B*" → names, with a star behind who led."""
    found: dict[str, list[Any]] = {}
    for part in text.replace(";", ",").split(","):
        bare = part.strip()
        if bare:
            name = _name(option, bare.rstrip("*"))
            found.setdefault(name_key(name), [name, bare.endswith("*")])
    if not found:
        raise BadValue(
            f"{option} {text!r}: holds no name (to say there is none: --clear investors)"
        )
    return list(found.values())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        found = find_date(text.strip(), None)
        if found is None:
            raise BadValue(f"--date {text!r}: not a day (write 2026-01-31)") from None
        return found[0].isoformat()


def from_columns(name: str, values: Mapping[str, Value]) -> Said:
    """The columns of a round as a statement would hold them."""
    if name in SUMS:
        return None if values[name] is None else [values[name], values[SUMS[name]]]
    if name == "stage":
        return None if values["stage"] is None else [values["stage"], values["stage_raw"]]
    found = values[name]
    return found.isoformat() if isinstance(found, date) else found


def in_words(name: str, said: Said) -> str:
    """A value for reading; a dash where there is none."""
    if name == "extension":
        return "yes" if said else "no"
    if not said:
        return "-"
    if name in SUMS:
        amount, currency = said
        return format_money(amount, currency) if currency else str(amount)
    if name == "stage":
        return stage_label(said[0])
    if name == "investors":
        return ", ".join(who + ("*" if lead else "") for who, lead in said)
    return str(said)

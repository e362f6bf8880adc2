"""A round as other programs read it: the contract's fields, and where each was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.records import ExtractedRound


def round_object(r: ExtractedRound) -> dict[str, Any]:
    """A round in the contract's fields, with `spans`: field → [start, end] into the text.

    `spans.investors` is a list in the order of the investors.
    """
    spans: dict[str, Any] = {name: [s.start, s.end] for name, s in r.spans.items()}
    spans["investors"] = [[i.span.start, i.span.end] for i in r.investors]
    return {
        "company": r.company,
        "company_alias": r.company_alias,
        "investors": [{"name": i.name, "lead": i.lead} for i in r.investors],
        "amount": r.amount,
        "currency": r.currency,
        "stage": r.stage,
        "stage_raw": r.stage_raw,
        "extension": r.extension,
        "valuation": r.valuation,
        "valuation_currency": r.valuation_currency,
        "total_raised": r.total_raised,
        "total_raised_currency": r.total_raised_currency,
        "announced_on": r.announced_on.isoformat() if r.announced_on else None,
        "confidence": r.confidence,
        "spans": spans,
    }

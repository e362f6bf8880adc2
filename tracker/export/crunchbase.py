"""The same rounds under the column names of Crunchbase's exports, which many spreadsheets expect.

Names only: the values are ours (stage codes and ISO currencies are the same as theirs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.export.rounds import INVESTOR_FIELDS, ROUND_FIELDS, RoundField

_NAMES: Mapping[str, str] = {
    "announced_on": "announced_on",
    "company": "funded_organization_name",
    "stage": "investment_type",
    "amount": "money_raised",
    "currency": "money_raised_currency",
    "investors": "investor_names",
    "lead_investors": "lead_investor_names",
    "investor": "investor_name",
    "lead": "is_lead_investor",
    "valuation": "post_money_valuation",
    "valuation_currency": "post_money_valuation_currency",
    "total_raised": "funding_total",
    "total_raised_currency": "funding_total_currency",
    "id": "identifier",
}
"""Our name → theirs, in their order."""


def _renamed(field: RoundField) -> RoundField:
    ours, theirs = field.name, _NAMES[field.name]
    # In their JSON, too, the investors are names.
    return replace(field, name=theirs, record=None, flat=False, meaning=f"our `{ours}`")


_OURS = {field.name: field for field in (*ROUND_FIELDS, *INVESTOR_FIELDS)}

CRUNCHBASE_FIELDS: tuple[RoundField, ...] = tuple(
    _renamed(_OURS[ours]) for ours in _NAMES if ours not in ("investor", "lead")
)
CRUNCHBASE_INVESTOR_FIELDS: tuple[RoundField, ...] = tuple(map(_renamed, INVESTOR_FIELDS))

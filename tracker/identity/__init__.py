"""Which company, which investor, which round is this: pure functions over plain records.

In: names, reports, and what persons said. Out: `Party` records to look up, `MergedCompany` records
with their rounds to store, and suggestions of what may be one.
"""

from tracker.identity.alike import alike, doubtful_rounds
from tracker.identity.companies import company_keys, resolve_companies
from tracker.identity.gazetteer import Gazetteer, load_gazetteer
from tracker.identity.issues import LetterText, same_letter
from tracker.identity.parties import best_name, investor_party, settle
from tracker.identity.rounds import merge_reports

__all__ = [
    "Gazetteer",
    "LetterText",
    "alike",
    "best_name",
    "company_keys",
    "doubtful_rounds",
    "investor_party",
    "load_gazetteer",
    "merge_reports",
    "resolve_companies",
    "same_letter",
    "settle",
]

"""Which company, which investor, which round is this: pure functions over plain records.

In: names and reports. Out: `Party` records to look up, and `MergedRound` records to store.
"""

from tracker.identity.gazetteer import Gazetteer, load_gazetteer
from tracker.identity.issues import LetterText, same_letter
from tracker.identity.parties import best_name, company_party, investor_party, settle
from tracker.identity.rounds import merge_reports

__all__ = [
    "Gazetteer",
    "LetterText",
    "best_name",
    "company_party",
    "investor_party",
    "load_gazetteer",
    "merge_reports",
    "same_letter",
    "settle",
]

"""How sure the pipeline is of a round and of each of its fields, as a share that comes true.

The reader's own probabilities are too sure of themselves, and a round is right only if nothing
was missed. So a few signs of each round (how likely the gate, the names, the sums are, and what
was left aside) are weighed by a logistic regression per field, fitted on briefs that no reader
was trained on (`models/scripts/calibrate.py`; the reliability table is in the model card).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.extraction.decode import Decoded, Party
from tracker.extraction.reader import ROLE_SCORES, ROLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

SIGNS = (
    "gate",
    "company",
    "investors",
    "aside_investor",
    "aside_company",
    "amount",
    "stage",
    "several",
    "backers",
    "unnamed",
)
"""What is weighed: log-odds of the first seven, then whether the brief tells several rounds, how
many investors there are (logarithm), and whether there is none."""
TARGETS = ("record", "company", "investor", "amount", "stage", "valuation", "total_raised")
FILE = "confidence.json"
_LIMIT = 6.0
"""Log-odds beyond this say no more: a reader is not sure to one in a thousand."""
_PARTS = [i for i, r in enumerate(ROLES) if r.endswith(("-investor", "-lead"))]
_COMPANY = [i for i, r in enumerate(ROLES) if r.endswith("-company")]
_AMOUNT = ROLES.index("amount")
_STAGE = ROLES.index("stage")


def log_odds(p: float) -> float:
    """The log-odds of a probability, within bounds."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-_LIMIT, min(_LIMIT, math.log(p / (1 - p))))


def signs(
    doc: Doc, decoded: Decoded, company: Party, investors: Sequence[Party], several: bool
) -> dict[str, float]:
    """The signs of one round; `decoded` is what stands in its stretch of the brief."""
    roles = doc.user_data[ROLE_SCORES]
    taken = {m.token for p in (*decoded.parties, company, *investors) for m in p.mentions}
    rest = [i for i in range(len(roles)) if i not in taken]
    left = roles[rest] if rest else roles[:0]
    best = left.argmax(axis=1) if rest else []
    free = left[best == 0] if rest else left

    def aside(columns: list[int]) -> float:
        return float(free[:, columns].sum(axis=1).max()) if len(free) else 0.0

    amount = max((s.probability for s in decoded.sums if s.role == "amount"), default=None)
    if amount is None:
        amount = 1 - max((s.probability for s in decoded.sums if s.role == "unsure"), default=0.0)
    stage = max((s.probability for s in decoded.stages), default=None)
    if stage is None:
        stage = 1 - aside([_STAGE])
    return {
        "gate": log_odds(doc.cats.get("funding", 0.0)),
        "company": log_odds(company.probability),
        "investors": log_odds(min((p.probability for p in investors), default=1.0)),
        "aside_investor": log_odds(1 - aside(_PARTS)),
        "aside_company": log_odds(1 - aside(_COMPANY)),
        "amount": log_odds(amount),
        "stage": log_odds(stage),
        "several": float(several),
        "backers": math.log1p(len(investors)),
        "unnamed": float(not investors),
    }


@dataclass(frozen=True, slots=True)
class Calibration:
    """Field → weights of `SIGNS`, of the field's own log-odds, and a constant."""

    weights: Mapping[str, Sequence[float]]

    def share(self, target: str, found: Mapping[str, float], own: float) -> float:
        """How often a field with these signs and this own log-odds is right, 0 to 1."""
        weights = self.weights[target]
        total = weights[-1] + weights[-2] * own
        total += sum(w * found[name] for w, name in zip(weights, SIGNS, strict=False))
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def read_calibration(folder: Path) -> Calibration | None:
    """The calibration that was shipped with a pipeline, or None where it has none."""
    path = folder / FILE
    if not path.is_file():
        return None
    return Calibration(json.loads(path.read_text(encoding="utf-8"))["weights"])

"""Registers our components with spaCy; importing this is enough to load a shipped pipeline."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from thinc.api import Model

import tracker.extraction.corpus
import tracker.extraction.network
import tracker.extraction.tokenizer  # noqa: F401 - registered by name
from tracker.extraction.reader import BriefReader


@Language.factory(
    "brief_reader",
    assigns=["doc.cats"],
    default_score_weights={"role_f": 0.6, "kind_acc": 0.4},
)
def make_reader(
    nlp: Language, name: str, model: Model[Any, Any], kind_weight: float
) -> BriefReader:
    """The trained component, empty until it is initialised or loaded."""
    return BriefReader(
        nlp.vocab,
        model,
        name,
        kind_weight=kind_weight,
    )

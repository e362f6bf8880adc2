"""Marked briefs (the corpus writers' markup) → docs whose roles are as a perfect reader would give."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import spacy

from tracker.extraction.assembly import assemble
from tracker.extraction.corpus import make_example
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.normalize import normalize
from tracker.extraction.reader import FEATURES, ROLE_SCORES, ROLES, gold_roles
from tracker.extraction.tokenizer import BriefTokenizer
from tracker.gazetteers import word_senses
from tracker.records import ExtractedBrief

REPO = Path(__file__).resolve().parents[2]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REPO / "models" / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_corpus() -> ModuleType:
    """The script that reads the writers' markup."""
    return _script("compile_corpus")


def reader_of_marks() -> Callable[..., ExtractedBrief]:
    """A function that assembles a marked brief as if the reader had found exactly its marks."""
    script = compile_corpus()
    nlp = spacy.blank("xx")
    nlp.tokenizer = BriefTokenizer(nlp.vocab)
    lexicon = Lexicon(senses=word_senses())

    def read(marked: str, kind: str = "funding") -> ExtractedBrief:
        text, rounds = script.read_block(marked)
        row = {"text": text, "rounds": rounds, "kind": kind, "writer": "test"}
        example = make_example(nlp, row)
        doc = example.predicted
        roles = np.full((len(doc), len(ROLES)), 0.001, dtype="f")
        roles[np.arange(len(doc)), np.maximum(gold_roles(example.reference), 0)] = 0.99
        doc.user_data[ROLE_SCORES] = roles
        doc.user_data[FEATURES] = (lexicon, None, None)
        doc.cats = dict(example.reference.cats)
        return assemble(doc, normalize(text)[1], text)

    return read

"""The trained component: for every token its role in a round, for the brief its kind.

Reads ``doc.user_data`` of the tokenizer; writes ``doc.user_data["roles"]`` (an array of shape
(tokens, `ROLES`) of probabilities) and ``doc.cats`` (kind → probability). Several readers, trained
from other seeds, may follow one another: they average. Trained by
`spacy train` from examples whose reference carries ``spans["roles"]`` and ``cats``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy import util
from spacy.pipeline import TrainablePipe
from spacy.training import Example
from spacy.util import SimpleFrozenList, from_disk, to_disk

from tracker.extraction.features import COLUMNS, featurize, word_pieces
from tracker.extraction.lexicon import Lexicon, investor_grades, learn_lexicon
from tracker.extraction.network import set_sizes
from tracker.extraction.tokenizer import MENTIONS
from tracker.gazetteers import common_words, investor_rows, word_senses
from tracker.records import KINDS, Money

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model, Optimizer

ROLES = (
    "O",
    "B-company",
    "I-company",
    "B-investor",
    "I-investor",
    "B-lead",
    "I-lead",
    "amount",
    "valuation",
    "total_raised",
    "stage",
    "extension",
)
ROLE_SCORES = "roles"
FIRST = "brief_reader"
"""The first reader of a pipeline; those behind it may share its lexicon."""
FEATURES = "features"
"""(lexicon, token ids, word pieces) of a doc, so that a second reader need not make them again."""
READERS = "readers"
"""How many readers have read a doc: several in one pipeline, trained apart, average their views."""
_MONEY_ROLES = [ROLES.index(r) for r in ("O", "amount", "valuation", "total_raised")]
_STAGE_ROLES = [ROLES.index(r) for r in ("O", "stage", "extension")]
_WORD_ROLES = [i for i, r in enumerate(ROLES) if r not in ("amount", "valuation", "total_raised")]


_SMOOTHING = 0.1
"""Of the kind's target that is spread over all kinds: a reader that is never quite sure errs less."""
_EMPTY = (np.zeros((2, len(COLUMNS)), dtype="uint64"), np.zeros(0, dtype="uint64"))


def _mask(doc: Doc) -> Any:
    """Minus infinity where a token cannot have a role: a sum is no company, a word no sum."""
    mask = np.full((len(doc), len(ROLES)), -1e9, dtype="f")
    mask[:, _WORD_ROLES] = 0
    for i, mention in doc.user_data[MENTIONS].items():
        mask[i] = -1e9
        mask[i, _MONEY_ROLES if isinstance(mention, Money) else _STAGE_ROLES] = 0
    return mask


def _softmax(scores: Any) -> Any:
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


class BriefReader(TrainablePipe):
    """Token roles and brief kind in one pass."""

    def __init__(
        self,
        vocab: Vocab,
        model: Model[Any, Any],
        name: str = "brief_reader",
        *,
        kind_weight: float = 1.0,
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.lexicon = Lexicon()
        self.kind_weight = kind_weight
        self.cfg: dict[str, Any] = {}
        set_sizes(model, len(ROLES), len(KINDS))

    @property
    def labels(self) -> tuple[str, ...]:
        return ROLES

    def _features(self, docs: Iterable[Doc]) -> list[Any]:
        found = []
        for doc in docs:
            seen = doc.user_data.get(FEATURES)
            # Readers that were trained on the same corpora share one lexicon: see from_disk.
            if seen is None or seen[0] is not self.lexicon:
                ids = featurize(doc, self.lexicon)
                seen = (self.lexicon, ids, word_pieces(doc, ids, self.lexicon))
                doc.user_data[FEATURES] = seen
            found.append(seen[1:])
        return found

    def predict(self, docs: Iterable[Doc]) -> Any:
        docs = list(docs)
        roles = [np.zeros((0, len(ROLES)), dtype="f") for _ in docs]
        kinds = np.full((len(docs), len(KINDS)), 1 / len(KINDS), dtype="f")
        # A text without a token says nothing; the network would refuse it.
        read = [i for i, doc in enumerate(docs) if len(doc)]
        if read:
            scores, kind_scores = self.model.predict(self._features(docs[i] for i in read))
            kinds[read] = _softmax(kind_scores)
            for i, got in zip(read, scores, strict=True):
                roles[i] = _softmax(got + _mask(docs[i]))
        return roles, kinds

    def set_annotations(self, docs: Iterable[Doc], scores: Any) -> None:
        """Write the probabilities; where a reader before has written its own, the mean of all."""
        for doc, roles, kinds in zip(docs, *scores, strict=True):
            before = doc.user_data.get(READERS, 0)
            if before:
                roles = (doc.user_data[ROLE_SCORES] * before + roles) / (before + 1)
                told = np.array([doc.cats[kind] for kind in KINDS])
                kinds = (told * before + kinds) / (before + 1)
            doc.user_data[READERS] = before + 1
            doc.user_data[ROLE_SCORES] = roles
            doc.cats = {kind: float(p) for kind, p in zip(KINDS, kinds, strict=True)}

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = [eg for eg in examples if len(eg.predicted)]
        if not examples:
            return losses
        docs = [eg.predicted for eg in examples]
        (scores, kinds), backprop = self.model.begin_update(self._features(docs))
        loss, gradient = self.get_loss(examples, (scores, kinds))
        backprop(gradient)
        if sgd is not None:
            self.model.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: Any) -> tuple[float, Any]:
        """Cross-entropy over roles and kinds; the gradient has the shape of the scores."""
        examples = list(examples)
        role_scores, kind_scores = scores
        gradients = []
        loss = 0.0
        for eg, got in zip(examples, role_scores, strict=True):
            p = _softmax(got + _mask(eg.predicted))
            gold = gold_roles(eg.reference)
            keep = gold >= 0
            index = np.where(keep, gold, 0)
            rows = np.arange(len(gold))
            loss -= float(np.log(np.maximum(p[rows, index], 1e-9))[keep].sum())
            p[rows, index] -= 1
            p[~keep] = 0
            gradients.append(p)
        kinds = np.array([_gold_kind(eg.reference) for eg in examples])
        p = _softmax(kind_scores)
        rows = np.arange(len(kinds))
        loss -= self.kind_weight * float(np.log(np.maximum(p[rows, kinds], 1e-9)).sum())
        p[rows, kinds] -= 1 - _SMOOTHING
        p -= _SMOOTHING / len(KINDS)
        flat = np.vstack(gradients).astype("f") / len(examples)
        return loss, (flat, (p * self.kind_weight / len(examples)).astype("f"))

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
    ) -> None:
        """Learn the lexicon from the training examples and the gazetteers, and make the weights."""
        examples = list(get_examples())
        given = Lexicon(
            common=common_words(),
            known=investor_grades(investor_rows()),
            senses=word_senses(),
        )
        self.lexicon = learn_lexicon(_lexicon_rows(examples), given)
        sample = [eg.predicted for eg in examples[:8] if len(eg.predicted)]
        self.model.initialize(X=self._features(sample))

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """F1 over role tokens (`role_f`), share of right kinds (`kind_acc`)."""
        hit = predicted = wanted = right = total = 0
        for eg in examples:
            total += 1
            right += _gold_kind(eg.predicted) == _gold_kind(eg.reference)
            if not len(eg.predicted):
                continue
            got = eg.predicted.user_data[ROLE_SCORES].argmax(axis=1)
            gold = gold_roles(eg.reference)
            hit += int(((got == gold) & (gold > 0)).sum())
            predicted += int((got > 0).sum())
            wanted += int((gold > 0).sum())
        return {
            "role_f": 2 * hit / max(1, predicted + wanted),
            "kind_acc": right / max(1, total),
        }

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        to_disk(
            path,
            {
                "model": lambda p: self.model.to_disk(p),
                "lexicon.json": lambda p: p.write_text(
                    srsly.json_dumps(self.lexicon.to_dict()), encoding="utf-8"
                ),
            },
            exclude,
        )

    def from_disk(
        self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()
    ) -> BriefReader:
        def load_model(p: Path) -> None:
            self.model.initialize(X=[_EMPTY])
            self.model.from_disk(p)

        def load_lexicon(p: Path) -> None:
            # Readers that were trained on the same corpora have one lexicon: it is shipped once.
            own = p if p.is_file() else p.parents[1] / FIRST / p.name
            self.lexicon = _read_lexicon(own.read_bytes())

        from_disk(path, {"lexicon.json": load_lexicon, "model": load_model}, exclude)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = SimpleFrozenList()) -> bytes:
        data: bytes = util.to_bytes(
            {
                "model": self.model.to_bytes,
                "lexicon": lambda: srsly.json_dumps(self.lexicon.to_dict()),
            },
            exclude,
        )
        return data

    def from_bytes(
        self, data: bytes, *, exclude: Iterable[str] = SimpleFrozenList()
    ) -> BriefReader:
        def load_model(raw: bytes) -> None:
            self.model.initialize(X=[_EMPTY])
            self.model.from_bytes(raw)

        def load_lexicon(raw: str) -> None:
            self.lexicon = _read_lexicon(raw.encode())

        util.from_bytes(data, {"lexicon": load_lexicon, "model": load_model}, exclude)
        return self


@lru_cache(maxsize=4)
def _read_lexicon(raw: bytes) -> Lexicon:
    """One object for equal files: it takes a while to read, and its features are then shared."""
    return Lexicon(**srsly.json_loads(raw))


def gold_roles(doc: Doc) -> Any:
    """The role index of every token of an annotated doc; -1 where it is not to be learned."""
    gold = np.zeros(len(doc), dtype="i")
    for span in doc.spans.get("roles", ()):
        if span.label_ == "ignore":
            gold[span.start : span.end] = -1
        elif f"B-{span.label_}" in ROLES:
            gold[span.start] = ROLES.index(f"B-{span.label_}")
            gold[span.start + 1 : span.end] = ROLES.index(f"I-{span.label_}")
        else:
            gold[span.start : span.end] = ROLES.index(span.label_)
    return gold


def _gold_kind(doc: Doc) -> int:
    return max(range(len(KINDS)), key=lambda i: doc.cats.get(KINDS[i], 0.0))


def _lexicon_rows(examples: Iterable[Example]) -> Iterator[tuple[str, Doc, set[int]]]:
    """What the lexicon is learned from: the briefs as written, the same for every seed."""
    for eg in examples:
        doc = eg.reference
        if doc.user_data.get("varied"):
            continue
        inside = {
            i
            for span in doc.spans.get("roles", ())
            if span.label_ in ("company", "investor", "lead")
            for i in range(span.start, span.end)
        }
        yield doc.user_data.get("writer", ""), doc, inside

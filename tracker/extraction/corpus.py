"""Annotated briefs → spaCy examples: token roles and the kind of the brief."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.training import Example
from spacy.util import registry

from tracker.extraction.augment import Row, name_pool, named_spans, vary
from tracker.extraction.normalize import normalize
from tracker.extraction.tokenizer import MENTIONS
from tracker.records import KINDS, Money

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """The rows of JSONL files in the contract's gold format; `writer` is the file's name."""
    rows = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                rows.append({**json.loads(line), "writer": path.stem})
    return rows


def make_example(nlp: Language, row: Row) -> Example:
    """The example of one row: predicted doc bare, reference with roles and kind."""
    text, offsets = normalize(row["text"])
    back = {old: new for new, old in reversed(list(enumerate(offsets)))}
    reference = nlp.make_doc(text)
    reference.user_data["writer"] = row["writer"]
    reference.user_data["varied"] = row.get("varied", False)
    reference.cats = {kind: float(kind == row["kind"]) for kind in KINDS}
    spans = [(back.get(s, s), back.get(e, e), role) for s, e, role in named_spans(row)]
    taken = [False] * len(reference)
    marked = []
    for start, end, role in spans:
        span = reference.char_span(start, end, label=role, alignment_mode="expand")
        if span is not None and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * len(span)
            marked.append(span)
    for record in row["rounds"]:
        for start, end, role in _value_spans(record):
            span = reference.char_span(
                back.get(start, start), back.get(end, end), label=role, alignment_mode="expand"
            )
            if span is None:
                continue
            for token in span:
                if taken[token.i] or not _may_hold(reference, token.i, role):
                    continue
                taken[token.i] = True
                marked.append(reference[token.i : token.i + 1])
                marked[-1] = _labelled(reference, token.i, role)
    _other_sums(row, reference, taken, marked)
    reference.spans["roles"] = marked
    predicted = nlp.make_doc(text)
    return Example(predicted, reference)


def _labelled(doc: Doc, i: int, role: str) -> Any:
    from spacy.tokens import Span

    return Span(doc, i, i + 1, label=role)


def _value_spans(record: Row) -> Iterator[tuple[int, int, str]]:
    for field in ("amount", "valuation", "total_raised", "stage", "extension"):
        if field in record["spans"]:
            start, end = record["spans"][field]
            yield start, end, field


def _may_hold(doc: Doc, i: int, role: str) -> bool:
    mention = doc.user_data[MENTIONS].get(i)
    if role in ("amount", "valuation", "total_raised"):
        return isinstance(mention, Money)
    return not isinstance(mention, Money)


def _other_sums(row: Row, doc: Doc, taken: list[bool], marked: list[Any]) -> None:
    """The same value or stage named again plays the same role; it is not a counter-example."""
    for record in row["rounds"]:
        for i, mention in doc.user_data[MENTIONS].items():
            if taken[i]:
                continue
            role = ""
            if isinstance(mention, Money):
                for field, currency in (
                    ("amount", "currency"),
                    ("valuation", "valuation_currency"),
                    ("total_raised", "total_raised_currency"),
                ):
                    if record[field] is not None and (mention.amount, mention.currency) == (
                        record[field],
                        record[currency],
                    ):
                        role = field
            elif record["stage"] and mention.stage == record["stage"]:
                role = "stage"
            if role:
                taken[i] = True
                marked.append(_labelled(doc, i, role))


@registry.readers("tracker.BriefCorpus.v1")
def brief_corpus(
    folder: str, split: str, swaps: int = 0, seed: int = 0
) -> Callable[[Language], Iterator[Example]]:
    """The examples of a split (writers are named in ``splits.json``), each also `swaps` times
    varied, anew in every epoch. The split "all" is everyone."""
    files = split_files(Path(folder), split)
    rows = read_rows(files)
    pool = name_pool(rows)
    rng = random.Random(seed)

    def examples(nlp: Language) -> Iterator[Example]:
        order = list(rows)
        if swaps:
            rng.shuffle(order)
        for row in order:
            yield make_example(nlp, row)
            for _ in range(swaps):
                yield make_example(nlp, vary(row, pool, rng) | {"varied": True})

    return examples


def split_files(folder: Path, split: str) -> list[Path]:
    """The files of a split's writers; a writer that ``splits.json`` does not name is in "train"."""
    named = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    of = {writer: name for name, writers in named.items() for writer in writers}
    return [
        path
        for path in sorted(folder.glob("*.jsonl"))
        if split in ("all", of.get(path.stem, "train"))
    ]

"""The trained component: it learns, keeps what it learned, and takes odd texts."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from marked_briefs import compile_corpus
from spacy.language import Language
from spacy.training import Example

import tracker.extraction.factories  # noqa: F401 - registers what the pipeline is made of
from tracker.extraction.augment import name_pool, vary
from tracker.extraction.corpus import make_example
from tracker.extraction.reader import FEATURES, ROLE_SCORES, gold_roles
from tracker.extraction.tokenizer import BriefTokenizer

MARKED = {
    "funding": [
        "[[c:가온랩]]이 [[i:나래벤처스]]로부터 [[a=6000000000 KRW:60억원]] 규모의 [[s=series_a:시리즈A]] 투자를 유치했다.",
        "[[c:다솔]], [[l:보람캐피탈]] 주도로 [[a=3000000 USD:300만달러]] [[s=seed:시드]] 투자 유치",
        "[[c:Lumo]] raises [[a=30000000 USD:$30M]] [[s=series_b:Series B]] led by [[l:Foo Capital]]",
    ],
    "market": ["1분기 벤처투자는 1조 2000억원으로 줄었다.", "국내 스타트업 투자가 얼어붙었다."],
}
WIDTHS = {"width": 32, "depth": 2, "embed_width": 8, "dropout": 0.0, "rows": [500] * 12}


def rows() -> list[dict[str, Any]]:
    found = []
    for kind, items in MARKED.items():
        for item in items:
            text, rounds = compile_corpus().read_block(item)
            lang = "ko" if any("가" <= c <= "힣" for c in text) else "en"
            found.append(
                {
                    "text": text,
                    "rounds": rounds,
                    "kind": kind,
                    "lang": lang,
                    "writer": f"w{len(found)}",
                }
            )
    return found


# One process trains it, for all of them.
pytestmark = pytest.mark.xdist_group("toy reader")


@pytest.fixture(scope="module")
def trained() -> tuple[Language, list[Example], list[float]]:
    nlp = spacy.blank("xx")
    nlp.tokenizer = BriefTokenizer(nlp.vocab)
    model = {"@architectures": "tracker.BriefReader.v1", **WIDTHS}
    nlp.add_pipe("brief_reader", config={"model": model, "kind_weight": 1.0})
    examples = [make_example(nlp, row) for row in rows()]
    optimizer = nlp.initialize(lambda: examples)
    losses = []
    for _ in range(60):
        loss: dict[str, float] = {}
        nlp.update(examples, sgd=optimizer, losses=loss)
        losses.append(loss["brief_reader"])
    return nlp, examples, losses


def test_it_learns_what_it_is_shown(trained: tuple[Language, list[Example], list[float]]) -> None:
    nlp, examples, losses = trained
    assert losses[-1] < losses[0] / 4
    for example in examples:
        doc = nlp(example.reference.text)
        assert max(doc.cats, key=doc.cats.__getitem__) == max(
            example.reference.cats, key=example.reference.cats.__getitem__
        )
        assert (doc.user_data[ROLE_SCORES].argmax(axis=1) == gold_roles(example.reference)).all()


def test_it_reads_the_same_after_saving(
    trained: tuple[Language, list[Example], list[float]], tmp_path: Path
) -> None:
    nlp = trained[0]
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "tracker.BriefTokenizer.v1"}
    nlp.to_disk(tmp_path / "pipe")
    again = spacy.load(tmp_path / "pipe")
    text = "새봄이 나래벤처스에서 10억원을 유치했다."
    before, after = nlp(text), again(text)
    assert np.allclose(before.user_data[ROLE_SCORES], after.user_data[ROLE_SCORES])
    assert before.cats == pytest.approx(after.cats)


def test_a_copied_doc_keeps_its_lexicon(
    trained: tuple[Language, list[Example], list[float]],
) -> None:
    doc = trained[0]("가온랩이 10억원을 유치했다.")
    assert doc.copy().user_data[FEATURES][0] is doc.user_data[FEATURES][0]


def test_empty_and_odd_texts_in_one_batch(
    trained: tuple[Language, list[Example], list[float]],
) -> None:
    docs = list(trained[0].pipe(["", "가온랩이 10억원을 유치했다.", " ", "", "🚀"]))
    assert [len(doc.user_data[ROLE_SCORES]) for doc in docs] == [len(doc) for doc in docs]
    assert all(sum(doc.cats.values()) == pytest.approx(1, abs=1e-4) for doc in docs)


def test_a_varied_brief_keeps_its_values() -> None:
    pool, rng = name_pool(rows()), random.Random(5)
    for row in rows() * 40:
        varied = vary(row, pool, rng)
        assert varied["kind"] == row["kind"]
        for old, new in zip(row["rounds"], varied["rounds"], strict=True):
            for field in ("amount", "stage"):
                start, end = old["spans"][field]
                again = slice(*new["spans"][field])
                assert varied["text"][again] == row["text"][start:end]
            assert varied["text"][slice(*new["spans"]["company"])] == new["company"]
            for investor, span in zip(new["investors"], new["spans"]["investors"], strict=True):
                assert varied["text"][slice(*span)] == investor["name"]

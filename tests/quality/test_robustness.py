"""Edits that do not change what a brief says do not change what is read from it.

Over the corpus's test split, which no pipeline was trained on: a part of it, and in the longer
run all of it. Spelling variants are undone before
the reader sees them, so not one record may change; what adds words may sway a few.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.evaluation.run import scored_fields
from tracker.evaluation.scoring import score
from tracker.extraction import load_extractor
from tracker.extraction.augment import swap_names
from tracker.extraction.corpus import read_rows, split_files
from tracker.extraction.normalize import normalize
from tracker.parsing.names import name_key

BRIEFS = Path(__file__).resolve().parents[2] / "data" / "corpora" / "briefs"
Edit = Callable[[str], str]
# One process loads the pipeline and reads the split once for all edits.
pytestmark = pytest.mark.xdist_group("pipeline")


PART = 4
"""Every which brief the default run reads; the longer one reads all."""


@cache
def texts(every: int) -> tuple[str, ...]:
    found = [
        json.loads(line)["text"]
        for path in split_files(BRIEFS, "test")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(found[::every])


def sizes(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test over a part of the split, and at length over all of it."""
    runs = [pytest.param(PART, id="part"), pytest.param(1, id="all", marks=pytest.mark.long)]
    return pytest.mark.parametrize("every", runs)(test)


def records(given: list[str]) -> list[list[tuple[object, ...]]]:
    return [
        sorted(
            (
                name_key(r.company),
                tuple(sorted(name_key(i.name) for i in r.investors)),
                r.amount or 0,
                r.currency or "",
                r.stage or "",
            )
            for r in brief.rounds
        )
        for brief in load_extractor().extract((text, None) for text in given)
    ]


@cache
def before(every: int) -> list[list[tuple[object, ...]]]:
    return records(list(texts(every)))


def changed(edit: Edit, every: int) -> int:
    """How many briefs read otherwise. Where the pipeline is handed the very same text, it is not
    run again: that the edit was undone before is then what is shown."""
    given = texts(every)
    edited = [(n, edit(text)) for n, text in enumerate(given)]
    assert any(new != given[n] for n, new in edited)
    differ = [(n, new) for n, new in edited if normalize(new)[0] != normalize(given[n])[0]]
    after = records([new for _, new in differ])
    return sum(before(every)[n] != got for (n, _), got in zip(differ, after, strict=True))


@sizes
def test_spans_lead_to_the_users_characters_whatever_the_spelling(every: int) -> None:
    """Decomposed Hangul has two to three characters a syllable: every offset moves."""
    whole = texts(every)[: 400 // every]
    given = [unicodedata.normalize("NFD", text) for text in whole]
    composed = load_extractor().extract((text, None) for text in whole)
    found = load_extractor().extract((text, None) for text in given)
    seen = 0
    for text, original, brief, same in zip(given, whole, found, composed, strict=False):
        for r, s in zip(brief.rounds, same.rounds, strict=True):
            for name, span in r.spans.items():
                words = unicodedata.normalize("NFC", text[span.start : span.end])
                other = s.spans[name]
                assert words == unicodedata.normalize("NFC", original[other.start : other.end])
                seen += 1
    assert seen > 400 / every


@sizes
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda t: unicodedata.normalize("NFD", t), id="NFD Hangul"),
        pytest.param(
            lambda t: re.sub(r"(?<=[가-힣])(?=[가-힣]{3})", "\u200b", t), id="zero widths"
        ),
        pytest.param(lambda t: t.replace("'", "’").replace('"', "”"), id="curly quotes"),
        pytest.param(
            lambda t: "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in t),
            id="full-width digits",
        ),
        pytest.param(lambda t: t.replace("억원", "억 원"), id="spaced won"),
        pytest.param(lambda t: t.replace("억 원", "억원"), id="unspaced won"),
        pytest.param(lambda t: t.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda t: "🚀 " + t, id="rocket"),
        pytest.param(lambda t: "▲" + t, id="bullet"),
    ],
)
def test_spelling_changes_nothing(edit: Edit, every: int) -> None:
    assert changed(edit, every) == 0


@sizes
@pytest.mark.parametrize("source", [" - 스타트업저널", " | The Startup Herald"])
def test_the_paper_behind_a_brief_changes_hardly_anything(source: str, every: int) -> None:
    assert changed(lambda t: t + source, every) < len(texts(every)) / 100


STEMS = {
    "ko": "라움빗 소담결 하람큐브 미르온 새솔 두레핀 온누리 늘봄셀 가람 빛고운 한올 다솜 윤슬 참빛 너울 해밀".split(),
    "en": "Velarko Quindle Brisko Tarnivo Oplura Zentavi Mordeli Finchory Halvanta Culmora Orvane "
    "Pellmoor Tristow Kestwick Larkhollow Dunmere".split(),
}
# So many that hardly any brief gets one name twice.
COMPANIES = {
    "ko": [s + e for s in STEMS["ko"] for e in ("", "랩스", "바이오", "테크", "웍스")],
    "en": [s + e for s in STEMS["en"] for e in ("", " Labs", " Health", "ly", " Systems")],
}
INVESTORS = {
    "ko": [
        s + e
        for s in STEMS["ko"]
        for e in ("인베스트먼트", "벤처스", "파트너스", "캐피탈", "자산운용", "기술지주")
    ],
    "en": [
        s + e
        for s in STEMS["en"]
        for e in (" Capital", " Ventures", " Partners", " Equity", " Growth", " Bank")
    ],
}


@sizes
def test_other_names_read_as_well(every: int) -> None:
    """Every organisation of the split gets a name that no reader has seen."""
    pool = {
        f"{lang}-{part}": names
        for part, by_lang in (("company", COMPANIES), ("investor", INVESTORS))
        for lang, names in by_lang.items()
    }
    rows = read_rows(split_files(BRIEFS, "test"))[::every]
    rng = random.Random(5)
    renamed = [swap_names(row, pool, rng, share=1.0) if row["rounds"] else row for row in rows]
    assert sum(a["text"] != b["text"] for a, b in zip(rows, renamed, strict=True)) > 300 / every
    before, after = (record_f1(given) for given in (rows, renamed))
    assert abs(before - after) < 0.03, (before, after)


def record_f1(rows: list[dict[str, Any]]) -> float:
    found = load_extractor().extract((row["text"], None) for row in rows)
    read = [
        (row, brief.kind, [scored_fields(r) for r in brief.rounds])
        for row, brief in zip(rows, found, strict=True)
    ]
    return score(read).fields["record"].f1

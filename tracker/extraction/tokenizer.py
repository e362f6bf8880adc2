"""The spaCy tokenizer for Korean and English news: runs of one script, particles split off.

A sum of money or a stage is ONE token, whatever spaces it holds, so that the reader sees
"<MONEY>" and not its digits. Every other token is a run of one script; a Hangul run loses its
particle (알토스벤처스|로부터), so that names begin and end on token boundaries. The text is kept
exactly: ``doc.text == text``.

``doc.user_data["mentions"]`` maps a token's index to its `Money` or `StageMention`; a sum that
repeats the one before it in another currency ("1300만달러(약 180억원)") is a token too, and its
index is in ``doc.user_data["conversions"]``; ``doc.user_data["words"]`` holds the tokens' texts, and
``doc.user_data["text"]`` the whole, which are slow to ask of the doc.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.util import registry

from tracker.parsing.money import conversion_follows, find_money
from tracker.parsing.names import INNER, OUTER, PARTICLES
from tracker.parsing.stages import find_stages
from tracker.records import Money, StageMention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

MENTIONS = "mentions"
CONVERSIONS = "conversions"
WORDS = "words"
TEXT = "text"

_RUN = re.compile(
    r"[가-힣]+"
    r"|[0-9]*[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ]*(?:[.&+][A-Za-z0-9À-ɏ]+)*"
    r"|\d+(?:[.,]\d+)*"
    r"|[\u3040-\u30ff]+"
    r"|[\r\n]+"
    r"|[^\S\r\n]+"
    r"|.",
    re.DOTALL,
)
_PARTICLE = re.compile(rf"(?<=[가-힣])(?:{'|'.join(PARTICLES)})$")
_INNER = re.compile(rf"(?<=[가-힣])(?:{'|'.join(sorted(INNER, key=len, reverse=True))})$")
# Nouns that newspapers glue to the last name of a list or to a company.
_GLUED = re.compile(r"(?<=[가-힣]{2})(?:등|측|발)$")
# The copula behind a vowel: "투자사는 A와 B벤처스다". Syllables that end names, not verb stems.
_COPULA = re.compile(
    r"(?<=[가-힣][스트즈크드처너어티사터코디비피토노레프자기지류니수무루로리파라나뚜])다$"
)


def _hangul_cuts(run: str) -> tuple[int, ...]:
    """Where a Hangul run is cut, as offsets into it: before its particles and before a glued 등.

    Wherever a name might end there is a cut; what is cut too much the reader joins again.
    """
    cuts: list[int] = []
    stem = run
    found = _PARTICLE.search(stem) or _COPULA.search(stem)
    if found:
        cuts.append(found.start())
        stem = stem[: found.start()]
        inner = _INNER.search(stem) if found[0] in OUTER else None
        if inner:
            cuts.append(inner.start())
            stem = stem[: inner.start()]
    glued = _GLUED.search(stem)
    if glued:
        cuts.append(glued.start())
    return tuple(reversed(cuts))


class BriefTokenizer:
    """Text → Doc. Picklable; holds nothing but the vocabulary and a cache of cuts."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._cuts: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        mentions: dict[int, Money | StageMention] = {}
        conversions: set[int] = set()
        at = 0
        for mention, again in find_mentions(text):
            self._split(text, at, mention.start, words, spaces)
            if again:
                conversions.add(len(words))
            else:
                mentions[len(words)] = mention
            words.append(text[mention.start : mention.end])
            at = mention.end
            spaces.append(False)
        self._split(text, at, len(text), words, spaces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[WORDS] = words
        doc.user_data[TEXT] = text
        doc.user_data[MENTIONS] = mentions
        doc.user_data[CONVERSIONS] = conversions
        return doc

    def _split(self, text: str, start: int, end: int, words: list[str], spaces: list[bool]) -> None:
        """Append the tokens of ``text[start:end]``, which holds no mention."""
        for m in _RUN.finditer(text, start, end):
            run = m[0]
            if run == " " and words and not spaces[-1]:
                spaces[-1] = True
                continue
            at = 0
            if "가" <= run[0] <= "힣" and len(run) > 1:
                cuts = self._cuts.get(run)
                if cuts is None:
                    if len(self._cuts) > 100_000:  # hostile input must not grow it for ever
                        self._cuts.clear()
                    cuts = self._cuts[run] = _hangul_cuts(run)
                for cut in cuts:
                    words.append(run[at:cut])
                    spaces.append(False)
                    at = cut
            words.append(run[at:])
            spaces.append(False)

    def pipe(self, texts: Iterator[str], batch_size: int = 1000) -> Iterator[Doc]:
        """The docs of `texts`, in order."""
        for text in texts:
            yield self(text)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing is learned here, so nothing is written."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> BriefTokenizer:
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing is learned here, so nothing is written."""

    def from_disk(self, path: object, **kwargs: object) -> BriefTokenizer:
        return self


def find_mentions(text: str) -> list[tuple[Money | StageMention, bool]]:
    """Sums and stages in order, none overlapping; True marks a sum that repeats the one before."""
    found: list[tuple[Money | StageMention, bool]] = []
    before: Money | None = None
    for money in find_money(text):
        found.append((money, before is not None and conversion_follows(text, before, money)))
        before = money
    taken = [(m.start, m.end) for m, _ in found]
    for stage in find_stages(text):
        if not any(s < stage.end and stage.start < e for s, e in taken):
            found.append((stage, False))
    found.sort(key=lambda pair: pair[0].start)
    return found


@registry.tokenizers("tracker.BriefTokenizer.v1")
def create_tokenizer() -> Callable[[Language], BriefTokenizer]:
    """The factory that a pipeline's config names."""

    def make(nlp: Language) -> BriefTokenizer:
        return BriefTokenizer(nlp.vocab)

    return make

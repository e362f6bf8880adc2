"""The company of a brief that surely tells a round, where the reader is sure of no company.

The reader knows names by what they are not: a company called Wire or Port, or one as well known
as a place, it takes for an ordinary word. Where the gate says funding, somebody got the money: the
likeliest of the words that look like a name, by the reader's own leaning and by grammar.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.extraction.confidence import log_odds
from tracker.extraction.decode import Decoded, Mention, Party
from tracker.extraction.reader import FEATURES, ROLE_SCORES, ROLES
from tracker.extraction.senses import UNKNOWN
from tracker.extraction.tokenizer import CONVERSIONS, MENTIONS, TEXT, WORDS
from tracker.parsing.names import name_key, trim_name
from tracker.records import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_B = ROLES.index("B-company")
_I = ROLES.index("I-company")
_SUBJECT = frozenset("이 가 은 는 도".split())
_LEANING = 0.5
"""Weight of the reader's own log-odds beside the points of grammar below."""
_LEAST = 0.0
_LEAST_ITEMS = 2
_GETS = frozenset({"RAISE", "LAUNCH", "SAY", "VERB"})


_DIRECT = re.compile(r"\s?(?:은|는|에)?[\s,:(|]{0,4}")
"""Between a company and its sum where the two are put side by side; a subject (이, 가) may be who paid it."""
_ITEM = re.compile(r"[\n;▲△▶▷■□◆◇●○•★☆]|\s[/|]\s")


def item_companies(doc: Doc, decoded: Decoded, companies: Sequence[Party]) -> list[Party]:
    """The companies of a list in which the reader found some: every item with a sum has one."""
    text: str = doc.user_data[TEXT]
    cuts = [0, *(m.start() for m in _ITEM.finditer(text)), len(text)]
    sums = [s.money for s in decoded.sums if s.role in ("amount", "unsure")]
    items = [(a, b) for a, b in pairwise(cuts) if any(a <= s.start < b for s in sums)]
    mine = [m.start for c in companies for m in c.mentions]
    owned = [(a, b) for a, b in items if any(a <= s < b for s in mine)]
    told = {(s.amount, s.currency) for s in sums if any(a <= s.start < b for a, b in owned)}
    # A headline that repeats the sum of the news below it is no item of its own.
    bare = [
        (a, b)
        for a, b in items
        if (a, b) not in owned
        and any(a <= s.start < b and (s.amount, s.currency) not in told for s in sums)
    ]
    if not bare or len(bare) == len(items) or len(items) < _LEAST_ITEMS:
        return []
    found = (likeliest_company(doc, decoded.parties, span) for span in bare)
    known = {c.key for c in companies}
    return [c for c in found if c is not None and c.key not in known]


def parallel_companies(doc: Doc, decoded: Decoded, companies: Sequence[Party]) -> list[Party]:
    """The other companies of "A는 200억원, B는 90억원": told just as one that the reader found."""
    text: str = doc.user_data[TEXT]
    sums = sorted(
        (s.money for s in decoded.sums if s.role in ("amount", "unsure")), key=lambda s: s.start
    )
    stages = [(s.start, s.end) for s in decoded.stages]
    mine = [(m.start, m.end) for c in companies for m in c.mentions]

    def direct(end: int, start: int) -> bool:
        between = "".join(
            "" if any(a <= k < b for a, b in stages) else text[k] for k in range(end, start)
        )
        return end <= start and _DIRECT.fullmatch(between) is not None

    spans = list(pairwise([0, *(s.start for s in sums)]))
    told = [(a, b) for a, b in spans if any(a <= s and e <= b and direct(e, b) for s, e in mine)]
    if not told:
        return []
    found: list[Party] = []
    known = {c.key for c in companies}
    investors = doc.user_data[FEATURES][0].known
    for a, b in spans:
        if any(a <= s < b for s, _ in mine):
            continue
        one = next(
            (
                party
                for party in decoded.parties
                if party.key not in investors
                and any(a <= m.start and direct(m.end, b) for m in party.mentions)
            ),
            None,
        )
        if one is not None:
            one.part = "company"
        else:
            one = likeliest_company(doc, decoded.parties, (a, b))
            if one is None or not direct(one.first.end, b):
                continue
        if one.key not in known:
            found.append(one)
            known.add(one.key)
    return found


def likeliest_company(
    doc: Doc, parties: Sequence[Party], within: tuple[int, int] | None = None
) -> Party | None:
    """The best candidate (`within` a stretch of characters), or None where nothing looks like a name."""
    best: tuple[float, int, int] | None = None
    for start, end in _runs(doc, parties):
        if within is not None and not within[0] <= doc[start].idx < within[1]:
            continue
        points = _points(doc, start, end)
        if points > _LEAST and (best is None or points > best[0]):
            best = points, start, end
    if best is None:
        return None
    _, i, j = best
    text: str = doc.user_data[TEXT]
    last = doc[j - 1]
    start, end = trim_name(text, doc[i].idx, last.idx + len(last))
    if start >= end:
        return None
    trust = float(doc.user_data[ROLE_SCORES][i, _B])
    scores = {"company": trust, "investor": 0.0, "lead": 0.0}
    name = text[start:end]
    return Party(name, name_key(name), "company", trust, [Mention(start, end, i, scores)])


def _runs(doc: Doc, parties: Sequence[Party]) -> list[tuple[int, int]]:
    """Token ranges that look like names and are nobody's yet."""
    words: list[str] = doc.user_data[WORDS]
    other = doc.user_data[MENTIONS].keys() | doc.user_data[CONVERSIONS]
    taken = [(m.start, m.end) for p in parties for m in p.mentions]
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        at = doc[i].idx
        if i in other or any(s <= at < e for s, e in taken) or not _name_like(doc, i):
            i += 1
            continue
        j = i + 1
        while j < len(words) and j not in other and _goes_on(doc, j):
            j += 1
        runs.append((i, j))
        i = j
    return runs


def _name_like(doc: Doc, i: int) -> bool:
    word: str = doc.user_data[WORDS][i]
    if len(word) < 2:
        return False
    if "가" <= word[0] <= "힣":
        senses = doc.user_data[FEATURES][0].senses
        return bool(senses.of(word) == UNKNOWN and senses.of_head(word) == UNKNOWN)
    return word[0].isascii() and word[0].isalpha() and word != word.lower()


def _goes_on(doc: Doc, j: int) -> bool:
    """Whether token `j` belongs to the name before it."""
    word: str = doc.user_data[WORDS][j]
    if not doc[j - 1].whitespace_:
        return word[0].isalnum() and _name_like(doc, j)
    return word[0].isascii() and word[0].isupper() and doc.user_data[WORDS][j - 1][0].isascii()


def _points(doc: Doc, i: int, j: int) -> float:
    words: list[str] = doc.user_data[WORDS]
    mentions = doc.user_data[MENTIONS]
    lexicon = doc.user_data[FEATURES][0]
    roles = doc.user_data[ROLE_SCORES]
    points = _LEANING * log_odds(float(roles[i:j, [_B, _I]].max()))
    behind = words[j] if j < len(words) else ""
    first = i == 0 or "\n" in words[i - 1] or (words[i - 1] in (".", "'", '"') and i < 3)
    if behind in _SUBJECT and not doc[j - 1].whitespace_:
        points += 2
    if behind == "," and first:
        points += 2
    if behind == "에" and any(isinstance(mentions.get(k), Money) for k in range(j + 1, j + 4)):
        points += 2.5
    if words[i][0].isascii() and lexicon.senses.of(behind.lower() or " ") in _GETS:
        points += 2
    if i and lexicon.senses.of(words[i - 1].lower()) in ("COMPANY", "PRODUCT"):
        points += 1
    if behind in ("의", "와", "과") or name_key(" ".join(words[i:j])) in lexicon.known:
        points -= 2
    return points + float(first)

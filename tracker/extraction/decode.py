"""Role probabilities per token → the names, sums and stages that play a part in a round.

In: a Doc that the reader has annotated. Out: `Party`, `Sum` and `StageRead` records in token
order, with offsets into ``doc.text`` (the normalised text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tracker.extraction.reader import ROLE_SCORES, ROLES
from tracker.extraction.tokenizer import MENTIONS, TEXT, WORDS
from tracker.parsing.names import INNER, OUTER, PARTICLES, name_key, trim_name
from tracker.parsing.stages import read_bare_stage
from tracker.records import Money, StageMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INDEX = {role: i for i, role in enumerate(ROLES)}
_PARTS = ("company", "investor", "lead")
_PART_COLUMNS = {p: (_INDEX[f"B-{p}"], _INDEX[f"I-{p}"]) for p in _PARTS}
_PART_OF = {i: p for p, columns in _PART_COLUMNS.items() for i in columns}
_BEGIN = frozenset(b for b, _ in _PART_COLUMNS.values())
_SUMS = ("amount", "valuation", "total_raised")


_BEHIND = frozenset(
    {
        *PARTICLES,
        *INNER,
        *OUTER,
        "등",
        "측",
        "발",
        "다",
        "사",
        "씨",
        "씩",
        "표",
        "님",
        "용",
        "형",
        "산",
        "계",
    }
)
_BETWEEN = frozenset({"등"})


@dataclass(slots=True)
class Mention:
    """One place where a name stands: characters, first token, and the probability of each part."""

    start: int
    end: int
    token: int
    scores: dict[str, float]


@dataclass(slots=True)
class Party:
    """One organisation or person of the brief with all its mentions; `part` is its likeliest role."""

    name: str
    key: str
    part: str
    probability: float
    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> Mention:
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in its role."""

    role: str
    money: Money
    token: int
    probability: float


@dataclass(frozen=True, slots=True)
class StageRead:
    """A stage wording that the reader takes for this round's stage."""

    stage: StageMention
    start: int
    end: int
    token: int
    probability: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """All that the reader found in one brief."""

    parties: list[Party]
    sums: list[Sum]
    """With a role the reader is sure of, and every other definite sum as an unsure amount."""
    stages: list[StageRead]
    extensions: list[tuple[int, int, int, float]]
    """Wordings that make the round an extension: (start, end, token, probability)."""


def decode(doc: Doc) -> Decoded:
    """Read the roles off `doc`; a name's part is the one its mentions favour together."""
    roles = doc.user_data[ROLE_SCORES]
    best = roles.argmax(axis=1).tolist() if len(doc) else []
    mentions = doc.user_data[MENTIONS]
    sums: list[Sum] = []
    stages: list[StageRead] = []
    extensions: list[tuple[int, int, int, float]] = []
    found: list[Mention] = []
    i = 0
    while i < len(best):
        role = ROLES[best[i]]
        if best[i] in _PART_OF:
            j = i + 1
            while j < len(best) and best[j] in _PART_OF and best[j] not in _BEGIN:
                j += 1
            first, last = _whole_word(doc, i, j)
            mention = _mention(doc, roles, first, _with_kind(doc, last))
            if mention is not None and found and found[-1].end > mention.start:
                found[-1].end = max(found[-1].end, mention.end)
            elif mention is not None:
                found.append(mention)
            i = max(last, j)
            continue
        money = mentions.get(i)
        if isinstance(money, Money):
            part = _role_of_sum(doc.user_data[TEXT], money, role if role in _SUMS else "unsure")
            column = "amount" if part == "unsure" else part
            sums.append(Sum(part, money, i, float(roles[i, _INDEX[column]])))
        elif role in ("stage", "extension"):
            token = doc[i]
            end = token.idx + len(token)
            probability = float(roles[i, best[i]])
            stage = mentions.get(i) or (read_bare_stage(token.text) if role == "stage" else None)
            if role == "extension":
                extensions.append((token.idx, end, i, probability))
            elif isinstance(stage, StageMention) and stage.stage:
                stages.append(StageRead(stage, token.idx, end, i, probability))
        i += 1
    return Decoded(_parties(doc.user_data[TEXT], found), sums, stages, extensions)


def _whole_word(doc: Doc, i: int, j: int) -> tuple[int, int]:
    """Widen the tokens ``[i, j)`` to whole words: a name does not end inside "피규어AI" or "베이조스".

    Particles at the end of the word stay outside.
    """
    while i > 0 and _glued(doc, i - 1) and doc[i - 1].text not in _BETWEEN:
        i -= 1
    end = j
    while end < len(doc) and _glued(doc, end - 1):
        end += 1
    while end > j and doc[end - 1].text in _BEHIND:
        end -= 1
    return i, end


# Words that a firm's name goes on with: "GHV Accelerator", "BlackSoil Capital Pvt Ltd".
_FIRM_WORDS = frozenset(
    "Accelerator Advisors Asset Bank Capital Equity Fund Funds Group Growth Holdings Investment "
    "Investments Investors Labs Lifesciences Management Partners Securities Technologies Technology "
    "Venture Ventures".split()
)


def _with_kind(doc: Doc, end: int) -> int:
    """The end of a Latin name that goes on with the kind of firm it is."""
    words: list[str] = doc.user_data[WORDS]
    while (
        end < len(words)
        and words[end] in _FIRM_WORDS
        and words[end - 1].isascii()
        and words[end - 1][-1:].isalnum()
        and doc[end - 1].whitespace_
    ):
        end += 1
    return end


def _glued(doc: Doc, i: int) -> bool:
    """Whether token `i` and the next are parts of one written word."""
    left, right = doc[i], doc[i + 1]
    return (
        not left.whitespace_
        and left.text[-1].isalnum()
        and right.text[0].isalnum()
        and (i not in doc.user_data[MENTIONS] and i + 1 not in doc.user_data[MENTIONS])
    )


def _mention(doc: Doc, roles: Any, i: int, j: int) -> Mention | None:
    last = doc[j - 1]
    text: str = doc.user_data[TEXT]
    start, end = trim_name(text, doc[i].idx, last.idx + len(last))
    if start >= end:
        return None
    scores = {
        part: float(roles[i:j, list(columns)].sum(axis=1).mean())
        for part, columns in _PART_COLUMNS.items()
    }
    return Mention(start, end, i, scores)


_WORTH = re.compile(
    r"\s?(?:\([^)]{0,24}\)\s?)?(?:의\s|규모의\s|에 달하는\s|이상의\s)?(?:기업\s?)?(?:가치|몸값|밸류)"
    r"|\s(?:post-money\s|pre-money\s)?valuation\b",
)


def _role_of_sum(text: str, money: Money, role: str) -> str:
    """A sum right before "가치" or "valuation" is one, whatever it looked like."""
    if role in ("amount", "unsure") and _WORTH.match(text, money.end):
        return "valuation"
    return role


def _parties(text: str, found: list[Mention]) -> list[Party]:
    """Mentions of one name together; a name whose key begins another's is that name cut short."""
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(name_key(text[mention.start : mention.end]), []).append(mention)
    for short in sorted(groups, key=len):
        longer = [k for k in groups if k != short and len(short) > 1 and k.startswith(short)]
        if longer and _same_part(groups[short], groups[longer[0]]):
            groups[longer[0]] = sorted(groups[longer[0]] + groups.pop(short), key=lambda m: m.start)
    _join_aliases(text, groups)
    parties = []
    for key, mentions in groups.items():
        total = {p: sum(m.scores[p] for m in mentions) for p in _PARTS}
        backing = total["investor"] + total["lead"]
        if total["company"] >= backing:
            part = "company"
            probability = total["company"] / len(mentions)
        else:
            # Led in one sentence, only named in another: the text says that it led.
            lead = any(m.scores["lead"] > m.scores["investor"] for m in mentions)
            part = "lead" if lead else "investor"
            probability = backing / len(mentions)
        longest = max(mentions, key=lambda m: len(name_key(text[m.start : m.end])))
        name = text[longest.start : longest.end]
        parties.append(Party(name, key, part, probability, mentions))
    parties.sort(key=lambda p: p.first.start)
    return [p for p in parties if not _affiliation(text, p, parties)]


def _affiliation(text: str, party: Party, parties: list[Party]) -> bool:
    """Whether a name only stands in brackets behind an investor: "Ann Lee (partner, Foo Capital)"."""
    if party.part == "company" or len(party.mentions) > 1:
        return False
    at = party.first.start
    opened = max(text.rfind("(", max(0, at - 60), at), text.rfind("（", max(0, at - 60), at))
    if opened < 0 or ")" in text[opened:at]:
        return False
    behind = len(text[:opened].rstrip(" '\""))
    return any(m.end == behind for p in parties if p.part != "company" for m in p.mentions)


def _join_aliases(text: str, groups: dict[str, list[Mention]]) -> None:
    """A name that only stands in brackets behind another is that other's second spelling."""
    ends = {m.end: key for key, mentions in groups.items() for m in mentions}
    for key in list(groups):
        owners = {_owner(text, m, ends) for m in groups[key]}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is not None and owner != key and owner in groups:
            del groups[key]


def _owner(text: str, mention: Mention, ends: dict[int, str]) -> str | None:
    """The key of the name that stands right before the bracket `mention` opens."""
    before = text[: mention.start].rstrip()
    if not before.endswith(("(", "（")):
        return None
    closed = text[mention.end : mention.end + 2].lstrip()
    name_end = len(before[:-1].rstrip(" '\""))
    return ends.get(name_end) if closed.startswith((")", "）")) else None


def _same_part(a: list[Mention], b: list[Mention]) -> bool:
    def company(group: list[Mention]) -> bool:
        return sum(m.scores["company"] for m in group) > len(group) / 2

    return company(a) == company(b)

"""English: "battery recycling startup X", "X, a maker of …", "X, which builds …", "X is a …".

In: the text before or after the name. Out: where in it the description stands.
"""

from __future__ import annotations

import re

from tracker.extraction import descriptors as d

_TOKEN = re.compile(r"[A-Za-z0-9&'’.+/-]+")
_AFTER_EN = re.compile(
    r"^['\"’”]?(?:\s\([^)]{1,40}\))?(?:,?\s(?:which|that)\s(?:\w+ly\s)?"
    r"(?:builds?|makes?|develops?|offers?|sells?|runs?|operates?|provides?|designs?|produces?|manufactures?|"
    r"grows?|recycles?|insures?|publishes)\s(?P<object>[^,.;:\n|–—()]{3,90})"
    r"|(?:,|\sis|\s[–—-])\s(?:an?|the)\s(?P<noun>[^,.;:\n|–—()]{3,110}))"
)
_TAIL_EN = re.compile(
    r"\s(?:has|have|had|raised|raises|raise|secured|secures|closed|closes|said|says|announced|announces|landed|"
    r"lands|bagged|bags|got|gets|won|picked|completed|will|is|was|on\s(?:Mon|Tues|Wednes|Thurs|Fri)day|in\sits|"
    r"with\s[$€£]|for\s[$€£]|backed\sby|founded|led\sby|based\sin|from\s[A-Z])\b.*$"
)


def before_en(left: str) -> tuple[int, int] | None:
    """The words before the name that end in a sort of company: "battery recycling startup X"."""
    if not left or not (left[-1].isspace() or left[-1] in d.QUOTES):
        return None
    bare = left.rstrip(d.QUOTES + " ")
    breaks = [m.end() for m in re.finditer(r"[\n|;:!?…•→()\[\]\"“”]|\.(?=\s)|,|\s[-–—/]\s|—", bare)]
    begin = breaks[-1] if breaks else 0
    tokens = [(m.start() + begin, m.end() + begin) for m in _TOKEN.finditer(bare[begin:])]
    if not tokens or tokens[-1][1] != len(bare):
        return None
    chosen: list[tuple[int, int]] = []
    for place, (start, stop) in reversed(list(enumerate(tokens))):
        word = bare[start:stop]
        low = word.lower()
        if low in d.STOP_EN or low.endswith(("-based", "'s", "’s")) or d.SUM.search(word):
            break
        initial = place == 0 and not bare[:start].strip(d.QUOTES + " ")
        opening = place == 0
        if word[0].isupper() and word not in d.ACRONYMS_EN and not (initial or opening):
            if low in d.SKIP_EN or not chosen or low not in d.HEADS_EN | d.GENERIC_EN:
                break
        chosen.append((start, stop))
        if len(chosen) == 7:
            break
    chosen.reverse()
    if (
        len(chosen) > 1
        and chosen[0] != tokens[0]
        and bare[slice(*chosen[0])].endswith(("ies", "es", "ns"))
    ):
        before = tokens[tokens.index(chosen[0]) - 1]
        # "Bridge round carries AI radiology firm X": a verb behind its subject.
        if bare[slice(*before)].lower() in ("round", "funding", "money", "deal", "cash", "series"):
            chosen = chosen[1:]
    return _noun_en(bare, chosen)


def _noun_en(text: str, words: list[tuple[int, int]]) -> tuple[int, int] | None:
    """`words` without a generic head and without what only says where from or how old."""
    if not words:
        return None
    last = text[slice(*words[-1])].lower()
    head = last in d.HEADS_EN or (last.endswith(("tech", "maker")) and len(last) > 5)
    if last not in d.GENERIC_EN and not head:
        return None
    while words and text[slice(*words[-1])].lower() in d.GENERIC_EN:
        words = words[:-1]
    while words and (
        (low := text[slice(*words[0])].lower()) in d.SKIP_EN
        or low.endswith(("-based", "-old", "-backed", "'s", "’s"))
        or (low.isdigit() or low == "based")
    ):
        words = words[1:]
    said = [text[slice(*w)].lower() for w in words]
    if not said or all(w in d.GENERIC_EN or w in d.SKIP_EN for w in said):
        return None
    if any(w in d.NOT_A_DESCRIPTION_EN for w in said):
        return None
    if len(said) == 1 and said[0] in d.BARE_EN:
        return None
    return words[0][0], words[-1][1]


def after_en(right: str) -> tuple[int, int] | None:
    """ "X, a maker of …", "X, which builds …", "X is a …"."""
    m = _AFTER_EN.match(right)
    if m is None:
        return None
    group = "object" if m["object"] else "noun"
    start = m.start(group)
    said = _TAIL_EN.sub("", m[group]).rstrip(d.QUOTES + " ")
    if group == "object":
        return (start, start + len(said)) if len(said) >= 4 else None
    # Its noun phrase ends where a clause or a preposition begins; the clause belongs to it.
    clause = re.search(
        r"\s(?:of|that|which|for|to|where|helping|using|connecting|focused|focusing|building|making|with|in)\s",
        said,
    )
    noun = said[: clause.start()] if clause else said
    tokens = [(t.start() + start, t.end() + start) for t in _TOKEN.finditer(noun)]
    # "a Berlin-based maker", "a London startup": the place is no part of it.
    while tokens and (word := right[slice(*tokens[0])])[0].isupper() and word not in d.ACRONYMS_EN:
        if word.lower() in d.HEADS_EN:
            break
        tokens = tokens[1:]
    while tokens and "-based" in right[slice(*tokens[0])]:
        tokens = tokens[1:]
    if not tokens:
        return None
    words = [right[slice(*t)].lower() for t in tokens]
    if any(w in d.NOT_A_DESCRIPTION_EN for w in words) or re.search(
        r"\b(?:for|of|in) (?:which|whom)\b", said
    ):
        return None
    head = words[-1]
    if not (head in d.HEADS_EN or head in d.GENERIC_EN or head.endswith(("tech", "maker"))):
        return None
    if clause and clause[0].strip() not in ("in", "with"):
        if (
            all(w in d.SKIP_EN for w in words[:-1])
            and head in d.GENERIC_EN
            and clause[0].strip() == "to"
        ):
            return None
        return tokens[0][0], start + len(said)
    return _noun_en(right, tokens)

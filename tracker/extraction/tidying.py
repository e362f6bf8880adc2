"""Names as they are: without the word before and the title or particle behind, each once.

The reader sees where a name is, not always where it ends: "웹툰사 미스터블루", "노창섭씨", "산업은행서".
A headline shortens what the text spells out: 부산대기술지주 is 부산대학교기술지주.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from tracker.extraction.decode import Mention, Party
from tracker.parsing.names import name_key, trim_name

_WHAT_IT_IS = re.compile(r"[가-힣]{1,4}(?<!공)(?:사|기업|업체|회사)\s(?=\S{2})")
_PERSON = re.compile(r"([가-힣]{3}|[가-힣]{1,4} [가-힣]{1,3})\s?씨")
_FIRM = "펀드|재단|센터|은행|벤처스|파트너스|캐피탈|캐피털|인베스트먼트|인베스트|투자|조합|지주|그룹|증권|홀딩스|스튜디오"
_PARTICLE = re.compile(r"(?<=[가-힣])(?:서|도|만)$")
_FIRM_AND_PARTICLE = re.compile(rf".*(?:{_FIRM})(?:서|도|만)")
_PARTICLES = ("으로", "이", "가", "은", "는", "을", "를", "로", "의", "에", "와", "과")
_LEAST = 3
"""Characters of the shortest name that may be another's abbreviation."""


def tidy(text: str, parties: Sequence[Party], known: Container[str]) -> list[Party]:
    """The parties with bare names; `known` holds the keys of known investors."""
    parties = _without_particles(text, parties)
    companies = [m for p in parties if p.part == "company" for m in p.mentions]
    owners = {text[m.start : m.end] for m in companies}
    tidied = [p if p.part == "company" else _tidy(text, p, owners, known) for p in parties]
    return _without_abbreviations(text, tidied)


def _without_particles(text: str, parties: Sequence[Party]) -> list[Party]:
    """ "칩스쿨이" is 칩스쿨 where the text has that too."""
    by_key: dict[str, Party] = {}
    out: list[Party] = []
    for party in parties:
        if party.part == "company":
            stem = _stem(text, party.name)
            if stem != party.name:
                mentions = [
                    replace(m, end=m.end - len(party.name) + len(stem))
                    if text[m.start : m.end] == party.name
                    else m
                    for m in party.mentions
                ]
                party = replace(party, name=stem, key=name_key(stem), mentions=mentions)
            same = by_key.setdefault(party.key, party)
            if same is not party:
                same.mentions = sorted([*same.mentions, *party.mentions], key=lambda m: m.start)
                same.probability = max(same.probability, party.probability)
                continue
        out.append(party)
    return out


def _stem(text: str, name: str) -> str:
    """The name without a particle that it does not have elsewhere in the text."""
    # A particle or a comma right behind it: what it ends in is its own ("배송로가").
    if re.search(rf"{re.escape(name)}[^\s]", text):
        return name
    for particle in _PARTICLES:
        stem = name[: -len(particle)]
        if not name.endswith(particle) or len(stem) < 2 or not "가" <= stem[-1] <= "힣":
            continue
        others = "|".join(p for p in _PARTICLES if p != particle)
        if re.search(
            rf"(?<![가-힣]){re.escape(stem)}(?:(?:{others})(?![가-힣])|(?![가-힣]))", text
        ):
            return stem
    return name


def _tidy(text: str, party: Party, companies: set[str], known: Container[str]) -> Party:
    mentions = [_bare(text, m, companies, known) for m in party.mentions]
    longest = max(mentions, key=lambda m: len(name_key(text[m.start : m.end])))
    name = text[longest.start : longest.end]
    return replace(party, name=name, key=name_key(name), mentions=mentions)


def _bare(text: str, mention: Mention, companies: set[str], known: Container[str]) -> Mention:
    start, end = mention.start, mention.end
    if name_key(text[start:end]) in known:
        return mention
    for company in companies:
        behind = start + len(company) + 1
        if text.startswith(f"{company} ", start) and "가" <= text[behind : behind + 1] <= "힣":
            start = behind
    what = _WHAT_IT_IS.match(text, start, end)
    if what is not None:
        start = what.end()
    person = _PERSON.fullmatch(text, start, end)
    if person is not None:
        end = person.end(1)
    name = text[start:end]
    if _FIRM_AND_PARTICLE.fullmatch(name) or (
        _PARTICLE.search(name) and name_key(name[:-1]) in known
    ):
        end -= 1
    start, end = trim_name(text, start, end)
    return replace(mention, start=start, end=end) if start < end else mention


def _without_abbreviations(text: str, parties: list[Party]) -> list[Party]:
    """A headline's short form of an investor that the text spells out is that investor."""
    investors = [p for p in parties if p.part != "company"]
    short_of: dict[int, Party] = {}
    for party in investors:
        longer = [
            p
            for p in investors
            if p is not party and _abbreviates(party.key, p.key) and _apart(text, party, p)
        ]
        if longer:
            short_of[id(party)] = longer[0]
    for party in investors:
        whole = short_of.get(id(party))
        if whole is not None and id(whole) not in short_of:
            whole.mentions.extend(party.mentions)
            whole.mentions.sort(key=lambda m: m.start)
            if party.part == "lead":
                whole.part = "lead"
    return [p for p in parties if id(p) not in short_of]


def _abbreviates(short: str, whole: str) -> bool:
    """Whether `short` is `whole` with syllables left out between its first and its last two."""
    if not _LEAST <= len(short) < len(whole) or short[0] != whole[0] or short[-2:] != whole[-2:]:
        return False
    rest = iter(whole)
    return all(c in rest for c in short) and "가" <= short[0] <= "힣"


def _apart(text: str, a: Party, b: Party) -> bool:
    """Whether the two never stand in one sentence: there they would be two."""
    return all(
        re.search(r"\n|[.!?…]\s", text[min(x.end, y.end) : max(x.start, y.start)])
        for x in a.mentions
        for y in b.mentions
    )

"""The company behind a service: "'퀸잇' 운영사 라포랩스" raised as 라포랩스, not as 퀸잇.

The contract wants the company where the text names it. The reader often takes the service, which
stands first and in quotes; the words between the two say which is which.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.extraction.decode import Mention, Party
from tracker.parsing.names import PARTICLES, name_key, trim_name

_RUNS = (
    "운영사|개발사|제작사|운영 기업|개발 기업|운영하는|운영 중인|운영해온|운영해 온|만든|만드는|개발한|개발하는|"
    "서비스하는|서비스 중인|제공하는|내놓은|선보인|이름난|알려진|유명한|이름을 알린"
)
_KIND = r"(?:[가-힣A-Za-z]*(?:게임사|회사|기업|업체|스타트업|벤처|개발사|제작사|법인)\s)?"
_NAME = r"['\"]?(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9.&]*(?:\s(?:[A-Z][A-Za-z0-9.&]*))*)"
_BEHIND = re.compile(
    rf"['\"]?(?:\([^)]{{1,30}}\))?['\"]?\s?(?:앱|서비스|플랫폼)?(?:을|를|로|으로)?\s?(?:{_RUNS})\s{_KIND}{_NAME}"
)
_BEFORE = re.compile(
    r"(?P<name>[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,3}),\s(?:the\s)?(?:(?:operator|maker|owner|developer|creator|"
    r"parent) of|(?:company|startup|firm|team) behind|which (?:runs|operates|owns))\s(?:the\s)?(?:[a-z-]+\s){0,5}['\"]?$"
)
_LOOK_BACK = 120
_NEVER = frozenset(
    "스타트업 기업 회사 업체 게임사 플랫폼 서비스 국내 한국 미국 글로벌 대표".split()
)
_ENDS = re.compile(rf"(?<=[가-힣A-Za-z0-9])(?:{'|'.join(PARTICLES)})$")


def to_operators(text: str, parties: list[Party]) -> list[Party]:
    """The parties, with the operator in place of a service wherever the text names both."""
    out = list(parties)
    for party in parties:
        if party.part != "company":
            continue
        found = next((f for m in party.mentions if (f := _operator(text, m))), None)
        if found is None:
            continue
        start, end = found
        key = name_key(text[start:end])
        if key == party.key:
            continue
        known = next((p for p in out if p.key == key or p.key.startswith(key)), None)
        if known is not None and known.part != "company":
            continue
        out.remove(party)
        if known is None:
            first = party.first
            named = [Mention(start, end, first.token, dict(first.scores))]
            out.append(replace(party, name=text[start:end], key=key, mentions=named))
    return sorted(out, key=lambda p: p.first.start)


def _operator(text: str, mention: Mention) -> tuple[int, int] | None:
    behind = _BEHIND.match(text, mention.end)
    if behind is not None:
        start, end = behind.span("name")
        particle = _ENDS.search(text[start:end])
        if particle is not None and particle.start() >= 2:
            end = start + particle.start()
        if text[start:end] in _NEVER:
            return None
        return trim_name(text, start, end)
    before = _BEFORE.search(text[max(0, mention.start - _LOOK_BACK) : mention.start])
    if before is None:
        return None
    shift = max(0, mention.start - _LOOK_BACK)
    return before.start("name") + shift, before.end("name") + shift

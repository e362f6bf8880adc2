"""HTML source in, a stream of tags and text out, in one pass and without a tree.

Letters come from strangers. A tree parser can be driven to quadratic time or memory by deep
or misnested tags; a tokenizer cannot, and the structure of lines needs no more than this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

RAW_TEXT = frozenset({"script", "style", "textarea", "noscript", "iframe", "xmp", "noframes"})
MAX_ATTRIBUTES = 4000
"""Characters of a tag that are looked at; an inline image's data is longer, and of no use."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63})((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_LAX_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63})([^>]*)>")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z][\w:-]{0,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))|(?<=\s)(hidden)\b"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; `attributes` holds its first MAX_ATTRIBUTES characters, unparsed."""

    name: str
    closing: bool = False
    attributes: str = ""

    def attribute(self, name: str) -> str | None:
        """The attribute's value, "" where it has none, None where it is missing."""
        if name not in self.attributes.lower():
            return None
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match.group(5):
                if name == "hidden":
                    return ""
            elif match.group(1).lower() == name:
                return unescape(match.group(2) or match.group(3) or match.group(4) or "")
        return None


@dataclass(slots=True)
class _Searches:
    """What was already looked for in vain, so that it is not looked for to the end again."""

    tag: re.Pattern[str] = _TAG
    hopeless: set[str] = field(default_factory=set)


def tokens(source: str) -> Iterator[Tag | str]:
    """Yield tags and unescaped text in order; comments, declarations and raw text are dropped."""
    state = _Searches()
    lowered = source.lower() if len(source.lower()) == len(source) else source
    at = 0
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            yield unescape(source[at:])
            return
        if start > at:
            yield unescape(source[at:start])
        after = source[start + 1 : start + 2]
        if after in ("!", "?"):
            at = _skip_declaration(source, start, state)
        elif after == "/" or after.isalpha():
            tag, at = _read_tag(source, start, state)
            if tag is None:
                yield "<"
                continue
            yield tag
            if tag.name in RAW_TEXT and not tag.closing:
                at = _skip_raw(lowered, at, tag.name, state)
                yield Tag(tag.name, closing=True)
        else:
            yield "<"
            at = start + 1


def _read_tag(source: str, start: int, state: _Searches) -> tuple[Tag | None, int]:
    if "tag" in state.hopeless:
        return None, start + 1
    match = state.tag.match(source, start)
    if match is None and state.tag is _TAG and _LAX_TAG.match(source, start):
        # A quote that never closes: from here on quotes are ignored, or each would cost a scan.
        state.tag = _LAX_TAG
        match = state.tag.match(source, start)
    if match is None:
        if source.find(">", start) < 0:
            state.hopeless.add("tag")
        return None, start + 1
    name = match.group(2).lower()
    return Tag(name, bool(match.group(1)), match.group(3)[:MAX_ATTRIBUTES]), match.end()


def _skip_declaration(source: str, start: int, state: _Searches) -> int:
    if source.startswith("<![CDATA[", start):
        return start + 9
    if source.startswith("<!--", start):
        if "-->" not in state.hopeless:
            end = source.find("-->", start + 2)
            if end >= 0:
                return end + 3
            state.hopeless.add("-->")
        return start + 4
    if ">" not in state.hopeless:
        end = source.find(">", start)
        if end >= 0:
            return end + 1
        state.hopeless.add(">")
    return start + 2


def _skip_raw(lowered: str, at: int, name: str, state: _Searches) -> int:
    """Past the end tag of a script or the like; one that never ends swallows the rest."""
    end = lowered.find(f"</{name}", at)
    if end < 0:
        return len(lowered)
    close = lowered.find(">", end)
    return len(lowered) if close < 0 else close + 1

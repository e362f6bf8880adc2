"""The language of messages and headings: English, or Korean by the user's locale.

    TRACKER_LANG  en or ko; else LC_ALL, LC_MESSAGES and LANG decide

The program speaks English; `translated` finds a message in the catalogue
(`tracker.messages_ko`) by its English wording, in which names and numbers are placeholders.
What is not in there stays English. Only what people read is translated, never a machine format.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

Language = Literal["en", "ko"]

MAX_CHARS = 500
"""A message longer than this holds somebody's text, and is left as it is."""
_PLACE = re.compile(r"\{(\w+)\}")


def language(environ: Mapping[str, str] | None = None) -> Language:
    """Which language to speak."""
    env = os.environ if environ is None else environ
    asked = env.get("TRACKER_LANG") or next(
        (env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), ""
    )
    return "ko" if asked.lower().startswith("ko") else "en"


def word(text: str) -> str:
    """A heading or a label in the user's language."""
    if language() == "en":
        return text
    from tracker.messages_ko import WORDS

    return WORDS.get(text, text)


def translated(message: str) -> str:
    """A message in the user's language."""
    if language() == "en" or len(message) > MAX_CHARS:
        return message
    return _korean(message, depth=2)


def _korean(message: str, depth: int) -> str:
    for pattern, korean in _catalogue():
        m = pattern.fullmatch(message)
        if m is None:
            continue
        parts = {
            # A list and a reason are messages of their own; a name never is.
            name: (_inner(name, value, depth - 1) if depth else value)
            for name, value in m.groupdict().items()
        }
        return _filled(korean, parts)
    return message


def _filled(text: str, parts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: parts[place[1]], text)


def _inner(name: str, value: str | None, depth: int) -> str:
    if value is None:
        return ""
    if name == "reason":
        return _korean(value, depth)
    if name == "list":
        return ", ".join(_korean(part, depth) for part in value.split(", "))
    return value


@lru_cache(maxsize=1)
def _catalogue() -> tuple[tuple[re.Pattern[str], str], ...]:
    from tracker.messages_ko import MESSAGES

    return tuple((_pattern(english), korean) for english, korean in MESSAGES)


def _pattern(english: str) -> re.Pattern[str]:
    """``{name}`` stands for anything, ``(s)`` for an s or none."""
    parts = []
    for piece in re.split(r"(\{\w+\}|\(s\))", english):
        if piece == "(s)":
            parts.append("s?")
        elif place := _PLACE.fullmatch(piece):
            number = place[1].startswith("n_") or place[1] == "n"
            parts.append(f"(?P<{place[1]}>{'[0-9,]+' if number else '.+?'})")
        else:
            parts.append(re.escape(piece))
    return re.compile("".join(parts), re.DOTALL)

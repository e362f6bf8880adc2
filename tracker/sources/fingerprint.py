"""An `Issue` as it was read in; a hash that is the same for the same letter out.

Links, addresses and long random tokens are left out, and so are the file's name, spacing and
punctuation: a renamed file or a copy sent to another reader is the same letter.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from tracker.records import Issue

_LINKS = re.compile(r"(?:https?|ftp|mailto):[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+", re.I)
_ADDRESSES = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
# Unsubscribe codes and the like: long, and with digits among the letters.
_TOKENS = re.compile(r"[A-Za-z0-9_=-]{16,}")


def _drop_token(match: re.Match[str]) -> str:
    token = match.group()
    return " " if any(char.isdigit() for char in token) and not token.isdigit() else token


def issue_fingerprint(issue: Issue) -> str:
    """Return the letter's identity: 64 hexadecimal digits.

    Meant for an issue as `read_source` gave it, before its head was read: a date taken from
    the file's name must not make a renamed copy another letter.
    """
    text = _TOKENS.sub(_drop_token, _ADDRESSES.sub(" ", _LINKS.sub(" ", issue.text)))
    text = unicodedata.normalize("NFKC", text).casefold()
    visible = "".join(char for char in text if char.isalnum())
    title = "".join(char for char in (issue.title or "").casefold() if char.isalnum())
    day = issue.issued_on.isoformat() if issue.issued_on else ""
    digest = hashlib.sha256()
    digest.update("\0".join((day, title, visible)).encode("utf-8", "replace"))
    return digest.hexdigest()

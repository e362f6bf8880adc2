"""An `Issue` as it was read in; a hash that is the same for the same letter out.

The file's name, spacing and punctuation do not count, nor do links and the like: a renamed file
or a copy sent to another reader is the same letter. A letter in another form (mail, feed, page)
is recognised by `tracker.identity.issues`.
"""

from __future__ import annotations

import hashlib

from tracker.parsing.visible import visible
from tracker.records import Issue


def issue_fingerprint(issue: Issue) -> str:
    """Return the letter's identity: 64 hexadecimal digits.

    Meant for an issue as `read_source` gave it, before its head was read: a date taken from
    the file's name must not make a renamed copy another letter.
    """
    said = "".join(char for char in visible(issue.text) if char.isalnum())
    title = "".join(char for char in (issue.title or "").casefold() if char.isalnum())
    day = issue.issued_on.isoformat() if issue.issued_on else ""
    digest = hashlib.sha256()
    digest.update("\0".join((day, title, said)).encode("utf-8", "replace"))
    return digest.hexdigest()

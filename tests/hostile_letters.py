"""Letters that mean harm, and a program that reads one of them within limits.

    python tests/hostile_letters.py NAME FOLDER    # prints what became of it, and the peak of memory

Whoever runs it in a process of its own sees its memory and may bound its time.
"""

from __future__ import annotations

import base64
import resource
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

Megabytes = 1_000_000
_HEAD = b"From: a@b.example\nSubject: s\nDate: Tue, 17 Nov 2026 08:00:00 +0900\n"
_TEXT = "가온로봇이 30억원을 유치했다."
_WORKING = 19 * Megabytes
"""Just below what is refused for its size."""


def _peak() -> int:
    """Megabytes at the peak of this very program: ru_maxrss also remembers who started it."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) // 1000


def _mail(*lines: str, body: bytes = b"") -> bytes:
    return _HEAD + "".join(f"{line}\n" for line in lines).encode() + b"\n" + body


def _fill(unit: bytes, size: int = _WORKING) -> bytes:
    return unit * (size // len(unit))


def attachments() -> bytes:
    """5,000 attachments around one letter."""
    part = b"--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    letter = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{_TEXT}\n".encode()
    return _mail(
        "Content-Type: multipart/mixed; boundary=b", body=letter + part * 5000 + b"--b--\n"
    )


def laughs() -> bytes:
    """Ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss><channel><item><title>&l9;</title></item></channel></rss>".encode()


def nested_mail() -> bytes:
    """Mails in mails in mails."""
    return _HEAD + b"Content-Type: message/rfc822\n\n" * 20_000 + _TEXT.encode()


CASES: dict[str, tuple[str, Callable[[], bytes], str | None]] = {
    "10,000-deep HTML": (
        "a.html", lambda: b"<div>" * 10_000 + _TEXT.encode() + b"</div>" * 10_000, None),
    "deep tables": (
        "a.html", lambda: b"<table><tr><td>" * 10_000 + _TEXT.encode(), None),
    "deep lists of every tag": (
        "a.html", lambda: b"<ul><li><b><a href=x><p><blockquote>" * 10_000 + _TEXT.encode(), None),
    "a large page of tags": ("a.html", lambda: _fill(b"<p>a<b>b</b>", 3 * Megabytes), None),
    "a large page that is one word": ("a.html", lambda: b"<p>" + _fill(b"a"), "too long for a letter"),
    "a picture within the page": (
        "a.html", lambda: f"<p>{_TEXT}<img src='data:image/png;base64,".encode() + _fill(b"A") + b"'>", None),
    "scripts without end": ("a.html", lambda: f"<p>{_TEXT}</p>".encode() + _fill(b"<script>", 2 * Megabytes), None),
    "unclosed quotes": ("a.html", lambda: f"<p>{_TEXT}</p>".encode() + _fill(b"<a b='", 2 * Megabytes), "too long for a letter"),
    "5,000 attachments": ("a.eml", attachments, None),
    "a mail of 100 MB": ("a.eml", lambda: _mail() + b"\0" * (100 * Megabytes), "too large for a letter"),
    "a mail of empty lines": ("a.eml", lambda: _mail(body=_fill(b"\n")), "too many lines"),
    "a mail of a large attachment": (
        "a.eml", lambda: _mail("Content-Type: text/plain", "Content-Transfer-Encoding: base64",
                               body=base64.encodebytes(_fill(b"Foo raised $5M. ", 13 * Megabytes))), "too long for a letter"),
    "a mail of one endless header": ("a.eml", lambda: b"Subject: " + _fill(b"a b ") + b"\n\n" + _TEXT.encode(), None),
    "a million headers": ("a.eml", lambda: b"X-A: b\n" * 1_000_000 + b"\n" + _TEXT.encode(), "too many lines"),
    "headers with control characters": (
        "a.eml", lambda: b"From: \x1b]0;pwned\x07 <a@b.c>\nSubject: \x1b[31mred\x00\x08\x9b\n\n" + _TEXT.encode(), None),
    "mails in mails": ("a.eml", nested_mail, "damaged mail"),
    "parts in parts": (
        "a.eml", lambda: b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)),
        "damaged mail"),
    "a billion laughs": ("a.xml", laughs, "entity declarations"),
    "a large feed of tags": ("a.xml", lambda: b"<rss><channel>" + _fill(b"<item><title>a</title></item>"), "too large for a feed"),
    "a damaged feed": (
        "a.xml", lambda: f"<rss><channel><item><title>{_TEXT}</title>".encode() + _fill(b"<a b=c>&x", 400_000), None),
    "a feed of ampersands": ("a.xml", lambda: b"<rss><channel><item><title>" + _fill(b"&"), "too large for a feed"),
    "a JSON feed of brackets": ("a.json", lambda: b'{"version": "https://jsonfeed.org/version/1", "items": ' + _fill(b"["), "JSON"),
    "a large text of short lines": ("a.txt", lambda: _fill(b"a\n", 6 * Megabytes), "too long for a letter"),
    "a large text of one line": ("a.txt", lambda: _fill("가나다 ".encode()), "too long for a letter"),
    "a large table": ("a.md", lambda: _fill(b"| a | b |\n", 1_900_000), None),
    "terminal escapes": ("a.txt", lambda: f"\x1b[2J\x1b]0;owned\x07{_TEXT}\x1b[31m\x9b31m".encode(), None),
    "a mailbox of small mails": (
        "a.mbox", lambda: (b"From a@b Tue Nov 17 08:00:00 2026\n" + _mail(body=_TEXT.encode() + b"\n\n")) * 3000, None),
    "a zip bomb": ("a.eml", lambda: b"PK\x03\x04" + zlib.compress(b"\0" * 50 * Megabytes), "ZIP archive"),
    "a gzip bomb": ("a.html", lambda: b"\x1f\x8b" + zlib.compress(b"\0" * 50 * Megabytes), "compressed file"),
}  # fmt: skip
"""Name → the file's name, its content, and what must be said of it (None: it is read)."""


def main(name: str, folder: str) -> None:
    """Read one of the letters as `tracker ingest` does, up to its briefs."""
    from tracker.errors import TrackerError
    from tracker.segment import find_briefs, read_head
    from tracker.sources import issue_fingerprint, read_source

    file, make, _ = CASES[name]
    path = Path(folder) / file
    path.write_bytes(make())
    before = resource.getrusage(resource.RUSAGE_SELF)
    letters = briefs = 0
    reason, found = "", False
    try:
        for issue in read_source(str(path)):
            letters += 1
            issue_fingerprint(issue)
            briefs += len(find_briefs(read_head(issue)))
            found = found or _TEXT in issue.text
            whole = f"{issue.text}{issue.title}{issue.newsletter}"
            assert not set(whole) & set("\x1b\x07\x00\x08\x9b"), "control characters"
    except TrackerError as error:
        reason = str(error)
    after = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{_peak()}\t{after.ru_utime - before.ru_utime:.1f}\t{letters}\t{int(found)}\t{reason}")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Mailbox files and folders: mbox and Maildir."""

from __future__ import annotations

import io
import mailbox
from pathlib import Path

import pytest

from tracker.errors import UnreadableSource
from tracker.sources import find_sources, read_source
from tracker.sources.mbox import is_mbox, split_mbox


def letter(number: int, body: str = "가온로봇이 30억원을 유치했다.") -> bytes:
    return (
        f"From: 월요레터 <a@b.example>\nSubject: {number}호\nDate: Tue, 17 Nov 2026 08:00:00 +0900\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    ).encode()


def mbox(path: Path, *letters: bytes) -> str:
    """As the standard library writes it."""
    box = mailbox.mbox(str(path))
    for one in letters:
        box.add(one)
    box.close()
    return str(path)


def test_every_mail_is_a_letter(tmp_path: Path) -> None:
    path = mbox(tmp_path / "letters.mbox", *map(letter, range(1, 4)))
    issues = list(read_source(path))
    assert [issue.title for issue in issues] == ["1호", "2호", "3호"]
    assert [issue.source for issue in issues] == [f"{path}#{n}" for n in (1, 2, 3)]
    assert list(find_sources([str(tmp_path)])) == [path]


def test_a_mailbox_is_known_without_its_suffix(tmp_path: Path) -> None:
    path = mbox(tmp_path / "INBOX", letter(1), letter(2))
    assert len(list(read_source(path))) == 2


def test_lines_that_begin_with_from_are_text(tmp_path: Path) -> None:
    body = "\nFrom 2026 on, 가온로봇은 달라진다.\nFrom Seoul with love\n>From a\n\nFrom x 2026\n끝"
    (issue,) = read_source(mbox(tmp_path / "a.mbox", letter(1, body)))
    for line in ("From 2026 on", "From Seoul with love", "From x 2026", "끝"):
        assert f"\n{line}" in f"\n{issue.text}"


def test_what_cannot_be_read_is_told_after_the_rest(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", letter(1), b"Subject: leer\n\n\n", letter(3))
    issues = read_source(path)
    assert [next(issues).title, next(issues).title] == ["1호", "3호"]
    with pytest.raises(UnreadableSource, match=r"1 of 3 mails cannot be read, the first: .*#2"):
        next(issues)


def test_a_large_mail_costs_no_memory_and_no_other_mail() -> None:
    stream = io.BytesIO(
        b"From a@b Tue Nov 17 08:00:00 2026\n" + letter(1)
        + b"\nFrom a@b Tue Nov 17 08:00:00 2026\n" + letter(2, "x" * 100_000)
        + b"\nFrom a@b Tue Nov 17 08:00:00 2026\n" + letter(3)
    )  # fmt: skip
    first, second, third = split_mbox(stream, 50_000)
    assert isinstance(second, UnreadableSource) and "too large" in second.reason
    assert first == letter(1) + b"\n" and third == letter(3)


@pytest.mark.parametrize(
    "head",
    [
        b"From - Tue Nov 17 08:00:00 2026\nFrom: a@b\n",
        b"From MAILER-DAEMON Tue Nov 17 08:00:00 2026\r\nReceived: x\r\n",
        b"From a@b.example Tue Nov 17 08:00:00 +0900 2026\nSubject: x\n",
        b"From ???@??? Tue Nov 17 08:00:00 2026\nX-A: b\n",
    ],
)
def test_postmarks(head: bytes) -> None:
    assert is_mbox(head)


@pytest.mark.parametrize(
    "head",
    [
        b"From the editor's desk, 17 November 2026.\nToday: x\n",
        b"From: a@b\nTo: c\n",
        b"",
        b"From ",
    ],
)
def test_no_postmarks(head: bytes) -> None:
    assert not is_mbox(head)


def test_maildir(tmp_path: Path) -> None:
    root = tmp_path / "Maildir"
    box = mailbox.Maildir(str(root))
    box.add(letter(1))
    read = mailbox.MaildirMessage(letter(2))
    read.set_subdir("cur")
    read.set_flags("S")
    box.add(read)
    box.add_folder("레터").add(letter(3))
    (root / "tmp" / "half-written").write_bytes(letter(4))
    (root / "dovecot-uidlist").write_text("3 V1 N1")
    issues = [issue for path in find_sources([str(root)]) for issue in read_source(path)]
    assert sorted(issue.title or "" for issue in issues) == ["1호", "2호", "3호"]

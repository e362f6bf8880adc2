"""Files and folders as sources."""

from __future__ import annotations

import json
import mailbox
import os
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import FetchFailed
from tracker.fetch import Fetched, FetchProblem, issues_in, load_options, open_fetcher


def fetch(
    place: Path | str, state: dict[str, Any] | None = None
) -> tuple[list[Any], dict[str, Any]]:
    fetcher = open_fetcher(str(place), options=load_options({}))
    return list(fetcher.fetch(state or {})), json.loads(json.dumps(fetcher.state()))


def test_new_and_changed_files_come_once(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.md"
    a.write_text("가온로봇이 30억원을 유치했다.")
    found, state = fetch(tmp_path)
    assert [(one.name, one.source) for one in found] == [("a.txt", str(a))]
    assert fetch(tmp_path, state) == ([], state)
    b.write_text("# 나래")
    a.write_text("가온로봇이 31억원을 유치했다.")
    found, state = fetch(tmp_path, state)
    assert sorted(one.name for one in found) == ["a.txt", "b.md"]
    os.utime(a, (1, 1))  # touched, not changed
    found, state = fetch(tmp_path, state)
    assert found == [] and len(state["files"]) == 2
    a.unlink()
    assert list(fetch(tmp_path, state)[1]["files"]) == [str(b)]


def test_urls_of_files(tmp_path: Path) -> None:
    path = tmp_path / "편지 1.txt"
    path.write_text("가온로봇이 30억원을 유치했다.")
    (one,), _ = fetch(path.as_uri())
    assert next(issues_in(one)).text == "가온로봇이 30억원을 유치했다."


def test_what_is_added_to_a_mailbox_file(tmp_path: Path) -> None:
    box = mailbox.mbox(str(tmp_path / "letters.mbox"))
    box.add(b"Subject: 1\n\nfirst")
    box.close()
    found, state = fetch(tmp_path)
    assert len(found) == 1
    box = mailbox.mbox(str(tmp_path / "letters.mbox"))
    box.add(b"Subject: 2\n\nsecond")
    box.close()
    found, state = fetch(tmp_path, state)
    assert [next(issues_in(one)).title for one in found] == ["2"]
    assert fetch(tmp_path, state)[0] == []


def test_a_mailbox_file_half_handed_out(tmp_path: Path) -> None:
    box = mailbox.mbox(str(tmp_path / "letters.mbox"))
    for number in range(5):
        box.add(f"Subject: {number}\n\nletter".encode())
    box.close()
    fetcher = open_fetcher(str(tmp_path), options=load_options({}))
    letters = fetcher.fetch({})
    next(letters), next(letters)
    rest, state = fetch(tmp_path, fetcher.state())
    assert [next(issues_in(one)).title for one in rest] == ["2", "3", "4"]
    assert fetch(tmp_path, state)[0] == []


def test_a_letter_that_was_seen_is_not_new(tmp_path: Path) -> None:
    box = mailbox.Maildir(str(tmp_path / "box"))
    key = box.add(b"Subject: 1\n\nletter")
    found, state = fetch(tmp_path)
    assert len(found) == 1
    message = box[key]
    assert isinstance(message, mailbox.MaildirMessage)
    message.set_subdir("cur")
    message.set_flags("S")
    box[key] = message
    assert list((tmp_path / "box" / "cur").iterdir())
    assert fetch(tmp_path, state)[0] == []


def test_unreadable_files_are_told_once(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(30_000_000)
    (problem,), state = fetch(tmp_path)
    assert isinstance(problem, FetchProblem) and "too large" in problem.reason
    assert fetch(tmp_path, state)[0] == []


def test_an_empty_folder_waits_and_a_missing_one_fails(tmp_path: Path) -> None:
    assert fetch(tmp_path)[0] == []
    with pytest.raises(FetchFailed, match="no such file or folder"):
        fetch(tmp_path / "none")
    assert not any(isinstance(one, Fetched) for one in fetch(tmp_path)[0])

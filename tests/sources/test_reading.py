"""Paths → issues, and the one-line reasons for what cannot be read."""

from __future__ import annotations

import io
import os
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources import MAX_BYTES, read_source

LETTER = "2026. 10. 02. | 편지 Vol. 3\n\n가온로봇이 30억원을 유치했다.\n"


def _reason(path: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        list(read_source(path))
    message = str(caught.value)
    assert "\n" not in message
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\r\n\t", "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", b"%PDF-1.7\n...", "PDF"),
        ("a.md", b"PK\x03\x04abc", "ZIP"),
        ("a.html", b"<html><body><img src='x.png'><script>var a</script></body></html>", "no text"),
        ("a.txt", b"--- *** ---", "no text"),
        ("a.txt", b"abc \xff\xfe\xfd \x81\x20 \xc3\x28" * 50, "charset"),
        ("a.eml", b"From: a@b.c\nSubject: x\n\n", "body"),
        ("a.eml", b"From: a@b.c\nContent-Type: image/png\n\n\x89PNG", "body"),
        ("a.xml", b"<?xml version='1.0'?><urlset><url/></urlset>", "no RSS or Atom"),
        ("a.xml", b"<?xml version='1.0'?><rss><channel>", "well-formed"),
        ("a.xml", b"<rss><channel><title>t</title></channel></rss>", "without readable entries"),
    ],
)
def test_unreadable_has_one_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason in _reason(str(path))


def test_missing_folder_and_bad_paths(tmp_path: Path) -> None:
    assert "no such file" in _reason(str(tmp_path / "none.txt"))
    assert "folder without letters" in _reason(str(tmp_path))
    assert _reason("a\0b")
    assert "no such file" in _reason("")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read anything, so the refusal itself is played.
    def refuse(path: str) -> list[str]:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert "permission" in _reason(str(tmp_path))


def test_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()
    assert "too large" in _reason(str(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_endless_stdin_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = _Stdin(b"a" * (MAX_BYTES + 1_000_000))
    monkeypatch.setattr("sys.stdin", stdin)
    assert "too large" in _reason("-")
    assert stdin.buffer.tell() <= MAX_BYTES + 100_000


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (LETTER.encode(), "text"),
        ("---\ntitle: 제목\n---\n\n가온로봇".encode(), "markdown"),
        (b"# Title\n\n- **Foo** raised $5M", "markdown"),
        (b"<!DOCTYPE html><html><body><p>Foo raised $5M</p></body></html>", "html"),
        (b"<div>Foo raised $5M</div>", "html"),
        (b"From: A <a@b.c>\nSubject: s\nDate: Fri, 2 Oct 2026 08:00:00 +0900\n\nFoo", "mail"),
        (b"Received: from x\nFrom: a@b.c\n\nFoo", "mail"),
        (
            b"<?xml version='1.0'?><rss><channel><item><title>Foo</title></item></channel></rss>",
            "feed",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>가온</title></entry></feed>".encode(),
            "feed",
        ),
        (b"From: the desk of the editor\n\nFoo raised $5M", "text"),
    ],
)
def test_stdin_tells_its_kind(monkeypatch: pytest.MonkeyPatch, data: bytes, media: str) -> None:
    monkeypatch.setattr("sys.stdin", _Stdin(data))
    (issue,) = read_source("-")
    assert issue.media == media
    assert issue.source == "stdin"


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "버려지는 열"\ndate: 2026-10-09 08:00\nnewsletter: 시들링\n---\n\n# 본문\n글.\n'
    )
    (issue,) = read_source(str(path))
    assert (issue.title, issue.newsletter, issue.issued_on) == (
        "버려지는 열",
        "시들링",
        date(2026, 10, 9),
    )
    assert issue.text == "# 본문\n글."


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(
            st.sampled_from(
                ["<p>", "</p>", "<table>", "<td>", "<tr>", "<li>", "<b>", "</b>", "<!--", "<a href='", "30억원", "<script>",
                 "\n", "From: a\n", "Content-Type: multipart/mixed; boundary=x\n", "--x\n", "<rss>", "<item>", "<title>",
                 "&amp;", "&", "| a | b |", "# ", "- ", "```", "---\n", "=?utf-8?b?", "\x1b[31m", "\u200b"]
            ),
            max_size=40,
        ).map(lambda parts: "".join(parts).encode()),
    ),
    suffix=st.sampled_from([".txt", ".md", ".html", ".eml", ".xml", ""]),
)  # fmt: skip
def test_any_bytes_give_an_issue_or_our_error(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    issues: list[Issue] = []
    reason = ""
    try:
        issues = list(read_source(str(path)))
    except UnreadableSource as error:
        reason = error.reason
    assert bool(issues) != bool(reason)
    assert "\n" not in reason
    for issue in issues:
        assert any(char.isalnum() for char in issue.text)
        assert not set(issue.text) & set("\x1b\x00\x07\x9b\u200b\u202e\r")
        issue.text.encode("utf-8")

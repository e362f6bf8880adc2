"""Any bytes at all, as a mail, a page or a feed: an issue, or one of our errors."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.records import Issue
from tracker.sources import read_data

MAIL = [
    "From: 월요레터 <a@b.c>\n", "Subject: =?euc-kr?B?", "Subject: =?utf-8?q?=EA=B0", "?=\n", "Date: Tue, 17 Nov 2026 08:00\n",
    "Date: ", "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: multipart/alternative; boundary=b\n",
    "Content-Type: message/rfc822\n", "Content-Type: text/html; charset=", "Content-Type: text/plain; charset=iso-2022-kr\n",
    "Content-Type: text/plain; format=flowed; charset*=utf-8''%ea\n", "euc-kr\n", "utf-7\n", "hex\n", "\x1b$)C", "\x0e", "\x0f",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: uuencode\n",
    "begin 644 a\n", "--b\n", "--b--\n", "\n\n", "\n", " \n", "=\n", "=EA=B0=80", "6rCA7Jio", "> ", "From a@b Tue Nov 17 08:00:00 2026\n",
    "---------- Forwarded message ---------\n", "-----Original Message-----\n", "보낸사람: a\n", "제목: b\n", "From: c\nSent: d\nSubject: e\n",
]  # fmt: skip
PAGE = [
    "<p>", "</p>", "<table role=presentation>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<ul>", "<ol start=99999>",
    "<li>", "</ul>", "<b style='font-weight:700;", "'>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style", ">",
    "<div style=display:none>", "<pre>", "<h1>", "</h2>", "<meta charset=", "<title>", "<br>", "<hr/>", "<a href=\"", "&nbsp;", "&#x110000;",
    "&#0;", "&lt", "<", "30억원", "가온로봇이 ", "\ufeff", "\u202e", "\x00", "\x9b31m", "<svg><![", "<?xml version='1.0' encoding='", "'?>",
]  # fmt: skip
FEED = [
    "<rss>", "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>",
    "<title type='html'>", "<title>", "</title>", "<guid>", "<link href='", "'/>", "<content type='xhtml'>", "<content type='base64'>",
    "<pubDate>", "</pubDate>", "<updated>9999-99-99", "<![CDATA[", "]]>", "&amp;", "&", "&x;", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>",
    '{"version": "https://jsonfeed.org/version/1", "items": [', '{"id": 1, "tags": [', '"content_html": "<p>', '"', "]", "}", ",", "가온",
]  # fmt: skip


def _built(*vocabularies: list[str]) -> st.SearchStrategy[bytes]:
    pieces = st.sampled_from([piece for words in vocabularies for piece in words])
    noise = st.one_of(
        st.text(max_size=12), st.binary(max_size=8).map(lambda b: b.decode("latin-1"))
    )
    texts = st.lists(st.one_of(pieces, pieces, pieces, noise), max_size=60).map("".join)
    charsets = st.sampled_from(["utf-8", "utf-8", "cp949", "latin-1", "utf-16"])
    return st.builds(lambda text, charset: text.encode(charset, "replace"), texts, charsets)


INPUTS = st.one_of(
    st.tuples(st.just("a.eml"), _built(MAIL, PAGE)),
    st.tuples(st.just("a.eml"), _built(MAIL)),
    st.tuples(st.just("a.html"), _built(PAGE)),
    st.tuples(st.just("a.xml"), _built(FEED, PAGE)),
    st.tuples(st.sampled_from(["a.eml", "a.html", "a.xml", "a", "a.md"]), st.binary(max_size=400)),
)
_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def _read(letter: tuple[str, bytes]) -> None:
    name, data = letter
    issues: list[Issue] = []
    reason = ""
    try:
        issues = list(read_data(data, name, "x"))
    except TrackerError as error:
        reason = str(error)
    assert bool(issues) != bool(reason)
    assert "\n" not in reason
    for issue in issues:
        assert any(char.isalnum() for char in issue.text)
        for text in (issue.text, issue.title or "", issue.newsletter or ""):
            assert not set(text) & set("\x1b\x00\x07\x9b\u200b\u202e\r")
            text.encode("utf-8")


@settings(max_examples=200, deadline=None, suppress_health_check=_CHECKS)
@given(letter=INPUTS)
def test_some_letters(letter: tuple[str, bytes]) -> None:
    _read(letter)


@pytest.mark.long
@settings(max_examples=20_000, deadline=None, suppress_health_check=_CHECKS, database=None)
@given(letter=INPUTS)
def test_20_000_letters(letter: tuple[str, bytes]) -> None:
    _read(letter)

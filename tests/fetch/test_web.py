"""Feeds and pages as sources, against a real server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from web_server import Reply, Web, running

from tracker.errors import BadValue, FetchFailed
from tracker.fetch import Fetched, FetchProblem, issues_in, load_options, open_fetcher

pytestmark = pytest.mark.xdist_group("web")
OPTIONS = load_options({}, backoff=0.01, timeout=5.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with running() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    server.forget()
    return server


def fetch(
    url: str, state: dict[str, Any] | None = None, **how: Any
) -> tuple[list[Any], dict[str, Any]]:
    """What a source hands out, and its state afterwards, by way of JSON as a store keeps it."""
    kind = how.pop("kind", None)
    options = load_options({}, backoff=0.01, timeout=5.0, **how)
    fetcher = open_fetcher(url, kind=kind, options=options)
    return list(fetcher.fetch(state or {})), json.loads(json.dumps(fetcher.state()))


def rss(*items: str, title: str = "월요레터") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, *, guid: str = "", link: str = "", more: str = "") -> str:
    return (
        f"<item><title>가온{number}, 30억원 유치</title>"
        + (f"<guid>{guid}</guid>" if guid else "")
        + (f"<link>{link}</link>" if link else "")
        + f"<pubDate>Wed, {number:02} Nov 2026 00:30:00 +0900</pubDate>"
        + f"<description><![CDATA[<p>가온{number}이 <b>30억원</b>을 유치했다. {more}</p>]]></description>"
        + "</item>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>월요레터</title><updated>2026-11-18T09:00:00+09:00</updated>
<entry><id>tag:a,1</id><title type="html">가온&lt;b&gt;로봇&lt;/b&gt;</title><link rel="alternate" href="/1"/>
<published>2026-11-18T00:30:00+09:00</published>
<content type="html">&lt;p&gt;가온이 30억원을 유치했다.&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "월요레터",
    "items": [
        {
            "id": 1,
            "url": "/1",
            "title": "가온로봇",
            "content_html": "<p>가온이 30억원을 유치했다.</p>",
            "date_published": "2026-11-18T00:30:00+09:00",
        }
    ],
}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss(item(18, guid="1", link="/1").replace("가온18", "가온")), "application/rss+xml"),
        (ATOM.encode(), "application/atom+xml"),
        (json.dumps(JSON_FEED).encode(), "application/feed+json"),
        (json.dumps(JSON_FEED).encode(), "application/json"),
    ],
    ids=["rss", "atom", "json", "json, told as any"],
)
def test_every_kind_of_feed(web: Web, body: bytes, kind: str) -> None:
    url = web.serve(
        "/feed",
        Reply(gzip.compress(body), headers={"Content-Type": kind, "Content-Encoding": "gzip"}),
    )
    (one,), _ = fetch(url)
    assert isinstance(one, Fetched)
    assert (one.source, one.newsletter, one.published_on) == (
        f"{web.address}/1",
        "월요레터",
        date(2026, 11, 18),
    )
    (issue,) = issues_in(one)
    assert "가온이 30억원을 유치했다." in issue.text
    assert (issue.newsletter, issue.issued_on) == ("월요레터", date(2026, 11, 18))


def test_entries_come_once_oldest_first(web: Web) -> None:
    url = web.serve("/feed", Reply(rss(item(2, guid="b"), item(1, guid="a"))))
    found, state = fetch(url)
    assert [next(issues_in(one)).issued_on for one in found] == [
        date(2026, 11, 1),
        date(2026, 11, 2),
    ]
    assert fetch(url, state)[0] == []
    web.serve("/feed", Reply(rss(item(3, guid="c"), item(2, guid="b"), item(1, guid="a"))))
    found, state = fetch(url, state)
    assert [one.published_on for one in found] == [date(2026, 11, 3)]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (item(1, guid="a", link="/x"), item(1, guid="a", link="/y", more="고침"), True),
        (item(1, guid="a", link="/x"), item(1, guid="b", link="/x"), False),
        (item(1, link="/x"), item(2, link="/x"), True),
        (item(1, link="/x"), item(1, link="/y"), False),
        (item(1), item(1, more="고침"), True),
        (item(1), item(2), False),
    ],
)
def test_identity_is_guid_then_link_then_title_and_date(
    web: Web, before: str, after: str, same: bool
) -> None:
    url = web.serve("/feed", Reply(rss(before)))
    _, state = fetch(url)
    web.serve("/feed", Reply(rss(after)))
    assert len(fetch(url, state)[0]) == (not same)


def test_unchanged_feeds_are_not_sent_again(web: Web) -> None:
    reply = Reply(rss(item(1)), headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    url = web.serve("/feed", reply)
    _, state = fetch(url)
    assert fetch(url, state) == ([], state)
    asked = web.requests("/feed")[1]["headers"]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "yesterday")


def test_a_caller_that_goes_away_gets_the_rest_next_time(web: Web) -> None:
    url = web.serve("/feed", Reply(rss(item(2), item(1)), headers={"ETag": '"1"'}))
    fetcher = open_fetcher(url, options=OPTIONS)
    entries = fetcher.fetch({})
    first = next(entries)
    state = fetcher.state()
    entries.close()  # type: ignore[attr-defined]
    rest, state = fetch(url, state)
    assert isinstance(first, Fetched) and [one.published_on for one in rest] == [date(2026, 11, 2)]
    assert fetch(url, state)[0] == []


def test_a_feed_that_moved(web: Web) -> None:
    url = web.serve("/old", Reply(status=301, headers={"Location": "/new"}))
    web.serve("/new", Reply(rss(item(1)), headers={"ETag": '"1"'}))
    _, state = fetch(url)
    assert state["moved_to"] == f"{web.address}/new"
    assert fetch(url, state) == ([], state)
    assert len(web.requests("/old")) == 1
    # The new place is gone: back to the one that was given.
    web.serve("/new", Reply(status=404))
    web.serve("/old", Reply(rss(item(2), item(1))))
    found, state = fetch(url, state)
    assert len(found) == 1 and "moved_to" not in state


def test_a_feed_that_is_gone(web: Web) -> None:
    url = web.serve("/feed", Reply(status=410))
    with pytest.raises(FetchFailed, match="gone for good") as caught:
        fetch(url)
    assert caught.value.gone


def test_teasers_are_fetched_as_pages_when_asked(web: Web) -> None:
    full = "<html><body><p>가온이 30억원을 유치했고, 나래도 20억원을 유치했다.</p></body></html>"
    url = web.serve(
        "/feed",
        Reply(rss(item(3, link="/3", more="긴 글 " * 200), item(2, link="/2"), item(1, link="/1"))),
    )
    web.serve(
        "/1", Reply(full.encode("euc-kr"), headers={"Content-Type": "text/html; charset=euc-kr"})
    )
    found, _ = fetch(url)
    assert len(found) == 3 and not web.requests("/1")
    found, _ = fetch(url, full_pages=True)
    page, problem, teaser, long = found
    assert "나래" in next(issues_in(page)).text and page.published_on == date(2026, 11, 1)
    assert isinstance(problem, FetchProblem) and "404" in problem.reason
    assert isinstance(teaser, Fetched) and problem.key == teaser.key
    assert long.name == "entry.xml" and not web.requests("/3")


def test_links_to_elsewhere_are_not_followed(web: Web) -> None:
    web.serve("/secret", Reply(b"secret"))
    inside = f"http://localhost:{web.port}/secret"
    for link in ("javascript:alert(1)", "file:///etc/passwd", "http://u:p@127.0.0.1/", inside):
        url = web.serve("/feed", Reply(rss(item(1, link=link))))
        found, _ = fetch(url, full_pages=True)
        assert next(one for one in found if isinstance(one, Fetched)).name == "entry.xml"
    assert web.requests("/secret") == []


def test_nothing_that_a_letter_names_is_fetched(web: Web) -> None:
    hit = f"{web.address}/hit"
    page = (
        f"<html><head><link rel=stylesheet href={hit}><script src={hit}></script></head><body>"
        f"<img src={hit} width=1 height=1><iframe src={hit}></iframe><p>가온, 30억원 유치</p>"
        f"<object data={hit}></object><a href={hit}>더 보기</a></body></html>"
    )
    url = web.serve("/page", Reply(page.encode()))
    web.serve("/feed", Reply(rss(item(1, link=hit, more=page))))
    for address in (url, f"{web.address}/feed"):
        for one in fetch(address)[0]:
            assert "가온" in next(issues_in(one)).text
    assert web.requests("/hit") == []


PAGE = "<html><head><title>3호</title></head><body><p>가온이 30억원을 유치했다.</p></body></html>"


def test_a_page_comes_when_it_has_changed(web: Web) -> None:
    url = web.serve("/page", Reply(PAGE.encode(), headers={"Content-Type": "text/html"}))
    (one,), state = fetch(url)
    assert (one.name, one.source, one.key) == ("page.html", url, url)
    assert next(issues_in(one)).title == "3호"
    assert fetch(url, state)[0] == []
    web.serve("/page", Reply(PAGE.replace("3호", "4호").encode()))
    (one,), _ = fetch(url, state)
    assert next(issues_in(one)).title == "4호"


@pytest.mark.parametrize("charset", ["euc-kr", "utf-8", "utf-16", "nonsense"])
def test_the_charset_that_the_server_tells(web: Web, charset: str) -> None:
    body = PAGE.encode("utf-8" if charset == "nonsense" else charset)
    headers = {"Content-Type": f"text/html; charset={charset}"}
    (one,), _ = fetch(web.serve("/page", Reply(body, headers=headers)))
    assert "가온이 30억원" in next(issues_in(one)).text


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/plain", "가온, 30억원 유치"),
        ("text/markdown; charset=utf-8", "# 소식\n\n- **가온**, 30억원 유치"),
    ],
)
def test_pages_that_are_no_html(web: Web, media: str, body: str) -> None:
    (one,), _ = fetch(web.serve("/page", Reply(body.encode(), headers={"Content-Type": media})))
    text = next(issues_in(one)).text
    assert "가온, 30억원 유치" in text and "**" not in text


def test_a_page_given_as_a_feed(web: Web) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    url = web.serve("/page", Reply(f"<html><head>{link}</head></html>".encode()))
    with pytest.raises(FetchFailed, match=f"its feed is {web.address}/rss"):
        fetch(url, kind="feed")
    url = web.serve("/page", Reply(b"<html></html>"))
    with pytest.raises(FetchFailed, match="no RSS or Atom feed"):
        fetch(url, kind="feed")


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("https://me:hunter2@a.example/feed", None, "holds a password"),
        ("https://hunter2@a.example/feed", None, "holds a password"),
        ("https://", None, "no server"),
        ("https://a.example:99999/", None, "cannot be understood"),
        ("https://a.example/", "imap", "no source of kind imap"),
        ("https://a.example/", "gopher", "not a kind of source"),
        ("gopher://a.example/", None, "is not fetched"),
        ("letters", "feed", "not an address"),
    ],
)
def test_bad_addresses(url: str, kind: str | None, said: str) -> None:
    with pytest.raises(BadValue, match=said) as caught:
        open_fetcher(url, kind=kind, options=OPTIONS)
    assert "hunter2" not in str(caught.value)

"""Feed files → issues."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import UnreadableSource
from tracker.sources.feed import parse_feed


def rss(*items: str, head: str = "<title>숫자한줌 31호</title>") -> str:
    return f"<?xml version='1.0' encoding='euc-kr'?><rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>"


def item(
    title: str, body: str, category: str = "", day: str = "Wed, 04 Nov 2026 07:30:00 +0900"
) -> str:
    tag = f"<category>{category}</category>" if category else ""
    return f"<item><title>{title}</title>{tag}<pubDate>{day}</pubDate><description><![CDATA[{body}]]></description></item>"


def test_short_entries_are_one_issue_under_their_categories() -> None:
    feed = rss(
        item("가온, 30억", "<p>가온이 <b>30억원</b>을 유치했다.</p><p>끝.</p>", "로봇"),
        item("나래", "나래 소식", "바이오"),
    )
    (issue,) = parse_feed(feed, "x")
    assert issue.text == (
        "# 숫자한줌 31호\n\n## 로봇\n\n### 가온, 30억\n가온이 30억원을 유치했다.\n끝.\n\n## 바이오\n\n### 나래\n나래 소식"
    )
    assert (issue.title, issue.issued_on, issue.media) == (
        "숫자한줌 31호",
        date(2026, 11, 4),
        "feed",
    )


def test_entries_that_are_letters_are_issues_of_their_own() -> None:
    letter = "<h2>투자</h2><ul><li>a</li><li>b</li></ul><h2>행사</h2><p>c</p>"
    issues = list(
        parse_feed(rss(item("41호", letter), item("40호", letter, day="2026-10-28T07:00:00Z")), "x")
    )
    assert [issue.title for issue in issues] == ["41호", "40호"]
    assert issues[1].issued_on == date(2026, 10, 28)
    assert issues[0].text.startswith("# 41호\n\n## 투자\n\n• a")
    assert len({issue.source for issue in issues}) == 2


def test_atom_with_xhtml_content() -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><updated>2026-11-01T00:00:00Z</updated>"
        "<entry><title type='html'>Foo &lt;b&gt;raises&lt;/b&gt;</title><content type='xhtml'><div><p>Foo &amp; co</p><p>$5M</p></div></content></entry></feed>"
    )
    (issue,) = parse_feed(feed, "x")
    assert issue.text == "# F\n\n## Foo raises\nFoo & co\n$5M"
    assert issue.issued_on == date(2026, 11, 1)


def test_loose_entities_are_forgiven() -> None:
    (issue,) = parse_feed(rss("<item><title>A&nbsp;&hellip; B & C &unknown; D</title></item>"), "x")
    assert "A … B & C" in issue.text


def test_damaged_feed_keeps_its_whole_entries(caplog: pytest.LogCaptureFixture) -> None:
    (issue,) = parse_feed(
        rss(item("가온", "글")).replace("</channel></rss>", "<item><title>잘린"), "x"
    )
    assert "가온" in issue.text
    assert "damaged" in caplog.text


def test_entity_bombs_are_refused() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    with pytest.raises(UnreadableSource, match="entity"):
        list(parse_feed(bomb, "x"))


def test_external_entities_are_refused() -> None:
    attack = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    with pytest.raises(UnreadableSource, match="entity"):
        list(parse_feed(attack, "x"))


def test_deep_nesting() -> None:
    with pytest.raises(UnreadableSource):
        list(parse_feed("<rss>" + "<a>" * 50_000, "x"))

"""One letter in every form it arrives in: mail of both kinds, feed entry, page of an archive.

In: the HTML of a letter's body. Out: bytes as a mail server, a feed or a web site gives them,
each with what such a place puts around a letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape


@dataclass(frozen=True)
class Letter:
    """A letter before it is sent."""

    title: str
    newsletter: str
    sent: datetime
    body: str
    """HTML."""
    plain: str = ""


def _links(letter: Letter, reader: str) -> str:
    return (
        f'<div style="font-size:11px"><a href="https://t.invalid/v/{reader}">웹에서 보기</a></div>'
        f"{letter.body}"
        f'<img src="https://t.invalid/o/{reader}.gif" width="1" height="1">'
        f"<hr><p>이 메일은 {reader}@example.invalid 님께 보내 드렸습니다. "
        f'<a href="https://t.invalid/u/{reader}">수신거부</a> | Unsubscribe</p>'
        f"<p>{escape(letter.newsletter)} · 서울시 성동구 편지로 12</p>"
    )


def mail(letter: Letter, *, reader: str = "7fa1c93e", html_only: bool = False) -> bytes:
    """A mail, with a plain version of itself or without."""
    message = EmailMessage()
    message["From"] = f"{letter.newsletter} <letter@example.invalid>"
    message["To"] = f"{reader}@example.invalid"
    message["Subject"] = letter.title
    message["Date"] = format_datetime(letter.sent)
    message["Message-ID"] = f"<{reader}.{letter.sent:%Y%m%d}@example.invalid>"
    html = f"<html><body>{_links(letter, reader)}</body></html>"
    if html_only:
        message.set_content(html, subtype="html", cte="base64")
    else:
        message.set_content(letter.plain or "웹에서 보세요: https://t.invalid/v/" + reader)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def entry(letter: Letter, number: int = 1) -> str:
    """An item of an RSS feed with the whole letter."""
    return (
        f"<item><title>{escape(letter.title)}</title>"
        f"<link>https://letters.invalid/p/{number}?utm_source=rss</link>"
        f'<guid isPermaLink="false">letter-{number}</guid>'
        f"<pubDate>{format_datetime(letter.sent.astimezone(UTC))}</pubDate>"
        f"<content:encoded><![CDATA[{letter.body}]]></content:encoded></item>"
    )


def feed(*letters: Letter) -> bytes:
    """An RSS feed of letters, the newest first."""
    name = escape(letters[0].newsletter)
    entries = "".join(entry(letter, number) for number, letter in enumerate(letters, start=1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{name}</title><link>https://letters.invalid/</link>"
        f"<description>{name}</description>{entries}</channel></rss>"
    ).encode()


def page(letter: Letter) -> bytes:
    """A page of the newsletter's archive, with the site around the letter."""
    name = escape(letter.newsletter)
    others = "".join(
        f'<li><a href="/p/{n}">지난 편지 {n}호: {topic}</a></li>'
        for n, topic in ((3, "봄에 뿌린 씨앗"), (2, "항구의 창업자들"), (1, "처음 인사드립니다"))
    )
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{escape(letter.title)} | {name}"
        f"</title><meta property='og:site_name' content='{name}'>"
        f"<meta property='article:published_time' content='{letter.sent.isoformat()}'></head><body>"
        "<header><nav><ul><li><a href='/'>홈</a></li><li><a href='/archive'>지난 호</a></li>"
        "<li><a href='/about'>소개</a></li><li><a href='/login'>로그인</a></li></ul></nav></header>"
        f"<main><article>{letter.body}</article></main>"
        f"<aside><h3>다른 편지도 읽어 보세요</h3><ul>{others}</ul></aside>"
        "<form><input name='email'><button>구독하기</button></form>"
        f"<footer><p>© {name}. 모든 권리 보유.</p><a href='/terms'>이용약관</a>"
        "<a href='/privacy'>개인정보처리방침</a></footer></body></html>"
    ).encode()


def html_of(text: str) -> str:
    """An issue's lines as a mailer's HTML: headings, lists, tables, paragraphs."""
    parts: list[str] = []
    opened = ""

    def switch(kind: str) -> None:
        nonlocal opened
        if opened != kind:
            if opened:
                parts.append(f"</{opened}>")
            if kind:
                parts.append(f"<{kind}>")
            opened = kind

    for line in text.split("\n"):
        said = line.strip()
        if not said:
            switch("")
        elif said.startswith("#"):
            switch("")
            level = min(len(said) - len(said.lstrip("#")), 6)
            parts.append(f"<h{level}>{escape(said.lstrip('# '))}</h{level}>")
        elif said.startswith("• "):
            switch("ul")
            parts.append(f"<li>{escape(said[2:])}</li>")
        elif " | " in said:
            switch("table")
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in said.split(" | "))
            parts.append(f"<tr>{cells}</tr>")
        else:
            switch("")
            parts.append(f"<p>{escape(said)}</p>")
    switch("")
    return "\n".join(parts)

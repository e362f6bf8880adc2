"""Mails → issues."""

from __future__ import annotations

import email.message
import email.policy
from datetime import date

import pytest

from tracker.errors import UnreadableSource
from tracker.sources.mail import parse_mail

HTML = "<html><body><h2>투자 소식</h2><ul><li>가온로봇, 30억원 유치</li></ul></body></html>"


def mail(*parts: tuple[str, str], charset: str = "utf-8", cte: str = "quoted-printable") -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = "석간 벤처 <evening@example.invalid>"
    message["Subject"] = (
        "[석간 벤처] 물 위의 발전소에 모인 300억원과 그 밖의 길고 긴 소식들을 전합니다"
    )
    message["Date"] = "Tue, 17 Nov 2026 00:40:00 +0900"
    for number, (subtype, text) in enumerate(parts):
        add = message.add_alternative if number else message.set_content
        add(text, subtype=subtype, charset=charset, cte=cte)
    return message.as_bytes()


def test_metadata_and_html_only() -> None:
    issue = parse_mail(mail(("html", HTML)), "x")
    assert issue.text == "## 투자 소식\n• 가온로봇, 30억원 유치"
    assert (
        issue.title
        == "[석간 벤처] 물 위의 발전소에 모인 300억원과 그 밖의 길고 긴 소식들을 전합니다"
    )
    assert (issue.newsletter, issue.issued_on, issue.media) == (
        "석간 벤처",
        date(2026, 11, 17),
        "mail",
    )


@pytest.mark.parametrize(
    ("charset", "cte"),
    [("utf-8", "base64"), ("euc-kr", "base64"), ("euc-kr", "quoted-printable"), ("utf-8", "8bit")],
)
def test_transfer_encodings(charset: str, cte: str) -> None:
    assert (
        "가온로봇"
        in parse_mail(mail(("plain", "가온로봇 소식"), charset=charset, cte=cte), "x").text
    )


def test_the_richer_alternative_is_read() -> None:
    long = "가온로봇이 30억원을 유치했다. " * 20
    shell = "<p>메일이 보이지 않으면 누르세요</p>"
    assert "누르세요" not in parse_mail(mail(("plain", long), ("html", shell)), "x").text
    assert parse_mail(mail(("plain", "보기"), ("html", HTML)), "x").text.startswith("## 투자")


def test_attachments_are_no_text() -> None:
    message = email.message.EmailMessage()
    message.set_content("letter 가온")
    message.add_attachment("비밀", filename="a.txt")
    assert parse_mail(message.as_bytes(), "x").text == "letter 가온"


def test_forwarded_mail_is_read() -> None:
    inner = email.message_from_bytes(mail(("html", HTML)), policy=email.policy.default)
    outer = email.message.EmailMessage()
    outer["Subject"] = "Fwd"
    outer.add_attachment(inner)
    assert "가온로봇" in parse_mail(outer.as_bytes(), "x").text


def test_raw_korean_headers() -> None:
    data = "From: 판교통신 <a@b.c>\nSubject: 제208호\nContent-Type: text/plain; charset=euc-kr\n\n가온로봇".encode(
        "cp949"
    )
    issue = parse_mail(data, "x")
    assert (issue.newsletter, issue.title, issue.text) == ("판교통신", "제208호", "가온로봇")


@pytest.mark.parametrize(
    "name", ["no-reply@b.c", "Newsletter <a@b.c>", "noreply <a@b.c>", "<a@b.c>", "a@b.c <a@b.c>"]
)
def test_mailboxes_are_no_newsletters(name: str) -> None:
    assert parse_mail(f"From: {name}\n\nhi".encode(), "x").newsletter is None


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "Tue, 99 Foo 2026", "Fri, 30 Feb 2026 00:00:00 +0900", "=?utf-8?b?!!!?="],
)
def test_damaged_headers_do_no_harm(value: str) -> None:
    issue = parse_mail(f"Date: {value}\nSubject: {value}\nFrom: {value}\n\nhi".encode(), "x")
    assert issue.issued_on is None


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
        ),
        b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\n\n",
        b"Content-Type: text/plain; " + b"a=b; " * 20_000 + b"\n\n",
        b"Content-Type: message/rfc822\n\n" * 2000,
    ],
)
def test_hostile_mails(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        parse_mail(data, "x")

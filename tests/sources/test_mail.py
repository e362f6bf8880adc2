"""Mails → issues."""

from __future__ import annotations

import email.message
import email.policy
from datetime import date

import pytest

from tracker.errors import UnreadableSource
from tracker.records import Issue
from tracker.sources.mail import parse_mail


def read(data: bytes, source: str) -> Issue:
    """The one letter of a mail."""
    (issue,) = parse_mail(data, source)
    return issue


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
    issue = read(mail(("html", HTML)), "x")
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
    [
        ("utf-8", "base64"),
        ("utf-8", "quoted-printable"),
        ("utf-8", "8bit"),
        ("euc-kr", "base64"),
        ("euc-kr", "quoted-printable"),
        ("euc-kr", "8bit"),
        ("cp949", "base64"),
        ("cp949", "quoted-printable"),
        ("iso-2022-kr", "7bit"),
        ("iso-2022-kr", "base64"),
    ],
)
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_charsets_and_transfer_encodings(charset: str, cte: str, subtype: str) -> None:
    text = "가온로봇이 30억원을 유치했다. " * 20
    body = text if subtype == "plain" else f"<p>{text}</p>"
    assert read(mail((subtype, body), charset=charset, cte=cte), "x").text == text.strip()


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ('text/plain; charset="ks_c_5601-1987"', "똠방각하, 뷁".encode("cp949")),
        ("text/plain; charset=euc-kr", "똠방각하, 뷁".encode("cp949")),
        ("text/plain; charset=euc-kr", "똠방각하, 뷁".encode()),
        ("text/plain; charset=unknown-8bit", "똠방각하, 뷁".encode("cp949")),
        ("text/plain", "똠방각하, 뷁".encode()),
        ("text/plain; charset=us-ascii", "똠방각하, 뷁".encode()),
        ("text/html; charset=utf-8", "<meta charset=euc-kr><p>똠방각하, 뷁</p>".encode()),
    ],
)
def test_charsets_that_mailers_get_wrong(declared: str, body: bytes) -> None:
    data = f"Subject: s\nContent-Type: {declared}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    assert read(data + body, "x").text == "똠방각하, 뷁"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", "6rCA7Jio66Gc67SH7J20IDMw7Ja17JuQ"),
        ("base64", "6rCA7Jio66Gc\n67SH7J20ID Mw7Ja17JuQ"),
        (
            "quoted-printable",
            "=EA=B0=\n=80=EC=98=A8=EB=A1=9C=EB=B4=87=EC=9D=B4 30=EC=96=B5=EC=9B=90",
        ),
        ("quoted-printable", "=ea=b0=80=ec=98=a8=eb=a1=9c=eb=b4=87=ec=9d=b4 30=ec=96=b5=ec=9b=90="),
        ("QUOTED-PRINTABLE ", "=EA=B0=80=EC=98=A8=EB=A1=9C=EB=B4=87=EC=9D=B4 30=EC=96=B5=EC=9B=90"),
        ("x-unknown", "가온로봇이 30억원"),
    ],
)
def test_transfer_encodings_as_mailers_write_them(encoding: str, body: str) -> None:
    data = f"Subject: s\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    assert read(data.encode(), "x").text == "가온로봇이 30억원"


def test_an_encoding_that_breaks_off_gives_no_letter() -> None:
    data = b"Subject: s\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!!"
    with pytest.raises(UnreadableSource):
        list(parse_mail(data, "x"))


def test_the_richer_alternative_is_read() -> None:
    long = "가온로봇이 30억원을 유치했다. " * 20
    shell = "<p>메일이 보이지 않으면 누르세요</p>"
    assert "누르세요" not in read(mail(("plain", long), ("html", shell)), "x").text
    assert read(mail(("plain", "보기"), ("html", HTML)), "x").text.startswith("## 투자")


def test_attachments_are_no_text() -> None:
    message = email.message.EmailMessage()
    message.set_content("letter 가온")
    message.add_attachment("비밀", filename="a.txt")
    assert read(message.as_bytes(), "x").text == "letter 가온"


def attached(
    *inner: bytes, covering: str = "", day: str = "Fri, 20 Nov 2026 09:00:00 +0900"
) -> bytes:
    """A mail with mails in it."""
    outer = email.message.EmailMessage()
    outer["Subject"] = "Fwd: 보세요"
    outer["From"] = "김 대리 <kim@example.invalid>"
    outer["Date"] = day
    if covering:
        outer.set_content(covering)
    for one in inner:
        outer.add_attachment(email.message_from_bytes(one, policy=email.policy.default))
    return outer.as_bytes()


@pytest.mark.parametrize("covering", ["", "팀장님, 어제 그 레터입니다."])
def test_an_attached_mail_is_the_letter(covering: str) -> None:
    letter = mail(("html", HTML * 10))
    issue = read(attached(letter, covering=covering), "x")
    assert issue == read(letter, "x")
    # Sent on twice.
    assert read(attached(attached(letter), covering=covering), "x") == issue


def test_several_attached_mails_are_several_letters() -> None:
    first, second = mail(("html", HTML)), mail(("plain", "나래바이오, 20억원 유치"))
    issues = list(parse_mail(attached(first, second), "x"))
    assert [issue.source for issue in issues] == ["x#1", "x#2"]
    assert [issue.issued_on for issue in issues] == [date(2026, 11, 17)] * 2
    assert "나래바이오" in issues[1].text


def test_a_mail_with_more_to_say_than_what_it_holds_comes_too() -> None:
    letter = mail(("plain", "나래바이오, 20억원 유치"))
    issues = list(parse_mail(attached(letter, covering="가온로봇이 30억원을 유치했다. " * 9), "x"))
    assert len(issues) == 2 and "가온로봇" in issues[0].text


def test_raw_korean_headers() -> None:
    data = "From: 판교통신 <a@b.c>\nSubject: 제208호\nContent-Type: text/plain; charset=euc-kr\n\n가온로봇".encode(
        "cp949"
    )
    issue = read(data, "x")
    assert (issue.newsletter, issue.title, issue.text) == ("판교통신", "제208호", "가온로봇")


@pytest.mark.parametrize(
    "name", ["no-reply@b.c", "Newsletter <a@b.c>", "noreply <a@b.c>", "<a@b.c>", "a@b.c <a@b.c>"]
)
def test_mailboxes_are_no_newsletters(name: str) -> None:
    assert read(f"From: {name}\n\nhi".encode(), "x").newsletter is None


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "Tue, 99 Foo 2026", "Fri, 30 Feb 2026 00:00:00 +0900", "=?utf-8?b?!!!?="],
)
def test_damaged_headers_do_no_harm(value: str) -> None:
    issue = read(f"Date: {value}\nSubject: {value}\nFrom: {value}\n\nhi".encode(), "x")
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
        list(parse_mail(data, "x"))

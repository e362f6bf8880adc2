"""Letters that were sent on in the text of a mail."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.sources.forwards import find_forwarded, without_prefix
from tracker.sources.mail import parse_mail

LETTER = "월요레터 12호\n\n가온로봇이 30억원을 유치했다.\n나래바이오가 20억원을 유치했다."

BLOCKS = {
    "Gmail": """---------- Forwarded message ---------
From: 월요레터 <a@b.example>
Date: Tue, Nov 17, 2026 at 8:00 AM
Subject: 돈의 행방 12호
To: <me@c.example>
""",
    "Gmail, Korean": """---------- 전달된 메시지 ---------
보낸사람: 월요레터 <a@b.example>
날짜: 2026년 11월 17일 (화) 오전 8:00
제목: 돈의 행방 12호
받는사람: <me@c.example>
""",
    "Naver": """-----Original Message-----
From: "월요레터"<a@b.example>
To: <me@c.example>;
Cc:
Sent: 2026-11-17 (화) 08:00:00 (GMT+09:00)
Subject: 돈의 행방 12호
""",
    "Daum": """--------- 원본 메일 ---------
보낸사람: 월요레터 <a@b.example>
받는사람 : me@c.example
날짜: 2026년 11월 17일 화요일, 08시 00분 00초 +0900
제목: 돈의 행방 12호
""",
    "Apple": """Begin forwarded message:

> From: 월요레터 <a@b.example>
> Subject: 돈의 행방 12호
> Date: 17 November 2026 at 08:00:00 GMT+9
> To: me@c.example
>
""",
    "Apple, Korean": """전달된 메시지:

보낸 사람: 월요레터 <a@b.example>
제목: 돈의 행방 12호
날짜: 2026년 11월 17일 오전 8:00:00 GMT+9
받는 사람: me@c.example
""",
    "Outlook": """________________________________
From: 월요레터 <a@b.example>
Sent: Tuesday, November 17, 2026 8:00 AM
To: 김 대리 <me@c.example>; 이 과장 <you@c.example>;
    박 부장 <boss@c.example>
Subject: FW: 돈의 행방 12호
""",
    "Outlook, Korean": """보낸 사람: 월요레터 <a@b.example>
보낸 날짜: 2026년 11월 17일 화요일 오전 8:00
받는 사람: me@c.example
제목: RE: 돈의 행방 12호
""",
    "Yahoo": """----- Forwarded Message -----
From: 월요레터 <a@b.example>
To: me@c.example
Sent: Tuesday, 17 November 2026 at 08:00:00 GMT+9
Subject: 돈의 행방 12호
""",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("words", ["", "팀장님, 이 레터 보셨나요?\n\n"], ids=["bare", "with words"])
def test_the_letter_below_counts(block: str, words: str) -> None:
    letter = "\n".join(f"> {line}" for line in LETTER.split("\n")) if "> " in block else LETTER
    found = find_forwarded(f"{words}{block}\n{letter}")
    assert found is not None
    assert (found.text, found.subject, found.sent_on) == (
        LETTER,
        "돈의 행방 12호",
        date(2026, 11, 17),
    )
    assert found.sender and "월요레터" in found.sender


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_forwarded_mail_is_the_letter_itself(block: str) -> None:
    head = "From: 김 대리 <me@c.example>\nSubject: Fwd: 돈의 행방 12호\nDate: Fri, 20 Nov 2026 09:00:00 +0900\n"
    plain = f"{head}Content-Type: text/plain; charset=utf-8\n\n{block}\n{LETTER}\n"
    lines = "<br>".join(line.replace("<", "&lt;") for line in block.split("\n"))
    html = f"{head}Content-Type: text/html; charset=utf-8\n\n<div>{lines}</div><p>{LETTER}</p>"
    for data in (plain, html):
        (issue,) = parse_mail(data.encode(), "x")
        assert (issue.title, issue.newsletter, issue.issued_on) == (
            "돈의 행방 12호",
            "월요레터",
            date(2026, 11, 17),
        )
        assert issue.text.startswith("월요레터 12호")


def test_a_letter_that_was_sent_on_twice() -> None:
    twice = f"보세요\n\n{BLOCKS['Naver']}\n저도 받았어요\n\n{BLOCKS['Gmail']}\n{LETTER}"
    found = find_forwarded(twice)
    assert found is not None and found.text == LETTER


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        f"{LETTER}\n\n보낸 사람: 월요레터\n문의: a@b.example",
        "제목: 30억원\n가온로봇이 유치했다.",
        "From: Seoul\n가온로봇이 30억원을 유치했다.",
        f"---------- Forwarded message ---------\n\n{LETTER}",
        f"{BLOCKS['Gmail']}\n\n",
        ("가온로봇이 30억원을 유치했다.\n" * 400) + BLOCKS["Gmail"] + LETTER,
        "-" * 50_000,
        "From: a\n" * 20_000,
        "> " * 30_000,
    ],
)
def test_what_is_no_forwarded_letter(text: str) -> None:
    assert find_forwarded(text) is None


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Fwd: 12호", "12호"),
        ("FW: RE: Fwd: 12호", "12호"),
        ("[전달] 12호", "12호"),
        ("전달: 12호", "12호"),
        ("Forward Ventures, 12호", "Forward Ventures, 12호"),
        ("Fwd:", None),
        (None, None),
    ],
)
def test_subjects(subject: str | None, bare: str | None) -> None:
    assert without_prefix(subject) == bare

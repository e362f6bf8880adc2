"""Against a real SMTP server: what arrives, and what is refused before anything is sent."""

from __future__ import annotations

import pytest
from receivers import PostOffice, post_office  # noqa: F401 - a fixture

from tracker.delivery.mail import check_address, make_message, make_server, send
from tracker.errors import BadValue, TrackerError


def test_it_arrives(post_office: PostOffice) -> None:  # noqa: F811
    message = make_message(
        "tracker@example.org",
        ["a@example.org", "b@example.org"],
        "새 소식 3",
        "본문 <b>",
        "<p>본문 &lt;b&gt;</p>",
    )
    send(make_server(f"127.0.0.1:{post_office.port}", security="none"), message)
    (mail,) = post_office.mails
    assert mail["X-RcptTo"] == "a@example.org, b@example.org"
    text, page = mail.get_payload()
    assert text.get_payload(decode=True).decode() == "본문 <b>\n"
    assert (page.get_content_type(), page.get_payload(decode=True).decode()) == (
        "text/html",
        "<p>본문 &lt;b&gt;</p>\n",
    )


@pytest.mark.parametrize(
    ("security", "user", "reason"),
    [("starttls", None, "STARTTLS"), ("none", "me", "AUTH"), ("tls", None, "SSL|EOF|record|wrong")],
)
def test_what_the_server_cannot_do(
    post_office: PostOffice,  # noqa: F811
    security: str,
    user: str | None,
    reason: str,
) -> None:
    server = make_server(f"127.0.0.1:{post_office.port}", user, "hunter2", security)
    message = make_message("tracker@example.org", ["a@example.org"], "x", "x", "<p>x</p>")
    with pytest.raises(TrackerError, match=reason) as failed:
        send(server, message)
    assert post_office.mails == []
    assert "hunter2" not in str(failed.value) + repr(server)


def test_nobody_there() -> None:
    message = make_message("tracker@example.org", ["a@example.org"], "x", "x", "<p>x</p>")
    with pytest.raises(TrackerError, match=r"127\.0\.0\.1"):
        send(make_server("127.0.0.1:1", security="none"), message)


@pytest.mark.parametrize(
    ("where", "port", "security"),
    [
        ("mail.example", 587, "starttls"),
        ("mail.example:465", 465, "tls"),
        ("localhost:25", 25, "none"),
    ],
)
def test_servers(where: str, port: int, security: str) -> None:
    server = make_server(where)
    assert (server.port, server.security) == (port, security)


def test_refused_before_sending() -> None:
    for wrong in ("", ":25", "host:", "host:99999", "host:x"):
        with pytest.raises(BadValue, match="HOST"):
            make_server(wrong)
    with pytest.raises(BadValue, match="for all to read"):
        make_server("mail.example:25", "me", "hunter2")
    with pytest.raises(BadValue, match="choose from"):
        make_server("mail.example", security="maybe")
    for wrong in ("a", "a@b\nBcc: c@d", "a b@c", "<a@b>", "a@b,c@d"):
        with pytest.raises(BadValue, match="not a mail address"):
            check_address("--mail-to", wrong)

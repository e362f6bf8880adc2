"""`tracker watch run` against a real webhook and a real mail server."""

from __future__ import annotations

import pytest
from conftest import Desk
from receivers import PostOffice, Webhook, post_office, webhook  # noqa: F401 - fixtures

from tracker.cli import main


def test_sent_again_until_it_arrives(
    file_desk: Desk,
    webhook: Webhook,  # noqa: F811
    post_office: PostOffice,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TRACKER_DB", file_desk.db)
    monkeypatch.setenv("HOOK", webhook.url)
    assert main(["watch", "add", "all"]) == 0
    file_desk.ingest(
        file_desk.write("n.txt", "새 레터 | 9 | 2026-01-12", "배추앱 | 시드 | 7억원 | 갑")
    )
    webhook.answer(404)
    assert main(["watch", "run", "--webhook", "env:HOOK"]) == 1
    mail = ["--mail-to", "me@example.org", "--mail-from", "tracker@example.org"]
    mail += ["--smtp", f"127.0.0.1:{post_office.port}", "--smtp-security", "none"]
    assert main(["watch", "run", "--webhook", "env:HOOK", *mail]) == 0
    assert main(["watch", "run", "--webhook", "env:HOOK", *mail]) == 0
    assert [code for _, code, _ in webhook.asked] == [404, 200]
    (sent,) = post_office.mails
    text, page = (part.get_payload(decode=True).decode() for part in sent.get_payload())
    assert "배추앱: 7억원 · Seed · 갑" in text
    assert "<strong>배추앱</strong>" in page
    assert "geheim" not in capsys.readouterr().err

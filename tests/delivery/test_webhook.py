"""Against a real server: what arrives, when it is tried again, and what is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from receivers import Webhook, webhook  # noqa: F401 - a fixture

from tracker.delivery.secrets import read_secret
from tracker.delivery.webhook import TRIES, post, shown, webhook_address
from tracker.errors import BadValue, TrackerError

MESSAGE = {"text": "새 소식 & <b>", "blocks": []}


def test_it_arrives(webhook: Webhook) -> None:  # noqa: F811
    post(webhook.url, MESSAGE)
    assert webhook.asked == [("/services/T0/geheim", 200, MESSAGE)]


def test_again_while_the_other_side_is_busy(webhook: Webhook) -> None:  # noqa: F811
    webhook.answer(503, 429, 500)
    pauses: list[float] = []
    post(webhook.url, MESSAGE, pause=pauses.append)
    assert [code for _, code, _ in webhook.asked] == [503, 429, 500, 200]
    assert pauses == [2.0, 3.0, 8.0]


@pytest.mark.parametrize(
    ("codes", "asked", "reason"),
    [
        ((404,), 1, "answered 404"),
        ((302,), 1, "answered 302"),
        ((500,) * TRIES, TRIES, "answered 500"),
    ],
)
def test_it_gives_up(webhook: Webhook, codes: tuple[int, ...], asked: int, reason: str) -> None:  # noqa: F811
    webhook.answer(*codes)
    with pytest.raises(TrackerError, match=reason) as failed:
        post(webhook.url, MESSAGE, pause=lambda _: None)
    assert len(webhook.asked) == asked
    assert "geheim" not in str(failed.value)


def test_nobody_there() -> None:
    with pytest.raises(TrackerError, match=r"http://127\.0\.0\.1/….*ConnectError") as failed:
        post("http://127.0.0.1:1/geheim", MESSAGE, pause=lambda _: None)
    assert "geheim" not in str(failed.value)


def test_where_addresses_come_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.example/x")
    (tmp_path / "hook").write_text("https://hooks.example/y\n")
    assert webhook_address("https://hooks.example/z") == "https://hooks.example/z"
    assert webhook_address("env:HOOK") == "https://hooks.example/x"
    assert webhook_address(f"file:{tmp_path / 'hook'}") == "https://hooks.example/y"
    assert shown("https://user:geheim@hooks.example/T0/geheim?x=1") == "https://hooks.example/…"
    for wrong in ("hooks.example", "ftp://x/y", "http://", "file:///etc/passwd\0"):
        with pytest.raises((BadValue, TrackerError, ValueError)):
            webhook_address(wrong)


def test_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMPTY", "")
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for given, reason in (
        ("hunter2", "name a place"),
        ("env:", "name a place"),
        ("env:EMPTY", "not set"),
        ("env:NOT_THERE_AT_ALL", "not set"),
        (f"file:{tmp_path / 'empty'}", "is empty"),
        (f"file:{tmp_path / 'bytes'}", "cannot be read"),
        (f"file:{tmp_path / 'missing'}", "cannot be read"),
    ):
        with pytest.raises(TrackerError, match=reason) as failed:
            read_secret("--smtp-password", given)
        assert "hunter2" not in str(failed.value)

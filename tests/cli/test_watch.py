"""Saved searches from outside: what is new, told once, and only once it has arrived."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import main
from tracker.errors import TrackerError


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Desk) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TRACKER_DB", filled.db)

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return Ran(code, *capsys.readouterr())

    return call


def more(desk: Desk) -> None:
    """A new seed round, and the amount of one that named none."""
    desk.ingest(
        desk.write("n.txt", "새 레터 | 9 | 2026-01-12", "배추<b>앱 | 시드 | 7억원 | 개울벤처스*"),
        desk.write("m.txt", "새 레터 | 10 | 2026-01-13", "당근모터스 | | 30억원 | =cmd*"),
    )


def test_told_once(run: Run, filled: Desk) -> None:
    added = run("watch", "add", "씨앗", "--stage", "seed")
    assert (added.code, added.out) == (0, "")
    assert "finds 1 round today" in added.err
    assert run("watch", "run").err == "tracker: 씨앗: nothing new\n"
    more(filled)
    first = run("watch", "run", "씨앗")
    assert first.code == 0
    assert first.out.splitlines()[0] == "씨앗: 1 new"
    assert "배추" in first.out and "토마토페이" not in first.out
    assert run("watch", "run").out == ""


def test_changes_are_told(run: Run, filled: Desk) -> None:
    run("watch", "add", "all")
    more(filled)
    ran = run("watch", "run", "--as", "text")
    assert "all: 1 new, 1 changed" in ran.out
    assert "    amount: 30억원" in ran.out and "    investors: =cmd" in ran.out
    assert run("watch", "run", "--as", "text").out == ""


def test_from_start_list_and_remove(run: Run) -> None:
    run("watch", "add", "달러", "--currency", "USD", "--min-amount", "$1M", "--from-start")
    assert "Lemonade Labs" in run("watch", "run").out
    (watch,) = json.loads(run("watch", "list", "-f", "json").out)
    assert (watch["name"], watch["filters"]) == ("달러", {"currency": ["USD"], "min_amount": "$1M"})
    assert watch["told_at"] is not None
    assert "--currency USD" in run("watch", "list").out
    assert run("watch", "add", "달러").code == 1
    assert run("watch", "remove", "달러").code == 0
    assert run("watch", "remove", "달러").code == 1
    assert run("watch", "run", "달러").code == 1
    assert "no saved searches yet" in run("watch", "list").err
    assert "no saved searches yet" in run("watch", "run").err


@pytest.mark.parametrize("kind", ["markdown", "html", "text"])
def test_digests_are_harmless(run: Run, filled: Desk, tmp_path: Path, kind: str) -> None:
    run("watch", "add", "all")
    filled.ingest(
        filled.write(
            "x.txt",
            "레터 | 9 | 2026-01-12",
            "나쁜<script>[x]&`회사 | 시드 | 7억원 | *갑*",
        )
    )
    out = tmp_path / "digest.out"
    assert run("watch", "run", "--as", kind, "--out", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert "7억원" in text
    if kind == "html":
        assert "<script>" not in text and "&lt;script&gt;" in text
    if kind == "markdown":
        assert "[x](" not in text and "<script>" not in text.replace("\\<script\\>", "")


def test_webhook(run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr("tracker.delivery.webhook.post", lambda *args: sent.append(args))
    monkeypatch.setenv("HOOK", "https://hooks.example/geheim")
    run("watch", "add", "all")
    run("watch", "run", "--webhook", "env:HOOK")
    assert sent == []
    more(filled)
    ran = run("watch", "run", "--webhook", "env:HOOK")
    assert (ran.code, ran.out) == (0, "")
    assert "geheim" not in ran.err
    ((address, message),) = sent
    assert address == "https://hooks.example/geheim"
    assert str(message["text"]).startswith("all: 1 new, 1 changed")
    blocks = json.dumps(message["blocks"], ensure_ascii=False)
    assert "&lt;b&gt;" in blocks and "<b>" not in blocks


def test_only_what_arrived_is_told(run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TrackerError("webhook https://hooks.example/…: not delivered: it answered 500")

    run("watch", "add", "all")
    more(filled)
    monkeypatch.setattr("tracker.delivery.webhook.post", fail)
    ran = run("watch", "run", "--webhook", "https://hooks.example/x")
    assert (ran.code, ran.out) == (1, "")
    assert "not delivered" in ran.err
    again = run("watch", "run")
    assert (again.code, again.out.splitlines()[0]) == (0, "all: 1 new, 1 changed")


def test_wrong_usage(run: Run) -> None:
    run("watch", "add", "all")
    for argv in (
        ("--as", "pdf"),
        ("--webhook", "hooks.example"),
        ("--mail-to", "a@b.example"),
        ("--mail-to", "nobody", "--mail-from", "a@b.example"),
        ("--mail-to", "a@b.example", "--mail-from", "a@b.example", "--smtp", "host:x"),
        ("--mail-to", "a@b.example", "--mail-from", "a@b.example", "--smtp-user", "me", "--smtp-password", "hunter2"),
    ):  # fmt: skip
        ran = run("watch", "run", *argv)
        assert ran.code == 2, argv
        assert "hunter2" not in ran.err
    assert run("watch", "add", "x", "--stage", "nonsense").code == 2
    assert run("watch", "add", "  ").code == 2


def test_new_since_last(run: Run, filled: Desk) -> None:
    assert run("list", "--new-since-last", "mine", "--stage", "seed").out.count("토마토페이") == 1
    ran = run("list", "--new-since-last", "mine", "--stage", "seed")
    assert (ran.code, ran.out, ran.err) == (
        0,
        "",
        "tracker: nothing new since the last time for mine\n",
    )
    more(filled)
    ran = run("list", "--new-since-last", "mine", "-f", "jsonl")
    assert [json.loads(line)["stage"] for line in ran.out.splitlines()] == ["seed"]
    (watch,) = json.loads(run("watch", "list", "-f", "json").out)
    assert watch["filters"] == {"stage": ["seed"]}


def test_a_reader_cannot_note_anything(run: Run) -> None:
    ran = run("--read-only", "list", "--new-since-last", "mine")
    assert (ran.code, "Traceback" in ran.err) == (1, False)

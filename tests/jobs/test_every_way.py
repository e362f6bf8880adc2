"""The same letters by mail, by feed and as a page, from real servers: one issue each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from conftest import Desk, Places, Templates
from dovecot_server import PASSWORD, Dovecot
from dovecot_server import running as dovecot_running
from forms import Letter, feed, html_of, mail, page
from web_server import Reply, Web
from web_server import running as web_running

from tracker.cli import main
from tracker.segment import read_head
from tracker.sources import read_source

pytestmark = pytest.mark.xdist_group("dovecot")

ISSUES = Path(__file__).parents[2] / "data" / "issues"
SAMPLES = ("pairs-hangang-letter-58.txt", "seedling-weekly-27.md", "the-ledger-english-19.txt")


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with dovecot_running() as server:
        yield server


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with web_running() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, templates: Templates) -> Desk:
    return Places("sqlite", tmp_path, templates).desk()


def letters() -> list[Letter]:
    found = []
    for name in SAMPLES:
        [issue] = read_source(str(ISSUES / name))
        head = read_head(issue)
        assert head.issued_on
        assert head.title
        sent = datetime.combine(head.issued_on, time(8), timezone(timedelta(hours=9)))
        body = html_of(issue.text)
        found.append(Letter(head.title, head.newsletter or name, sent, body, issue.text))
    return found


def test_three_ways_one_issue_each(
    dovecot: Dovecot, web: Web, place: Desk, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def run(*argv: str, code: int = 0) -> list[dict[str, object]]:
        assert main([*argv]) == code, capsys.readouterr().err
        out = capsys.readouterr().out
        found: list[dict[str, object]] = json.loads(out) if out.startswith("[") else []
        return found

    monkeypatch.setenv("TRACKER_DB", place.db)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n")
    secret.chmod(0o600)
    sent = letters()
    dovecot.forget()
    dovecot.deliver(*(mail(one, html_only=n == 0) for n, one in enumerate(sent)))
    entries = web.serve("/feed", Reply(feed(*sent), headers={"ETag": '"1"'}))
    archive = web.serve("/p/1", Reply(page(sent[0]), headers={"Content-Type": "text/html"}))

    mailbox = ["--password-file", str(secret), "--ca-file", dovecot.ca_file]
    run("sources", "add", "1-mail", dovecot.url(), *mailbox)
    run("sources", "add", "2-feed", entries)
    run("sources", "add", "3-page", archive, "--kind", "page")
    shown = run("sources", "test", "1-mail", "-f", "json")
    assert [row["status"] for row in shown] == ["new"] * 3

    first = run("run", "--json")
    assert [(r["source"], r["status"], r["new"], r["known"]) for r in first] == [
        ("1-mail", "ok", 3, 0), ("2-feed", "ok", 0, 3), ("3-page", "ok", 0, 1),
    ]  # fmt: skip
    assert place.rows("select count(*) from issue") == [(3,)]
    status = run("status", "-f", "json")
    assert [(r["name"], r["issues"], r["error"]) for r in status] == [
        ("1-mail", 3, None), ("2-feed", 3, None), ("3-page", 1, None),
    ]  # fmt: skip
    assert all(r["rounds"] for r in status)
    copies = "select count(*) from issue_copy c join raw_issue r on r.id = c.raw_id"
    assert place.rows(copies) == [(7,)]

    again = run("run", "--all", "--json")
    assert [(r["status"], r["new"], r["known"]) for r in again] == [("ok", 0, 0)] * 3
    assert web.requests("/feed")[-1]["headers"]["if-none-match"] == '"1"'
    assert dovecot.flags() == ["", "", ""], "nothing is marked read"

    # Each arrives from another side first, and a corrected edition is a letter of its own.
    corrected = sent[0].body.replace("60억원 시리즈A", "66억원 시리즈A")
    assert corrected != sent[0].body
    dovecot.deliver(mail(Letter(sent[0].title, sent[0].newsletter, sent[0].sent, corrected)))
    third = run("run", "--all", "--json")
    assert [(r["source"], r["new"]) for r in third] == [("1-mail", 1), ("2-feed", 0), ("3-page", 0)]

    # One source down: the others go on.
    dovecot.stop()
    try:
        web.serve("/p/1", Reply(page(sent[1]), headers={"Content-Type": "text/html"}))
        last = run("run", "--all", "--json", code=1)
    finally:
        dovecot.start()
    assert [(r["source"], r["status"], r["known"]) for r in last] == [
        ("1-mail", "failed", 0), ("2-feed", "ok", 0), ("3-page", "ok", 1),
    ]  # fmt: skip
    text = "".join(str(row) for row in place.rows("select * from source"))
    assert PASSWORD not in text

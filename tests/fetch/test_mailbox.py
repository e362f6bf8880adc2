"""Mailboxes, against a real Dovecot."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from breaking_proxy import breaking
from dovecot_server import PASSWORD, Dovecot, running

from tracker.errors import BadValue, FetchFailed
from tracker.fetch import (
    Fetched,
    FetchOptions,
    FetchProblem,
    issues_in,
    load_options,
    open_fetcher,
)

pytestmark = pytest.mark.xdist_group("dovecot")


def letter(number: int, body: str = "") -> bytes:
    """A small mail, in CRLF lines as servers keep them."""
    return (
        f"From: 월요레터 <letter@example.invalid>\r\nSubject: {number}호\r\n"
        "Date: Tue, 17 Nov 2026 00:40:00 +0900\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n가온로봇{number}이 30억원을 유치했다. {body}\r\n"
    ).encode()


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.fixture
def server(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    dovecot.forget()
    monkeypatch.setenv("TRACKER_IMAP_PASSWORD", PASSWORD)
    return dovecot


@pytest.fixture
def options(server: Dovecot) -> FetchOptions:
    return load_options(ca_file=server.ca_file, backoff=0.01, timeout=10.0)


def fetch(
    url: str, options: FetchOptions, state: dict[str, object] | None = None
) -> tuple[list[Fetched | FetchProblem], dict[str, object]]:
    fetcher = open_fetcher(url, options=options)
    return list(fetcher.fetch(state or {})), fetcher.state()


def letters(found: list[Fetched | FetchProblem]) -> list[Fetched]:
    assert all(isinstance(one, Fetched) for one in found), found
    return [one for one in found if isinstance(one, Fetched)]


def failure(url: str, options: FetchOptions) -> str:
    with pytest.raises(FetchFailed) as caught:
        fetch(url, options)
    assert "\n" not in str(caught.value) and PASSWORD not in str(caught.value)
    return caught.value.reason


def test_letters_come_once_whole_and_stay_unread(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(letter(1), letter(2))
    found, state = fetch(server.url(), options)
    first, second = letters(found)
    assert (first.raw, second.raw) == (letter(1), letter(2))
    assert first.source == f"{server.url()};uid=1"
    (issue,) = issues_in(first)
    assert (issue.newsletter, issue.title, issue.issued_on) == (
        "월요레터",
        "1호",
        date(2026, 11, 17),
    )
    assert server.flags() == ["", ""]
    assert fetch(server.url(), options, state) == ([], state)
    server.deliver(letter(3))
    found, state = fetch(server.url(), options, state)
    assert [one.raw for one in letters(found)] == [letter(3)]
    assert state["last_uid"] == 3


def test_letters_are_marked_read_when_asked(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(letter(1), letter(2))
    fetch(server.url(), load_options(ca_file=options.ca_file, mark_seen=True))
    assert server.flags() == ["S", "S"]


def test_state_covers_what_was_handed_out(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(*map(letter, range(1, 6)))
    fetcher = open_fetcher(server.url(), options=options)
    running = fetcher.fetch({})
    taken = [next(running), next(running)]
    state = fetcher.state()
    running.close()  # type: ignore[attr-defined]
    rest, _ = fetch(server.url(), options, state)
    assert [one.raw for one in letters(taken) + letters(rest)] == [letter(n) for n in range(1, 6)]


@pytest.mark.parametrize("limits", [(40_000, 20_000), (1_500,), (60_000, 50, 50)])
def test_lost_connections_are_taken_up_again(
    server: Dovecot, options: FetchOptions, limits: tuple[int, ...]
) -> None:
    sent = [letter(number, "가" * 100) for number in range(1, 201)]
    server.deliver(*sent)
    with breaking(server.encrypted, *limits) as proxy:
        found, _ = fetch(server.url(port=proxy.port), options)
        assert proxy.connections == len(limits) + 1
    assert [one.raw for one in letters(found)] == sent
    assert len({one.key for one in letters(found)}) == 200


def test_a_server_that_stays_away_is_given_up(server: Dovecot, options: FetchOptions) -> None:
    sent = [letter(number, "가" * 100) for number in range(1, 201)]
    server.deliver(*sent)
    fetcher = None
    with breaking(server.encrypted, 60_000, *[50] * 10) as proxy:
        url = server.url(port=proxy.port)
        fetcher = open_fetcher(url, options=options)
        got: list[Fetched | FetchProblem] = []
        with pytest.raises(FetchFailed, match="tried 4 times"):
            got.extend(fetcher.fetch({}))
        assert proxy.connections == 4
    # What came before the end is good, and the next run goes on from there.
    assert 0 < len(got) < 200
    rest, _ = fetch(server.url(), options, fetcher.state())
    assert [one.raw for one in letters(got) + letters(rest)] == sent


def test_another_uidvalidity_means_reading_anew(
    server: Dovecot, options: FetchOptions, caplog: pytest.LogCaptureFixture
) -> None:
    server.deliver(letter(1), letter(2))
    before, state = fetch(server.url(), options)
    server.renumber()
    after, renumbered = fetch(server.url(), options, state)
    assert renumbered["uidvalidity"] != state["uidvalidity"]
    assert {one.raw for one in letters(after)} == {letter(1), letter(2)}
    assert not {one.key for one in letters(after)} & {one.key for one in letters(before)}
    assert "renumbered" in caplog.text


@pytest.mark.parametrize("folder", ["한글 폴더", "뉴스/투자 소식", "A & B", "100%"])
def test_folder_names(server: Dovecot, options: FetchOptions, folder: str) -> None:
    server.deliver(letter(1), folder=folder.replace("/", "."))
    from urllib.parse import quote

    # As typed, and as a browser would write it.
    for name in {folder.replace("%", "%25"), quote(folder)}:
        found, _ = fetch(server.url(name), options)
        assert [one.raw for one in letters(found)] == [letter(1)]
        assert fetch(letters(found)[0].source.partition(";")[0], options)[0] == found


def test_a_missing_folder_is_told_with_those_there_are(
    server: Dovecot, options: FetchOptions
) -> None:
    server.deliver(letter(1), folder="레터")
    assert failure(server.url("Leter"), options) == "no such folder; there are: INBOX, 레터"


def test_too_large_letters_are_not_downloaded(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(letter(1), letter(2, "x" * 300_000), letter(3))
    small = load_options(ca_file=options.ca_file, max_bytes=200_000)
    with breaking(server.encrypted, 100_000) as proxy:
        found, state = fetch(server.url(port=proxy.port), small)
        assert proxy.connections == 1
    assert [type(one) for one in found] == [Fetched, FetchProblem, Fetched]
    assert state["last_uid"] == 3
    problem = found[1]
    assert isinstance(problem, FetchProblem) and "too large" in problem.reason


def test_since_asks_the_server(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(letter(1))
    tomorrow = load_options(ca_file=options.ca_file, since=date(2100, 1, 1))
    assert fetch(server.url(), tomorrow)[0] == []
    assert len(
        fetch(server.url(), load_options(ca_file=options.ca_file, since=date(2020, 1, 1)))[0]
    )


def test_starttls(server: Dovecot, options: FetchOptions) -> None:
    server.deliver(letter(1))
    found, _ = fetch(server.url(scheme="imap"), options)
    assert len(letters(found)) == 1
    stranger = load_options(backoff=0.01)
    assert "nobody who is trusted" in failure(server.url(scheme="imap"), stranger)


def test_without_tls_only_where_allowed(
    server: Dovecot, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imapclient import IMAPClient

    server.deliver(letter(1))
    # A server that offers no STARTTLS: the real one's capabilities without that word.
    has = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient,
        "has_capability",
        lambda self, name: name != "STARTTLS" and has(self, name),
    )
    assert "offers no TLS" in failure(server.url(scheme="imap"), options)
    allowed = load_options(ca_file=options.ca_file, allow_plain=True)
    assert len(fetch(server.url(scheme="imap"), allowed)[0]) == 1


def test_refused_certificates(server: Dovecot, options: FetchOptions) -> None:
    assert failure(server.url(), load_options()) == (
        "its certificate is signed by nobody who is trusted (see --ca-file)"
    )
    pem, key = server.folder / "server.pem", server.folder / "server.key"
    try:
        server.authority.issue(pem, key, expired=True)
        server.restart()
        assert failure(server.url(), options) == "its certificate has expired"
        server.authority.issue(pem, key, server="mail.example.com")
        server.restart()
        assert failure(server.url(), options) == "its certificate is for another server"
    finally:
        server.authority.issue(pem, key)
        server.restart()


def test_wrong_password(
    server: Dovecot, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_IMAP_PASSWORD", "falsch")
    with breaking(server.encrypted) as proxy:
        reason = failure(server.url(port=proxy.port), options)
        assert proxy.connections == 1  # tried again, an account may be locked
    assert reason == "the login was refused: wrong user or password"


def test_no_secret_is_logged(
    server: Dovecot, options: FetchOptions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.deliver(letter(1))
    fetch(server.url(), options)
    from base64 import b64encode

    assert PASSWORD not in caplog.text
    assert b64encode(f"\0reader\0{PASSWORD}".encode()).decode() not in caplog.text


def test_nothing_is_there(server: Dovecot, options: FetchOptions) -> None:
    assert "refused" in failure(server.url(port=1), options)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("imaps://reader:hunter2@mail.example/INBOX", "holds a password"),
        ("imaps://reader:@mail.example/INBOX", "holds a password"),
        ("imaps://mail.example/INBOX", "whose mailbox"),
        ("imaps://", "no server"),
        ("imaps://reader@mail.example:port/INBOX", "cannot be understood"),
        ("imaps://reader@mail.example/a%0d%0aLOGOUT", "control characters"),
    ],
)
def test_bad_addresses(url: str, said: str) -> None:
    with pytest.raises(BadValue, match=said) as caught:
        open_fetcher(url, options=load_options({}))
    assert "hunter2" not in str(caught.value)


def test_password_file(server: Dovecot, options: FetchOptions, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n")
    server.deliver(letter(1))
    given = load_options(ca_file=options.ca_file, password_file=str(secret))
    assert len(fetch(server.url(), given)[0]) == 1

"""Where a mailbox's password may be, and in which order it is looked for."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from tracker.errors import FetchFailed
from tracker.fetch import load_options
from tracker.fetch.passwords import SERVICE, find_password

ACCOUNT = "reader@mail.example"


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    return ring


def find(environ: dict[str, str] | None = None, **given: str) -> str:
    return find_password("imaps://x", ACCOUNT, load_options({}, **given), environ or {})


def test_the_order(ring: Ring, tmp_path: Path) -> None:
    ring.set_password(SERVICE, ACCOUNT, "from the ring")
    (tmp_path / "secret").write_text("from the file\nnot this\n")
    environ = {"TRACKER_IMAP_PASSWORD": "from the default", "MINE": "from mine"}
    named = {"password_env": "MINE"}
    assert find(environ, password_file=str(tmp_path / "secret"), **named) == "from the file"
    assert find(environ, **named) == "from mine"
    assert find(environ) == "from the default"
    assert find() == "from the ring"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password_env": "MINE"}, "no password in the environment variable MINE"),
        ({"password_file": "/none/there"}, "no such file"),
        ({}, f"keyring set {SERVICE} {ACCOUNT}"),
    ],
)
def test_no_password(ring: Ring, given: dict[str, str], said: str) -> None:
    with pytest.raises(FetchFailed, match=said):
        find(**given)


def test_an_empty_file_and_a_binary_one(tmp_path: Path) -> None:
    for content, said in ((b"", "is empty"), (b"\xff\xfe", "not text")):
        (tmp_path / "secret").write_bytes(content)
        with pytest.raises(FetchFailed, match=said):
            find(password_file=str(tmp_path / "secret"))


def test_a_locked_keyring_has_none(ring: Ring) -> None:
    ring.locked = True
    with pytest.raises(FetchFailed, match="no password"):
        find()

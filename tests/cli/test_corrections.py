"""The commands of corrections from outside: what they say, their exit codes, and the review."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import app, main

pytestmark = pytest.mark.usefixtures("known_investors")


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]

COMMANDS = ["review", "edit", "merge", "split", "alias", "undo", "changes", "reextract"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LOGNAME", "anna")
    monkeypatch.delenv("TRACKER_DB", raising=False)

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return Ran(code, *capsys.readouterr())

    return call


@pytest.mark.parametrize("command", [*COMMANDS, "corpus export"])
def test_help_has_examples(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    shown = ran.out.split("Examples:")[1].split("\n\n")[0]
    examples = re.findall(rf"^ +tracker {command}\b.*$", shown, re.MULTILINE)
    assert ran.code == 0
    assert len(examples) >= 2
    assert "--db" in ran.out


def test_commands_are_known() -> None:
    assert set(COMMANDS) <= {command.name for command in app.registered_commands}


def test_edit_is_told_and_shown(run: Run, file_desk: Desk) -> None:
    ran = run("edit", 1, "--amount", "65억", "--stage", "series b", "--db", file_desk.db)
    assert (ran.code, ran.out) == (0, "")
    assert "round 1: amount 60억원 → 65억원" in ran.err
    shown = run("show", 1, "--db", file_desk.db).out
    assert re.search(r"^amount +65억원 .*\(set by anna on \d{4}-\d\d-\d\d\)$", shown, re.MULTILINE)
    assert not re.search(r"^company .*set by", shown, re.MULTILINE)
    assert "2. Daily Seed 12" in shown
    found = json.loads(run("show", 1, "-f", "json", "--db", file_desk.db).out)
    assert found["set_by"]["stage"]["who"] == "anna"
    assert (
        "already; nothing changed" in run("edit", 1, "--amount", "65억", "--db", file_desk.db).err
    )


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("edit", "x", "--amount", "5억"), 2, "not a round's id"),
        (("edit", 99, "--amount", "5억"), 1, "no round 99"),
        (("edit", 1), 2, "say what to change"),
        (("edit", 1, "--amount", "lots"), 2, "--amount 'lots'"),
        (("merge", "company", "감자마켓", "감자"), 1, "did you mean 감자마켓 (1)"),
        (("merge", "company", "감자마켓", "Gamja"), 1, "are one company already"),
        (("merge", "house", "a", "b"), 2, "give company or investor"),
        (("merge", "round", 1, 2), 1, "first tracker merge company 1 2"),
        (("split", "company", "토마토페이", "토마토페이"), 1, "has no other name"),
        (("split", "company", "감자마켓", "Potato"), 1, "is called 감자마켓, Gamja"),
        (("split", "round", 1, 3), 1, "has reports 1 to 2"),
        (("split", "round", 2, 1), 1, "has one report only"),
        (("alias", "investor", "알토스", "바다캐피탈"), 1, "tracker merge investor 1 2"),
        (("review",), 1, "--export todo.csv"),
        (("review", "--export", "a", "--apply", "b"), 2, "give one of them"),
        (("review", "--apply", "/nowhere/todo.csv"), 1, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told(
    run: Run, file_desk: Desk, argv: tuple[object, ...], code: int, told: str
) -> None:
    before = file_desk.rows("select count(*) from change")
    ran = run(*argv, "--db", file_desk.db)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert file_desk.rows("select count(*) from change") == before


@pytest.mark.parametrize(
    "argv",
    [("edit", 1, "--amount", "5억"), ("undo",), ("reextract",), ("merge", "company", "1", "2"),
     ("split", "round", 1, 1), ("alias", "company", "1", "X"), ("review", "--apply", "x.csv")],
)  # fmt: skip
def test_read_only_is_read_only(run: Run, file_desk: Desk, argv: tuple[object, ...]) -> None:
    ran = run("--read-only", *argv, "--db", file_desk.db)
    assert ran.code == 1
    assert ran.err == f"tracker: --read-only: tracker {argv[0]} changes the database\n"


def test_no_database_is_made(run: Run, tmp_path: Path) -> None:
    assert run("edit", 1, "--amount", "5억", "--db", tmp_path / "none.sqlite3").code == 1
    assert list(tmp_path.iterdir()) == []


def test_merge_split_alias_undo_and_changes(run: Run, file_desk: Desk) -> None:
    db = ("--db", file_desk.db)
    assert run("merge", "company", "토마토페이", "Lemonade Labs", *db).code == 0
    assert "토마토페이" in run("list", "--company", "lemonade", *db).out
    assert run("alias", "company", "감자마켓", "Potato Inc", *db).code == 0
    assert "감자마켓" in run("list", "--company", "potato", *db).out
    assert "already called" in run("alias", "company", "감자마켓", "POTATO, Inc.", *db).err
    assert run("split", "company", "감자마켓", "Gamja", *db).code == 0
    assert run("list", "-f", "csv", "--company", "Gamja", *db).out.count("\n") == 2
    listed = run("changes", "-f", "jsonl", *db).out.splitlines()
    assert [json.loads(line)["command"] for line in listed] == ["split", "alias", "merge"]
    assert "Step" in run("changes", "--of", "anna", *db).out
    undone = run("undo", 5, *db)
    assert undone.err.count("undone:") == 3
    assert undone.err.endswith("nothing more to undo\n")
    assert "Lemonade Labs" in run("list", "--company", "lemonade", *db).out


def test_corpus_export(run: Run, file_desk: Desk) -> None:
    target = file_desk.folder / "gold.jsonl"
    run("edit", 2, "--lead", "개울벤처스", "--db", file_desk.db)
    ran = run("corpus", "export", target, "--db", file_desk.db)
    assert ran.err == f"tracker: 1 brief written to {target}\n"
    assert json.loads(target.read_text())["rounds"][0]["company"] == "토마토페이"


def test_review_by_file(run: Run, file_desk: Desk) -> None:
    todo = file_desk.folder / "todo.csv"
    ran = run("review", "--export", todo, "--below", "0.95", "--db", file_desk.db)
    assert "4 to decide" in ran.err
    assert todo.read_bytes().startswith(b"\xef\xbb\xbfitem,action")
    lines = todo.read_bytes().decode("utf-8-sig").split("\r\n")
    todo.write_text("\r\n".join([lines[0], lines[1].replace(",,", ",accept,", 1)]), newline="")
    assert "1 applied, 0 already" in run("review", "--apply", todo, "--db", file_desk.db).err
    assert "0 applied, 1 already" in run("review", "--apply", todo, "--db", file_desk.db).err
    todo.write_text(f"{lines[0]}\r\n{lines[1].replace(',,', ',agree,', 1)}", newline="")
    bad = run("review", "--apply", todo, "--db", file_desk.db)
    assert bad.code == 1
    assert "todo.csv:2: action 'agree': choose from" in bad.err
    assert bad.err.endswith("1 bad line; nothing was applied\n")


# -- in a terminal ---------------------------------------------------------------------------


class Terminal:
    """`tracker review` in a pseudo-terminal: what it shows, and keys for it."""

    def __init__(self, db: str) -> None:
        self.seen = self._unread = ""
        self.raw = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            os.environ |= {"COLUMNS": "80", "TERM": "xterm-256color", "LOGNAME": "anna"}
            argv = [sys.executable, "-m", "tracker", "review", "--below", "0.95", "--db", db]
            os.execv(sys.executable, argv)  # noqa: S606

    def wait(self, text: str) -> None:
        """Until it shows `text` (after what was waited for before)."""
        until = time.monotonic() + 60
        while (at := self._unread.find(text)) < 0:
            ready, _, _ = select.select([self._fd], [], [], max(until - time.monotonic(), 0))
            assert ready, f"{text!r} never came:\n{self._unread}"
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # the other end is closed
                data = b""
            assert data, f"{text!r} never came:\n{self._unread}"
            self.raw += data
            self._unread = self._plain()[len(self.seen) :]
        # One read may hold more than what was waited for: the rest is for the next wait.
        self.seen += self._unread[: at + len(text)]
        self._unread = self._unread[at + len(text) :]

    def _plain(self) -> str:
        """All that was shown, without the colours and without a half-read end."""
        shown = self.raw.decode("utf-8", "ignore")
        return re.sub(r"\x1b\[[0-9;]*m|\x1b\[?[0-9;]*$", "", shown)

    def press(self, key: str) -> None:
        """A single key, as soon as the program waits for one: it throws away what came before."""
        self._until(lambda: not self._by_line())
        os.write(self._fd, key.encode())

    def type(self, line: str) -> None:
        """A whole line, as soon as one is waited for."""
        self._until(self._by_line)
        os.write(self._fd, f"{line}\n".encode())

    def _by_line(self) -> bool:
        return bool(termios.tcgetattr(self._fd)[3] & termios.ICANON)

    def _until(self, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + 60
        while not ready():
            assert time.monotonic() < until
            time.sleep(0.005)

    def end(self) -> int:
        """Its exit code."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def terminal(file_desk: Desk) -> Iterator[Callable[[], Terminal]]:
    made: list[Terminal] = []

    def start() -> Terminal:
        made.append(Terminal(file_desk.db))
        return made[-1]

    yield start
    for one in made:
        if one.pid:
            os.kill(one.pid, signal.SIGKILL)
            os.waitpid(one.pid, 0)


def test_review_in_a_terminal(file_desk: Desk, terminal: Callable[[], Terminal]) -> None:
    first = terminal()
    first.wait("[q]uit")
    assert "1. round 1: 감자마켓" in first.seen
    # The value stands out in the text that it was read from.
    assert "\x1b[1;33m60억원".encode() in first.raw
    first.press("x")  # no key of ours: asked again
    first.wait("[q]uit")
    first.press("e")
    first.wait("> ")
    first.type("amount lots")
    first.wait("--amount 'lots'")
    first.type("amount 65억")
    first.wait("> ")
    first.type("")
    first.wait("amount: 60억원 → 65억원")
    first.wait("[q]uit")
    first.press("n")
    first.wait("do not know")
    first.press("g")
    first.wait("not a round (grant)")
    first.wait("[q]uit")
    first.press("s")
    first.wait("[q]uit")
    first.press("q")
    first.wait("2 decided, 2 left")
    assert first.end() == 0
    assert file_desk.rows("select amount from round where id = 1") == [(6_500_000_000,)]
    assert file_desk.rows("select count(*) from round") == [(3,)]
    assert file_desk.rows("select distinct who, command from change") == [("anna", "review")]
    # The next time it goes on with what is left, what was put off last.
    again = terminal()
    again.wait("[q]uit")
    assert "감자마켓" not in again.seen
    again.press("a")
    again.wait("accepted")
    again.wait("[q]uit")
    again.press("a")
    again.wait("2 decided, 0 left")
    assert again.end() == 0
    done = terminal()
    done.wait("nothing is doubtful")
    assert done.end() == 0


def test_interrupting_a_review_keeps_what_was_decided(
    file_desk: Desk, terminal: Callable[[], Terminal]
) -> None:
    one = terminal()
    one.wait("[q]uit")
    one.press("a")
    one.wait("2. round")
    one.wait("[q]uit")
    one.press("\x03")
    one.wait("1 decided, 3 left")
    assert one.end() == 0


def test_review_without_terminal_says_how(file_desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "review", "--db", file_desk.db],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "review needs a terminal" in done.stderr

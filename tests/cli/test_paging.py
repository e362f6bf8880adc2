"""On a terminal: colours, and a pager for what is long. Neither in a pipe."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import main

COLOUR = re.compile(r"\x1b\[[\d;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


def on_terminal(*argv: str, **environ: str) -> str:
    """What a person sees of `tracker`, run on a terminal of its own."""
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    env |= {"COLUMNS": "80", "TERM": "xterm-256color", "TRACKER_LANG": "en", **environ}
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", *argv],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    ) as process:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # how Linux tells that the other end is closed
            while part := os.read(ours, 65536):
                seen += part
        os.close(ours)
        assert process.wait(30) == 0, seen.decode()
    return seen.decode()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("argv", "environ", "pages"),
    [
        (["list"], {"LINES": "5"}, True),
        (["list", "--group-by", "stage"], {"LINES": "5"}, True),
        (["list"], {"LINES": "50"}, False),
        (["list", "--format", "csv"], {"LINES": "2"}, False),
        (["--no-pager", "list"], {"LINES": "5"}, False),
        (["list"], {"LINES": "5", "TRACKER_PAGER": "0"}, False),
    ],
)
def test_only_what_is_long_is_paged(
    file_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
    environ: dict[str, str],
    pages: bool,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    terminal, paged = Terminal(), list[str]()
    monkeypatch.setattr("click.echo_via_pager", paged.append)
    monkeypatch.setattr("sys.stdout", terminal)
    assert main([*argv, "--db", file_desk.db]) == 0
    assert "당근모터스" in (paged[0] if pages else terminal.getvalue())
    assert (len(paged), bool(terminal.getvalue())) == ((1, False) if pages else (0, True))


def test_nothing_is_paged_or_coloured_in_a_pipe(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINES", "3")
    monkeypatch.setattr("click.echo_via_pager", None)
    for argv in (["list"], ["show", "1"], ["company", "감자마켓"], ["stats", "--by", "stage"]):
        assert main([*argv, "--db", file_desk.db]) == 0
        out, err = capsys.readouterr()
        assert out and "\x1b" not in out + err


def test_a_real_pager_on_a_real_terminal(file_desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "paged"
    seen = on_terminal("list", "--db", file_desk.db, PAGER=f"tee {copy}", LINES="5")
    assert "당근모터스" in seen
    assert "당근모터스" in copy.read_text(encoding="utf-8")


def test_a_terminal_without_colours(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TRACKER_PAGER", "0")
    monkeypatch.setattr("tracker.export.evidence.disagreements", lambda reports: {"stage": ()})
    monkeypatch.setattr("tracker.export.evidence.disagreement_line", lambda name, told: "Seed")

    def shown() -> str:
        terminal = Terminal()
        monkeypatch.setattr("sys.stdout", terminal)
        assert main(["show", "1", "--db", file_desk.db]) == 0
        return terminal.getvalue()

    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert COLOUR.search(shown())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(shown())

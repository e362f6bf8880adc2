"""Every shell block of the README: its lines run, in order, or are named here with a reason."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from postgres_server import Server
from web_server import Reply, Web, running

from tracker.cli import main
from tracker.fetch import load_options

pytestmark = pytest.mark.xdist_group("pipeline")
ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = ("tracker", "make", "pip", "pipx", "python3", "sudo", "export")
"""What a line of a shell block begins with; a block with such a line is one."""
TEAM = "postgresql+psycopg://tracker@db.example/tracker"

NOT_RUN = {
    "make demo": "installs; CI runs it",
    "make test": "this is it",
    "python3 -m venv venv && venv/bin/pip install .": "installs",
    "pipx install .": "installs",
    'pip install ".[postgres]"': "installs",
    "sudo -u postgres createuser --pwprompt tracker": "the server's administrator",
    "sudo -u postgres createdb --owner tracker --encoding UTF8 --template template0 tracker": "the same",
    f"tracker db copy rounds.sqlite3 {TEAM}": "test_a_team_on_postgresql runs it",
    f"export TRACKER_DB={TEAM}": "test_a_team_on_postgresql runs it",
    "tracker review": "asks a person at a terminal; tests/cli/test_corrections.py",
}
"""Lines that a test cannot run, and why."""

INSTEAD = {
    "https://letters.example/": "{web}/",
    "GOLD.jsonl…": "gold.jsonl",
    "~/.mail-pass": "mail-pass",
    '라포랩스 "Rapport Labs"': "포트로닉 Portronic",
    "두나무 두나무앤파트너스": "포트로닉 Portronic",
    "SBVA 소프트뱅크벤처스": "인비저닝파트너스 인비저닝에쿼티",
}
"""What is fictitious in the README → what stands for it here."""

FAILS = {
    "tracker run": "the example's mailbox does not exist",
}
"""Lines that exit with 1 here, and why."""


def shell_lines() -> list[str]:
    """The lines of the README's shell blocks, without comments."""
    lines = []
    for block in re.findall(r"(?:^    .*\n)+", README, re.MULTILINE):
        commands = [_bare(line) for line in block.splitlines()]
        if any(command.split(" ")[0] in SHELL for command in commands):
            lines += [command for command in commands if command]
    return lines


def _bare(line: str) -> str:
    return re.sub(r"(^|\s+)#\s.*", "", line.strip())


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with running() as web:
        letter = (ROOT / "data/issues/handful-of-numbers-31.xml").read_bytes()
        web.serve("/feed", Reply(letter, headers={"Content-Type": "application/rss+xml"}))
        page = (ROOT / "data/issues/dealsheet-42.html").read_bytes()
        web.serve("/latest", Reply(page, headers={"Content-Type": "text/html"}))
        yield web


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands run: the demo's letters under the names that the README uses."""
    shutil.copytree(ROOT / "data/issues", tmp_path / "data/issues")
    shutil.copytree(ROOT / "data/issues", tmp_path / "letters")
    shutil.copy(ROOT / "data/issues/pangyo-wire-208.eml", tmp_path / "letter.eml")
    with (ROOT / "data/corpora/briefs/ko-12.jsonl").open(encoding="utf-8") as corpus:
        gold = "".join(next(corpus) for _ in range(10))
    for name in ("gold.jsonl", "briefs.jsonl"):
        (tmp_path / name).write_text(gold, encoding="utf-8")
    (tmp_path / "mail-pass").write_text("geheim\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", "rounds.sqlite3")
    monkeypatch.setenv("TRACKER_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.delenv("TRACKER_READ_ONLY", raising=False)
    # The mailbox that does not exist is tried again at once.
    monkeypatch.setattr("tracker.jobs.opening.load_options", partial(load_options, backoff=0.0))
    return tmp_path


def test_there_is_no_unknown_line() -> None:
    lines = shell_lines()
    assert len(lines) > 60
    for line in lines:
        assert line.startswith("tracker ") or line in NOT_RUN, f"new in the README: {line}"
    assert set(NOT_RUN) | set(FAILS) <= set(lines), "no longer in the README"


def test_every_line_runs(
    folder: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = []
    for line in shell_lines():
        if line in NOT_RUN:
            continue
        code = run(line, web.address, monkeypatch)
        _, err = capsys.readouterr()
        if code != (1 if line in FAILS else 0):
            strange.append(f"{line}: exit code {code}: {err}")
    assert not strange, "\n".join(strange)
    for made in ("rounds.xlsx", "deals.csv", "q4.xlsx", "todo.csv", "rounds.jsonl"):
        assert (folder / made).stat().st_size, made


def test_a_team_on_postgresql(
    folder: Path,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    recipe = [line for line in _section("**A team on PostgreSQL**") if line]
    assert [line.split()[0] for line in recipe] == ["tracker", "export", "tracker"]
    name = server.create("template1")
    try:
        assert run("tracker ingest letters/pangyo-wire-208.eml", "", monkeypatch) == 0
        for line in recipe:
            there = line.replace(TEAM, server.url(name))
            if there.startswith("export "):
                monkeypatch.setenv(*there.removeprefix("export ").split("=", 1))
            else:
                assert run(there, "", monkeypatch) == 0, capsys.readouterr().err
        assert "스테이블랩" in capsys.readouterr().out
    finally:
        server.drop(name)


def _section(heading: str) -> list[str]:
    block = re.search(r"(?:^    .*\n)+", README.split(heading)[1], re.MULTILINE)
    assert block is not None
    return [_bare(line) for line in block[0].splitlines()]


def run(line: str, web: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a line as a shell would, `<` and `>` included. Returns the exit code."""
    for written, real in INSTEAD.items():
        line = line.replace(written, real.format(web=web))
    words = shlex.split(line)
    into = None
    with monkeypatch.context() as patch:
        while len(words) > 2 and words[-2] in ("<", ">"):
            sign, name = words[-2:]
            del words[-2:]
            if sign == "<":
                content = io.BytesIO(Path(name).read_bytes())
                patch.setattr(sys, "stdin", io.TextIOWrapper(content, encoding="utf-8"))
            else:
                into = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
                patch.setattr(sys, "stdout", into)
                target = Path(name)
        code = main(words[1:])
        if into is not None:
            into.flush()
            target.write_bytes(into.buffer.getvalue())  # type: ignore[attr-defined]
    return code

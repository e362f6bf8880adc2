"""`tracker sources`, `run`, `status` and `issues`, from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Desk
from rich.cells import cell_len

from tracker.cli import main
from tracker.records import ExtractedBrief
from tracker.store.run_lock import run_lock

Ran = tuple[int, str, str]
Run = Callable[..., Ran]

LETTERS = {
    "1.txt": "@ 월요레터 | 1 | 2026-01-02\n\n감자마켓 | 시리즈A | 60억원 | 알토스*",
    "2.txt": "@ 월요레터 | 2 | 2026-01-09\n\n수박랩스 | 시드 | 3억원 | 바다캐피탈\n\n#ipo 상장한다",
}


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on the desk's database, with the stand-in stages."""
    monkeypatch.setenv("TRACKER_DB", desk.db)
    monkeypatch.setattr("tracker.ingest.default_steps", desk.steps)
    monkeypatch.setattr("tracker.preview.default_steps", desk.steps)

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with two letters."""
    folder = tmp_path / "box"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


COMMANDS = [
    "run", "status", "schedule", "issues", "issues show", "issues retry", "sources add", "sources list",
    "sources remove", "sources test", "sources pause", "sources resume",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_two_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out.split("Examples:")[1].split("\n\n")[0]
    assert len(re.findall(rf"^ +tracker {command}\b.*$", shown, re.MULTILINE)) == 2


def test_from_source_to_letters(run: Run, box: Path, desk: Desk) -> None:
    assert run("sources", "add", "box", box, "--every", "12h")[0] == 0
    code, out, _ = run("sources", "list", "-f", "json")
    [listed] = json.loads(out)
    assert (listed["name"], listed["url"], listed["kind"], listed["every"]) == (
        "box", str(box), "folder", "12h",
    )  # fmt: skip
    code, out, _ = run("sources", "test", "box", "-f", "json")
    assert code == 0
    assert [(r["status"], r["newsletter"], r["briefs"], r["rounds"]) for r in json.loads(out)] == [
        ("new", "월요레터", 1, 1), ("new", "월요레터", 2, 1),
    ]  # fmt: skip
    assert desk.rows("select count(*) from issue") == [(0,)]

    code, out, err = run("run", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {"source": "box", "status": "ok", "new": 2, "known": 0, "failed": 0, "briefs": 3,
         "rounds": 2, "error": None, "note": None}
    ]  # fmt: skip
    assert run("run", "--format", "json") == (0, "[]\n", ""), "nothing is due"
    assert json.loads(run("run", "--all", "--json")[1])[0]["new"] == 0
    assert run("sources", "test", "box")[0] == 0

    [row] = json.loads(run("status", "-f", "json")[1])
    assert (row["issues"], row["rounds"], row["error"], row["paused"]) == (2, 2, None, False)
    assert row["last_success"].endswith("+00:00")
    assert datetime.fromisoformat(row["next_due"]) > datetime.now(UTC) + timedelta(hours=11)

    code, out, _ = run("issues", "-f", "json", "--newsletter", "월요", "--since", "2026-01-03")
    [issue] = json.loads(out)
    assert (issue["number"], issue["briefs"], issue["rounds"]) == ("2", 2, 1)
    code, out, _ = run("issues", "show", issue["id"], "--raw")
    assert out == LETTERS["2.txt"]
    code, out, _ = run("issues", "show", issue["id"])
    assert "수박랩스" in out and str(box) in out
    shown = json.loads(run("issues", "show", issue["id"], "-f", "json")[1])
    assert shown["copies"][0]["length"] == len(LETTERS["2.txt"].encode())
    assert run("issues", "show", "99")[0] == 1
    assert run("issues", "show", "x")[0] == 2
    assert run("issues", "show", issue["id"], "--raw", "--copy", "2")[0] == 1


def test_table_fits_and_obeys_nobody(run: Run, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and errors that carry escapes are shown harmless, in eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    (box / "3\x1b[31m.txt").write_text(
        "@ 레터\x1b]0;x\x07 | 3 | 2026-01-12\n\nbroken\x1b[2J | 시드"
    )
    run("sources", "add", "상자", box)
    code, out, err = run("run", "-f", "table")
    assert code == 1
    assert "상자" in out and "ZeroDivisionError" in err
    for shown in (out, err, run("status")[1], run("issues")[1], run("issues", "--failed")[1],
                  run("issues", "show", "1")[1], run("sources", "list")[1]):  # fmt: skip
        assert "\x1b" not in shown and "\x07" not in shown
        tables = [line for line in shown.splitlines() if not line.startswith(("tracker:", "copy"))]
        assert all(cell_len(line) <= 80 for line in tables), shown
    [failed] = json.loads(run("issues", "--failed", "-f", "json")[1])
    assert "ZeroDivisionError" in failed["failure"]


def test_letter_set_aside_is_tried_again(
    run: Run, box: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the stage that it broke is mended."""
    (box / "3.txt").write_text("@ 레터 | 3 | 2026-01-12\n\nbroken | 시드 | 7억원 | 갑")
    run("sources", "add", "box", box)
    assert run("run")[0] == 1
    [failed] = json.loads(run("issues", "--failed", "-f", "json")[1])
    assert run("issues", "show", failed["id"], "--failed")[1].startswith("@ 레터 | 3")
    code, _, err = run("issues", "retry")
    assert (code, "0 of 1 letters" in err) == (1, True)
    monkeypatch.setattr(
        "conftest.FakeExtractor.extract",
        lambda self, texts: (ExtractedBrief("funding") for _ in texts),
    )
    assert run("issues", "retry")[0] == 0
    assert json.loads(run("issues", "--failed", "-f", "json")[1]) == []
    assert desk.rows("select count(*), count(source_id) from issue_copy") == [(3, 3)]
    assert run("issues", "show", "99", "--failed")[0] == 1


def test_quiet_without_a_terminal_unless_it_fails(run: Run, box: Path) -> None:
    run("sources", "add", "box", box)
    assert run("run") == (0, "", "")
    (box / "1.txt").unlink()
    for path in box.iterdir():
        path.unlink()
    box.rmdir()
    code, out, err = run("run", "box")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "no such file or folder" in err
    [row] = json.loads(run("status", "-f", "json")[1])
    assert row["last_success"] and row["last_error"] and "no such file" in row["error"]


def test_log_lines_are_json(run: Run, box: Path) -> None:
    run("sources", "add", "box", box)
    (box / "bad.txt").write_bytes(b"")
    code, out, err = run("run", "--log-json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert (code, out) == (1, "")
    assert [line["event"] for line in lines] == [
        "source started", "letter failed", "source failed", "run finished",
    ]  # fmt: skip
    assert (lines[2]["new"], lines[2]["failed"], lines[2]["source"]) == (2, 1, "box")
    assert {line["level"] for line in lines} == {"info", "error"}
    assert all(line["time"].endswith("+00:00") for line in lines)


def test_second_run_says_so_and_leaves(run: Run, box: Path, desk: Desk) -> None:
    run("sources", "add", "box", box)
    with desk.open() as store, run_lock(store):
        code, out, err = run("run")
        assert (code, out) == (3, "")
        assert "another tracker run is at work" in err
        logged = json.loads(run("run", "--log-json")[2])
        assert logged["event"] == "already running"
    assert run("run")[0] == 0


def test_pause_resume_remove(run: Run, box: Path, desk: Desk) -> None:
    run("sources", "add", "box", box)
    assert run("sources", "pause", "box")[0] == 0
    assert run("run", "--all", "--json")[1] == "[]\n"
    assert run("run", "box")[0] == 2
    assert run("status", "--max-age", "1min")[0] == 0, "it was told to be silent"
    run("sources", "resume", "box")
    assert run("run")[0] == 0
    assert run("sources", "remove", "box")[0] == 0
    assert desk.rows("select count(*) from issue") == [(2,)]
    assert run("sources", "remove", "box")[0] == 2
    assert run("run", "box")[0] == 2


def test_silence_is_told(run: Run, box: Path, desk: Desk) -> None:
    run("sources", "add", "box", box)
    run("run")
    assert run("status", "--max-age", "8d")[0] == 0
    long_ago = (datetime.now(UTC) - timedelta(days=9)).strftime("%Y-%m-%d %H:%M:%S.000000+00")
    if "://" not in desk.db:
        long_ago = long_ago.removesuffix("+00")
    desk.execute(f"update source set last_letter = '{long_ago}'")
    code, out, err = run("status", "--max-age", "8d")
    assert code == 1
    assert "box" in out
    assert "silent for more than 8d (last letter: 9d ago" in err
    assert run("status", "--max-age", "2w")[0] == 0
    assert json.loads(run("status", "--max-age", "8d", "-f", "json")[1])[0]["silent"] is True


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["x", "imaps://me:geheim@mail.example/INBOX"], "holds a password"),
        (["x", "https://me:geheim@letters.example/feed"], "holds a password"),
        (["x", "https://geheim@letters.example/feed"], "holds a password"),
        (["x", "ftp://me:geheim@letters.example/feed"], "no such kind of source"),
        (["x", "imaps://me@mail.example/INBOX", "--password-env", "geheim!"], "the name of an"),
        (["x", "imaps://me@mail.example/INBOX", "--password-env", "P", "--keyring"], "one of"),
        (["x", "https://letters.example/feed", "--password-env", "P"], "only a mailbox"),
        (["x", "https://letters.example/feed", "--kind", "imap"], "no source of kind"),
        (["x", "https://letters.example/feed", "--kind", "blog"], "not a kind"),
        (["x", "https://letters.example/feed", "--every", "often"], "--every: not a length"),
        (["x", "https://letters.example/feed", "--every", "0d"], "--every: not a length"),
        (["x", "/no/such/folder"], "no such file or folder"),
        (["-x\ny", "https://letters.example/feed"], "not a name"),
        (["", "https://letters.example/feed"], "not a name"),
    ],
)
def test_bad_sources_are_refused_without_an_echo(
    run: Run, desk: Desk, argv: list[str], reason: str
) -> None:
    code, out, err = run("sources", "add", *argv[2:], "--", *argv[:2])
    assert (code, out) == (2, "")
    assert reason in err
    assert "geheim" not in err
    assert desk.rows("select count(*) from source") == [(0,)]


def test_keys_in_addresses_are_not_shown(run: Run, desk: Desk) -> None:
    address = "https://letters.example/feed?token=geheim&n=20"
    run("sources", "add", "x", address)
    assert "token=***&n=20" in run("sources", "list", "-f", "json")[1]
    assert desk.rows("select url from source") == [(address,)]
    assert run("sources", "add", "x", address)[0] == 2


def test_wrong_usage(run: Run) -> None:
    assert run("run", "nobody")[0] == 2
    assert run("run", "--all", "nobody")[0] == 2
    assert run("status", "--max-age", "soon")[0] == 2
    assert run("run", "--json", "--format", "csv")[0] == 2
    assert run("issues", "--limit", "-1")[0] == 2
    assert run("issues", "--format", "xml")[0] == 2

"""The command line from outside: what goes to which stream, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import app, main
from tracker.errors import BadValue, PipelineMissing, UnreadableSource
from tracker.store import SCHEMA_VERSION


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.setattr(
        "tracker.extraction.pipeline_info",
        lambda: {"name": "fake", "version": "1"},
        raising=False,
    )

    def call(*argv: object) -> Ran:
        code = main([str(arg) for arg in argv])
        return Ran(code, *capsys.readouterr())

    return call


COMMANDS = ["ingest", "list", "show", "briefs", "export", "info"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_two_examples(run: Run, command: str) -> None:
    ran = run(command, "--help")
    shown = ran.out.split("Examples:")[1].split("\n\n")[0]
    examples = re.findall(rf"^ +tracker {command}\b.*$", shown, re.MULTILINE)
    assert (ran.code, ran.err) == (0, "") and len(examples) >= 2
    assert "--db" in ran.out and "TRACKER_DB" in ran.out


def test_every_command_is_known() -> None:
    assert set(COMMANDS) <= {command.name for command in app.registered_commands}


def test_version(run: Run) -> None:
    assert re.fullmatch(r"tracker \d+\.\d+\.\d+\n", run("--version").out)


def test_list_is_a_table_on_stdout(run: Run, filled: Desk) -> None:
    ran = run("list", "--db", filled.db)
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split() for line in ran.out.splitlines() if re.match(r" +\d", line)]
    assert [line[2] for line in lines] == ["당근모터스", "Lemonade", "토마토페이", "감자마켓"]
    assert "60억원" in ran.out and "$12.5M" in ran.out and "Series A" in ran.out
    assert "알토스벤처스*, 바다캐피탈" in ran.out


def test_list_in_machine_formats(run: Run, filled: Desk) -> None:
    found = json.loads(run("list", "-f", "json", "--stage", "series a", "--db", filled.db).out)
    assert [(r["company"], r["amount"], len(r["sources"])) for r in found] == [
        ("감자마켓", 6_000_000_000, 2)
    ]
    out = run("list", "--format", "csv", "--sort", "id", "--db", filled.db).out
    assert not out.startswith("\ufeff")
    assert [r["lead_investors"] for r in csv.DictReader(io.StringIO(out))][:2] == [
        "알토스벤처스",
        "개울벤처스",
    ]
    assert run("list", "-f", "md", "--db", filled.db).out.startswith("| id | company |")


def test_empty_result_says_what_would_widen(run: Run, filled: Desk) -> None:
    ran = run("list", "--company", "감자", "--min-amount", "900억", "--db", filled.db)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "tracker: no rounds; without --company: 0\n" or "--min-amount: 1" in ran.err
    assert json.loads(run("list", "-f", "json", "--company", "x9", "--db", filled.db).out) == []


def test_long_tables_are_cut_and_say_so(
    run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.list_rounds.TABLE_LIMIT", 2)
    ran = run("list", "--db", filled.db)
    assert len(re.findall(r"^ +\d", ran.out, re.MULTILINE)) == 2
    assert "2 of 4 rounds; --limit 0 shows all" in ran.err
    everything = run("list", "--limit", 0, "--db", filled.db)
    assert (len(re.findall(r"^ +\d", everything.out, re.MULTILINE)), everything.err) == (4, "")
    assert run("list", "--limit", 2, "--db", filled.db).err == ""
    assert len(run("list", "-f", "jsonl", "--db", filled.db).out.splitlines()) == 4


def test_environment_names_the_database(
    run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", filled.db)
    assert "감자마켓" in run("list").out
    assert run("list", "--db", filled.folder / "other").code == 1


def test_default_place(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = desk.folder / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setattr("tracker.ingest.default_steps", desk.steps)
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    place = home / "startup-funding-tracker" / "tracker.sqlite3"
    assert (
        run("list").err == f"tracker: no database yet at {place}: run tracker ingest PATH first\n"
    )
    assert not home.exists()
    assert f"{place} (not there yet)" in run("info").out
    assert run("ingest", "a.txt").code == 0
    assert "감자" in run("list").out
    assert str(place) in run("info").out


def test_show_marks_every_value(run: Run, filled: Desk) -> None:
    ran = run("show", 1, "--db", filled.db)
    assert ran.code == 0
    assert "Round 1: 감자마켓" in ran.out
    assert "amount       60억원 (6000000000 KRW)" in ran.out
    assert "감자마켓(Gamja) | 시리즈A | »60억원« | 알토스벤처스*" in ran.out
    assert "Gamja | »Series A« | 60억원" in ran.out
    assert "»들꽃인베스트«" in ran.out
    assert "»누적 100억원«" in ran.out
    assert "[월요레터 25-47 (2025-12-19)]" in ran.out
    assert "\x1b" not in ran.out


def test_show_as_json(run: Run, filled: Desk) -> None:
    found = json.loads(run("show", 1, "--format", "json", "--db", filled.db).out)
    report = found["reports"][0]
    start, end = report["spans"]["amount"][0]
    assert report["brief"][start:end] == "60억원"
    assert (found["id"], len(found["reports"]), report["values"]["amount"]) == (1, 2, 6_000_000_000)


@pytest.mark.parametrize("wrong", ["x", "-1", "1.5", "9" * 30, "١"])
def test_show_wants_an_id(run: Run, filled: Desk, wrong: str) -> None:
    assert run("show", "--db", filled.db, "--", wrong).code == 2


def test_show_of_nothing(run: Run, filled: Desk) -> None:
    ran = run("show", 99, "--db", filled.db)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("tracker: no round 99 in ")


def test_briefs(run: Run, filled: Desk) -> None:
    everything = run("briefs", "--db", filled.db)
    assert (everything.code, everything.err) == (0, "")
    assert len(re.findall(r"^ +\d", everything.out, re.MULTILINE)) == 7
    lines = run("briefs", "--kind", "planned", "--issue", "25-47", "-f", "jsonl", "--db", filled.db)
    assert [json.loads(line)["text"] for line in lines.out.splitlines()] == [
        "#planned 우유나라가 투자를 유치하려 한다"
    ]
    none = run("briefs", "--kind", "ipo", "--db", filled.db)
    assert (none.code, none.out) == (0, "")
    assert "leave out --kind" in none.err
    assert run("briefs", "--kind", "gift", "--db", filled.db).code == 2


def test_export(run: Run, filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    ran = run("export", path, "--currency", "KRW", "--db", filled.db)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"tracker: 2 rounds written to {path}\n"
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,") and raw.count(b"\r\n") == 3
    run("export", path, "--no-bom", "--db", filled.db)
    assert path.read_bytes().startswith(b"id,")
    assert run("export", "-", "-f", "jsonl", "--limit", 1, "--db", filled.db).out.count("\n") == 1
    odd = tmp_path / "rounds.data"
    assert run("export", odd, "--db", filled.db).code == 2
    assert not odd.exists()
    assert run("export", odd, "--format", "tsv", "--db", filled.db).code == 0


def test_info(run: Run, filled: Desk) -> None:
    found = json.loads(run("info", "--format", "json", "--db", filled.db).out)
    assert found["database"] == filled.shown
    assert (found["schema"], found["pipeline"]) == (
        SCHEMA_VERSION,
        {"name": "fake", "version": "1"},
    )
    assert (found["rows"]["round"], found["rows"]["brief"]) == (4, 7)
    plain = run("info", "--db", filled.db).out
    assert re.search(r"^round +4$", plain, re.MULTILINE) and re.search(
        r"^pipeline +fake 1$", plain, re.MULTILINE
    )


def test_info_without_a_pipeline(run: Run, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise PipelineMissing("no trained pipeline at /here")

    monkeypatch.setattr("tracker.extraction.pipeline_info", missing, raising=False)
    ran = run("info", "--db", filled.db)
    assert ran.code == 0
    assert "missing: no trained pipeline at /here" in ran.out
    assert json.loads(run("info", "-f", "json", "--db", filled.db).out)["pipeline"] is None


def test_ingest_tells_what_became_of_it(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.ingest.default_steps", desk.steps)
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑", "#ipo 상장")
    ran = run("ingest", "a.txt", "gone\x1b[31m.txt", "--db", desk.db)
    assert (ran.code, ran.out) == (1, "")
    read = f"2 briefs and 1 rounds read, stored in {desk.shown}"
    assert ran.err.splitlines() == [
        "tracker: gone[31m.txt: no such file",
        f"tracker: 2 issues: 1 new, 0 already known (nothing changed), 1 failed; {read}",
    ]
    again = run("ingest", "a.txt", "--db", desk.db)
    assert again.code == 0
    assert "1 issue: 0 new, 1 already known (nothing changed), 0 failed" in again.err
    assert run("ingest", "a.txt", "--quiet", "--db", desk.db) == Ran(0, "", "")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BadValue("--x: no"), 2, "tracker: --x: no\n"),
        (UnreadableSource("a\n.txt", "empty"), 1, "tracker: a .txt: empty\n"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device"), 1, "tracker: No space left on device\n"),
    ],
)
def test_errors_are_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def fails(_db: object) -> None:
        raise error

    monkeypatch.setattr("tracker.settings.load_settings", fails)
    ran = run("list")
    assert (ran.code, ran.out, ran.err) == (code, "", said)


@pytest.mark.parametrize(
    "argv", [["nonsense"], ["list", "--nonsense"], ["show"], ["list", "-n", "x"]]
)
def test_wrong_usage_is_2(run: Run, argv: list[str]) -> None:
    assert run(*argv).code == 2


def test_progress_is_for_people_only(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.ingest.default_steps", desk.steps)
    monkeypatch.setattr("tracker.sources.find_sources", lambda paths: iter(paths))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    desk.write("a.txt", "레터 | 1 | 2026-01-02", "감자 | 시드 | 3억원 | 갑")
    ran = run("ingest", "a.txt", "[b].txt", "--db", desk.db)
    assert "2/2" in ran.err and ran.out == ""
    quiet = run("ingest", "a.txt", "--quiet", "--db", desk.db)
    assert (quiet.out, quiet.err) == ("", "")

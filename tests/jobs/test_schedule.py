"""Units for cron, systemd and launchd: what the schedulers themselves say of them."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from tracker.cli import main
from tracker.errors import BadValue
from tracker.jobs.schedule import Job, cron, launchd, parse_at, systemd

COMMAND = ["/opt/my tools/tracker", "run", "--quiet", "--db", "/data/100% ours/$x\"y'.sqlite3"]
JOB = Job(COMMAND, {"TRACKER_CONTACT": "me@example.org 100%"}, ["MAIL_PASS"], (7, 5))


def test_cron_line_means_the_command() -> None:
    line = cron(JOB).splitlines()[-1]
    assert line.startswith("5 7 * * * ")
    # cron takes a backslash before a percent sign away, and hands the rest to the shell.
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    assert not re.search(r"(?<!\\)%", line.split(" ", 5)[5])
    shown = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines() == COMMAND
    assert "# MAIL_PASS=…" in cron(JOB)
    assert cron(Job(COMMAND)).splitlines()[-1].startswith("17 * * * * ")


def test_launchd_parses() -> None:
    unit = plistlib.loads(launchd(JOB, Path("/Users/me")).encode())
    assert unit["ProgramArguments"] == COMMAND
    assert unit["StartCalendarInterval"] == {"Hour": 7, "Minute": 5}
    assert unit["StandardErrorPath"].startswith("/Users/me/Library/Logs/")
    assert plistlib.loads(launchd(Job(COMMAND), Path("/")).encode())["StartCalendarInterval"] == {
        "Minute": 17
    }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_systemd_takes_it(tmp_path: Path) -> None:
    program = tmp_path / "my tools"
    program.mkdir()
    (program / "tracker").write_text("#!/bin/sh\n")
    (program / "tracker").chmod(0o755)
    job = Job([str(program / "tracker"), *COMMAND[1:]], JOB.environment, JOB.secrets)
    for name, unit in systemd(job).items():
        (tmp_path / name).write_text(unit)
    assert _verify(tmp_path) == (0, "")
    (tmp_path / "tracker.timer").write_text("[Timer]\nOnCalendar=now and then\n")
    assert _verify(tmp_path) != (0, ""), "it does look"


def _verify(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, folder.glob("tracker.*"))],
        capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
    )  # fmt: skip
    return done.returncode, done.stderr


def test_systemd_quotes_what_it_would_read() -> None:
    service = systemd(JOB)["tracker.service"]
    assert (
        'ExecStart="/opt/my tools/tracker" run --quiet --db "/data/100%% ours/$$x\\"y\'' in service
    )
    assert 'Environment="TRACKER_CONTACT=me@example.org 100%%"' in service
    assert "SuccessExitStatus=3" in service
    assert "OnCalendar=*-*-* 07:05:00" in systemd(JOB)["tracker.timer"]


@pytest.mark.parametrize("text", ["24:00", "7", "07:60", "", "7:5"])
def test_no_time_of_day(text: str) -> None:
    with pytest.raises(BadValue, match="--at"):
        parse_at(text)


def test_printed_command_runs_from_nowhere(
    file_desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As cron starts it: no environment, another folder, no terminal; silent where all is well."""
    script = Path(sys.executable).with_name("tracker")
    monkeypatch.setattr(sys, "argv", [str(script), "schedule"])
    monkeypatch.chdir(file_desk.folder)
    box = file_desk.folder / "box"
    box.mkdir()
    name = file_desk.path.name
    assert main(["sources", "add", "box", "box", "--db", name]) == 0
    capsys.readouterr()
    assert main(["schedule", "--cron", "--db", name]) == 0
    command = capsys.readouterr().out.splitlines()[-1].split(" ", 5)[5].replace(r"\%", "%")
    done = subprocess.run(
        ["env", "-i", "sh", "-c", command], capture_output=True, text=True, check=False, cwd="/",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file_desk.rows("select last_run is not null from source") == [(1,)]


def test_no_password_is_printed(
    server_desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", server_desk.db)
    args = ["--password-env", "MAIL_PASS", "--", "mail", "imaps://me@mail.example/INBOX"]
    assert main(["sources", "add", *args]) == 0
    for kind in ("--cron", "--systemd", "--launchd"):
        assert main(["schedule", kind]) == 0
        out, err = capsys.readouterr()
        assert "geheim" not in out + err
        assert "password is left out" in err
        assert "MAIL_PASS" in out + err
    assert main(["schedule"]) == 2
    assert main(["schedule", "--cron", "--systemd"]) == 2
    assert os.environ["TRACKER_DB"] == server_desk.db

"""`tracker ingest` from addresses, and of folders that are watched, as a user runs it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import Reply, Web, running

from tracker.cli import main

pytestmark = pytest.mark.xdist_group("web")
PAGE = (
    "<html><head><meta charset=utf-8><title>12호</title></head><body><h1>월요레터</h1><h2>투자 소식</h2><ul>"
    "<li>가온로봇이 나래벤처스로부터 30억원 규모의 시리즈A 투자를 유치했다.</li>"
    "<li>다솜바이오가 바다캐피탈로부터 20억원 규모의 시드 투자를 유치했다.</li></ul></body></html>"
).encode()


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with running() as server:
        yield server


def test_addresses(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "db.sqlite3")
    good, missing = web.serve("/12", Reply(PAGE)), f"{web.address}/13"
    (tmp_path / "a.txt").write_text("빈 편지")
    typed = [good, missing, str(tmp_path / "a.txt")]
    assert main(["ingest", "--db", db, *typed]) == 1
    said = capsys.readouterr().err
    assert f"{missing}: there is no such page (404)" in said
    assert "3 issues: 2 new" in said and "2 rounds" in said
    assert main(["ingest", "--db", db, good]) == 0
    assert "1 already known" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://u:hunter2@a.example/", "holds a password"),
        ("imaps://reader:hunter2@a.example/", "holds a password"),
        ("gopher://a.example/", "no such file"),
    ],
)
def test_bad_addresses(
    address: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", "--db", str(tmp_path / "db.sqlite3"), address]) in (1, 2)
    written = capsys.readouterr().err
    assert said in written and "hunter2" not in written and "Traceback" not in written


def test_watching_what_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "db.sqlite3")
    assert main(["ingest", "--db", db, "--watch", str(tmp_path / "none")]) == 2
    assert "no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "end", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)]
)
def test_watching_until_a_signal(tmp_path: Path, end: signal.Signals) -> None:
    folder, log = tmp_path / "in", tmp_path / "log"
    folder.mkdir()
    command = [sys.executable, "-m", "tracker", "ingest", "--watch", str(folder)]
    command += ["--db", str(tmp_path / "db.sqlite3")]

    def said(what: str) -> None:
        for _ in range(600):
            if what in log.read_text():
                return
            time.sleep(0.1)
        pytest.fail(log.read_text())

    with log.open("w") as stream, subprocess.Popen(command, stderr=stream) as process:
        try:
            said("watching")
            (folder / "12.html").write_bytes(PAGE)
            said("12.html: new, 2 briefs and 2 rounds read")
            (folder / "13.txt").write_bytes(b"\x00\x01\x02" * 100)
            said("13.txt: binary data, not a letter")
        finally:
            process.send_signal(end)
        assert process.wait(60) == 0
    assert log.read_text().endswith("no longer watching\n")
    assert "Traceback" not in log.read_text()

"""The command as a process of its own: what it imports, and how it takes a broken pipe."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import Desk


@pytest.mark.parametrize(
    "argv",
    [["--help"], ["list"], ["show", "1"], ["briefs"], ["export", "-", "-f", "csv"], ["info"]],
    ids=" ".join,
)
def test_nothing_heavy_is_imported(filled: Desk, argv: list[str]) -> None:
    code = (
        "import sys; from tracker.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'spacy', 'pandas', 'thinc', 'numpy'} & set(sys.modules);"
        "heavy |= {'sqlmodel', 'rich'} & set(sys.modules) if '--help' in sys.argv else set();"
        "print(code, sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TRACKER_DB": filled.db},
    )
    assert done.stderr == "0 []\n"


def test_reader_that_goes_away(desk: Desk) -> None:
    desk.write(
        "a.txt",
        "레터 | 1 | 2026-01-02",
        *(f"회사{i} | 시드 | {i + 1}억원 | 갑" for i in range(300)),
    )
    desk.ingest()
    command = [sys.executable, "-c", "import sys; from tracker.cli import main; sys.exit(main())"]
    process = subprocess.Popen(
        [*command, "list", "-f", "jsonl", "--db", desk.db],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    with process.stderr as said:
        assert (said.read(), process.wait() in (0, 1)) == (b"", True)

"""The command as a process of its own: what it imports, and how it takes a broken pipe."""

from __future__ import annotations

import os
import subprocess
import sys

from conftest import Desk

COMMANDS = ("--help", "list", "show 1", "briefs", "export - -f csv", "info")
HEAVY = """
import sys
from tracker.cli import main
for line in sys.argv[1:]:
    code = main(line.split())
    heavy = {'spacy', 'pandas', 'thinc', 'numpy'} & set(sys.modules)
    heavy |= {'sqlmodel', 'rich'} & set(sys.modules) if line == '--help' else set()
    print(line, code, sorted(heavy), file=sys.stderr)
"""


def test_nothing_heavy_is_imported(filled: Desk) -> None:
    """One process runs all of them: what one imports is told of it and of those behind it."""
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, *COMMANDS],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TRACKER_DB": filled.db},
    )
    assert done.stderr.splitlines() == [f"{line} 0 []" for line in COMMANDS]


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

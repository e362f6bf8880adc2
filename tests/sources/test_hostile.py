"""Letters that mean harm: read, or refused for one reason, within bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_letters import CASES
from hostile_letters import __file__ as program

MEMORY = 300
"""Megabytes of resident memory at the peak, the interpreter's and the test's own included."""
SECONDS = 120
"""Of processor time, after which the system ends the process."""
QUICK = {
    "10,000-deep HTML",
    "5,000 attachments",
    "a mail of 100 MB",
    "a billion laughs",
    "headers with control characters",
    "terminal escapes",
    "a mail of empty lines",
    "a zip bomb",
}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.long) for name in CASES]
)
def test_hostile_letter(name: str, tmp_path: Path) -> None:
    _, _, refusal = CASES[name]
    done = subprocess.run(
        [sys.executable, program, name, str(tmp_path)],
        capture_output=True,
        text=True,
        preexec_fn=_limit,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    megabytes, _, letters, _, reason = done.stdout.rstrip("\n").split("\t")
    assert int(megabytes) <= MEMORY
    if refusal is None:
        assert int(letters) >= 1 and not reason
    else:
        assert int(letters) == 0 and refusal in reason and "\n" not in reason

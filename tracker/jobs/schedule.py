"""A command and its hours in, ready units for cron, systemd and launchd out."""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracker.errors import BadValue

MINUTE = 17
"""Of every hour: not the full one, at which everybody asks."""
_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run, and when: every hour, or once a day at `at` (hour, minute)."""

    command: Sequence[str]
    """With absolute paths, and no secret in it."""
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Sequence[str] = ()
    """Names of the variables that passwords are expected in."""
    at: tuple[int, int] | None = None


def parse_at(text: str) -> tuple[int, int]:
    """An hour and a minute: "7:30"."""
    match = _AT.fullmatch(text.strip())
    if match is None:
        raise BadValue(f"--at {text!r}: give an hour and a minute, 7:30")
    return int(match[1]), int(match[2])


def cron(job: Job) -> str:
    """A line for a crontab, with what must stand above it."""
    when = f"{job.at[1]} {job.at[0]} * * *" if job.at else f"{MINUTE} * * * *"
    # cron ends the command at a bare percent sign.
    command = shlex.join(job.command).replace("%", r"\%")
    lines = ["# Add with crontab -e. Nothing is printed, and so nothing mailed, unless it fails."]
    lines += [f"# {name}=…   the password of a source" for name in job.secrets]
    lines += [f"{name}={value}" for name, value in job.environment.items()]
    return "\n".join([*lines, f"{when} {command}"]) + "\n"


def systemd(job: Job) -> dict[str, str]:
    """File name → unit: a service of the user's own, and its timer."""
    calendar = f"*-*-* {job.at[0]:02}:{job.at[1]:02}:00" if job.at else f"*-*-* *:{MINUTE:02}:00"
    environment = "".join(
        f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items()
    )
    if job.secrets:
        environment += (
            f"# {', '.join(job.secrets)}: one NAME=value a line, the file readable by you alone.\n"
            "EnvironmentFile=-%h/.config/tracker.env\n"
        )
    service = (
        "[Unit]\nDescription=Fetch newsletters and store the funding rounds they report\n\n"
        "[Service]\nType=oneshot\n"
        f"{environment}"
        f"ExecStart={' '.join(map(_quoted, job.command))}\n"
        "# Another run is still at work: no failure.\nSuccessExitStatus=3\n"
        "Nice=10\nNoNewPrivileges=true\n"
    )
    timer = (
        "[Unit]\nDescription=Run tracker.service when sources may be due\n\n"
        f"[Timer]\nOnCalendar={calendar}\n"
        "# Catch up after the machine was off.\nPersistent=true\nRandomizedDelaySec=60\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {"tracker.service": service, "tracker.timer": timer}


def launchd(job: Job, home: Path) -> str:
    """A property list for ~/Library/LaunchAgents."""
    when = {"Hour": job.at[0], "Minute": job.at[1]} if job.at else {"Minute": MINUTE}
    log = str(home / "Library" / "Logs" / "startup-funding-tracker.log")
    unit = {
        "Label": "startup-funding-tracker.run",
        "ProgramArguments": list(job.command),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": when,
        "ProcessType": "Background",
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    return plistlib.dumps(unit, sort_keys=False).decode()


def _quoted(word: str) -> str:
    """As systemd reads it: it knows quotes, specifiers (%) and variables ($)."""
    safe = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if re.search(r"[\s'\"\\;]", word) or not word else safe

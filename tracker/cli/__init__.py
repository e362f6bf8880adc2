"""The `tracker` command: one file a command, each thin: parse options, call the library, print.

Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 failed (one
line says why), 2 wrong usage, 130 interrupted.
"""

from tracker.cli.application import app, main

__all__ = ["app", "main"]

"""Long output through the user's pager, where a person sits before a terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

_off: ContextVar[bool] = ContextVar("tracker_no_pager", default=False)


@contextmanager
def without_pager() -> Iterator[None]:
    """Let nothing be paged within (``--no-pager``)."""
    token = _off.set(True)
    try:
        yield
    finally:
        _off.reset(token)


@contextmanager
def paged(fmt: str = "table") -> Iterator[TextIO]:
    """Where to write what may be long: standard output, or what will go through the pager.

    Only a terminal has a pager, and only what is longer than the terminal goes through it. The
    formats for programs stream, so that they are never held back.
    """
    off = _off.get() or os.environ.get("TRACKER_PAGER") == "0" or fmt != "table"
    if off or not sys.stdout.isatty():
        yield sys.stdout
        return
    screen = _Screen()
    yield screen
    text = screen.getvalue()
    if text.count("\n") < shutil.get_terminal_size().lines:
        sys.stdout.write(text)
        return
    import click

    click.echo_via_pager(text)


class _Screen(io.StringIO):
    """Memory that Rich takes for the terminal which it will end up on."""

    def isatty(self) -> bool:
        return True

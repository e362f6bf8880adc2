"""Make `terminal.svg`, the picture at the head of the README: a real session, drawn by Rich.

The commands run in a folder of their own on the demo's letters; what they print is the picture.
It names no day but the letters' and no place on the disk, so whoever makes it gets the same.

    python data/readme/make_picture.py
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tracker.cli import main

ISSUES = Path(__file__).resolve().parents[1] / "issues"
PICTURE = Path(__file__).with_name("terminal.svg")
COLUMNS = 90
SESSION = (
    "tracker ingest data/issues",
    "tracker list --since 2026-11-10 --min-amount 10억",
    "tracker show 30",
)
ENVIRONMENT = {
    "TRACKER_DB": "rounds.sqlite3",
    "TRACKER_LANG": "en",
    "TRACKER_PAGER": "0",
    "COLUMNS": str(COLUMNS),
    "LINES": "60",
    "TERM": "xterm-256color",
    "FORCE_COLOR": "1",
}
UNSET = ("NO_COLOR", "COLORTERM", "TRACKER_READ_ONLY", "TRACKER_RATES")
FONTS = (
    '"D2Coding", "NanumGothicCoding", "Noto Sans Mono CJK KR", ui-monospace, Menlo, Consolas, '
    '"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", monospace'
)
"""Hangul comes from the viewer's own fonts; a picture in a README may load none."""
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]+"
)
_TEXT = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+"'
    r"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>"
)
CELL = 12.2
"""Width of a terminal's cell in Rich's picture."""


def record() -> list[tuple[str, str]]:
    """Run the session on a fresh database: each command with what it printed, escapes and all."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ISSUES, Path(folder, "data", "issues"))
        with contextlib.chdir(folder), _environment(ENVIRONMENT):
            return [(command, _printed(command)) for command in SESSION]


def draw(session: list[tuple[str, str]]) -> str:
    """The session as SVG."""
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    for command, printed in session:
        console.print(Text.assemble(("$ ", "green"), (command, "bold")))
        console.print(Text.from_ansi(printed.rstrip("\n"), overflow="fold"))
        console.print()
    template = re.sub(r"\s*@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    template = template.replace("Fira Code, monospace", FONTS)
    picture = console.export_svg(title="tracker", code_format=template, unique_id="session")
    return "\n".join(line.rstrip() for line in _TEXT.sub(_to_cells, picture).splitlines()) + "\n"


@contextlib.contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(wanted)
    for name in UNSET:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _printed(command: str) -> str:
    """What a person sees of `command`: both streams. Raises `RuntimeError` where it fails."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(shlex.split(command)[1:])
    if code:
        raise RuntimeError(f"{command}: exit code {code}: {out.getvalue()}")
    return out.getvalue()


def _to_cells(found: re.Match[str]) -> str:
    """One text of Rich's, Hangul and the rest apart, each where a terminal has it.

    Rich counts letters where it should count cells, so that Hangul would be squeezed to half.
    """
    text = unescape(found["text"])
    made, at, cells = [], 0, 0.0
    for start, end in [m.span() for m in _WIDE.finditer(text)] + [(len(text), len(text))]:
        for part in (text[at:start], text[start:end]):
            width = cell_len(part.replace("\xa0", " "))
            if part.strip():
                x, length = float(found["x"]) + cells * CELL, width * CELL
                made.append(
                    f'<text class="{found["style"]}" x="{x:g}" y="{found["y"]}" '
                    f'textLength="{length:g}"{found["rest"]}>'
                    + escape(part).replace("\xa0", "&#160;")
                    + "</text>"
                )
            cells += width
        at = end
    return "".join(made)


if __name__ == "__main__":
    PICTURE.write_text(draw(record()), encoding="utf-8")

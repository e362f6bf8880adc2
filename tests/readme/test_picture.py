"""The README's picture is what the program prints today."""

from __future__ import annotations

import importlib.util
import re
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parents[2]
MOST_BYTES = 200_000


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_picture", ROOT / "data" / "readme" / "make_picture.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_is_what_the_script_makes_now(script: ModuleType) -> None:
    kept = script.PICTURE.read_text(encoding="utf-8")
    made = script.draw(script.record())
    assert _lines(kept) == _lines(made), "run python data/readme/make_picture.py"
    assert kept == made


def test_hangul_has_two_cells_and_nothing_is_fetched(script: ModuleType) -> None:
    kept = script.PICTURE.read_text(encoding="utf-8")
    assert len(kept.encode()) < MOST_BYTES
    assert not re.findall(r"url\((?!#)|href|@import|<script|@font-face", kept)
    parts = re.findall(
        r'<text class="session-r\d+" x="([\d.]+)"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)<', kept
    )
    assert len(parts) > 100
    for x, length, text in parts:
        shown = unescape(text).replace("\xa0", " ")
        assert float(length) == pytest.approx(cell_len(shown) * script.CELL, abs=0.1), shown
        assert float(x) + float(length) <= script.COLUMNS * script.CELL + 0.1, shown


def test_the_readme_opens_with_it() -> None:
    title, _, picture, *_ = (ROOT / "README.md").read_text(encoding="utf-8").split("\n")
    assert title.startswith("# ")
    assert re.fullmatch(r"!\[[^]]+\]\(data/readme/terminal\.svg\)", picture)


def _lines(picture: str) -> list[str]:
    """The words of the picture, line by line."""
    lines: dict[str, str] = {}
    for y, text in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>', picture):
        lines[y] = lines.get(y, "") + unescape(text)
    return list(lines.values())

"""A font that has every letter of a text: asked of the system, else the one that was installed.

No font, no picture: boxes in place of Hangul would be a lie that looks like a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from tracker.errors import TrackerError

KNOWN = (
    # What the systems ship that has Hangul, in the order of how it reads.
    "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "NanumGothic", "Nanum Gothic", "Apple SD Gothic Neo", "AppleGothic",
    "Malgun Gothic", "NanumBarunGothic", "UnDotum", "Baekmuk Dotum", "Noto Sans CJK JP", "Arial Unicode MS",
)  # fmt: skip


def font_for(text: str) -> Path:
    """A font file with a glyph for every visible character. Raises `TrackerError`."""
    needed = {ord(c) for c in text if not c.isspace()}
    for path in _fonts():
        if needed <= covered(path):
            return path
    strange = sorted({c for c in text if not c.isspace() and ord(c) > 0x2FF})
    raise TrackerError(
        f"no font here has {''.join(strange[:8])!r}: install one (Debian: apt install fonts-nanum), "
        "or pip install 'startup-funding-tracker[plot]'"
    )


@lru_cache(maxsize=64)
def covered(path: Path) -> frozenset[int]:
    """The characters that a font file has glyphs for; none where it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, KeyError, AssertionError):
        return frozenset()


def _fonts() -> Iterator[Path]:
    """matplotlib's own first, which has no Hangul; then the system's; then the installed one."""
    from matplotlib import font_manager

    files = {entry.name: Path(entry.fname) for entry in font_manager.fontManager.ttflist}
    yield from _files(files, ("DejaVu Sans", *KNOWN))
    spec = find_spec("koreanize_matplotlib")
    if spec is not None and spec.origin is not None:
        # Only its font: the package itself changes matplotlib's settings when it is imported.
        yield Path(spec.origin).parent / "fonts" / "NanumGothic.ttf"


def _files(files: dict[str, Path], names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        if name in files:
            yield files[name]

"""Charts: every label has its letters, whatever font that takes; else there is no chart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Desk
from fontTools.ttLib import TTFont

from tracker.cli import main
from tracker.errors import BadValue, TrackerError
from tracker.export import fonts
from tracker.export.plot import MOST, chart, check_plot, write_plot
from tracker.export.tallies import Line, lines
from tracker.query.statistics import Sums, Tally


def tally(label: str, **sums: int) -> Tally:
    found = {code: Sums(code) for code in sums}
    for code, amount in sums.items():
        found[code].add(1, amount, None)
    return Tally(label, label, 1, 0, 0, found)


def some(*tallies: Tally) -> list[Line]:
    return lines(tallies)


HANGUL = "가나다 뷁힣 시리즈A 억원 알토스벤처스"


def test_a_font_has_all_of_hangul() -> None:
    path = fonts.font_for(HANGUL)
    assert {ord(c) for c in HANGUL if c != " "} <= fonts.covered(path)


def test_no_font_no_boxes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="no font here has"):
        fonts.font_for("\U0001f680 \ue000")
    monkeypatch.setattr(fonts, "_fonts", lambda: iter([tmp_path / "missing.ttf"]))
    with pytest.raises(TrackerError, match="fonts-nanum"):
        fonts.font_for("가")
    out = tmp_path / "chart.svg"
    with pytest.raises(TrackerError, match="no font"):
        write_plot(some(tally("가", KRW=1)), "stage", out)
    assert not out.exists()


@pytest.mark.parametrize("by", ["month", "investor", None])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_charts(tmp_path: Path, by: str | None, kind: str) -> None:
    out = tmp_path / f"chart.{kind}"
    write_plot(some(tally("알토스벤처스", KRW=6 * 10**9), tally("Pine <b>", KRW=10**9)), by, out)
    content = out.read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG")
        return
    drawn = content.decode()
    # Text is drawn as glyphs of the font: those of Hangul, and never the one for what is missing.
    glyphs = {int(code, 16) for code in re.findall(r'id="[^"]*-([0-9a-f]+)"', drawn)}
    assert 0 not in glyphs
    with TTFont(fonts.font_for("알토스벤처스 억원 123")) as font:
        names = font.getBestCmap()
        assert {font.getGlyphID(names[ord(c)]) for c in "알토스벤처"} <= glyphs
    assert "<!-- 알토스벤처스 -->" in drawn and "<!-- Sum, 억원 -->" in drawn
    assert f"<!-- {(by or 'all').capitalize()} -->" in drawn


def test_what_is_drawn() -> None:
    labels, heights, title, unit = chart(
        some(tally("a", KRW=5 * 10**8), tally("b", USD=7), tally("c", KRW=10**8)), "stage"
    )
    assert (labels, heights, unit) == (["a", "b", "c"], [5.0, 0.0, 1.0], "Sum, 억원")
    assert "other currencies" in title
    labels, heights, _, unit = chart(some(tally("a")), "stage")
    assert (labels, heights, unit) == (["a"], [1.0], "Rounds")
    assert chart(some(tally("a", USD=3_000_000)), "month")[3] == "Sum, million USD"


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadValue, match=r"\.png or \.svg"):
        check_plot(tmp_path / "chart.pdf")
    with pytest.raises(TrackerError, match="cannot be written"):
        check_plot(tmp_path / "no" / "chart.png")
    with pytest.raises(TrackerError, match="--limit"):
        write_plot(
            some(*(tally(str(n), KRW=n + 1) for n in range(MOST + 1))),
            "investor",
            tmp_path / "x.svg",
        )
    monkeypatch.setattr("tracker.export.plot.find_spec", lambda _: None)
    with pytest.raises(TrackerError, match=r"tracker\[plot\]"):
        check_plot(tmp_path / "chart.png")


def test_from_the_command_line(file_desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    assert main(["stats", "--by", "investor", "--plot", str(out), "--db", file_desk.db]) == 0
    assert "<!-- 알토스벤처스 -->" in out.read_text(encoding="utf-8")
    assert main(["stats", "--plot", str(tmp_path / "x.pdf"), "--db", file_desk.db]) == 2

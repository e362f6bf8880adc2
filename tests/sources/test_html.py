"""HTML → lines."""

from __future__ import annotations

import pytest
from scaling import grows_linearly

from tracker.sources.cleaning import clean_text
from tracker.sources.html import html_metadata, html_to_text


def lines(html: str) -> list[str]:
    return clean_text(html_to_text(html)).split("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>투자 소식</h2><p>가온</p>", ["## 투자 소식", "가온"]),
        ("<p>a</p><p>b</p>", ["a", "", "b"]),
        ("<div>a</div><div>b</div>", ["a", "b"]),
        ("a<br>b<br><br>c", ["a", "b", "", "c"]),
        ("<ul><li>a<li>b<ul><li>c</li></ul></ul>", ["• a", "• b", "  • c"]),
        ("<ol start=3><li>a</li><li>b</li></ol>", ["3. a", "4. b"]),
        ("<ul><li><p>head</p><p>blurb</p></li></ul>", ["• head", "  blurb"]),
        (
            "<p>가온<b>로봇</b>이 <a href='http://t.co/x?u=1'>유치</a>했다</p>",
            ["가온로봇이 유치했다"],
        ),
        (
            "<script>x</script><style>y</style>a<noscript>z</noscript><svg><text>s</text></svg>",
            ["a"],
        ),
        ("<div style='display:none'>preheader</div>b<span hidden>c</span>", ["b"]),
        ("<div style='font-size:0'>x</div><div style='font-size:0.9em'>y</div>", ["y"]),
        ("<div hidden><p>a<p>b</div>c", ["c"]),
        ("<!-- a --><!--[if mso]>b<![endif]-->c<![if !mso]>d<![endif]>", ["cd"]),
        ("a &amp; b &lt;c&gt; &nbsp; d", ["a & b <c> d"]),
        ("<div><b>제목이다</b></div><div>본문이다.</div>", ["###### 제목이다", "본문이다."]),
        (
            "<div style='font-weight:700'>제목</div>글이 이어진다.",
            ["###### 제목", "글이 이어진다."],
        ),
        ("<a>하나</a><a>둘</a>", ["하나 둘"]),
        ("<div style='display:flex'><span>VOL. 8</span><span>2026</span></div>", ["VOL. 8 2026"]),
        ("<div style='display:grid'><a>하나</a><a>둘</a></div>", ["하나", "둘"]),
        ("a<hr>b", ["a", "", "---", "", "b"]),
        ("<p>a<div>b</div>", ["a", "", "b"]),
        ("<td>a</b></td>b", ["a", "b"]),
    ],
)
def test_rows(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def test_data_table_rows_have_their_cells_joined() -> None:
    table = "<table><tr><th>회사<th>금액</tr><tr><td>가온<td><p>30억원</p></tr><tr><td>나래 | 약<td></tr></table>"
    assert lines(table) == ["회사 | 금액", "가온 | 30억원", "나래 / 약 | -"]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>",
        f"<table><tr><td>a</td><td>{'긴 글 ' * 90}</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>",
    ],
)
def test_layout_tables_only_break_lines(table: str) -> None:
    assert not any(" | " in line for line in lines(table))


def test_all_bold_letter_has_no_headings() -> None:
    assert lines("<b><p>하나를</p><p>둘을</p><p>셋을</p></b>") == ["하나를", "", "둘을", "", "셋을"]


def test_metadata() -> None:
    head = (
        "<head><title>A &amp; B</title><meta property='og:site_name' content='Name'>"
        '<meta property="article:published_time" content="2026-10-02T08:00"></head>'
    )
    assert html_metadata(head) == {"title": "A & B", "site": "Name", "date": "2026-10-02T08:00"}


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "x",
        "<div>" * 10_000 + "x" + "</div>" * 10_000 + "<p>y",
        "<table><tr><td>" * 10_000 + "x",
        "<ul><li>" * 10_000 + "x",
        "".join(f"<b id={n}><p>x" for n in range(10_000)),
        "<" * 300_000,
        "<a " * 100_000,
        '<a "' * 100_000,
        "<!--" * 100_000,
        "<!" * 200_000,
        "<script>" * 50_000,
        "&" * 300_000,
        "</div>" * 100_000,
        "<p " + "a=b " * 100_000 + ">x",
    ],
)
def test_hostile_html_is_linear(html: str) -> None:
    assert grows_linearly(html_to_text, html)


def test_text_after_deep_nesting_is_kept() -> None:
    text = html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after</p>")
    assert "deep" in text
    assert "after" in text

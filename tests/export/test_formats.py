"""What is written can be read back, in every format, whatever a newsletter wrote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from round_rows import row

from tracker.errors import BadValue, TrackerError
from tracker.export import BRIEFS, ROUNDS, format_of, write, write_file
from tracker.export.safety import cell, plain_line, printable
from tracker.records import BriefRow, RoundRow, Share


def text(*rows: RoundRow, fmt: str, to_file: bool = False) -> str:
    out = io.StringIO(newline="")
    assert write(rows, ROUNDS, fmt, out, to_file=to_file) == len(rows)
    return out.getvalue()


RECORD = {
    "id": 7,
    "company": "감자마켓",
    "investors": [{"name": "알토스벤처스", "lead": True}, {"name": "바다캐피탈", "lead": False}],
    "amount": 9007199254740993,
    "currency": "KRW",
    "stage": "pre_series_a",
    "stage_raw": "프리A",
    "extension": True,
    "valuation": None,
    "valuation_currency": None,
    "total_raised": None,
    "total_raised_currency": None,
    "announced_on": "2025-12-19",
    "confidence": 0.9,
    "sources": [
        {
            "newsletter": "월요레터",
            "issue": "25-47",
            "date": "2025-12-19",
            "brief": "감자마켓 프리A",
        }
    ],
}


def test_json_is_the_contract() -> None:
    (found,) = json.loads(text(row(), fmt="json"))
    assert found == RECORD
    assert list(found) == list(RECORD)
    assert [
        json.loads(line)["id"] for line in text(row(), row(id=8), fmt="jsonl").splitlines()
    ] == [7, 8]
    assert json.loads(text(fmt="json")) == []
    assert text(fmt="jsonl") == ""


@pytest.mark.parametrize(("fmt", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv(fmt: str, delimiter: str) -> None:
    (found,) = csv.DictReader(io.StringIO(text(row(), fmt=fmt)), delimiter=delimiter)
    assert found == {
        "id": "7",
        "company": "감자마켓",
        "investors": "알토스벤처스; 바다캐피탈",
        "lead_investors": "알토스벤처스",
        "amount": "9007199254740993",
        "currency": "KRW",
        "stage": "pre_series_a",
        "stage_raw": "프리A",
        "extension": "true",
        "valuation": "",
        "valuation_currency": "",
        "total_raised": "",
        "total_raised_currency": "",
        "announced_on": "2025-12-19",
        "confidence": "0.9",
        "sources": "월요레터 25-47 (2025-12-19)",
    }
    assert "\r" not in text(row(), fmt=fmt)
    assert text(row(), fmt="csv", to_file=True).count("\r\n") == 2


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(deadline=None)
@given(names, st.integers(0, 2**63 - 1))
def test_round_trip_of_any_name(name: str, amount: int) -> None:
    told = row(company=name, amount=amount)
    (found,) = json.loads(text(told, fmt="json"))
    assert (found["company"], found["amount"]) == (name, amount)
    (line,) = csv.DictReader(io.StringIO(text(told, fmt="csv"), newline=""))
    assert line["amount"] == str(amount)
    assert line["company"].lstrip("'") == printable(name).lstrip("'")
    assert not line["company"].startswith(("=", "+", "-", "@", "\t", "\r"))
    for fmt in ("table", "markdown"):
        assert all(
            c.isprintable() or c == "\n" for c in text(row(stage_raw=name), fmt=fmt) if c < "\xa0"
        )


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+82", "'+82"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\r=x", "'=x"),
        ("\x1b=x", "'=x"),
        ("a=b", "a=b"),
        ("", ""),
        ("\x1b[31m빨강\x9b0m", "[31m빨강0m"),
    ],
)
def test_cells_are_harmless(raw: str, safe: str) -> None:
    assert cell(raw) == safe


def test_terminal_escapes_never_come_out_raw() -> None:
    bad = row(company="갑\x1b]0;pwned\x07을\u202e\x9b31m\n병")
    for fmt in ("table", "json", "jsonl", "csv", "tsv", "markdown"):
        assert not set(text(bad, fmt=fmt)) & set("\x1b\x07\x9b\u202e"), fmt
    assert plain_line(bad.company) == "갑]0;pwned을31m 병"


def test_markdown_is_one_table() -> None:
    lines = text(row(company="갑|을\n<b>*굵게*"), fmt="markdown").splitlines()
    assert len(lines) == 3
    assert "| 갑\\|을 \\<b\\>\\*굵게\\* |" in lines[2]
    assert lines[0].count("|") == lines[1].count("|") == 17


def test_table_is_right_at_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    long = row(
        company="이름이 아주아주 길어서 한 줄에 들어가지 않는 회사의 이름",
        investors=tuple(Share(f"투자사{i}인베스트먼트", i == 2) for i in range(6)),
        amount=1_200_000_000_000,
    )
    lines = text(long, row(amount=12_500_000, currency="USD"), fmt="table").splitlines()
    body = [line for line in lines if "2025-12-19" in line]
    assert len(body) == 2, "one line a round"
    assert max(map(cell_len, lines)) <= 80
    assert all("Pre-Series A+" in line for line in body)
    assert "1조 2,000억원" in body[0] and "…" in body[0] and "투자사2인베" in body[0]
    assert "$12.5M" in body[1]
    # The columns stand under one another though Hangul is twice as wide.
    assert len({cell_len(line[: line.index("Pre-Series")]) for line in body}) == 1


def test_table_without_rows_is_nothing() -> None:
    assert text(fmt="table") == ""


def test_briefs_have_the_same_formats() -> None:
    brief = BriefRow(
        id=1, newsletter="레터", issue="3", date=None, kind="planned", confidence=0.5, lang="ko",
        section=None, rounds=0, text="=유치 중\n이다",
    )  # fmt: skip
    for fmt in ("table", "json", "jsonl", "csv", "tsv", "markdown"):
        out = io.StringIO()
        assert write([brief], BRIEFS, fmt, out, to_file=False) == 1
        assert "planned" in out.getvalue()


@pytest.mark.parametrize(
    ("name", "fmt"),
    [
        ("a.csv", "csv"),
        ("A.CSV", "csv"),
        ("a.b.tsv", "tsv"),
        ("a.jsonl", "jsonl"),
        ("a.md", "markdown"),
    ],
)
def test_endings(name: str, fmt: str) -> None:
    assert format_of(Path(name)) == fmt


@pytest.mark.parametrize("name", ["a.xls", "a", "csv"])
def test_unknown_endings(name: str) -> None:
    with pytest.raises(BadValue, match=r"supported are \.csv \.tsv"):
        format_of(Path(name))


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_text("old")
    path.chmod(0o640)

    def breaks() -> Iterator[RoundRow]:
        yield row()
        raise TrackerError("the database went away")

    with pytest.raises(TrackerError, match="went away"):
        write_file(path, lambda out: write(breaks(), ROUNDS, "csv", out, to_file=True))
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["rounds.csv"]
    write_file(path, lambda out: write([row()], ROUNDS, "csv", out, to_file=True), bom=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,company,")
    assert path.stat().st_mode & 0o777 == 0o640


def test_where_no_file_can_be(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "a.csv", tmp_path, Path("/dev/full")):
        with pytest.raises(TrackerError, match="cannot be written"):
            write_file(path, lambda out: out.write("x" * 100_000))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, lambda out: out.write("new"))
    assert link.is_symlink()
    assert target.read_text() == "new"

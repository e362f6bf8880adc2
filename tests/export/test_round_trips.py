"""What pandas, openpyxl, DuckDB and LibreOffice read back is exactly what was written."""

from __future__ import annotations

import csv
import gc
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from round_rows import LARGEST, rounds, row

from tracker.export import printable, uncell, write, write_binary_file, write_file, write_typed
from tracker.export.rounds import ROUND_FIELDS, ROUNDS
from tracker.export.workbook import EXACT, MAX_TEXT
from tracker.records import RoundRow, Share

some_rounds = st.lists(rounds, max_size=3)
few = settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip


def told(row: RoundRow) -> list[str]:
    """The cells of a row as text, as anyone would write them."""
    cells = ROUNDS.cells(row)
    return [printable(cell) if isinstance(cell, str) else "" if cell is None else str(cell) for cell in cells]  # fmt: skip


def delimited(path: Path, rows: Sequence[RoundRow], *, bom: bool = True) -> Path:
    fmt = path.suffix[1:]
    write_file(path, lambda out: write(rows, ROUNDS, fmt, out, to_file=True), bom=bom)
    return path


def typed(path: Path, rows: Sequence[RoundRow]) -> Path:
    write_binary_file(path, lambda out: write_typed(rows, ROUNDS, path.suffix[1:], out))
    return path


@few
@given(rows=some_rounds, bom=st.booleans(), ending=st.sampled_from(["csv", "tsv"]))
def test_pandas_reads_csv(tmp_path: Path, rows: list[RoundRow], bom: bool, ending: str) -> None:
    path = delimited(tmp_path / f"rounds.{ending}", rows, bom=bom)
    frame = pd.read_csv(
        path,
        dtype=str,
        keep_default_na=False,
        encoding="utf-8-sig" if bom else "utf-8",
        sep="\t" if ending == "tsv" else ",",
    )
    assert tuple(frame.columns) == ROUNDS.names
    found = [[uncell(cell) for cell in cells] for cells in frame.to_numpy().tolist()]
    assert found == [told(row) for row in rows]
    starts = {cell[:1] for cells in frame.to_numpy().tolist() for cell in cells}
    assert not starts & set("=+-@\t\r\n")


@few
@given(rows=some_rounds)
def test_duckdb_reads_csv(tmp_path: Path, rows: list[RoundRow]) -> None:
    path = delimited(tmp_path / "rounds.csv", rows)
    read = duckdb.read_csv(
        str(path), all_varchar=True, header=True, sep=",", quotechar='"', escapechar='"'
    )
    assert tuple(read.columns) == ROUNDS.names
    found = [[uncell(cell or "") for cell in cells] for cells in read.fetchall()]
    assert found == [told(row) for row in rows]


@few
@given(rows=some_rounds)
def test_parquet_is_exact(tmp_path: Path, rows: list[RoundRow]) -> None:
    path = typed(tmp_path / "rounds.parquet", rows)
    values = [tuple(field.value(row) for field in ROUND_FIELDS) for row in rows]
    columns = pq.read_table(path).to_pydict()
    assert tuple(columns) == ROUNDS.names
    assert [_tuples(cells) for cells in zip(*columns.values(), strict=True)] == values
    found = duckdb.read_parquet(str(path)).fetchall()
    assert list(map(_tuples, found)) == values
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    for name in ("id", "amount", "company", "announced_on", "currency"):
        wanted = [getattr(row, name) for row in rows]
        assert [None if cell is pd.NA else cell for cell in frame[name].tolist()] == wanted


def _tuples(cells: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(tuple(cell) if isinstance(cell, list) else cell for cell in cells)


def test_parquet_types(tmp_path: Path) -> None:
    schema = pq.read_schema(typed(tmp_path / "rounds.parquet", [row()]))
    types = {field.name: str(field.type) for field in schema}
    assert types["amount"] == types["id"] == "int64"
    assert types["announced_on"] == "date32[day]"
    assert types["extension"] == "bool"
    assert types["confidence"] == "double"
    assert types["currency"] == types["stage"] == "dictionary<values=string, indices=int32, ordered=0>"  # fmt: skip
    assert types["investors"].startswith("list<")
    assert types["company"] == "string"
    assert schema.field("amount").metadata[b"unit"] == b"whole units of `currency`"


def in_excel(value: object) -> object:
    """How a spreadsheet keeps a value."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, str):
        text = printable(value).translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})
        return text or None
    if type(value) is int and abs(value) >= EXACT:
        return str(value)
    if isinstance(value, date) and value < date(1900, 3, 1):
        return value.isoformat()
    return value


@few
@given(rows=some_rounds)
def test_openpyxl_reads_xlsx(tmp_path: Path, rows: list[RoundRow]) -> None:
    sheet = openpyxl.load_workbook(typed(tmp_path / "rounds.xlsx", rows))["rounds"]
    head, *body = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == ROUNDS.names
    for cells, written in zip(body, rows, strict=True):
        for cell, field in zip(cells, ROUND_FIELDS, strict=True):
            found, wanted = cell.value, in_excel(field.value(written))
            if isinstance(found, datetime):
                found = found.date()
            assert cell.data_type != "f"
            if isinstance(found, str):
                assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
                # As the format has it and Excel does; openpyxl leaves that to its user.
                found = uncell(unescape(found)) or None
            if isinstance(wanted, float):
                assert found == pytest.approx(wanted, rel=1e-15, abs=1e-300)
            else:
                assert (type(found), found) == (type(wanted), wanted)


def test_a_workbook_for_people(tmp_path: Path) -> None:
    rows = [
        row(amount=6_000_000_000),
        row(amount=12_500_000, currency="USD", company="아주아주 긴 이름의 회사" * 2),
        row(amount=5, currency="CHF"),
        row(amount=LARGEST, currency=None, investors=(Share("갑", False),)),
    ]
    sheet = openpyxl.load_workbook(typed(tmp_path / "rounds.xlsx", rows)).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:P5"
    place = ROUNDS.names.index("amount") + 1
    formats = [sheet.cell(at, place).number_format for at in range(2, 6)]
    assert formats[:3] == ["[$₩]#,##0", "[$$]#,##0", "[$CHF ]#,##0"]
    assert sheet.cell(5, place).value == str(LARGEST)
    day = sheet.cell(2, ROUNDS.names.index("announced_on") + 1)
    assert (day.is_date, day.number_format) == (True, "yyyy-mm-dd")
    # Hangul is twice as wide: two cells a letter.
    assert sheet.column_dimensions["B"].width > 2 * len("아주아주 긴 이름의 회사") * 2 - 8
    assert sheet.cell(1, 1).font.bold


@pytest.mark.parametrize("letter", ["a", "갑", "🚀", "="])
def test_a_text_too_long_for_a_cell(tmp_path: Path, letter: str) -> None:
    sheet = openpyxl.load_workbook(
        typed(tmp_path / "rounds.xlsx", [row(company=letter * 40_000, stage_raw=letter * 16_000)])
    ).active
    cut, whole = sheet["B2"].value, sheet.cell(2, ROUNDS.names.index("stage_raw") + 1).value
    assert uncell(whole) == letter * 16_000
    assert cut.endswith("…") and set(cut.lstrip("'")[:-1]) == {letter}
    assert MAX_TEXT - 2 <= len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.export.workbook.MAX_ROWS", 4)
    for count, sizes in ((3, [3]), (4, [3, 1]), (7, [3, 3, 1])):
        book = openpyxl.load_workbook(
            typed(tmp_path / "rounds.xlsx", [row(id=n) for n in range(1, count + 1)])
        )
        assert [sheet.max_row - 1 for sheet in book] == sizes
        found = [sheet.cell(at, 1).value for sheet in book for at in range(2, sheet.max_row + 1)]
        assert found == list(range(1, count + 1))
        assert book.sheetnames == ["rounds", "rounds 2", "rounds 3"][: len(sizes)]


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PLAIN = [
    row(id=1, company="=1+1", stage_raw="@갑", amount=6_000_000_000),
    row(id=2, company='따옴표 "둘", 쉼표', amount=LARGEST, currency="USD", extension=False),
    row(id=3, company="줄\n바꿈", amount=None, currency=None, stage=None, stage_raw=None),
    row(id=4, company="007", stage_raw="12/31", investors=(), announced_on=None, sources=()),
    row(id=5, company="🚀 Rocket", confidence=0.125, stage_raw="+82", announced_on=date(2026, 2, 28)),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice (apt-get install libreoffice-calc)")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_libreoffice_reads(tmp_path: Path, ending: str) -> None:
    assert OFFICE is not None
    source, folder = tmp_path / f"rounds.{ending}", tmp_path / "out"
    delimited(source, PLAIN) if ending == "csv" else typed(source, PLAIN)
    # Comma, quote, UTF-8, from line 1; as text where it is CSV; out again as it is kept.
    options = "44,34,76,1,,0,false,false,false"
    kinds = "/".join(f"{place}/2" for place in range(1, len(ROUNDS.names) + 1))
    come_in = [f"--infilter=Text - txt - csv (StarCalc):44,34,76,1,{kinds}"]
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            *(come_in if ending == "csv" else []),
            "--convert-to",
            f"csv:Text - txt - csv (StarCalc):{options}",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=300,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    with (folder / "rounds.csv").open(encoding="utf-8-sig", newline="") as lines:
        head, *body = csv.reader(lines)
    assert tuple(head) == ROUNDS.names
    found = [[uncell(cell) for cell in cells] for cells in body]
    wanted = [told(row) for row in PLAIN]
    if ending == "xlsx":
        place = ROUNDS.names.index("extension")
        for cells in found:
            cells[place] = cells[place].lower()
    assert found == wanted


def test_a_full_disk_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A zip that cannot be ended tries again when it is torn down."""

    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() > 4_000:
                raise OSError(28, "No space left on device")
            return super().write(data)

    out = Full()
    with pytest.raises(OSError, match="No space left"):
        write_typed([row(id=n) for n in range(500)], ROUNDS, "xlsx", out)
    out.close()
    gc.collect()
    assert "Exception ignored" not in capsys.readouterr().err

"""Columns by name, a row for each investor, converted sums, Crunchbase's names."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from round_rows import LARGEST, row

from tracker.errors import BadValue
from tracker.export import write
from tracker.export.crunchbase import CRUNCHBASE_FIELDS
from tracker.export.rounds import EXTRA_FIELDS, INVESTOR_FIELDS, ROUND_FIELDS
from tracker.export.shape import Shape, make_shape
from tracker.query.conversion import Conversion
from tracker.rates import load_rates
from tracker.records import RoundRow, Share

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def conversion(tmp_path_factory: pytest.TempPathFactory) -> Conversion:
    file = tmp_path_factory.mktemp("rates") / "rates.csv"
    file.write_text("Date,USD,KRW\n2025-12-18,1.25,1500\n")
    return Conversion(load_rates(file), "USD")


def cells(shape: Shape, *rows: RoundRow) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write(shape.rows(rows), shape.layout, "csv", out, to_file=False)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def records(shape: Shape, *rows: RoundRow) -> list[dict[str, object]]:
    out = io.StringIO()
    write(shape.rows(rows), shape.layout, "json", out, to_file=False)
    found = json.loads(out.getvalue())
    assert isinstance(found, list)
    return found


def test_chosen_columns_in_their_order() -> None:
    shape = make_shape(columns=" amount, Company,lead_investors,amount ")
    assert cells(shape, row()) == [
        {"amount": "9007199254740993", "company": "감자마켓", "lead_investors": "알토스벤처스"}
    ]
    assert records(shape, row()) == [
        {"amount": 9007199254740993, "company": "감자마켓", "lead_investors": ["알토스벤처스"]}
    ]
    assert shape.needs == {"investors"}
    assert make_shape(columns="id,stage").needs == frozenset()
    assert make_shape().needs == {"investors", "sources"}
    assert make_shape(columns="id", row_per="investor").needs == {"investors"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"columns": "compny"}, "did you mean company"),
        ({"columns": "id,zzz"}, "--columns zzz: no such column; there are id, company"),
        ({"columns": " , "}, "names no column"),
        ({"columns": "money_raised"}, "no such column"),
        ({"columns": "company", "schema": "crunchbase"}, "no such column"),
        ({"columns": "amount_in"}, "no such column"),
        ({"columns": "investors", "row_per": "investor"}, "did you mean investor"),
        ({"schema": "pitchbook"}, "choose from tracker, crunchbase"),
        ({"row_per": "company"}, "choose from round, investor"),
    ],
)
def test_refuse(options: dict[str, str], reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        make_shape(**options)  # type: ignore[arg-type]


def test_one_row_per_investor_loses_no_round() -> None:
    shape = make_shape(columns="id,investor,lead,amount", row_per="investor")
    alone = row(id=8, investors=())
    assert cells(shape, row(amount=5), alone, row(id=9, amount=None, investors=(Share("갑", False),))) == [
        {"id": "7", "investor": "알토스벤처스", "lead": "true", "amount": "5"},
        {"id": "7", "investor": "바다캐피탈", "lead": "false", "amount": "5"},
        {"id": "8", "investor": "", "lead": "", "amount": "9007199254740993"},
        {"id": "9", "investor": "갑", "lead": "false", "amount": ""},
    ]  # fmt: skip
    names = make_shape(row_per="investor").layout.names
    assert names[:4] == ("id", "company", "investor", "lead")


def test_sums_in_another_currency(conversion: Conversion) -> None:
    shape = make_shape(columns="amount_in,amount_in_currency,amount_rate_on", conversion=conversion)
    empty = {"amount_in": "", "amount_in_currency": "", "amount_rate_on": ""}
    told = {"amount_in": "100", "amount_in_currency": "USD", "amount_rate_on": "2025-12-18"}
    assert cells(
        shape,
        row(amount=120_000),
        row(amount=None, currency=None),
        row(amount=120_000, currency="VND"),
        row(amount=120_000, announced_on=None),
        row(amount=120_000, announced_on=date(1999, 1, 1)),
        row(amount=100, currency="USD"),
        row(amount=LARGEST, currency="EUR"),
    ) == [told, empty, empty, empty, empty, {**told, "amount_rate_on": "2025-12-19"}, empty]
    names = make_shape(conversion=conversion).layout.names
    assert names[4:9] == (
        "amount", "currency", "amount_in", "amount_in_currency", "amount_rate_on",
    )  # fmt: skip
    assert len(names) == len(ROUND_FIELDS) + 9


def test_crunchbase(conversion: Conversion) -> None:
    (found,) = records(make_shape(schema="crunchbase"), row(valuation=9, valuation_currency="KRW"))
    assert found == {
        "announced_on": "2025-12-19",
        "funded_organization_name": "감자마켓",
        "investment_type": "pre_series_a",
        "money_raised": 9007199254740993,
        "money_raised_currency": "KRW",
        "investor_names": ["알토스벤처스", "바다캐피탈"],
        "lead_investor_names": ["알토스벤처스"],
        "post_money_valuation": 9,
        "post_money_valuation_currency": "KRW",
        "funding_total": None,
        "funding_total_currency": None,
        "identifier": 7,
    }
    (line,) = cells(make_shape(schema="crunchbase"), row())
    assert line["investor_names"] == "알토스벤처스; 바다캐피탈"
    shape = make_shape(schema="crunchbase", conversion=conversion, row_per="investor")
    first = cells(shape, row(amount=1200))[0]
    assert (first["money_raised_in"], first["investor_name"], first["is_lead_investor"]) == ("1", "알토스벤처스", "true")  # fmt: skip


def test_every_field_of_a_round_has_a_column() -> None:
    assert set(RoundRow.__slots__) <= {field.name for field in (*ROUND_FIELDS, *EXTRA_FIELDS)}


def columns_table(conversion: Conversion) -> str:
    """The README's table of columns."""
    lines = ["| column | meaning | unit | example |", "| --- | --- | --- | --- |"]
    names = make_shape(conversion=conversion).layout.fields
    added = [field for field in names if field not in ROUND_FIELDS][:3]
    theirs = {field.meaning: field.name for field in CRUNCHBASE_FIELDS}
    for field in (*ROUND_FIELDS, *INVESTOR_FIELDS, *added):
        other = theirs.get(f"our `{field.name}`")
        name = f"`{field.name}`" + (f" ({other})" if other not in (None, field.name) else "")
        lines.append(f"| {name} | {field.meaning} | {field.unit} | `{field.example}` |")
    return "\n".join(lines)


def test_the_readme_tells_every_column(conversion: Conversion) -> None:
    readme = README.read_text(encoding="utf-8")
    told = readme.split("<!-- columns -->\n")[1].split("\n<!-- /columns -->")[0]
    assert told == columns_table(conversion)

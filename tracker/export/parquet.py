"""Parquet through pyarrow: typed columns, a row group at a time.

Whole numbers are int64, days date32, codes dictionaries, several names a list<string>; what a
column means and its unit travel in the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from tracker.errors import TrackerError
from tracker.export.fields import Field

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R")

ROW_GROUP = 50_000
"""Rows that are held in memory at a time."""
_CHUNK = 5_000


def write_parquet(rows: Iterable[R], fields: Sequence[Field[R]], out: BinaryIO) -> None:
    """Write all rows. Raises `TrackerError` where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise TrackerError(
            f"Parquet needs the Python package {error.name}: "
            'pip install "startup-funding-tracker[parquet]"'
        ) from None
    schema = _schema(fields)
    left = iter(rows)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(_batches(left, schema, fields)):
            writer.write_table(pa.Table.from_batches(group, schema), row_group_size=ROW_GROUP)


def _batches(
    rows: Iterable[R], schema: pa.Schema, fields: Sequence[Field[R]]
) -> Iterable[pa.RecordBatch]:
    """A row group's rows, some thousand at a time: Python's objects take ten times Arrow's room."""
    import pyarrow as pa

    for _ in range(ROW_GROUP // _CHUNK):
        chunk = list(islice(rows, _CHUNK))
        if not chunk:
            return
        arrays = [
            pa.array([field.value(row) for row in chunk], type=kind)
            for field, kind in zip(fields, schema.types, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema(fields: Sequence[Field[Any]]) -> pa.Schema:
    import pyarrow as pa

    kinds = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "text": pa.string(),
        "code": pa.dictionary(pa.int32(), pa.string()),
        "names": pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(f.name, kinds[f.kind], metadata={"description": f.meaning, "unit": f.unit})
            for f in fields
        ]
    )

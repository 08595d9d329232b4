"""Parquet samples: flat columns as text, written as landing writes them; dates and times keep their kind.

Not here: landing (landing/parquet_rows).
"""

from pathlib import Path
from typing import Any

from data_contracts.drafting.sample import DraftError, FileShape, Sample, SampleColumn
from orchestration.onboarding.sample_columns import MOST_ROWS


def read_parquet_sample(path: Path) -> Sample:
    """The first rows; DraftError for a file that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            n_rows = file.metadata.num_rows
            batches = [next(file.iter_batches(MOST_ROWS), None)] if n_rows else []
            table = pa.Table.from_batches([b for b in batches if b is not None], schema=file.schema_arrow)
    except (pa.ArrowInvalid, pa.ArrowException, OSError) as problem:
        raise DraftError(
            f"{path.name} cannot be read as Parquet ({type(problem).__name__}); send it again"
        ) from None
    columns, nested = [], []
    for field in table.schema:
        if pa.types.is_nested(field.type):
            nested.append(field.name)
        else:
            columns.append(_column(field.name, field.type, table[field.name].to_pylist()))
    facts = (f"columns with lists or records are not read: {', '.join(nested)}",) if nested else ()
    return Sample(path.name, FileShape("parquet"), tuple(columns), n_rows, (), facts)


def _column(name: str, kind: Any, values: list[Any]) -> SampleColumn:
    import pyarrow as pa

    if pa.types.is_date(kind):
        return SampleColumn(name, tuple("" if v is None else v.isoformat() for v in values), "yyyy-MM-dd")
    if pa.types.is_timestamp(kind):
        format_ = "yyyy-MM-ddTHH:mm:ssXXX" if kind.tz else "yyyy-MM-dd HH:mm:ss"
        return SampleColumn(name, tuple("" if v is None else _moment(v) for v in values), format_)
    return SampleColumn(name, tuple(map(_text, values)))


def _moment(value: Any) -> str:
    text = (
        value.replace(microsecond=0, nanosecond=0)
        if hasattr(value, "nanosecond")
        else value.replace(microsecond=0)
    )
    return str(text).replace("+00:00", "Z").replace(" ", "T" if value.tzinfo else " ")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

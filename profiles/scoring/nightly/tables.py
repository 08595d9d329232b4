"""The tables of a night's scores: their columns, once for the writer and for whoever must make them empty.

people_scores has a row for each head, force and person; people_reasons and people_evidence only for those who may be
printed; people_lists one for each head and force: who leads, why, and what the list rests on. Not here: what fills
them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

Row = dict[str, Any]

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "people_scores": {
        "head": "varchar", "force_code": "varchar", "person_id": "varchar", "as_of_date": "date",
        "is_home": "boolean", "is_child": "boolean", "led_by": "varchar", "score": "double", "rank": "integer",
        "rank_best": "integer", "rank_worst": "integer", "rank_group": "varchar", "is_listed": "boolean",
        "rank_week_ago": "integer", "recency_points": "double", "frequency_points": "double",
        "gravity_points": "double", "victims_points": "double", "rule_rank": "integer", "model_rank": "integer",
        "v100_rank": "integer", "chance": "double", "chance_lower": "double", "chance_upper": "double",
        "base_rate": "double", "chance_sentence": "varchar", "leaves_on": "date", "ahead_sentence": "varchar",
        "moved_sentence": "varchar", "lacking_sentence": "varchar",
    },
    "people_reasons": {
        "head": "varchar", "force_code": "varchar", "person_id": "varchar", "place": "integer",
        "reason_group": "varchar", "sign": "varchar", "size": "varchar", "contribution": "double",
        "sentence": "varchar", "badges": "varchar",
    },
    "people_evidence": {
        "head": "varchar", "force_code": "varchar", "person_id": "varchar", "reason_place": "integer",
        "place": "integer", "feature": "varchar", "record_force": "varchar", "feed": "varchar",
        "record_id": "varchar", "occurred_on": "date", "kind": "varchar",
    },
    "people_movers": {
        "head": "varchar", "force_code": "varchar", "person_id": "varchar", "is_entry": "boolean", "rank": "integer",
        "why": "varchar",
    },
    "people_lists": {
        "head": "varchar", "force_code": "varchar", "as_of_date": "date", "n_people": "integer",
        "list_length": "integer", "led_by": "varchar", "why": "varchar", "bundle_digest": "varchar",
        "trained_on": "varchar", "expires_on": "date", "outcome": "varchar", "horizon_days": "integer",
        "decision": "varchar", "changed_without_records": "double", "is_alarm": "boolean",
        "drifted": "varchar",
    },
}  # fmt: skip


def write(name: str, rows: Iterable[Row], path: Path) -> int:
    """Write one table as Parquet with its declared columns, in the order given; returns the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "varchar": pa.string(), "double": pa.float64(), "integer": pa.int32(), "date": pa.date32(),
        "boolean": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema([(column, kinds[kind]) for column, kind in COLUMNS[name].items()])
    table = pa.Table.from_pylist(list(rows), schema=schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)
    return int(table.num_rows)

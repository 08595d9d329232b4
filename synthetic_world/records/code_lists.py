"""The code lists that a force delivers: every code its contracts know, with what it stands for.

Not here: when it delivers them (deliveries).
"""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from data_contracts.model import FeedContract
from synthetic_world.records.contracts import Contracts
from synthetic_world.records.journal_rows import KEY, SPINE, empty_table, numbered


def code_list_rows(contracts: Contracts, seconds: Sequence[int]) -> pa.Table:
    """One row a code, in order of list and code, recorded at each of these moments."""
    canonical = contracts.canonicals["code_list"]
    empty = empty_table(canonical)
    rows = [row for second in seconds for row in _rows(contracts, second)]
    if not rows:
        return empty
    names = (*SPINE, *(field.name for field in canonical.fields))
    arrays = {name: _column(empty.schema.field(name).type, [row.get(name) for row in rows]) for name in names}
    return numbered(arrays | {KEY: pa.array(range(len(rows)), pa.int64())})


def _rows(contracts: Contracts, second: int) -> Iterator[dict[str, object]]:
    found: dict[tuple[str, str], tuple[str, FeedContract]] = {}
    for versions in contracts.by_feed.values():
        for contract in versions:
            for column in contract.columns:
                for text, code in column.code_map:
                    found.setdefault((f"{contract.feed}.{column.name}", text.strip()), (code, contract))
    always: dict[str, object] = {"recorded_at": second, "occurred_from": second, "occurred_to": second}
    always |= {"op": "upsert", "handling": "P", "sensitivity": "none"}
    for (name, text), (code, contract) in sorted(found.items(), key=lambda one: one[0]):
        yield always | {
            "source_record_id": f"{name}:{text}",
            "list_name": name,
            "code": text,
            "label": code.replace("_", " "),
            "valid_from": contract.valid_from,
            "valid_to": contract.valid_to,
        }


def _column(kind: pa.DataType, values: list[object]) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)

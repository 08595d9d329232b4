"""What a person does with a draft, done by a machine that knows the truth: settle what is in doubt, and nothing else.

Not here: judging a draft (judging), the dialect (dialect).
"""

from typing import Any

import yaml
from dialect import Dialect

from data_contracts.columns import Column
from data_contracts.drafting.columns_drafted import DraftedColumn
from data_contracts.drafting.draft import Draft


def confirmed(text: str, draft: Draft, dialect: Dialect, *, is_native: bool) -> str:
    """The contract with every doubt settled and its marks gone; what was not in doubt stays as it was drafted."""
    document = yaml.safe_load(text)
    doubted = {c.heading for c in draft.columns if c.is_doubtful}
    truth = {column.physical: column for column in dialect.columns}
    properties = document["schema"][0]["properties"]
    kept = [item for item in properties if item["physicalName"] not in doubted or _is_second(item, draft)]
    drafted = {c.heading: c for c in draft.columns}
    for number, heading in enumerate(h for h in dialect.order if h in doubted):
        kept.append(
            _settled(number, truth.get(heading), drafted[heading], draft, dialect, is_native=is_native)
        )
    document["schema"][0]["properties"] = kept
    document["status"] = "active"
    for item in document["customProperties"]:
        if item["property"] == "files":
            item["value"][0] |= {"mode": "full"} if "mode" in item["value"][0] else {}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=1000)


def _is_second(item: dict[str, Any], draft: Draft) -> bool:
    """Whether a property binds a time to a heading that another property is bound to as well."""
    names = [c.name for c in draft.columns if c.heading == item["physicalName"]]
    return len(names) > 1 and item["name"] in ("occurred_from", "occurred_to")


def _settled(
    number: int,
    truth: Column | None,
    drafted: DraftedColumn,
    draft: Draft,
    dialect: Dialect,
    *,
    is_native: bool,
) -> dict[str, Any]:
    """The property as it should be. Of what the draft told without a doubt, the draft's own word is kept."""
    heading = drafted.heading
    if truth is None:
        ignored = [{"property": "isIgnored", "value": True}]
        return {
            "name": f"settled_{number}",
            "physicalName": heading,
            "logicalType": "string",
            "customProperties": ignored,
        }
    made: dict[str, Any] = {"name": truth.name, "physicalName": heading, "logicalType": truth.logical_type}
    if truth.format:
        made["logicalTypeOptions"] = {
            "format": _format(truth, drafted, dialect) if is_native else truth.format
        }
    if truth.name in ("source_record_id", "recorded_at", "occurred_from") or _is_required(truth.name, draft):
        made["required"] = True
    said: list[dict[str, Any]] = []
    if pairs := {text: code for text, code in truth.code_map if text != code}:
        said.append({"property": "codeMap", "value": pairs})
    if truth.codes and dialect.null_word:  # a word without a code, which only a person knows to mean nothing
        said.append({"property": "nullWords", "value": [dialect.null_word]})
    return {**made, **({"customProperties": said} if said else {})}


def _format(truth: Column, drafted: DraftedColumn, dialect: Dialect) -> str:
    """Of a file whose dates are no text: a workbook has numbers, and Parquet is written as its contract asks."""
    return "excel-serial" if dialect.reader == "xlsx" else drafted.format or truth.format


def _is_required(name: str, draft: Draft) -> bool:
    return any(field.name == name and field.required for field in draft.canonical.fields)

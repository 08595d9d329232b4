"""The command `force-profiles trace PACK TAG`: which rows, records, deliveries and contracts stand behind a figure.

Not here: following a tag (profiles/pack/trace).
"""

from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli_answers import Json, fail, say

_SHOWN = 5


def trace(
    pack: Annotated[Path, typer.Argument(readable=False, help="A pack's PDF or JSON on the shelf.")],
    tag: Annotated[
        str, typer.Argument(help="A tag of the JSON, or a person's reference and a record: 'S-1 E2'.")
    ],
    as_json: Json = False,
) -> None:
    """Follow a figure or sentence of a pack to table rows, source records, deliveries and contracts."""
    from orchestration.warehouse import reading
    from profiles.pack.trace import TraceError, read_pack
    from profiles.pack.trace import trace as follow

    try:
        content = read_pack(pack)
        generation = _generation(pack, content.head.force_code)
        with reading(generation) if generation else nullcontext() as con:
            found = follow(content, tag.strip(), con)
    except TraceError as error:
        raise fail(str(error), as_json) from None
    answer = {
        **asdict(found),
        "records": [r.model_dump() for r in found.records],
        "generation": str(generation or ""),
    }
    say(answer, _in_words(answer), as_json)


def _generation(pack: Path, force_code: str) -> Path | None:
    """The newest generation of the pack's as-of date under the same OUT that knows the force; None without one."""
    from orchestration.warehouse import reading

    folder = pack.resolve().parent
    if len(folder.parents) < 3:
        return None
    found = folder.parents[2].glob(f"warehouse/*/generations/{folder.parent.name}_*.duckdb")
    for path in sorted(found, key=lambda each: each.stat().st_mtime, reverse=True):
        with reading(path) as con:
            if con.execute("select 1 from dim_forces where force_code = ?", [force_code]).fetchone():
                return path
    return None


def _in_words(answer: dict[str, Any]) -> str:
    lines = [f"{answer['tag']} prints: {answer['text']}"]
    lines += [f"  made from {source}" for source in answer["sources"]]
    for row in answer["rows"][:_SHOWN]:
        lines.append("  row " + ", ".join(f"{k}={v}" for k, v in row.items() if v is not None))
    if answer["n_rows"] > _SHOWN:
        lines.append(f"  and {answer['n_rows'] - _SHOWN} more rows")
    if not answer["generation"]:
        lines.append("  The night that made this pack is no longer held: the rows cannot be shown.")
    for record in answer["records"]:
        lines.append(
            f"  record {record['number']} of {record['subject']}: {record['force']}/{record['feed']} "
            f"{record['record']}, delivery {record['delivery_id']}, contract {record['contract_version']}, "
            f"known {record['known']}"
        )
    return "\n".join(lines)

"""Follow a tag of a pack: what it prints, which rows of which table it is made from, and the records behind them.

Here: the answer as data. Not here: making figures again (resolve.py), the command (orchestration/cli_trace.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from profiles.pack.cite import DEFINITION, FORCE, FRAME, Cite, Run, Text
from profiles.pack.model import Evidence, ProfilePack, parts_of

if TYPE_CHECKING:
    import duckdb

MOST = 50


class TraceError(LookupError):
    """A pack cannot be read or has no such tag; one sentence."""


@dataclass(frozen=True)
class Traced:
    """What one tag stands for. `rows` are those of the marts today, `n_rows` how many there are in all."""

    tag: str
    text: str
    sources: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    n_rows: int
    records: tuple[Evidence, ...]


def read_pack(path: Path) -> ProfilePack:
    """The content of a pack, from its PDF's neighbour or from the JSON itself; TraceError when it is not one."""
    content = path.with_suffix(".json")
    try:
        return ProfilePack.model_validate_json(content.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TraceError(
            f"{content} is not the content of a pack ({type(error).__name__}); name the PDF or the JSON."
        ) from None


def trace(pack: ProfilePack, tag: str, con: "duckdb.DuckDBPyConnection | None") -> Traced:
    """What a tag stands for; without a connection the rows of the marts are left out."""
    if record := next(
        (each for each in pack.evidence if tag in (each.tag, f"{each.subject} {each.number}")), None
    ):
        said = f"{record.number} of {record.subject}"
        return Traced(tag, said, (), (), 0, (record,))
    found = next((part for part in _tagged(pack) if part.tag == tag), None)
    if found is None:
        raise TraceError(f"{pack.pack_id} prints nothing under the tag {tag}.")
    text = found.text if isinstance(found, Run) else found.plain
    rows = [row for cite in found.cites for row in _rows(con, cite, pack.head.force_code)] if con else []
    people = {str(row["person_ref"]) for row in rows if row.get("person_ref")}
    deliveries = {str(row["delivery_id"]) for row in rows if row.get("delivery_id")}
    behind = tuple(each for each in pack.evidence if each.subject in people or each.delivery_id in deliveries)
    return Traced(tag, text, tuple(cite.words for cite in found.cites), tuple(rows[:MOST]), len(rows), behind)


def _tagged(pack: ProfilePack) -> Iterator[Run | Text]:
    for part in parts_of(pack):
        if isinstance(part, Run):
            yield part
        elif isinstance(part, Text):
            yield part
            yield from part.runs


def _rows(con: "duckdb.DuckDBPyConnection", cite: Cite, force_code: str) -> Iterator[dict[str, Any]]:
    if cite.table in (DEFINITION, FRAME):
        return
    wheres = [
        "force_code = ?",
        *(f'cast("{name}" as varchar) is not distinct from ?' for name, _ in cite.where),
    ]
    values = [force_code, *(_said(value) for _, value in cite.where)]
    found = con.execute(f'select * from "{cite.table}" where {" and ".join(wheres)} order by all', values)
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield {"table": FORCE if cite.table == FORCE else cite.table, **dict(zip(names, row, strict=True))}


def _said(value: object) -> str | None:
    """A condition's value as SQL writes it."""
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)

"""A linkage model as a thing that is kept: settings, frequencies, generic values, guards, and where they come from.

A folder: model.json (what a person may read), frequencies.parquet, generic_values.parquet. Its id is the hash of all
three, so a model that was changed by hand has another id, and says so when it is loaded. Not here: training
(training.py, learn.py), using it (nightly.py).
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflation.artefacts import Artefacts
from conflation.cluster import Terms
from conflation.columns import LinkageError
from conflation.workspace import Connection, ask, text

SCHEMA = "linkage-model/1"
RARE = 2  # values seen no more often than this are not kept: an unseen value counts as the rarest kept one
FILES = ("frequencies.parquet", "generic_values.parquet")


@dataclass(frozen=True)
class Model:
    """A loaded model. `columns` are the standard columns it was trained on, in order."""

    model_id: str
    folder: Path
    artefacts: Artefacts
    rarities: tuple[str, ...]
    columns: tuple[str, ...]
    about: dict[str, Any]

    def lay_tables(self, con: Connection) -> None:
        """Make the tables frequency_<column> and generic_values in a workspace."""
        frequencies = text(str(self.folder / FILES[0]))
        for column in self.rarities:
            ask(
                con,
                f"create or replace table frequency_{column} as select value, n, share from read_parquet({frequencies})"
                f" where column_name = {text(column)}",
            )
        ask(
            con,
            f"create or replace table generic_values as from read_parquet({text(str(self.folder / FILES[1]))})",
        )


def save(
    con: Connection,
    folder: Path,
    artefacts: Artefacts,
    rarities: list[str],
    columns: list[str],
    about: dict[str, Any],
) -> str:
    """Write a model from a workspace in which it was learned; gives its id."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [
        f"select '{column}' as column_name, value, n, share from frequency_{column} where n > {RARE}"
        for column in rarities
    ]
    order = "order by column_name, n desc, value"
    told = {
        FILES[0]: f"from ({' union all '.join(parts)}) {order}",
        FILES[1]: "from generic_values order by all",
    }
    for name, sql in told.items():
        ask(con, f"copy ({sql}) to {text(str(folder / name))} (format parquet, compression zstd)")
    content = {
        "schema": SCHEMA,
        "about": about,
        "columns": columns,
        "rarities": rarities,
        "caps": dict(artefacts.caps),
        "terms": {"join": artefacts.terms.join, "bear": artefacts.terms.bear},
        "settings": artefacts.settings,
        "files": {name: _sha256(folder / name) for name in FILES},
    }
    path = folder / "model.json"
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return _sha256(path)[:16]


def load(folder: Path) -> Model:
    """The model in a folder.

    Raises: LinkageError where there is none, it is of another schema, or a file of it was changed.
    """
    path = folder / "model.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise LinkageError(f"There is no linkage model in {folder}.") from None
    except ValueError:
        raise LinkageError(f"{path} is not JSON.") from None
    if content.get("schema") != SCHEMA:
        raise LinkageError(f"{path} is not a {SCHEMA}.")
    for name, digest in content["files"].items():
        if not (folder / name).is_file() or _sha256(folder / name) != digest:
            raise LinkageError(
                f"The linkage model in {folder} is refused: {name} is not the file it was trained with."
            )
    rarities, columns = tuple(content["rarities"]), tuple(content["columns"])
    terms = Terms(**content["terms"])
    artefacts = Artefacts(content["settings"], content["caps"], terms, rarities)
    return Model(_sha256(path)[:16], folder, artefacts, rarities, columns, content["about"])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""Reads a head's features at one moment from the warehouse, with the parts of its rule score beside them.

Here: which table holds which head, and rows in a fixed order. Not here: how features are made (dbt_project), past
dates to learn from (heads/training_table).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Bools, Floats, Longs, Words

TABLES: Final[Mapping[str, str]] = {
    "vawg_suspect": "feat_vawg_suspect", "vawg_victim": "feat_vawg_victim", "missing_child": "feat_missing_child",
    "missing_adult": "feat_missing_adult", "missing_repeat": "feat_missing_child",
    "managed_offending": "feat_visor", "managed_breach": "feat_visor",
}  # fmt: skip
RULED_AS: Final[Mapping[str, str]] = {
    "vawg_suspect": "vawg_suspect", "vawg_victim": "vawg_victim", "managed_offending": "visor",
    "managed_breach": "visor",
}  # fmt: skip
PARTS: Final = ("recency", "frequency", "gravity", "victims")


@dataclass(frozen=True)
class Features:
    """A cohort at one moment: a row for each force and person. `points` are the parts of RFGV, shape (n, 4)."""

    names: tuple[str, ...]
    matrix: Floats
    force: Words
    person: Words
    is_home: Bools
    is_child: Bools
    points: Floats
    harm: Floats
    days_since: Longs
    v100_days: Floats  # NaN for those whom the V100 line does not take in

    def __len__(self) -> int:
        """Rows."""
        return len(self.person)

    def column(self, name: str) -> Floats:
        """Values of one feature."""
        return np.asarray(self.matrix[:, self.names.index(name)], np.float64)

    def of(self, force: str) -> "Features":
        """The rows of one force's list."""
        rows = np.flatnonzero(self.force == force)
        return Features(
            self.names, self.matrix[rows], self.force[rows], self.person[rows], self.is_home[rows],
            self.is_child[rows], self.points[rows], self.harm[rows], self.days_since[rows], self.v100_days[rows],
        )  # fmt: skip


def read_features(con: duckdb.DuckDBPyConnection, head: Head, purpose: str) -> Features:
    """The cohort of a head at the moment of that purpose, in order of force and person."""
    listed = ", ".join(f"cast(f.{name} as double) as {name}" for name in head.names)
    points = ", ".join(f"coalesce(r.{part}, 0.0) as {part}" for part in PARTS)
    rows = con.execute(
        f"""select f.force_code, f.person_id, f.is_home, f.is_child, {listed}, {points},
            cast(coalesce(r.harm_days, 0) as double) as harm, cast(coalesce(r.days_since, 730) as bigint) as since,
            coalesce(cast(v.harm_days as double), 'nan'::double) as v100
        from {TABLES[head.head]} as f
        left join rule_rfgv as r on r.list_name = ? and r.as_of_id = f.as_of_id
            and r.force_code = f.force_code and r.person_id = f.person_id
        left join rule_v100 as v on ? = 'vawg_suspect' and v.as_of_id = f.as_of_id
            and v.force_code = f.force_code and v.person_id = f.person_id
        where f.purpose = ? order by f.force_code, f.person_id""",
        [RULED_AS.get(head.head, ""), head.head, purpose],
    ).fetchnumpy()
    return Features(
        head.names,
        np.column_stack([np.asarray(rows[name], np.float64) for name in head.names]),
        np.asarray(rows["force_code"], object),
        np.asarray(rows["person_id"], object),
        np.asarray(rows["is_home"], np.bool_),
        np.asarray(rows["is_child"], np.bool_),
        np.column_stack([np.asarray(rows[part], np.float64) for part in PARTS]),
        np.asarray(rows["harm"], np.float64),
        np.asarray(rows["since"], np.int64),
        np.asarray(rows["v100"], np.float64),
    )

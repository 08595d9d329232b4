"""Reads a head's cohort over many past moments from a warehouse that was built for training: features, outcomes, rules.

One row a person and moment: that of the force whose record of them was last. Protected attributes come along for the
audit alone. Not here: building that warehouse (orchestration/steps/retrain), learning from it (train).
"""

from collections.abc import Iterable
from datetime import date

import duckdb
import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Floats, Words
from profiles.scoring.fairness.groups import age_bands, ethnic_groups
from profiles.scoring.judge.protocol import Plan
from profiles.scoring.learn.cohort import Cohort
from profiles.scoring.nightly.features import PARTS, RULED_AS, TABLES
from profiles.scoring.nightly.ruled import SUMS

_GROUPS = """
    select p.person_id, coalesce(p.sex, 'U') as sex, try_cast(p.birth_date_text as date) as born,
      max(coalesce(s.ethnicity_self, s.ethnicity_officer)) as ethnicity
    from dim_people as p
    left join bridge_mentions_to_people as b on b.person_id = p.person_id and b.feed = 'person' and b.role = 'nominal'
    left join stg_persons as s on s.force_code = b.force_code and s.source_record_id = b.source_record_id
    group by all
"""


def read_history(con: duckdb.DuckDBPyConnection, head: Head, plan: Plan, last_known: date) -> Cohort:
    """The cohort at every moment to learn from; labels are NaN where the outcome had not matured by `last_known`."""
    features = ", ".join(f"cast(f.{name} as double) as {name}" for name in head.names)
    points = " + ".join(f"coalesce(r.{part}, 0)" for part in PARTS)
    rows = con.execute(
        f"""with groups as ({_GROUPS})
        select f.as_of_id, f.force_code, f.person_id, {features}, cast({points} as double) as points,
          coalesce(l.{head.outcome_column}, false) as label, coalesce(l.harm_days, 0.0) as outcome_harm,
          coalesce(g.sex, 'U') as sex, coalesce(g.ethnicity, '') as ethnicity,
          coalesce(date_diff('day', g.born, f.as_at) / 365.25, 18.0) as age
        from {TABLES[head.head]} as f
        left join rule_rfgv as r on r.list_name = ? and r.as_of_id = f.as_of_id
          and r.force_code = f.force_code and r.person_id = f.person_id
        left join label_{head.head} as l on l.as_of_id = f.as_of_id and l.force_code = f.force_code
          and l.person_id = f.person_id
        left join groups as g on g.person_id = f.person_id
        where f.purpose = 'train' and f.is_home
        -- two forces that see different records may each take themselves for the last one
        qualify row_number() over (partition by f.as_of_id, f.person_id order by f.force_code) = 1
        order by f.as_of_id, f.person_id""",
        [RULED_AS.get(head.head, "")],
    ).fetchnumpy()
    matrix = np.column_stack([np.asarray(rows[name], np.float64) for name in head.names])
    day = np.asarray(rows["as_of_id"], np.int64)
    is_known = day + plan.lag.days <= last_known.toordinal()
    return Cohort(
        head.names,
        matrix,
        np.where(is_known, np.asarray(rows["label"], np.float64), np.nan),
        np.asarray(rows["person_id"], object),
        day,
        np.asarray(rows["force_code"], object),
        _rules(head, matrix, np.asarray(rows["points"], np.float64)),
        np.asarray(rows["outcome_harm"], np.float64),
        {
            "sex": _words(rows["sex"]),
            "ethnicity": ethnic_groups(str(one) for one in rows["ethnicity"]),
            "age_band": age_bands(np.asarray(rows["age"], np.float64)),
        },
    )


def _rules(head: Head, matrix: Floats, points: Floats) -> dict[str, Floats]:
    """Every list that a model is judged against: RFGV or the head's own sum, a count, recency, harm."""

    def named(*starts: str) -> Floats:
        place = next(p for p, name in enumerate(head.names) for start in starts if name.startswith(start))
        return np.asarray(matrix[:, place], np.float64)

    sums = SUMS.get(head.rule)
    own = points if sums is None else sum(w * named(name) for name, w in sums.items())
    return {
        "rfgv": np.asarray(own, np.float64), "count_365": named("n_vawg_365", "n_missing_365", "n_crimes_730"),
        "recency": -named("days_since_vawg", "days_since_missing", "days_since_crime"),
        "harm_365": named("harm_365", "harm_as_victim_365", "harm_730"),
    }  # fmt: skip


def _words(column: Iterable[object]) -> Words:
    return np.asarray([str(one) for one in column], object)

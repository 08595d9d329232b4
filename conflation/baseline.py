"""Plain Splink with its documented demo settings on the same table: what ours is compared with, in the same run.

The settings follow Splink's own example on historical people: joint forename-and-surname comparison, date of birth,
postcode, exact matches with term frequencies on the rest; clusters at a match probability of 0.95. Not here: ours.
"""

import logging
import time
from typing import Any

from conflation.workspace import Connection, ask, columns_of, one

CLUSTERED_AT = 0.95
RULES = (
    *(("substr(forename,1,3)", "substr(surname,1,4)"), ("surname", "dob"), ("forename", "dob")),
    *(("postcode", "forename"), ("postcode", "surname"), ("dob", "address"), ("substr(postcode,1,3)", "dob")),
    *(
        ("substr(postcode,1,3)", "forename"),
        ("substr(postcode,1,3)", "surname"),
        ("email",),
        ("forename", "surname"),
    ),
    *(
        ("substr(forename,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ("surname", "address"),
        ("forename", "address"),
    ),
)


def plain_splink(con: Connection, standard: str, into: str) -> dict[str, Any]:
    """Train and cluster `standard` with the demo settings; leaves `into` (record_id, cluster).

    Raises: ValueError where the table has too little for the settings.
    """
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    started = time.perf_counter()
    columns = set(columns_of(con, standard))
    comparisons = _comparisons(con, standard, columns, library)
    rules: list[Any] = [block_on(*keys) for keys in RULES if {_column(key) for key in keys} <= columns]
    if not rules or not comparisons or one(con, f"select count(*) from {standard}") < 2:
        raise ValueError("too few columns or records for Splink's demo settings")
    ask(
        con,
        f"create or replace table plain as select *, forename || ' ' || surname as whole_name from {standard}"
        if {"forename", "surname"} <= columns
        else f"create or replace table plain as from {standard}",
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI(connection=con).register(con.table("plain")), settings, log_level=logging.ERROR)
    _train(linker, columns, block_on)
    found = linker.inference.predict(threshold_match_probability=0.2, warning_mode="never")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        found, threshold_match_probability=CLUSTERED_AT
    )
    ask(
        con,
        f"create or replace table {into} as select record_id, cluster_id as cluster from {clusters.physical_name}",
    )
    pairs = int(one(con, f"select count(*) from {found.physical_name}"))
    return {"pairs": pairs, "seconds": round(time.perf_counter() - started, 2)}


def _column(key: str) -> str:
    return key.removeprefix("substr(").split(",")[0]


def _comparisons(con: Connection, standard: str, columns: set[str], library: Any) -> list[Any]:
    found: list[Any] = []
    filled = {name for name in columns if one(con, f"select count({name}) > 0 from {standard}")}
    if {"forename", "surname"} <= filled:
        found.append(
            library.ForenameSurnameComparison(
                "forename", "surname", forename_surname_concat_col_name="whole_name"
            )
        )
    else:
        found += [library.NameComparison(name) for name in ("forename", "surname") if name in filled]
    if "dob" in filled:
        found.append(library.DateOfBirthComparison("dob", input_is_string=True))
    exact = [
        name
        for name in ("postcode", "address", "town", "phone", "email", "pnc_id", "cro", "sex")
        if name in filled
    ]
    exact += [name for name in sorted(filled) if name.startswith("other_")]
    return found + [
        library.ExactMatch(name).configure(term_frequency_adjustments=name != "sex") for name in exact
    ]


def _train(linker: Any, columns: set[str], block_on: Any) -> None:
    from splink.internals.exceptions import EMTrainingException

    certain = [
        keys
        for keys in (
            ("forename", "surname", "dob"),
            ("forename", "surname", "postcode"),
            ("forename", "surname", "address"),
            ("dob", "postcode"),
            ("email",),
            ("forename", "surname"),
        )
        if set(keys) <= columns
    ]
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*keys) for keys in certain[:3]], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for keys in (("forename", "surname"), ("dob",), ("address",)):
        if set(keys) <= columns:
            try:
                linker.training.estimate_parameters_using_expectation_maximisation(
                    block_on(*keys), max_pairs=2e6, record_sample_proportion=1.0
                )
            except EMTrainingException:
                continue

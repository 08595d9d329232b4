"""Training a model without truth: chance agreement by sampling, agreement of matches by expectation maximisation.

Splink does the estimating. What it could not see, or saw too little of, is drawn towards the starting figures of
comparisons.py, so that a small or patchy table still gets a sane model. Not here: the model as a thing that is kept
(model.py).
"""

import logging
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from conflation.blocking import Rule, count_pairs
from conflation.comparisons import as_splink
from conflation.levels import Evidence
from conflation.workspace import Connection, ask, columns_of, one

SEED = 20_240_501
SAMPLED_PAIRS = 5_000_000  # for chance agreement
TRAINED_PAIRS = 2_000_000  # for each run of expectation maximisation
STRONG = 20.0  # matches' worth of trust in the starting figures
CERTAIN = (
    *(("pnc_id", "forename"), ("cro", "forename"), ("forename", "surname", "dob"), ("email", "forename")),
    *(
        ("phone", "forename", "surname"),
        ("forename", "surname", "postcode"),
        ("forename", "surname", "address"),
    ),
)
NUMBERS = (("pnc_id",), ("cro",), ("local_id",))  # given to one person, nearly always
CERTAIN_RECALL = 0.7  # share of all matching pairs that agree on one of these; a rough a-priori figure
PERSONAL = {"forename", "middle", "dob", "sex"}  # never learned from pairs that only a household need share
SESSIONS: tuple[tuple[tuple[str, ...], bool], ...] = (  # keys to train on; whether they point to one person
    *((("pnc_id",), True), (("forename", "surname"), True), (("dob",), True), (("email",), True)),
    *((("forename", "address"), True), (("forename", "postcode"), True), (("forename", "phone"), True)),
    *((("forename_sound", "surname_sound"), True), (("forename", "birth_year"), True)),
    *((("phone",), False), (("address",), False), (("postcode",), False), (("surname",), False)),
)
# what a force copied from its own record of a person teaches nothing about how that person's mentions differ
COPIES_APART = " and (l.local_id is null or r.local_id is null or l.local_id <> r.local_id)"
FEWEST_DRAWN = 10  # agreements by chance, drawn fewer times than this, are not measured by it
FEWEST_PAIRS = 30  # fewer pairs than this teach nothing


def settings_for(evidence: Sequence[Evidence], rules: Sequence[Rule]) -> dict[str, Any]:
    """Splink's settings for these comparisons and rules, untrained."""
    both = {"forename", "surname"} <= {item.name for item in evidence}
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": 1e-4,
        "comparisons": [as_splink(item, both) for item in evidence],
        "blocking_rules_to_generate_predictions": [rule.sql for rule in rules],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "em_convergence": 0.001,
        "max_iterations": 25,
    }


def people_once(con: Connection, table: str, into: str) -> None:
    """Copy `table` into `into`, of mentions that are surely one person the first only.

    Chance agreement and the rarity of values are learned from it: in mentions as they come, pairs drawn at random that
    agree on a telephone or a date of birth are mostly one person's, and what is shared by chance looks common.
    """
    columns = set(columns_of(con, table))
    keys = [key for key in (*NUMBERS, *CERTAIN) if set(key) <= columns]
    later = [
        f"case when {' and '.join(f'{name} is not null' for name in key)} then"
        f" row_number() over (partition by {', '.join(key)} order by record_id) else 1 end"
        for key in keys
    ]
    first = f"qualify greatest({', '.join(later)}) = 1" if later else ""
    ask(con, f"create or replace table {into} as select * from {table} {first}")


def train(
    con: Connection, table: str, once: str, evidence: Sequence[Evidence], rules: Sequence[Rule]
) -> dict[str, Any]:
    """Trained settings for Splink. `table` is standard, with its tf_ columns; its order of rows is free.

    Args:
        once: like `table`, each person once as far as that is sure: chance agreement is learned from it.

    Sampling is seeded and estimates are rounded, so that the same table gives the same model.
    """
    from splink import DuckDBAPI, Linker

    ask(con, f"create or replace table to_train as select * exclude (source) from {table} order by record_id")
    n_pairs = (n := one(con, "select count(*) from to_train")) * (n - 1) / 2
    settings = settings_for(evidence, rules)
    matches = _certain_matches(con, evidence) / CERTAIN_RECALL
    settings["probability_two_random_records_match"] = min(0.5, max(matches, 1.0) / max(n_pairs, 1.0))
    if n_pairs < FEWEST_PAIRS:
        return settings
    ask(
        con, f"create or replace table for_chance as select * exclude (source) from {once} order by record_id"
    )
    n_once = (n := one(con, "select count(*) from for_chance")) * (n - 1) / 2
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register(con.table("for_chance")), settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    chance = linker.misc.save_model_to_json()
    records = api.register(con.table("to_train"))
    learned: dict[str, Any] = {}
    apart = COPIES_APART if any(item.name == "local_id" for item in evidence) else ""
    for rule, names in _sessions(con, evidence):
        learned |= _maximise(Linker(records, deepcopy(chance), log_level=logging.ERROR), rule, names, apart)
    for name in ("to_train", "for_chance"):
        ask(con, f"drop table {name}")
    return drawn_to_start(chance, learned, settings, matches, min(n_once, SAMPLED_PAIRS))


def _certain_matches(con: Connection, evidence: Sequence[Evidence]) -> float:
    """Pairs that agree on evidence that hardly ever errs, each counted once."""
    names = {item.name for item in evidence}
    keys: list[tuple[str, ...]] = [keys for keys in CERTAIN if set(keys) <= names]
    if not keys:
        keys = [tuple(sorted(names & {"forename", "surname", "dob", "email", "phone", "address"}))]
    held = [
        f"select l.record_id, r.record_id from to_train l join to_train r on {Rule(key).sql}"
        " and l.record_id < r.record_id"
        for key in keys
        if key
    ]
    return float(one(con, f"select count(*) from ({' union '.join(held)})")) if held else 0.0


def _sessions(con: Connection, evidence: Sequence[Evidence]) -> list[tuple[Rule, set[str]]]:
    """The rules to train on, best first, each with the comparisons to learn from it."""
    columns = set(columns_of(con, "to_train"))
    untrained = {item.name for item in evidence} - {"local_id"}
    chosen: list[tuple[Rule, set[str]]] = []
    for keys, is_personal in SESSIONS:
        rule = Rule(keys)
        used = {"dob" if key == "birth_year" else key.removesuffix("_sound") for key in keys}
        to_learn = untrained - used - (set() if is_personal else PERSONAL)
        if not to_learn or not rule.columns <= columns or count_pairs(con, "to_train", rule) < FEWEST_PAIRS:
            continue
        chosen.append((rule, to_learn))
        untrained -= to_learn
    return chosen


def _maximise(linker: Any, rule: Rule, names: set[str], apart: str) -> dict[str, Any]:
    """One session of expectation maximisation; gives the trained levels of the named comparisons."""
    from splink.internals.exceptions import EMTrainingException

    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule.sql + apart,
            estimate_without_term_frequencies=True,
            max_pairs=TRAINED_PAIRS,
            record_sample_proportion=1.0,
        )
    except EMTrainingException:  # nothing to learn in this session; the starting figures stand
        return {}
    trained = linker.misc.save_model_to_json()["comparisons"]
    return {item["output_column_name"]: item for item in trained if item["output_column_name"] in names}


def drawn_to_start(
    chance: dict[str, Any], learned: dict[str, Any], start: dict[str, Any], n_matches: float, n_sampled: float
) -> dict[str, Any]:
    """The trained settings, each m and u drawn to its starting figure by as much as the data is thin."""
    for ours, begun in zip(chance["comparisons"], start["comparisons"], strict=True):
        taught = learned.get(ours["output_column_name"])
        for place, (level, first) in enumerate(
            zip(ours["comparison_levels"], begun["comparison_levels"], strict=True)
        ):
            if level.get("is_null_level"):
                continue
            m = taught["comparison_levels"][place].get("m_probability") if taught else None
            level["m_probability"] = _blend(m, first["m_probability"], n_matches, STRONG)
            level["u_probability"] = _chance(level.get("u_probability"), first["u_probability"], n_sampled)
        last = ours["comparison_levels"][-1]  # disagreement never speaks for a match
        last["m_probability"] = min(last["m_probability"], last["u_probability"])
    return chance


def _chance(found: float | None, first: float, n: float) -> float:
    """Chance agreement as sampled; what was hardly ever drawn is no rarer than the starting figure says."""
    told = _blend(found, first, n, STRONG)
    return max(told, first) if found is None or found * n < FEWEST_DRAWN else told


def _blend(found: float | None, first: float, n: float, trust: float) -> float:
    if found is None:
        return first
    return float(f"{(n * found + trust * first) / (n + trust):.6g}")

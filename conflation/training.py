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
from conflation.evidence import Evidence
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


def train(con: Connection, table: str, evidence: Sequence[Evidence], rules: Sequence[Rule]) -> dict[str, Any]:
    """Trained settings for Splink. `table` is standard, with its tf_ columns; its order of rows is free.

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
    api = DuckDBAPI(connection=con)
    records = api.register(con.table("to_train"))
    linker = Linker(records, settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    chance = linker.misc.save_model_to_json()
    learned: dict[str, Any] = {}
    apart = COPIES_APART if any(item.name == "local_id" for item in evidence) else ""
    for rule, names in _sessions(con, evidence):
        learned |= _maximise(Linker(records, deepcopy(chance), log_level=logging.ERROR), rule, names, apart)
    ask(con, "drop table to_train")
    return drawn_to_start(chance, learned, settings, matches, min(n_pairs, SAMPLED_PAIRS))


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
            level["u_probability"] = _blend(
                level.get("u_probability"), first["u_probability"], n_sampled, STRONG
            )
        last = ours["comparison_levels"][-1]  # disagreement never speaks for a match
        last["m_probability"] = min(last["m_probability"], last["u_probability"])
    return chance


def _blend(found: float | None, first: float, n: float, trust: float) -> float:
    if found is None:
        return first
    return float(f"{(n * found + trust * first) / (n + trust):.6g}")

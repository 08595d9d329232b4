"""Everything that a linkage freezes, learned from one table without truth: rules, frequencies, model, guards.

This is the one place that says in which order the rooms of this package are used on a new table. Not here: keeping
what was learned (model.py).
"""

from typing import Any

from conflation import frequencies, generic, guards, predict
from conflation.artefacts import Artefacts
from conflation.blocking import Rule, choose_rules
from conflation.cluster import Terms
from conflation.columns import LinkageError
from conflation.comparisons import evidence_for, rarity_columns
from conflation.link import collapse
from conflation.training import people_once, train
from conflation.workspace import Connection, ask, columns_of, one


def learn(con: Connection, standard: str, terms: Terms, breadth: float = 1.0) -> tuple[Artefacts, list[Rule]]:
    """Learn from the table `standard`; `breadth` widens the budget of pairs that its rules may make.

    Leaves `generic_values`, frequency_<column>, `nodes` (distinct mentions, ready to be scored), `nodes_plain_copies`
    and `scored` (id_l, id_r, weight). `standard` itself loses its generic values.

    Raises: LinkageError where no two mentions could ever be compared.
    """
    generic.find(con, standard, "generic_values")
    generic.strike(con, standard, "generic_values", "without_generic")
    ask(con, f"create or replace table {standard} as from without_generic")
    ask(con, "drop table without_generic")
    columns = columns_of(con, standard)
    evidence = evidence_for(con, standard, columns)
    n_mentions = int(one(con, f"select count(*) from {standard}"))
    rules = choose_rules(con, standard, columns, n_mentions, breadth)
    if not evidence:
        raise LinkageError("No mapped column holds values that could tell two people apart.")
    rarities = rarity_columns(evidence)
    people_once(con, standard, "once")
    frequencies.take(con, "once", rarities)
    frequencies.lay(con, "once", rarities, "chance_lessons")
    collapse(con, standard, "nodes_plain")
    frequencies.lay(con, "nodes_plain", rarities, "nodes")
    if "local_id" in columns:  # a force copies its own record of a person: only what differs is a lesson
        ask(con, "create or replace table lessons as select * from nodes where not ends_with(record_id, '+')")
    else:
        frequencies.lay(con, standard, rarities, "lessons")
    settings = train(con, "lessons", "chance_lessons", evidence, rules)
    for name in ("lessons", "once", "chance_lessons"):
        ask(con, f"drop table {name}")
    predict.score(con, "nodes", settings, "scored")
    caps = guards.measure(con, "scored", "nodes", columns_of(con, "nodes"), _odds_of_errors(settings))
    return Artefacts(settings, caps, terms), rules


def _odds_of_errors(settings: dict[str, Any]) -> dict[str, float]:
    """For each comparison the odds that it disagrees between two mentions of one person; and of like forenames."""
    odds: dict[str, float] = {}
    for item in settings["comparisons"]:
        told = [
            level["m_probability"] for level in item["comparison_levels"] if not level.get("is_null_level")
        ]
        odds[item["output_column_name"]] = told[-1] / (1 - told[-1])
        if item["output_column_name"] == "forename":
            odds["forename alike"] = sum(told[1:-1]) / told[0]
    return odds

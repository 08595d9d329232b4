"""Everything that a linkage freezes, learned from one table without truth: rules, frequencies, model, guards.

This is the one place that says in which order the rooms of this package are used on a new table. Not here: keeping
what was learned (model.py).
"""

from conflation import frequencies, generic, guards, predict
from conflation.blocking import Rule, choose_rules
from conflation.cluster import Terms
from conflation.columns import LinkageError
from conflation.comparisons import evidence_for, rarity_columns
from conflation.link import Artefacts, collapse
from conflation.training import train
from conflation.workspace import Connection, ask, columns_of, one


def learn(con: Connection, standard: str, terms: Terms) -> tuple[Artefacts, list[Rule]]:
    """Learn from the table `standard`.

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
    rules = choose_rules(con, standard, columns, int(one(con, f"select count(*) from {standard}")))
    if not evidence:
        raise LinkageError("No mapped column holds values that could tell two people apart.")
    rarities = rarity_columns(evidence)
    frequencies.take(con, standard, rarities)
    collapse(con, standard, "nodes_plain")
    frequencies.lay(con, "nodes_plain", rarities, "nodes")
    if "local_id" in columns:  # a force copies its own record of a person: only what differs is a lesson
        ask(con, "create or replace table lessons as select * from nodes where not ends_with(record_id, '+')")
    else:
        frequencies.lay(con, standard, rarities, "lessons")
    settings = train(con, "lessons", evidence, rules)
    ask(con, "drop table lessons")
    predict.score(con, "nodes", settings, "scored")
    disagreement = {
        item["output_column_name"]: item["comparison_levels"][-1]["m_probability"]
        for item in settings["comparisons"]
    }
    if forename := next((i for i in settings["comparisons"] if i["output_column_name"] == "forename"), None):
        told = [
            level["m_probability"]
            for level in forename["comparison_levels"]
            if not level.get("is_null_level")
        ]
        disagreement["forename alike"] = sum(told[1:-1]) / told[0]
    caps = guards.measure(con, "scored", "nodes", columns_of(con, "nodes"), disagreement)
    return Artefacts(settings, caps, terms), rules

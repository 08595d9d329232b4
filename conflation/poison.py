"""Deliveries that gave one number of one person to many people: a slip of a system, or worse.

The number itself is struck as generic before anything is compared (generic.py), so that nothing merges; here the
delivery that brought it is named. Not here: holding a delivery (orchestration/landing), which is a person's next step.
"""

from typing import Any

from conflation.generic import MOST_PEOPLE
from conflation.identifiers import standard_cro, standard_pnc
from conflation.workspace import Connection, ask, text

NUMBERS = {"pnc_id": ("pnc_id", standard_pnc), "cro": ("cro_number", standard_cro)}
WORDS = {"pnc_id": "PNC ID", "cro": "CRO number"}


def poisoned_deliveries(con: Connection, mentions: str) -> list[dict[str, Any]]:
    """Deliveries in which one PNC ID or CRO number stands for more people than share one by mistake, worst first.

    Args:
        mentions: a table with delivery_id, forename, surname, birth_date, pnc_id and cro_number as delivered. Only
            numbers that `generic_values` lists are looked at.
    """
    found: list[dict[str, Any]] = []
    for column, (heading, reader) in NUMBERS.items():
        generic = {
            row[0] for row in ask(con, f"select value from generic_values where column_name = {text(column)}")
        }
        written = (
            ask(con, f"select distinct {heading} from {mentions} where {heading} is not null")
            if generic
            else []
        )
        listed = ", ".join(sorted(text(row[0]) for row in written if reader(row[0]) in generic))
        if not listed:
            continue
        rows = ask(
            con,
            "select delivery_id, count(*), count(distinct (forename, surname, birth_date)) as n_people"
            f" from {mentions} where {heading} in ({listed}) group by delivery_id"
            f" having count(distinct (forename, surname, birth_date)) > {MOST_PEOPLE[column]}",
        )
        found += [
            {"delivery_id": row[0], "number": WORDS[column], "mentions": row[1], "people": row[2]}
            for row in rows
        ]
    return sorted(found, key=lambda one: (-one["people"], str(one["delivery_id"]), one["number"]))


def in_a_sentence(found: dict[str, Any]) -> str:
    """One such delivery, as a warning."""
    return (
        f"Delivery {str(found['delivery_id'])[:8]} gives one {found['number']} to {found['people']:,} people;"
        " the number joins nobody. Ask the force, and withdraw the delivery if it is wrong"
    )

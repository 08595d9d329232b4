"""Why two mentions are one person, why not, and how a person hangs together: words and figures, and a drawing.

The parts of a weight come from Splink's own scoring of the pair, so they add up to the weight that decided. Not here:
drawing (waterfall.py), deciding (link.py).
"""

import logging
from copy import deepcopy
from typing import Any

from conflation import guards
from conflation.model import Model
from conflation.patterns import guards_for
from conflation.workspace import Connection, ask, columns_of, text

NAMES_OF_PARTS = {
    **{
        "forename": "forename",
        "surname": "surname",
        "middle": "middle names",
        "dob": "date of birth",
        "sex": "sex",
    },
    **{"postcode": "postcode", "address": "address", "town": "town", "phone": "phone", "email": "e-mail"},
    **{"pnc_id": "PNC ID", "cro": "CRO number", "local_id": "record number"},
}


def why(con: Connection, model: Model, a: str, b: str) -> dict[str, Any]:
    """The parts of the weight of two nodes of the table `nodes`, most telling first, and what decided.

    Gives parts (name, words, bits), prior, weight, guard, needed: all in bits; parts + prior = weight before the guard.
    """
    from splink import DuckDBAPI, Linker

    ask(
        con, f"create or replace table asked as select * from nodes where record_id in ({text(a)}, {text(b)})"
    )
    settings = deepcopy(model.artefacts.settings)
    settings |= {"retain_matching_columns": True, "retain_intermediate_calculation_columns": True}
    settings["blocking_rules_to_generate_predictions"] = ["1 = 1"]
    linker = Linker(DuckDBAPI(connection=con).register(con.table("asked")), settings, log_level=logging.ERROR)
    found = linker.inference.predict(warning_mode="never")
    names = columns_of(con, found.physical_name)
    row = dict(zip(names, ask(con, f"from {found.physical_name}")[0], strict=True))
    parts = [_part(item, row) for item in settings["comparisons"]]
    told = sorted((part for part in parts if part["is_known"]), key=lambda part: -abs(part["bits"]))
    pair = f"select '{min(a, b)}' as id_l, '{max(a, b)}' as id_r, {row['match_weight']}::double as weight"
    ask(con, f"create or replace table asked_pair as {pair}")
    guards.apply(con, "asked_pair", "asked", columns_of(con, "asked"), model.artefacts.caps, "asked_guarded")
    weight, guard = ask(con, "select weight::double, guard from asked_guarded")[0]
    words = {item.name: item.words for item in guards_for(columns_of(con, "asked"))}
    return {
        "parts": told,
        "unknown": [part["name"] for part in parts if not part["is_known"]],
        "prior": round(row["match_weight"] - sum(part["bits"] for part in parts), 2),
        "weight": round(weight, 2),
        "guard": words.get(guard) if guard else None,
        "needed": round(model.artefacts.terms.join, 2),
        "is_joined_by_itself": bool(weight >= model.artefacts.terms.join),
    }


def _part(item: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    name = item["output_column_name"]
    gamma = int(row[f"gamma_{name}"])
    levels = item["comparison_levels"]
    known = [level for level in levels if not level.get("is_null_level")]
    bits = float(row.get(f"mw_{name}") or 0.0) + float(row.get(f"mw_tf_adj_{name}") or 0.0)
    words = "not known" if gamma < 0 else known[len(known) - 1 - gamma]["label_for_charts"]
    return {
        "name": NAMES_OF_PARTS.get(name, name),
        "words": words,
        "bits": round(bits, 2),
        "is_known": gamma >= 0,
        "values": [row.get(f"{name}_l"), row.get(f"{name}_r")],
    }


def in_words(found: dict[str, Any]) -> str:
    """An explanation as a short text: what speaks for one person, what against, what decided."""
    lines = [f"Two mentions drawn at random: {found['prior']:+.1f} bits (each bit doubles the odds)."]
    lines += [
        f"{part['words'][:1].upper()}{part['words'][1:]}: {part['bits']:+.1f}" for part in found["parts"]
    ]
    if found["unknown"]:
        lines.append(f"Not known of one or both: {', '.join(found['unknown'])}.")
    if found["guard"]:
        lines.append(f"Held back: {found['guard']}.")
    verdict = "enough" if found["is_joined_by_itself"] else "not enough"
    lines.append(
        f"In all {found['weight']:+.1f} bits; {found['needed']:+.1f} are needed: {verdict} to join two mentions."
    )
    return "\n".join(lines)


def how(con: Connection, cluster_nodes: list[str]) -> dict[str, Any]:
    """How the nodes of one person hang together: the strongest tree of pairs, and its weakest pair.

    The weakest pair is what would part the person if it fell. Reads the table `pairs`.
    """
    listed = ", ".join(text(node) for node in sorted(cluster_nodes)) or "null"
    pairs = ask(
        con,
        f"select id_l, id_r, weight, guard from pairs where id_l in ({listed}) and id_r in ({listed})"
        " order by weight desc, id_l, id_r",
    )
    group = {node: node for node in cluster_nodes}
    tree: list[dict[str, Any]] = []
    for left, right, weight, guard in pairs:
        a, b = _root(group, left), _root(group, right)
        if a != b:
            group[max(a, b)] = min(a, b)
            tree.append({"a": left, "b": right, "weight": round(weight, 2), "guard": guard})
    weakest = min(tree, key=lambda edge: edge["weight"], default=None)
    against = [{"a": a, "b": b, "weight": round(w, 2)} for a, b, w, _ in pairs if w < 0]
    return {"mentions": len(cluster_nodes), "tree": tree, "weakest": weakest, "against": against[:10]}


def _root(group: dict[str, str], node: str) -> str:
    while group[node] != node:
        node = group[node]
    return node

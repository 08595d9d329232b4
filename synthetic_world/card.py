"""The card of a world: what was asked for, what it became, every number behind it with its source.

Written once, when the world is made, as truth/card.json; `world card` prints it. Not here: how the gates are counted
(gates), the numbers (rates).
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from synthetic_world.gates.gates import judged
from synthetic_world.luck import SOURCES, Errors
from synthetic_world.model import World
from synthetic_world.population.atlas import WorldError
from synthetic_world.rates import all_rates, rates
from synthetic_world.records.force_files import Made, day_of
from synthetic_world.truth import FOLDER

NAME: Final = "card.json"
# errors that only some mentions can suffer: their rate among all mentions says nothing
CONDITIONAL: Final = (
    Errors.SURNAME_FORMER, Errors.MIDDLE_FIRST, Errors.SIBLING, Errors.PNC_MISSING, Errors.PNC_WRONG,
    Errors.BIRTH_DAY_MONTH,
)  # fmt: skip
OVERWRITTEN: Final = (Errors.ADDRESS_OLD,)  # shows only where the address is neither missing nor none


def make_card(folder: Path, world: World, made: Sequence[Made], street_rows: int) -> dict[str, Any]:
    """Count everything once."""
    book = folder / FOLDER
    return {
        "asked": _asked(world),
        "forces": [_force(one) for one in made],
        "street_crime_rows": street_rows,
        "gates": [
            {
                "name": one.gate.name,
                "source": one.gate.source,
                "low": one.gate.low,
                "high": one.gate.high,
                "found": None if one.found is None else round(one.found, 4),
                "rests_on": one.n,
                "is_passed": one.is_passed,
            }
            for one in judged(book, world)
        ],
        "errors": list(_errors(made)),
        "rates": [
            {
                "file": one.name,
                "rate": key,
                "value": rate.value,
                "source": rate.source,
                "confidence": rate.confidence,
            }
            for one in all_rates()
            for key, rate in one.items()
        ],
    }


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Keep the card beside the answer book."""
    text = json.dumps(card, indent=1, ensure_ascii=False)
    (folder / FOLDER / NAME).write_text(text + "\n", encoding="utf-8")


def read_card(out: Path) -> dict[str, Any]:
    """The card of a world. Raises WorldError for a folder that holds none."""
    try:
        return dict(json.loads((out / FOLDER / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        raise WorldError(f"{out} holds no whole world; make one there with `world make`.") from None


def in_words(card: dict[str, Any]) -> str:
    """The card for a person."""
    return "\n".join(_lines(card))


def _asked(world: World) -> dict[str, Any]:
    return {
        "scale": world.scale,
        "seed": world.seed,
        "from": day_of(world.start).isoformat(),
        "to": day_of(world.end).isoformat(),
        "later_nights_to": day_of(world.horizon).isoformat(),
        "interactions": world.interactions,
        "knobs": {f"{name}.{key}": value for name, key, value in world.knobs},
        "tasked": len(world.tasking),
        "population": {
            force.force_code: force.population for force in world.atlas if force.force_code in world.asked
        },
    }


def _force(made: Made) -> dict[str, Any]:
    rows: dict[str, int] = {}
    for one in made.sent:
        rows[one.feed] = rows.get(one.feed, 0) + one.rows
    files = len({one.path for one in made.sent})
    return {
        "force": made.force_code,
        "files": files,
        "rows": dict(sorted(rows.items())),
        "counts": made.counts,
    }


def _errors(made: Sequence[Made]) -> Iterator[dict[str, Any]]:
    """Of each error and source: the rate asked and the rate obtained, before any copying from nominals."""
    for error in Errors:
        asked = rates("noise").numbers(str(error.name).lower())
        for place, source in enumerate(SOURCES):
            n = sum(one.counts[f"mentions {source}"] for one in made)
            found = sum(one.counts[f"{error.name} {source}"] for one in made)
            if n:
                yield {
                    "error": str(error.name).lower(),
                    "source": source,
                    "asked": asked[place],
                    "found": round(found / n, 5),
                    "is_conditional": error in (*CONDITIONAL, *OVERWRITTEN),
                    "mentions": int(n),
                }


def _lines(card: dict[str, Any]) -> Iterator[str]:
    asked = card["asked"]
    yield f"World {asked['scale']}, seed {asked['seed']}: {asked['from']} to {asked['to']}."
    yield "Every person in it is invented."
    for knob, value in asked["knobs"].items():
        yield f"Turned by hand: {knob} = {value}"
    yield ""
    yield f"{'Force':<14}{'residents':>12}{'files':>8}{'rows':>12}{'nominals':>11}"
    for one in card["forces"]:
        people = asked["population"][one["force"]]
        nominals = int(one["counts"]["nominals"])
        yield f"{one['force']:<14}{people:>12,}{one['files']:>8,}{sum(one['rows'].values()):>12,}{nominals:>11,}"
    yield f"{'street crime':<14}{'':>12}{'':>8}{card['street_crime_rows']:>12,}"
    yield ""
    yield "Gates"
    for gate in card["gates"]:
        found = "too little to count" if gate["found"] is None else f"{gate['found']:,.4f}"
        verdict = {True: "passed", False: "OUTSIDE", None: "-"}[gate["is_passed"]]
        yield f"  {verdict:<8} {gate['name']}: {found} (asked {gate['low']:g} to {gate['high']:g})"
    yield ""
    yield "Errors in identities, asked and obtained"
    for one in card["errors"]:
        if not one["is_conditional"]:
            yield f"  {one['error']:<20} {one['source']:<8} {one['asked']:>7.3f} {one['found']:>8.4f}"
    yield ""
    yield "Numbers behind the world"
    for one in card["rates"]:
        yield f"  {one['file']}.{one['rate']} = {one['value']}  [{one['confidence']}: {one['source']}]"

"""The numbers behind the fictional street-level crime, read from street_rates.yml where each has its source.

Not here: places (street_places), the departures planted on purpose (street_counts).
"""

from dataclasses import dataclass
from pathlib import Path

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read

PATH = Path(__file__).with_name("street_rates.yml")


@dataclass(frozen=True, slots=True)
class TypeRates:
    """One crime type: share of all rows, month against the year's mean (January first), final outcomes."""

    crime_type: str
    share: float
    season: tuple[float, ...]
    outcomes: tuple[tuple[str, float], ...]  # empty for anti-social behaviour


@dataclass(frozen=True, slots=True)
class StreetRates:
    """All rates of the world."""

    types: tuple[TypeRates, ...]
    under_investigation: tuple[float, ...]  # by age in months; the last holds for all older
    missing_place: dict[str, float]  # by force: share of rows
    rows_per_1000: dict[str, float]  # by force: rows per 1,000 residents and month
    identical_asb: float
    border: float


def load(path: Path = PATH) -> StreetRates:
    """Read the rates. Raises ContractError for a file that is not as expected."""
    root = Node.root(read(path))
    return StreetRates(
        types=tuple(_type(item) for item in root.get("types").items()),
        under_investigation=_numbers(root.get("under_investigation")),
        missing_place=_by_force(root.get("missing_place")),
        rows_per_1000=_by_force(root.get("rows_per_1000")),
        identical_asb=root.get("identical_asb").number(),
        border=root.get("border").number(),
    )


def _type(item: Node) -> TypeRates:
    outcomes = item.find("outcomes")
    pairs = (
        [(one.get("outcome").text(), one.get("share").number()) for one in outcomes.items()]
        if outcomes
        else []
    )
    return TypeRates(
        item.get("type").text(), item.get("share").number(), _numbers(item.get("season")), tuple(pairs)
    )


def _numbers(node: Node) -> tuple[float, ...]:
    return tuple(item.number() for item in node.items())


def _by_force(node: Node) -> dict[str, float]:
    return {force: node.get(force).number() for force in node.mapping()}

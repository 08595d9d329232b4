"""The people of the fictional world at two fixed seeds: surnames, twins, ages, moves, latents.

Not here: the gates of C9 (flow/test_world_gates_made).
"""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from synthetic_world.model import CULTURES, ETHNICITIES, NOBODY
from synthetic_world.population import households as home
from synthetic_world.population.atlas import blocks_of, known_people, make_world
from synthetic_world.population.names import vocabulary
from synthetic_world.population.people import make_people
from synthetic_world.population.places import make_places

SEEDS = (1, 20261101)
Array = npt.NDArray[np.generic]


@dataclass
class Country:
    """Everybody of the asked forces of a demo world, blocks one after another."""

    people: dict[str, Array]
    role: Array
    kind: Array  # by person: of the household
    household: Array
    father: Array
    age: Array
    crossings: int
    moves: int
    years: float


@cache
def country(seed: int) -> Country:
    world = make_world("demo", seed)
    where = {force.number: make_places(world, force) for force in world.atlas[:9]}
    columns: dict[str, list[Array]] = {}
    offset = households = crossings = moves = 0
    for block in blocks_of(world):
        if block.home.force_code in world.asked:
            made = make_people(world, block, where)
            people, own = made.people, made.households
            twin = np.where(own.twin_of == NOBODY, NOBODY, own.twin_of + offset)
            father = own.father()[own.household]
            found = {
                name: getattr(people, name)
                for name in ("forename", "surname", "birth_day", "sex", "culture", "ethnicity", "offending",
                             "vulnerability", "mental_health", "substance", "is_looked_after")
            } | {
                "twin": twin, "role": own.role, "kind": own.kind[own.household], "age": own.age,
                "household": own.household + households,
                "father": np.where(father == NOBODY, NOBODY, father + offset),
                "native": np.full(len(people), block.other is None),
            }  # fmt: skip
            for name, values in found.items():
                columns.setdefault(name, []).append(values)
            first = np.diff(people.move_person, prepend=-1) != 0
            before = np.where(first, block.home.number, np.roll(people.move_force, 1))
            crossings += int((before != people.move_force).sum())
            moves += len(people.move_day)
            offset, households = offset + len(people), households + len(own)
    whole = {name: np.concatenate(values) for name, values in columns.items()}
    taken = SimpleNamespace(
        **{name: whole.pop(name) for name in ("role", "kind", "household", "father", "age")}
    )
    return Country(
        whole, taken.role, taken.kind, taken.household, taken.father, taken.age, crossings, moves, world.years
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_surnames_have_a_long_tail(seed: int) -> None:
    counts = np.bincount(country(seed).people["surname"])
    assert (counts > 0).sum() > 12_000 and 0.05 < (counts == 1).sum() / counts.sum() < 0.25


@pytest.mark.parametrize("seed", SEEDS)
def test_twins(seed: int) -> None:
    """One household, birthday and surname, different forenames, some much alike."""
    them = country(seed)
    second = np.flatnonzero(
        (them.people["twin"] != NOBODY) & (them.people["twin"] < np.arange(len(them.role)))
    )
    first = them.people["twin"][second]
    assert len(second) > 100
    for name in ("birth_day", "surname"):
        assert (them.people[name][first] == them.people[name][second]).mean() > 0.93, name
    assert (them.people["birth_day"][first] == them.people["birth_day"][second]).all()
    assert (them.household[first] == them.household[second]).all()
    assert (them.people["forename"][first] != them.people["forename"][second]).all()
    same_sex = them.people["sex"][first] == them.people["sex"][second]
    alike = vocabulary().similar[them.people["forename"][first]] == them.people["forename"][second]
    assert 0.22 <= alike[same_sex].mean() <= 0.42


@pytest.mark.parametrize("seed", SEEDS)
def test_families_share_a_surname(seed: int) -> None:
    them = country(seed)
    bare = vocabulary().feminine[them.people["surname"]]
    start = np.flatnonzero(np.diff(them.household, prepend=-1))
    size = np.diff(start, append=len(bare))
    family = np.isin(them.kind[start], range(home.COUPLE, home.EXTENDED + 1)) & (size > 1)
    shares = np.minimum.reduceat(bare, start) == np.maximum.reduceat(bare, start)
    assert 0.76 <= shares[family].mean() <= 0.80
    assert 2.05 <= size.mean() <= 2.15


@pytest.mark.parametrize("seed", SEEDS)
def test_sons_after_their_fathers(seed: int) -> None:
    them = country(seed)
    sons = np.flatnonzero((them.role == home.CHILD) & (them.people["sex"] == 1) & (them.father != NOBODY))
    same = them.people["forename"][sons] == them.people["forename"][them.father[sons]]
    assert 0.037 <= same.mean() <= 0.055  # four per cent, and a few by chance


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_children_of_a_household_are_called_the_same(seed: int) -> None:
    them = country(seed)
    same = them.household[1:] == them.household[:-1]
    same &= (them.role[1:] == home.CHILD) & (them.role[:-1] == home.CHILD)
    assert (them.people["forename"][1:] == them.people["forename"][:-1])[same].mean() < 0.002


@pytest.mark.parametrize("seed", SEEDS)
def test_ages_are_gamma(seed: int) -> None:
    """Gamma(3.2, 10) has mean 32, spread 17.9, 22.9 % under 18 and a median of 28.7."""
    age = country(seed).age
    assert abs(age.mean() - 32) < 0.6 and abs(age.std() - 17.7) < 0.6
    assert abs((age < 18).mean() - 0.23) < 0.015 and abs(np.median(age) - 28.7) < 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_moves(seed: int) -> None:
    them = country(seed)
    assert 0.13 <= them.moves / len(them.role) / them.years <= 0.18
    assert 0.105 <= them.crossings / them.moves <= 0.135


@pytest.mark.parametrize("seed", SEEDS)
def test_latents(seed: int) -> None:
    them, native = country(seed).people, country(seed).people["native"]
    assert 0.85 <= them["offending"][native].mean() <= 1.15 < 2 <= them["offending"][~native].mean()
    assert 0.9 <= them["vulnerability"].mean() <= 1.1
    women = them["offending"][native & (them["sex"] == 0)].mean() / them["offending"][native].mean()
    assert 0.3 < women < 0.6
    grown = them["offending"] > 0
    both = np.corrcoef(np.log(them["offending"][grown]), np.log(them["vulnerability"][grown]))[0, 1]
    assert 0.1 < both < 0.4
    assert 0.15 < them["mental_health"].mean() < 0.2 and 0.08 < them["substance"].mean() < 0.15
    assert 0.005 < them["is_looked_after"].mean() < 0.01


@pytest.mark.parametrize("seed", SEEDS)
def test_origins(seed: int) -> None:
    them = country(seed).people
    shares = np.bincount(them["ethnicity"], minlength=len(ETHNICITIES)) / len(them["ethnicity"])
    assert 0.68 < shares[0] < 0.82 and (shares > 0).all()
    assert (np.bincount(them["culture"], minlength=len(CULTURES)) > 50).all()


def test_one_in_five_residents_is_known_over_three_years() -> None:
    world = make_world("nine", 1, years=3)
    share = sum(known_people(world, force) for force in world.atlas[:9]) / 12_000_000
    assert 0.22 <= share <= 0.23

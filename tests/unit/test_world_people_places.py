"""The atlas, the rates and the places of the fictional world, and what is refused."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from data_contracts.model import ContractError
from data_contracts.registry import Registry
from synthetic_world import rates as rates_module
from synthetic_world.model import Places
from synthetic_world.population.atlas import WorldError, all_blocks, atlas, blocks_of, make_world, scales
from synthetic_world.population.place_names import postcode_area
from synthetic_world.population.places import home_starts, make_places, n_homes
from synthetic_world.rates import all_rates, rates
from synthetic_world.street.street import FORCES, make_street_landing
from synthetic_world.street.street_places import LAYOUTS, make_ground

POSTCODE = re.compile("[QVX][A-HK-Y][0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}")


@pytest.fixture(scope="module")
def nine() -> dict[str, Places]:
    world = make_world("nine", 5)
    return {force.force_code: make_places(world, force) for force in world.atlas[:3]}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def test_atlas_has_nine_named_forces_and_43_in_all() -> None:
    assert [one.force_code for one in atlas()[:9]] == list(LAYOUTS)
    assert len(atlas()) == 43 == len({one.name for one in atlas()})
    for one in atlas():
        assert one.neighbours and one.force_code not in one.neighbours


@pytest.mark.parametrize(("scale", "people", "forces"), [
    ("ci", 60_000, 3), ("ci9", 54_000, 9), ("demo", 300_000, 3), ("nine", 12_000_000, 9), ("national", 59_600_000, 43),
])  # fmt: skip
def test_scales(scale: str, people: int, forces: int) -> None:
    world = make_world(scale, 1)
    asked = [force for force in world.atlas if force.force_code in world.asked]
    assert len(asked) == forces and sum(force.population for force in asked) == pytest.approx(
        people, rel=1e-3
    )
    assert tuple(scales()) == ("ci", "ci9", "demo", "nine", "national")


def test_blocks_follow_from_the_atlas() -> None:
    world = make_world("ci9", 1)
    blocks = all_blocks(world)
    assert len({block.number for block in blocks}) == len({block.key for block in blocks}) == len(blocks)
    assert {block.key for block in blocks_of(world)} <= {block.key for block in blocks}
    for force in world.atlas:
        own = [block.n_people for block in blocks if block.home == force]
        assert sum(own) / force.population == pytest.approx(0.305, abs=0.01)
    pools = {(block.home.force_code, block.other.force_code) for block in blocks if block.other}
    assert all((other, here) in pools for here, other in pools)


@pytest.mark.parametrize(("arguments", "words"), [
    ({"scale": "huge"}, "scale must be one of ci, ci9, demo"),
    ({"seed": -1}, "seed must be a whole number from 0"),
    ({"seed": 2**32}, "seed must be a whole number from 0"),
    ({"years": 0}, "between 1 and 20 years"),
    ({"asked": ["atlantis"]}, "no force called atlantis"),
    ({"asked": []}, "no force called"),
    ({"interactions": "none"}, "usual, high"),
])  # fmt: skip
def test_worlds_that_cannot_be_made(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(WorldError, match=words) as caught:
        make_world(**({"scale": "ci", "seed": 1} | arguments))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_multipliers_are_of_the_force_and_seed_alone() -> None:
    one, other = make_world("ci", 3), make_world("nine", 3, years=2, asked=["wendale"])
    for here, there in zip(one.atlas, other.atlas, strict=True):
        assert (here.crime, here.intel, here.recording) == (there.crime, there.intel, there.recording)
    spread = np.std([np.log(force.intel) for force in one.atlas])
    assert 0.25 < spread < 0.45
    assert make_world("ci", 4).atlas[0].crime != one.atlas[0].crime


def test_postcodes_were_never_issued(nine: dict[str, Places]) -> None:
    areas = {postcode_area(force) for force in range(43)}
    assert len(areas) == 43 and all(area[0] in "QVX" for area in areas)
    for places in nine.values():
        codes = places.address_postcode.to_pylist()
        assert all(POSTCODE.fullmatch(code) for code in codes)
        assert {code[:2] for code in codes} == {postcode_area(places.force.number)}
        homes = n_homes(places)
        by_lsoa = {}
        for code, lsoa in zip(codes[:homes], places.address_lsoa[:homes].tolist(), strict=True):
            assert by_lsoa.setdefault(code, lsoa) == lsoa
        assert 8 <= homes / len(by_lsoa) <= 13


def test_street_level_world_and_people_share_their_ground(nine: dict[str, Places]) -> None:
    for force, places in nine.items():
        ground = make_ground(5, force)
        n = len(ground.lsoa_codes)
        assert places.lsoa_codes[:n] == ground.lsoa_codes
        assert [f"{places.towns[town]}" for town in places.town[:n]] == [
            name[:-4] for name in ground.neighbourhoods
        ]
        raised = np.isin(ground.neighbourhoods, ground.raised)
        assert places.deprivation[:n][raised].mean() > places.deprivation[:n][~raised].mean() + 0.4


@pytest.mark.parametrize("force", LAYOUTS)
def test_all_nine_forces_have_street_level_ground(force: str, registry: Registry) -> None:
    ground, declared = make_ground(1, force), registry.force(force)
    assert (declared.population, declared.n_lsoas) == (ground.population, len(ground.lsoa_codes))
    assert LAYOUTS[force].neighbour in LAYOUTS and len({one.block for one in LAYOUTS.values()}) == len(
        LAYOUTS
    )


def test_street_level_files_of_a_force_do_not_depend_on_the_others_that_are_made(tmp_path: Path) -> None:
    make_street_landing(tmp_path / "three", months=12, scale=0.05)
    make_street_landing(tmp_path / "nine", months=12, scale=0.05, forces=tuple(LAYOUTS))
    digests = []
    for folder in ("three", "nine"):
        digest = hashlib.sha256()
        for path in sorted((tmp_path / folder).rglob("*.csv")):
            if path.name[8:].removesuffix("-street.csv") in FORCES:
                digest.update(path.relative_to(tmp_path / folder).as_posix().encode() + path.read_bytes())
        digests.append(digest.hexdigest())
    assert digests[0] == digests[1] != hashlib.sha256().hexdigest()
    assert len(list((tmp_path / "nine").rglob("*.csv"))) > 100


def test_lsoas_towns_and_homes(nine: dict[str, Places]) -> None:
    for places in nine.values():
        n = len(places.lsoa_codes)
        assert n == pytest.approx(places.force.population / 1571, rel=0.01) == len(set(places.lsoa_codes))
        assert all(re.fullmatch("X0[0-9]{7}", code) for code in places.lsoa_codes)
        assert len(set(places.towns)) == len(places.towns) and (np.diff(places.town) >= 0).all()
        homes = places.address_lsoa[: n_homes(places)]
        assert (np.diff(homes) >= 0).all() and len(home_starts(places)) == n + 1
        assert len(set(places.address_line.to_pylist())) > 0.995 * len(places.address_line)


def test_deprivation_is_smooth_in_space(nine: dict[str, Places]) -> None:
    for places in nine.values():
        where = np.stack([places.longitude, places.latitude * 1.7], axis=1).astype(np.float64)
        apart = ((where[:, None] - where[None]) ** 2).sum(axis=2)
        np.fill_diagonal(apart, np.inf)
        nearest = apart.argmin(axis=1)
        alike = np.corrcoef(places.deprivation, places.deprivation[nearest])[0, 1]
        assert alike > 0.5, alike
        assert abs(places.deprivation.mean()) < 1e-5 and places.deprivation.std() == pytest.approx(
            1, abs=1e-3
        )


def test_premises(nine: dict[str, Places]) -> None:
    for places in nine.values():
        children = 0.21 * places.force.population
        assert len(places.care_homes) == pytest.approx(children / 8000, abs=1) == len(places.care_home_refs)
        assert len(set(places.care_home_refs)) == len(places.care_home_refs)
        kinds = (places.care_homes, places.hotels, places.licensed, places.hospitals, places.schools)
        together = np.concatenate(kinds)
        assert len(set(together.tolist())) == len(together) == len(places.address_lsoa) - n_homes(places)
        assert set(places.town[places.night_time].tolist()) == set(range(len(places.towns)))


def test_small_worlds_have_premises_too() -> None:
    world = make_world("ci9", 2)
    for force in world.atlas[:9]:
        places = make_places(world, force)
        assert len(places.care_homes) == 2 and len(places.hospitals) == 1 and len(places.licensed) >= 6


def test_every_rate_has_its_source() -> None:
    known = {one.name for one in all_rates()}
    assert {"people", "households", "names", "origins", "ties"} <= known
    for one in all_rates():
        for key, rate in one.items():
            assert len(rate.source) >= 4, (one.name, key)


def test_rates_complain_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError, match="has no colour_of_hair"):
        rates("people").number("colour_of_hair")
    with pytest.raises(TypeError, match="row of numbers"):
        rates("people").number("offending_ages")
    (tmp_path / "bad.yml").write_text(
        'one: {value: 1, source: "x y z", confidence: guessed}\n', encoding="utf-8"
    )
    monkeypatch.setattr(rates_module, "FOLDER", tmp_path)
    with pytest.raises(ContractError, match="line 1: confidence is 'guessed'"):
        rates("bad")

"""The people of the fictional world: what a ground holds fits together, and depends on seed and block alone."""

import dataclasses
import hashlib

import numpy as np
import pyarrow as pa
import pytest

from synthetic_world.model import CULTURES, ETHNICITIES, NOBODY, TIES, Ground
from synthetic_world.population import households, phones, places
from synthetic_world.population.atlas import blocks_of, make_world
from synthetic_world.population.ground import ground_of
from synthetic_world.population.names import vocabulary
from synthetic_world.population.people import make_people

SEED = 7
DTYPES = {
    "Ints": np.int32, "Longs": np.int64, "Floats": np.float32, "Codes": np.uint8, "Flags": np.bool_,
}  # fmt: skip


@pytest.fixture(scope="module")
def grounds() -> dict[str, Ground]:
    world = make_world("ci", SEED)
    return {block.key: ground_of(world, block) for block in blocks_of(world)}


def fingerprint(ground: Ground) -> str:
    """Of every array of people, ties and places."""
    digest = hashlib.sha256()
    for part in (ground.people, ground.ties, *ground.places.values()):
        for field in dataclasses.fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                digest.update(value.dtype.str.encode() + value.tobytes())
            elif isinstance(value, pa.Array):
                digest.update("\n".join(value.to_pylist()).encode())
            elif field.name != "block":
                digest.update(repr(value).encode())
    return digest.hexdigest()


def test_same_seed_same_arrays_other_seed_other_arrays(grounds: dict[str, Ground]) -> None:
    again, other = make_world("ci", SEED), make_world("ci", SEED + 1)
    block = blocks_of(again)[4]
    assert fingerprint(ground_of(again, block)) == fingerprint(grounds[block.key])
    assert fingerprint(ground_of(other, blocks_of(other)[4])) != fingerprint(grounds[block.key])


def test_asking_for_one_force_more_changes_no_block(grounds: dict[str, Ground]) -> None:
    """In whatever order they are made."""
    alone = make_world("ci", SEED, asked=["northmoor"])
    blocks = blocks_of(alone)
    assert {block.key for block in blocks} < grounds.keys() and len(blocks) == 7
    for block in reversed(blocks):
        assert block == grounds[block.key].block
        assert fingerprint(ground_of(alone, block)) == fingerprint(grounds[block.key]), block.key


def test_arrays_are_of_the_declared_kinds_and_one_length(grounds: dict[str, Ground]) -> None:
    for ground in grounds.values():
        for part, moves in ((ground.people, "move_"), (ground.ties, "-")):
            for field in dataclasses.fields(part):
                value = getattr(part, field.name)
                if isinstance(value, np.ndarray):
                    assert value.dtype in [np.dtype(kind) for kind in DTYPES.values()]
                    same = part.move_day if field.name.startswith(moves) else getattr(part, "sex", part)
                    assert len(value) == (len(same) if part is ground.people else len(part.a)), field.name
        assert len(ground.people) == ground.block.n_people


def test_everybody_can_be_looked_up(grounds: dict[str, Ground]) -> None:
    words = vocabulary()
    for ground in grounds.values():
        people, home = ground.people, ground.places[ground.block.home.number]
        assert people.sex.max() <= 1 and people.ethnicity.max() < len(ETHNICITIES)
        assert people.culture.max() < len(CULTURES)
        for names, most, least in (
            (people.forename, len(words.forenames), 0),
            (people.middle, len(words.forenames), NOBODY),
            (people.surname, len(words.surnames), 0),
            (people.former_surname, len(words.surnames), NOBODY),
            (people.twin_of, len(people), NOBODY),
            (people.address, len(home.address_lsoa), 0),
        ):
            assert names.min(initial=0) >= least and names.max(initial=0) < most
        assert (np.diff(people.household) >= 0).all() and people.household[0] == 0
        assert len(np.unique(people.uid)) == len(people)
        assert (people.uid >> 32 == ground.block.number).all()
        assert (people.former_surname != people.surname).all() and (people.middle != people.forename).all()


def test_nobody_is_born_after_the_start(grounds: dict[str, Ground]) -> None:
    for ground in grounds.values():
        age = (ground.world.start - ground.people.birth_day) / 365.25
        assert age.min() > 0 and age.max() < 100
        assert (ground.people.offending >= 0).all() and (ground.people.vulnerability > 0).all()
        assert (ground.people.offending[age > 12] > 0).all()


def test_moves_stand_in_order_and_natives_never_leave(grounds: dict[str, Ground]) -> None:
    for ground in grounds.values():
        people, world = ground.people, ground.world
        order = people.move_person.astype(np.int64) * 100_000 + people.move_day
        assert (np.diff(order) >= 0).all()
        assert people.move_day.min() > world.start and people.move_day.max() <= world.horizon
        forces = {ground.block.home.number} | ({ground.block.other.number} if ground.block.other else set())
        assert set(np.unique(people.move_force).tolist()) == forces
        for number in forces:
            own = people.move_address[people.move_force == number]
            assert own.min() >= 0 and own.max() < len(ground.places[number].address_lsoa)


def test_few_unrelated_households_share_an_address(grounds: dict[str, Ground]) -> None:
    """Of all blocks of one force together."""
    homes = []
    for ground in grounds.values():
        if ground.block.home.force_code == "northmoor":
            first = np.flatnonzero(np.diff(ground.people.household, prepend=-1))
            homes.append(ground.people.address[first])
    taken = np.concatenate(homes)
    taken = taken[taken < places.n_homes(grounds["northmoor"].places[0])]
    _, times = np.unique(taken, return_counts=True)
    assert times[times > 1].sum() / times.sum() < 0.03


def test_children_in_care_live_in_care_homes_or_with_carers(grounds: dict[str, Ground]) -> None:
    ground = grounds["northmoor"]
    people, home = ground.people, ground.places[0]
    in_home = np.isin(people.address, home.care_homes)
    assert in_home.sum() >= 5 and people.is_looked_after[in_home].all()
    assert people.is_looked_after.sum() > in_home.sum()
    age = (ground.world.start - people.birth_day) / 365.25
    assert age[people.is_looked_after].max() < 18
    other = people.address[~in_home]
    assert other.max() < places.n_homes(home)


def test_ties_join_different_people_once(grounds: dict[str, Ground]) -> None:
    kinds = np.zeros(len(TIES), dtype=np.int64)
    for ground in grounds.values():
        ties, n = ground.ties, len(ground.people)
        assert (ties.a != ties.b).all() and min(ties.a.min(), ties.b.min()) >= 0
        assert max(ties.a.max(), ties.b.max()) < n and (ties.end_day > ties.start_day).all()
        low, high = np.minimum(ties.a, ties.b), np.maximum(ties.a, ties.b)
        both_ways = np.stack([ties.kind, low, high, ties.start_day], axis=1)
        assert len(np.unique(both_ways, axis=0)) == len(both_ways)
        kinds += np.bincount(ties.kind, minlength=len(TIES))
    assert (kinds > 100).all(), kinds


def test_parents_are_old_enough_and_children_have_at_most_one_father_at_home(
    grounds: dict[str, Ground],
) -> None:
    for ground in grounds.values():
        ties, born = ground.ties, ground.people.birth_day
        gap = (born[ties.b] - born[ties.a]) / 365.25
        assert gap[ties.kind == TIES.index("child")].min(initial=99) > 13.9
        assert gap[ties.kind == TIES.index("parent")].max(initial=-99) < -13.9
        same = ground.people.household[ties.a] == ground.people.household[ties.b]
        for kind in ("child", "sibling", "co_resident", "other_family"):
            assert same[ties.kind == TIES.index(kind)].all()
        assert not same[ties.kind == TIES.index("parent")].any()


def test_partners_part_once_and_are_former_partners_from_that_day(grounds: dict[str, Ground]) -> None:
    ties = grounds["northmoor"].ties
    partner, former = (ties.kind == TIES.index(kind) for kind in ("partner", "ex_partner"))
    ended = partner & (ties.end_day <= grounds["northmoor"].world.horizon)
    begun = {
        (a, b, day) for a, b, day in zip(ties.a[former], ties.b[former], ties.start_day[former], strict=True)
    }
    assert ended.sum() > 500
    assert all(
        (a, b, day) in begun
        for a, b, day in zip(ties.a[ended], ties.b[ended], ties.end_day[ended], strict=True)
    )


def test_phones_are_of_the_ranges_kept_for_drama(grounds: dict[str, Ground]) -> None:
    for ground in grounds.values():
        numbers = ground.people.phone[ground.people.phone != phones.NO_PHONE]
        kept = np.isin(numbers // 1000 * 1000, (phones.MOBILE, *phones.LANDLINES))
        assert kept.all() and not np.isin(numbers, list(phones.FOR_SCENARIOS)).any()


def test_members_of_a_household_fit_its_kind(grounds: dict[str, Ground]) -> None:
    ground = grounds["calderwick"]
    found = make_people(ground.world, ground.block, ground.places).households
    size = np.diff(found.start)
    assert size.sum() == ground.block.n_people and size.min() >= 1
    assert (size[found.kind == households.ALONE] == 1).all()
    heads = np.bincount(found.household[found.role == households.HEAD], minlength=len(found))
    shared = np.isin(found.kind, (households.SHARERS, households.RESIDENTIAL))
    assert (heads == ~shared).all()
    assert (np.diff(found.lsoa) >= 0).all()

"""Records of crime, custody, incidents, referrals and orders: whether they are what the canonical feeds describe.

One native block and one pool. Not here: rates and gates (flow/test_world_gates_made), processes (test_world_crimes).
"""

from functools import cache

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data_contracts.registry import Registry
from synthetic_world.crimes.columns import begins_with_spine
from synthetic_world.crimes.crimes import crimes
from synthetic_world.model import Block, Ground, Happening, World
from synthetic_world.population.atlas import all_blocks, make_world
from synthetic_world.population.ground import ground_of

FEEDS = ("crime", "crime_party", "custody", "incident", "safeguarding", "order")
EXTRA = {"crime": {"text_person_uid", "text_other_uid"}}  # whom {person} and {other} stand for
SHIFTED = {  # canonical field: what stands for it in a record
    "linked_crime_ref": "linked_crime_key", "crime_ref": "crime_key", "person_ref": "person_uid",
    "other_person_ref": "other_person_uid", "protected_person_ref": "protected_person_uid",
    "victim_ref": "victim_uid", "subject_ref": "subject_uid",
}  # fmt: skip
NAME_BLOCK = {
    "forename", "middle_names", "surname", "birth_date", "sex", "ethnicity_self", "ethnicity_officer", "pnc_id",
    "phone",
}  # fmt: skip


@cache
def registry() -> Registry:
    return Registry.load()


def world() -> World:
    return make_world("demo", 20261101)


def block_of(key: str) -> Block:
    return next(block for block in all_blocks(world()) if block.key == key)


@cache
def ground(key: str) -> Ground:
    return ground_of(world(), block_of(key))


@cache
def drawn(key: str = "northmoor") -> Happening:
    return crimes(ground(key))


def records(feed: str, key: str = "northmoor") -> pa.Table:
    tables = [tables[feed] for tables in drawn(key).records.values()]
    return pa.concat_tables(tables).unify_dictionaries()


def ask(question: str, key: str = "northmoor") -> list[tuple[object, ...]]:
    with duckdb.connect(config={"threads": 1}) as connection:
        for feed in FEEDS:
            connection.register(feed, records(feed, key))
        return connection.execute(question).fetchall()


@pytest.mark.parametrize("feed", FEEDS)
def test_columns_are_those_of_the_canonical_feed(feed: str) -> None:
    canonical = registry().canonicals[feed]
    table = drawn().records[0][feed]
    assert begins_with_spine(table)
    person = NAME_BLOCK | ({"address_line", "postcode"} if feed in ("crime_party", "custody") else set())
    wanted = {SHIFTED.get(field.name, field.name) for field in canonical.fields} - person
    spine = set(table.column_names[:8])
    assert set(table.column_names[8:]) - EXTRA.get(feed, set()) == wanted - spine
    for column in table.columns:
        assert not pa.types.is_dictionary(column.type) or pa.types.is_string(column.type.value_type)


@pytest.mark.parametrize("feed", FEEDS)
def test_codes_are_in_the_closed_lists(feed: str) -> None:
    canonical = registry().canonicals[feed]
    table = records(feed)
    for field in canonical.fields:
        if field.code_list and field.name in table.column_names:
            found = set(pc.unique(table[field.name].cast(pa.string())).to_pylist()) - {None}
            assert found <= set(field.code_list), field.name


@pytest.mark.parametrize("feed", FEEDS)
def test_versions_count_up_without_gaps_and_in_time(feed: str) -> None:
    rows = ask(f"""
        select count(*), count(*) filter (version <> place), count(*) filter (recorded_at < earlier) from (
          select version, recorded_at, row_number() over (partition by key order by version) - 1 as place,
            lag(recorded_at) over (partition by key order by version) as earlier from "{feed}")""")
    assert rows[0][0] > 100
    assert rows[0][1:] == (0, 0)


def test_keys_are_of_the_block_and_grow_with_recording() -> None:
    pool = "northmoor>calderwick"
    table = records("crime", pool)
    first = table.filter(pc.equal(table["version"], 0)).sort_by("key")
    keys = first["key"].to_numpy()
    assert len(np.unique(keys)) == len(keys)
    assert set(keys >> 32) == {block_of(pool).number}
    assert (keys & 0xFFFFFFFF).max() < 1 << 31
    assert (np.diff(first["recorded_at"].to_numpy().astype("int64")) >= 0).all()


def test_a_pool_writes_in_both_its_forces_and_natives_in_one() -> None:
    assert set(drawn().records) == {0}
    both = drawn("northmoor>calderwick").records
    assert set(both) == {0, 1}
    assert all(both[number]["crime"].num_rows > 300 for number in both)


def test_references_find_their_rows() -> None:
    assert (
        ask("""select count(*) from crime_party where crime_key not in (select key from crime)
        union all select count(*) from custody where crime_key not in (select key from crime)
        union all select count(*) from safeguarding where crime_key not in (select key from crime)
        union all select count(*) from crime where linked_crime_key not in (select key from crime)""")
        == [(0,)] * 4
    )


def test_times_follow_each_other() -> None:
    start, last = world().start * 86_400, (world().horizon + 1) * 86_400
    assert (
        ask(f"""select count(*) from crime where occurred_from > reported_at or reported_at > recorded_at
          or occurred_to < occurred_from or epoch(recorded_at) < {start} or epoch(recorded_at) >= {last}
        union all select count(*) from custody where arrested_at > occurred_from or released_at < occurred_from
        union all select count(*) from "order" where end_date < start_date""")
        == [(0,)] * 3
    )


def test_cancelled_reclassified_and_taken_back() -> None:
    (row,) = ask("""select count(*) filter (status = 'cancelled') / count(*) filter (version = 0),
        count(distinct key) filter (status = 'reclassified') / count(*) filter (version = 0),
        count(*) filter (op = 'delete') / count(*) filter (version = 0) from crime""")
    assert 0.024 < row[0] < 0.036
    assert 0.03 < row[1] < 0.065
    assert 0.0005 < row[2] < 0.003
    # a reclassified crime changes its offence, and everybody of a crime taken back is taken back too
    assert (
        ask("""select count(*) from crime as a inner join crime as b on a.key = b.key and a.version = 0
        where b.status = 'reclassified' and b.version = 1 and b.cjs_code = a.cjs_code and b.rc_class = a.rc_class""")
        == [(0,)]
    )
    assert ask("""select count(*) from crime_party where version = 0
        and crime_key in (select key from crime where op = 'delete')
        and key not in (select key from crime_party where op = 'delete')""") == [(0,)]


def test_outcomes_agree_with_suspects_and_charges() -> None:
    shares = dict(
        ask("""select outcome_code, count(*) / sum(count(*)) over () from crime
        where outcome_code is not null group by all""")
    )
    assert 0.3 < shares["18"] < 0.6
    assert 0.05 < shares["1"] < 0.16
    assert (
        ask("""select count(*) from crime where outcome_code in ('15', '16') and key not in
        (select crime_key from crime_party where role = 'suspect' and person_uid is not null)""")[0][0]
        < 20
    )


def test_spellings_are_of_the_offence_and_not_always_the_same() -> None:
    texts = ask(
        "select cjs_code, count(distinct offence_text) from crime where cjs_code = 'OF61102' group by all"
    )
    assert texts[0][1] >= 3


def test_unnamed_suspects_are_described_and_nicknames_return() -> None:
    rows = ask("""select count(*) filter (description_text is not null), count(*),
        count(*) filter (description_text like '%called%') from crime_party
        where role = 'suspect' and person_uid is null and version = 0""")
    assert rows[0][0] == rows[0][1] > 1_000
    assert rows[0][2] > 100


def test_names_in_texts_have_somebody_behind_them() -> None:
    assert ask("""select count(*) from crime where (suspects_text like '%{person}%') <> (text_person_uid is not null)
        or (suspects_text like '%{other}%' and text_other_uid is null)""") == [(0,)]


def test_custody_is_released_and_decided_later() -> None:
    (row,) = ask("""select count(*) filter (version = 0 and disposal is not null),
        count(distinct asn) = count(distinct key), count(*) filter (version = 1 and disposal is null),
        count(*) filter (version = 2 and disposal = 'bailed'),
        count(*) filter (version = 0 and crime_key is null) / count(*) filter (version = 0) from custody""")
    assert row[:4] == (0, True, 0, 0)
    assert 0.07 < row[4] < 0.11


def test_children_are_booked_as_children() -> None:
    born = ground("northmoor").people.birth_day
    table = records("custody")
    days = table["arrested_at"].cast(pa.timestamp("s")).to_numpy().astype("int64") // 86_400
    age = (days - born[table["person_uid"].to_numpy() & 0xFFFFFFFF]) / 365.25
    assert (table["is_child"].to_numpy(zero_copy_only=False) == (age.astype(int) < 18)).all()
    assert age.min() >= 9


def test_orders_end_in_one_way_each() -> None:
    assert ask(
        """select count(*) from "order" where (status = 'breached') <> (breached_at is not null)"""
    ) == [(0,)]
    assert dict(ask('select kind, count(*) > 0 from "order" where version = 0 group by all')).keys() >= {
        "DVPN", "DVPO", "NMO", "RO", "SPO", "bail",
    }  # fmt: skip


def test_nobody_takes_part_after_being_killed() -> None:
    event = drawn().truth.tables["event"].to_pandas()
    table = records("crime_party").to_pandas()
    dead = table[(table.injury == "fatal") & (table.version == 0)]
    for uid, crime in zip(dead.person_uid, dead.crime_key, strict=True):
        index = int(uid) & 0xFFFFFFFF
        killed = event.loc[event.crime_key == crime, "second"].iloc[0]
        assert not ((event.victim == index) & (event.second > killed)).any()

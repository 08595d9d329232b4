"""Knobs of bias and drift, and tasking: each moves what it says and leaves what truly happens where it should.

Not here: the commands (flow/test_world_commands), the processes themselves (test_world_crimes).
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pytest

from synthetic_world.crimes.crimes import crimes
from synthetic_world.crimes.recording import GROUPS, group_of
from synthetic_world.knobs import read_knobs, read_tasking
from synthetic_world.model import Ground, Happening
from synthetic_world.population.atlas import WorldError, all_blocks, make_world
from synthetic_world.population.ground import ground_of
from synthetic_world.rates import Knobs, rates, turned
from synthetic_world.records.past import tasking_of
from synthetic_world.risks.risks import risks

BLACK = GROUPS.index("B")


@cache
def drawn(knobs: Knobs = ()) -> tuple[Ground, Happening]:
    world = make_world("demo", 5, knobs=knobs)
    with turned(knobs):
        ground = ground_of(world, next(block for block in all_blocks(world) if block.key == "eastmarch"))
        return ground, crimes(ground)


def events(knobs: Knobs = ()) -> pd.DataFrame:
    ground, happening = drawn(knobs)
    event = happening.truth.tables["event"].to_pandas().set_index("event_id")
    return event.assign(group=group_of(ground.people, np.maximum(event.suspect, 0)))


def test_recording_bias_moves_records_and_not_what_happens() -> None:
    """Breaches aside: an order follows from a record, so that who has one to break does move."""
    fair, unfair = (events((("harm", "group_recording", (1.0, 1.0, 1.0, b, 1.0)),)) for b in (1.0, 2.0))
    fair, unfair = fair[fair.kind != "breach"], unfair[unfair.kind != "breach"]
    assert fair[["second", "suspect", "victim", "tier"]].equals(
        unfair[["second", "suspect", "victim", "tier"]]
    )
    minor = (fair.tier == 0) & (fair.suspect >= 0) & fair.is_reported
    share = {
        (name, group): one[minor & ((one.group == BLACK) == group)].is_recorded.mean()
        for name, one in (("fair", fair), ("unfair", unfair))
        for group in (True, False)
    }
    assert share["fair", True] == pytest.approx(share["fair", False], abs=0.03)
    assert share["unfair", True] > 1.7 * share["unfair", False]
    assert (fair[fair.tier >= 2].is_recorded == unfair[unfair.tier >= 2].is_recorded).all()


def test_stop_and_search_finds_more_where_it_looks_more() -> None:
    even, uneven = (events((("harm", "group_stop_search", (1.0, 1.0, 1.0, b, 1.0)),)) for b in (1.0, 1.7))
    for one, times in ((even, 1.0), (uneven, 1.7)):
        found = one[one.kind.isin(["drugs", "weapons"]) & (one.process == "volume") & (one.suspect >= 0)]
        share = found.groupby(found.group == BLACK).is_reported.mean()
        assert share[True] / share[False] == pytest.approx(times, rel=0.15)


def test_talk_in_intelligence_follows_its_knob() -> None:
    shares = []
    for b in (1.0, 3.0):
        knobs = (("safeguarding", "group_intel_noise", (1.0, 1.0, 1.0, b, 1.0)),)
        ground, happening = drawn()
        with turned(knobs):
            made = risks(ground, happening, happening.truth.tables["cell"])
        about = made.truth.tables["intel"].to_pandas()
        talk = about[about.event_id.isna()]
        shares.append((group_of(ground.people, talk.about_uid.to_numpy() & 0xFFFFFFFF) == BLACK).mean())
    assert shares[1] > 1.8 * shares[0] > 0


def test_recording_drifts_as_fast_as_asked() -> None:
    def growth(trend: float) -> float:
        event = events((("harm", "recording_trend", trend), ("harm", "campaign_factor", 1.0)))
        own = event[(event.dyad >= 0) & event.is_vawg & (event.tier == 0)]
        year = (own.second - own.second.min()) // 31_557_600
        told = own.is_reported.groupby(year).mean()
        return float((told[4] / told[0]) ** (1 / 4) - 1)

    assert growth(0.0) == pytest.approx(0, abs=0.03)
    assert growth(0.12) == pytest.approx(0.12, abs=0.03)


def test_the_counting_rules_end_the_second_record_of_a_report() -> None:
    _, happening = drawn()
    again = happening.truth.tables["counted_again"].to_pandas()
    (tables,) = happening.records.values()
    crime, party = (
        tables[name].select(columns).filter(pc.equal(tables[name]["version"], 0)).to_pandas()
        for name, columns in (
            ("crime", ["key", "version", "recorded_at"]),
            ("crime_party", ["crime_key", "version", "role", "person_uid"]),
        )
    )
    recorded = crime.set_index("key").recorded_at
    first, second = recorded[again.first_crime_key], recorded[again.crime_key]
    assert len(again) > 50 and (second < pd.Timestamp("2023-05-31")).all()
    assert (first.to_numpy() == second.to_numpy()).all()
    victims = party[party.role == "victim"].groupby("crime_key").person_uid.agg(set)
    pairs = zip(again.first_crime_key, again.crime_key, strict=True)
    assert all(victims.get(one) == victims.get(two) for one, two in pairs)


def test_who_is_tasked_repeats_less_and_is_found_more() -> None:
    ground, happening = drawn()
    event = happening.truth.tables["event"].to_pandas()
    often = event[event.dyad >= 0].groupby("suspect").size().nlargest(250).index.to_numpy()
    world = ground.world
    spells = tuple((int(uid), world.start, world.horizon) for uid in ground.people.uid[often])
    tasked = make_world("demo", 5, tasking=spells)
    after = (
        crimes(ground_of(tasked, ground.block), tasking=tasking_of(tasked)).truth.tables["event"].to_pandas()
    )

    def count(one: pd.DataFrame) -> int:
        return int(((one.dyad >= 0) & one.suspect.isin(often)).sum())

    assert count(after) < 0.8 * count(event)
    near = {*often, *event[event.suspect.isin(often)].victim}  # somebody they would have killed lives on

    def elsewhere(one: pd.DataFrame) -> set[int]:
        apart = ~one.suspect.isin(near) & ~one.victim.isin(near) & (one.process != "dyad")
        return set(one[apart].event_id)

    assert elsewhere(after) == elsewhere(event) and len(elsewhere(event)) > 10_000


def test_a_knob_file_is_read_and_holds_only_while_it_is_turned(tmp_path: Path) -> None:
    path = tmp_path / "knobs.yml"
    path.write_text("harm:\n  recording_trend: 0.1\n  group_recording: [1, 1, 1, 2, 1]\nnoise:\n  reuse: 0\n")
    knobs = read_knobs(path)
    usual = rates("harm").number("recording_trend")
    with turned(knobs):
        assert rates("harm").number("recording_trend") == 0.1 and rates("noise").number("reuse") == 0
        assert rates("harm")["group_recording"] == (1, 1, 1, 2, 1)
    assert rates("harm").number("recording_trend") == usual


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("people:\n  pool_share: 1\n", "Knobs are of harm, safeguarding, noise, not of 'people'."),
        ("harm:\n  luck: 1\n", "There is no knob harm.luck"),
        ("harm:\n  group_recording: [1, 2]\n", "harm.group_recording is 5 numbers, not 2."),
        ("harm:\n  group_recording: 3\n", "harm.group_recording is 5 numbers, not 1."),
        ("harm:\n  cancelled: much\n", "cancelled"),
        ("harm: [\n", "is not YAML"),
    ],
)
def test_a_knob_that_is_none_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "knobs.yml"
    path.write_text(text)
    with pytest.raises(WorldError, match=words.replace("[", r"\[")) as said:
        read_knobs(path)
    assert "\n" not in str(said.value)


def test_a_tasking_log_is_read_and_its_mistakes_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "tasking.csv"
    path.write_text("person_uid,from_date,to_date\n7,2025-01-02,2025-02-01\n3,2025-01-01,2025-01-01\n")
    assert read_tasking(path) == ((3, 20_089, 20_089), (7, 20_090, 20_120))
    for text, words in (
        ("who,when\n1,2\n", "has the columns person_uid, from_date, to_date"),
        ("person_uid,from_date,to_date\nme,2025-01-01,2025-01-02\n", "line 2: a person_uid and two days"),
        ("person_uid,from_date,to_date\n1,2025-01-03,2025-01-02\n", "ends before it begins"),
    ):
        path.write_text(text)
        with pytest.raises(WorldError, match=words):
            read_tasking(path)
    with pytest.raises(WorldError, match="cannot be read"):
        read_tasking(tmp_path / "none.csv")
    with pytest.raises(WorldError, match="cannot be read"):
        read_knobs(tmp_path / "none.yml")

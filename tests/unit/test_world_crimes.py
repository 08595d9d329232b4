"""The processes behind crime in the fictional world, one by one. Not here: cells (test_world_cells), gates
(flow/test_world_gates_made), records (…_records), the offences and the draws themselves (…_offences).
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from synthetic_world.crimes.crimes import crimes
from synthetic_world.crimes.dyads import PARTNER, Dyads
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.hawkes import cascade, offspring
from synthetic_world.crimes.severity import hidden_state, tiers
from synthetic_world.gates.hidden_risk import expected_harm
from synthetic_world.model import ETHNICITIES, Ground, Happening, World
from synthetic_world.population.atlas import all_blocks, make_world, scenario_block
from synthetic_world.population.ground import ground_of
from synthetic_world.rates import rates

N = 20_000


@cache
def world() -> World:
    return make_world("demo", 5)


@cache
def ground(key: str = "calderwick") -> Ground:
    return ground_of(world(), next(block for block in all_blocks(world()) if block.key == key))


@cache
def drawn(key: str = "calderwick") -> Happening:
    return crimes(ground(key))


def pairs(harm: float, n: int = N, days: int = 4_000) -> Dyads:
    whole = np.zeros(n, np.int32)
    return Dyads(
        whole,
        whole,
        whole + PARTNER,
        whole + 2**30,
        whole + 15_000,
        whole + 15_000 + days,
        np.full(n, harm, np.float32),
    )


def test_the_same_ground_gives_the_same_happening() -> None:
    one, two = drawn(), crimes(ground_of(world(), ground().block))
    for feed, table in one.records[1].items():
        assert table.equals(two.records[1][feed]), feed
    for name, table in one.truth.tables.items():
        assert table.equals(two.truth.tables[name]), name


def test_a_seeded_scenario_has_nothing_drawn() -> None:
    here = ground()
    block = scenario_block(here.block.home, None, "twins", 1, 10)
    assert not crimes(replace(here, block=block)).records


@pytest.mark.parametrize("harm", [0.2, 4.0])
def test_each_event_sets_off_as_many_as_its_harm_says(harm: float) -> None:
    made = cascade(np.random.default_rng(1), pairs(harm), 15_000 + 4_000 + 3_000)
    first = (made.parent < 0).sum()
    assert len(made.dyad) / first == pytest.approx(1 / (1 - offspring(np.array([harm]))[0]), rel=0.03)
    lag = (made.second - made.second[made.parent])[made.parent >= 0] / DAY
    assert np.median(lag) == pytest.approx(18, rel=0.15)  # 70% of mean 18 days, 30% of mean 108


def test_later_events_are_no_worse_than_first_ones() -> None:
    dyads, random = pairs(3.0, n=100_000), np.random.default_rng(2)
    made = cascade(random, dyads, 19_000)
    tier = tiers(random, world(), 1, dyads, made.dyad, made.second)
    first, later = tier[made.parent < 0], tier[made.parent >= 0]
    assert (first >= 2).mean() == pytest.approx((later >= 2).mean(), rel=0.06)
    assert (first == 1).mean() == pytest.approx((later == 1).mean(), rel=0.03)


def test_the_hidden_state_drifts_slowly() -> None:
    uid, at = np.arange(N, dtype=np.int64), np.full(N, 19_000 * DAY)
    state = hidden_state(world(), uid, at)
    assert abs(state.mean()) < 0.03
    assert state.std() == pytest.approx(1, abs=0.03)
    for days, low, high in ((10, 0.9, 1.0), (60, 0.5, 0.98), (4_000, -0.5, 0.5)):
        again = hidden_state(world(), uid, at + days * DAY)
        assert low < np.corrcoef(state, again)[0, 1] <= high, days


def test_serious_reports_bring_earlier_events_to_light() -> None:
    event = drawn().truth.tables["event"].to_pandas()
    label = drawn().truth.tables["label"].to_pandas()
    pair = event[(event.dyad >= 0) & event.is_reported].merge(
        label[["event_id"]], on="event_id", how="left", indicator=True
    )
    told = pair[pair._merge == "both"].groupby("dyad").second.min()
    earlier = event[event.dyad.isin(told.index)]
    earlier = earlier[earlier.second < earlier.dyad.map(told)]
    usual = event[(event.dyad >= 0) & (event.tier < 2)].is_reported.mean()
    assert earlier[earlier.tier < 2].is_reported.mean() > usual + 0.1


def test_burglary_breeds_burglary_nearby() -> None:
    event = drawn().truth.tables["event"].to_pandas()
    days = (
        event[event.kind == "burglary"]
        .groupby("lsoa")
        .second.apply(lambda one: np.sort(one.to_numpy()) / DAY)
    )
    apart = np.concatenate([(one[None, :] - one[:, None])[np.triu_indices(len(one), 1)] for one in days])
    counts = np.array([((apart >= low) & (apart < low + 6)).sum() for low in range(0, 120, 6)])
    assert counts[0] > 1.03 * counts[6:].mean() > 1_000  # else as many pairs would lie any other week apart


def test_groups_offend_together_more_often_when_young() -> None:
    event = drawn().truth.tables["event"].to_pandas()
    others = drawn().truth.tables["companion"].to_pandas()
    size = others.groupby("event_id").size()
    plain = event[(event.process == "volume") & (event.suspect >= 0)]
    born = ground().people.birth_day[plain.suspect]
    is_child = (plain.second // DAY - born) / 365.25 < 18
    together = plain.event_id.isin(size.index)
    assert 0.1 < together[~is_child].mean() < 0.3
    assert together[is_child].mean() > together[~is_child].mean() + 0.08
    assert size.max() >= 3


def test_tasking_prevents_and_leaves_others_alone() -> None:
    here, before = ground(), drawn().truth.tables["event"].to_pandas()
    repeats = before[before.dyad >= 0].groupby("suspect").size().nlargest(300).index.to_numpy()
    day = world().start + 300
    tasking = pa.table(
        {
            "person_uid": here.people.uid[repeats],
            "from_day": np.full(len(repeats), day, np.int32),
            "to_day": np.full(len(repeats), world().horizon, np.int32),
        }
    )
    after = crimes(here, None, tasking).truth.tables["event"].to_pandas()
    # contact in breach of orders hangs on what the police come to know, and so on luck that tasking moves
    home = {
        name: one[(one.dyad >= 0) & (one.kind != "breach")]
        for name, one in (("before", before), ("after", after))
    }
    tasked = {name: one[one.suspect.isin(repeats)] for name, one in home.items()}
    others = {name: one[~one.suspect.isin(repeats)] for name, one in home.items()}
    assert len(tasked["after"]) < 0.8 * len(tasked["before"])
    same = ["event_id", "second", "tier", "is_reported", "is_recorded"]
    assert (others["after"][same].to_numpy() == others["before"][same].to_numpy()).all()
    early = {name: one[one.second < day * DAY] for name, one in tasked.items()}
    assert set(early["after"].event_id) == set(early["before"].event_id)


def test_threshold_effects_only_where_asked_for() -> None:
    high = crimes(replace(ground(), world=replace(world(), interactions="high")))
    usual = drawn().truth.tables["label"].num_rows
    assert usual < high.truth.tables["label"].num_rows < 1.6 * usual


def test_recording_differs_by_group_where_the_truth_does_not() -> None:
    event = drawn().truth.tables["event"].to_pandas()
    minor = event[(event.process == "volume") & (event.tier == 0) & (event.suspect >= 0) & event.is_reported]
    group = np.array([code[0] for code in ETHNICITIES])[ground().people.ethnicity[minor.suspect]]
    share = minor.is_recorded.groupby(group).mean()
    factor = dict(zip("WMABO", rates("harm").numbers("group_recording"), strict=True))
    assert share["B"] / share["W"] == pytest.approx(factor["B"] / factor["W"], rel=0.06)


def test_recording_of_violence_against_women_grows_and_has_a_campaign() -> None:
    times = EventTimes.of(world())
    first = np.array([world().start, world().start + 365, world().start + 1_110]) * DAY
    one, two, campaign = times.recording_drift(first)
    assert two / one == pytest.approx(1.06, rel=0.001)
    assert campaign / one == pytest.approx(1.3 * 1.06 ** (1_110 / 365.25), rel=0.001)


def test_expected_harm_is_about_what_happens() -> None:
    day = world().end - 365
    label = drawn().truth.tables["label"].to_pandas()
    outside = drawn().truth.tables["event"].to_pandas().set_index("event_id").loc[label.event_id]
    own = label[(label.second >= day * DAY) & (outside.process != "volume").to_numpy()]
    everybody = np.arange(len(ground().people))
    risk = expected_harm(world(), drawn().truth, everybody, day, 365)
    assert (expected_harm(world(), drawn().truth, everybody[::7], day, 365) == risk[::7]).all()
    # expected harm counts every serious event of a pair, the label only those with a female victim
    assert 0.5 < len(own) / risk.sum() < 1.2


def test_what_is_hidden_month_by_month_agrees_with_what_happens() -> None:
    here, truth = ground(), drawn().truth.tables
    month = truth["latent_month"].to_pandas()
    assert not month.duplicated(["person", "month"]).any() and abs(month.state.mean()) < 0.1
    assert 0.9 < month.state[month.state != 0].std() < 1.1
    event = truth["event"].to_pandas()
    great = truth["dyad"].to_pandas().query("harm >= 6").dyad
    serious = event[event.dyad.isin(great) & (event.tier >= 2)]
    total = float(month.expected_serious.sum())
    assert len(serious) == pytest.approx(total, abs=4 * total**0.5 + 0.1 * total)
    when = pd.to_datetime(serious.second, unit="s").dt.to_period("M").dt.to_timestamp()
    met = pd.DataFrame({"person": serious.suspect, "month": when}).merge(
        month.assign(month=pd.to_datetime(month.month)), on=["person", "month"]
    )
    assert met.state.mean() > month.state.mean() + 0.3  # serious events fall into bad months
    assert len(here.people) > month.person.max()

"""The parts from which the fictional files are made: luck, numbers, spellings, birthdays, references, quoted texts."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from synthetic_world.draws import Draws, key_of
from synthetic_world.luck import SOURCES, Errors, Luck
from synthetic_world.population.birthdays import calendar, day_of
from synthetic_world.population.name_variants import COLUMNS
from synthetic_world.population.spellings import TYPOS, WAYS, n_forenames, slip, written
from synthetic_world.rates import rates
from synthetic_world.records import pnc
from synthetic_world.records.gather import gather, in_order
from synthetic_world.records.personality import personality
from synthetic_world.records.placeholders import fill, rows_with_braces
from synthetic_world.records.references import make_references

DAY = 86_400


def test_luck_hangs_on_the_key_alone() -> None:
    keys = np.arange(100_000)
    draw = Draws.of(7, "stage", keys)
    some = np.array([5, 70_000, 3])
    assert (Draws.of(7, "stage", keys[some]).chance("x") == draw.chance("x")[some]).all()
    assert (draw.take(some).whole("y", 9) == draw.whole("y", 9)[some]).all()
    for other in (Draws.of(8, "stage", keys), Draws.of(7, "other", keys)):
        assert (other.chance("x") != draw.chance("x")).mean() > 0.99


def test_luck_is_even() -> None:
    draw = Draws.of(1, "stage", np.arange(200_000))
    assert abs(draw.chance("x").mean() - 0.5) < 0.003
    assert np.abs(np.corrcoef(draw.chance("x"), draw.chance("y"))[0, 1]) < 0.01
    assert np.abs(np.bincount(draw.whole("z", 7)) / 200_000 - 1 / 7).max() < 0.004
    assert len(np.unique(key_of(np.arange(1000), np.arange(1000)[::-1]))) == 1000


@pytest.mark.parametrize("text", ["2019/1234567J", "2003/0000012H"])
def test_check_letters_are_those_of_real_numbers(text: str) -> None:
    number = int(text[:4]) * 10_000_000 + int(text[5:12])
    assert pnc.written(np.array([number]), "long").to_pylist() == [text]
    assert pnc.written(np.array([number]), "short").to_pylist() == [text[2:]]
    assert pnc.written(np.array([number]), "bare").to_pylist() == [text.replace("/", "")]
    assert pnc.written(np.array([pnc.NONE]), "long").to_pylist() == [None]


def test_police_numbers_never_meet() -> None:
    ranks = np.arange(0, 2 * pnc.SERIALS, 7)
    assert len(np.unique(pnc.number_of(np.full(len(ranks), 2004), ranks))) == len(ranks)


def test_a_slip_is_a_small_one() -> None:
    for word in ("Smith", "Nowak", "O'Neill", "Al-Hassan"):
        for way in TYPOS:
            slipped = slip(word, way)
            assert slipped[0] == word[0] and abs(len(slipped) - len(word)) <= 1 and slipped == slip(word, way)
    assert slip("Jo", 1) == "Jo"


def test_names_are_written_the_same_in_any_company() -> None:
    names = np.array([3 * WAYS, 3 * WAYS + 2, -1, n_forenames() * WAYS + WAYS * 9 + 1, 3 * WAYS + 14])
    together = written(names).to_pylist()
    assert together == [written(np.array([name])).to_pylist()[0] for name in names]
    assert together[2] is None and len(together[4] or "") == 1 and COLUMNS == WAYS


def test_days_and_calendars_agree() -> None:
    days = np.arange(-25_000, 25_000, 37)
    day, month, year = calendar(days)
    assert (day_of(day, month, year) == days).all()
    assert date.fromordinal(date(1970, 1, 1).toordinal() + int(days[3])) == date(year[3], month[3], day[3])
    assert (
        day_of(np.array([31]), np.array([2]), np.array([2026]))[0]
        == (date(2026, 2, 28) - date(1970, 1, 1)).days
    )


@pytest.mark.parametrize("error", list(Errors))
def test_rates_are_obtained_as_asked_whatever_the_quality(error: Errors) -> None:
    n = 60_000
    key = str(error.name).lower()
    for place in range(len(SOURCES)):
        source = np.full(n, place, np.uint8)
        luck = Luck.of(3, Draws.of(3, "noise", np.arange(n)), source, "northmoor", np.zeros(n, bool))
        asked = rates("noise").numbers(key)[place]
        assert abs(luck.fails(error).mean() - asked) < 0.01 + 0.06 * asked, (key, SOURCES[place])


def test_errors_come_together() -> None:
    n = 200_000
    source = np.full(n, 4, np.uint8)
    luck = Luck.of(3, Draws.of(3, "noise", np.arange(n)), source, "northmoor", np.zeros(n, bool))
    one, two = luck.fails(Errors.SURNAME_TYPO), luck.fails(Errors.ALIAS)
    assert (one & two).mean() > 1.3 * one.mean() * two.mean()


def test_references_rise_with_time_and_begin_anew_each_year() -> None:
    seconds = np.array([20_000 * DAY, 19_000 * DAY, 20_400 * DAY, 19_000 * DAY])
    made = make_references(np.array([9, 5, 7, 5]), seconds, "crime", "{a}/{y:3}/{yy}-{f}", ("X",))
    assert made.of(np.array([5, 9, 7, 8])).to_pylist() == ["X/001/22-CR", "X/001/24-CR", "X/001/25-CR", None]
    assert make_references(np.array([2, 1]), np.array([5, 6]), "person", "N{n:4}", ("",)).of(
        np.array([1, 2])
    ).to_pylist() == ["N0002", "N0001"]


def test_texts_are_filled_row_by_row() -> None:
    texts = pa.array(["{person} met {other}, then {person} left", "nothing", None, "{person} alone"])
    values = {"{person}": pa.array(["Ann", "Bo"]), "{other}": pa.array(["Cy", "x"])}
    rows = rows_with_braces(pa.table({"text": texts}))
    assert rows.tolist() == [0, 3]
    filled = ["Ann met Cy, then Ann left", "nothing", None, "Bo alone"]
    assert fill(texts, rows, values).to_pylist() == filled
    assert fill(texts.dictionary_encode(), rows, values).to_pylist() == filled
    assert fill(texts.slice(2), rows[1:] - 2, {"{person}": pa.array(["Bo"])}).to_pylist() == filled[2:]
    twice = fill(pa.array(["{person}{place}{person}"]), rows[:1], {"{person}": pa.array(["É"])})
    assert twice.to_pylist() == ["É{place}É"]
    assert rows_with_braces(pa.table({"a": texts, "b": [1, 2, 3, 4]})).tolist() == [0, 3]


def test_blocks_are_put_below_each_other_whatever_their_codes() -> None:
    one = pa.table(
        {"word": pa.array(["a", None, "b"]).dictionary_encode(), "n": pa.array([3, 1, 2], pa.int16())}
    )
    two = pa.table({"word": pa.array(["b", "c"]), "more": pa.array([True, None])})
    both = gather([one, two])
    assert both["word"].cast(pa.string()).to_pylist() == ["a", None, "b", "b", "c"]
    assert both["more"].to_pylist() == [None, None, None, True, None]
    assert in_order(one, "n")["word"].cast(pa.string()).to_pylist() == [None, "b", "a"]


def test_every_described_force_has_habits_and_others_borrow_them() -> None:
    assert personality("wendale", 7).resend == 30 and personality("wendale", 7).template == "wendale"
    assert personality("aldermere", 9).template in ("northmoor", "calderwick", "eastmarch", "marlbrook")

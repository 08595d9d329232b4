"""The vocabulary of names: whole, plain letters, small, with its spellings, nicknames and misspellings."""

from pathlib import Path

import numpy as np
import pytest

from synthetic_world.model import CULTURES, SEXES
from synthetic_world.population import name_lists, name_variants
from synthetic_world.population.name_variants import (
    AS_IT_IS,
    COLUMNS,
    CUT,
    INITIAL,
    NICKNAMES,
    SPELLINGS,
    TYPOS,
)
from synthetic_world.population.name_weights import (
    british_weights,
    forename_draw,
    forename_group,
    surname_draw,
)
from synthetic_world.population.names import NO_SURNAME, forename_places, surname_places, vocabulary
from synthetic_world.rates import rates


def ways(kind: str, name: str) -> list[str]:
    at = forename_places()[name] if kind == "forename" else surname_places()[name]
    return vocabulary().variants(kind)[at * COLUMNS : (at + 1) * COLUMNS].to_pylist()


def test_vocabulary_is_whole_and_in_plain_letters() -> None:
    words = vocabulary()
    assert 60_000 < len(words.surnames) < 90_000 and 1_800 < len(words.forenames) < 6_000
    for names in (words.forenames, words.surnames[1:]):
        assert len(set(names)) == len(names)
        assert all(name.isascii() and name.replace("-", "").replace("'", "").isalpha() for name in names)
        assert all(name[0].isupper() and 2 <= len(name) <= 24 for name in names)
    assert words.surnames[NO_SURNAME] == ""


def test_package_data_is_small() -> None:
    files = list(name_lists.FOLDER.iterdir())
    assert len(files) >= 6 and sum(path.stat().st_size for path in files) < 1_000_000
    assert all(path.suffix == ".txt" for path in files) and Path(rates.__module__.replace(".", "/"))


@pytest.mark.parametrize("culture", CULTURES[1:])
def test_every_culture_has_its_names(culture: str) -> None:
    for sex in SEXES:
        assert len(name_lists.other_forenames()[f"{culture} {sex}"]) >= 40
    assert len(name_lists.surnames()[culture]) >= 36


def test_surnames_follow_the_table() -> None:
    """Bearers per million of all people, and the ranks between on a straight line of logarithms."""
    mass, r = british_weights() * rates("names").number("british_bearers"), rates("names")
    assert len(mass) == 60_000 and mass.sum() == pytest.approx(r.number("british_bearers"), rel=1e-6)
    assert (np.diff(mass) < 0).all()
    for rank, per_million in zip(r.numbers("surname_ranks"), r.numbers("surname_per_million"), strict=True):
        assert mass[int(rank) - 1] * 1e6 == pytest.approx(per_million, rel=0.45), rank
    assert mass[0] * 1e6 == pytest.approx(12_000, rel=1e-6)


def test_draws_have_the_shares_they_were_given() -> None:
    random = np.random.default_rng(3)
    smith = (
        surname_draw().pick(np.zeros(400_000, np.int32), random.random(400_000)) == surname_places()["Smith"]
    )
    assert smith.mean() == pytest.approx(british_weights()[0], rel=0.06)
    year = np.repeat([1930, 1955, 1972, 1987, 2001, 2012], 1000)
    boys = forename_draw().pick(
        forename_group(np.zeros(6000, int), np.ones(6000, int), year), random.random(6000)
    )
    names = np.array(vocabulary().forenames)[boys].reshape(6, 1000)
    assert (names[0] == "Kenneth").sum() > 5 > (names[5] == "Kenneth").sum()
    assert (names[5] == "Alfie").sum() > 3 > (names[0] == "Alfie").sum()


def test_an_edge_of_the_draw_stays_in_its_group() -> None:
    groups = np.arange(len(CULTURES), dtype=np.int32)
    for uniform in (0.0, 1 - 2**-53):
        found = surname_draw().pick(groups, np.full(len(groups), uniform))
        listed = [name_lists.surnames()[culture] for culture in CULTURES]
        if uniform == 0.0:
            assert [vocabulary().surnames[one] for one in found] == [names[0] for names in listed]
        assert found.max() < len(vocabulary().surnames)


def test_mohammed_is_spelt_in_a_dozen_ways() -> None:
    words = vocabulary()
    spelt = words.forename_spellings.of(np.full(200, forename_places()["Mohammed"], np.int32), np.arange(200))
    assert len(set(spelt.tolist())) == 12
    assert {"Muhammad", "Mohamed", "Md"} <= {words.forenames[one] for one in spelt}


def test_women_bear_other_forms() -> None:
    words = vocabulary()
    forms = {
        name: words.surnames[words.feminine[surname_places()[name]]]
        for name in ("Kowalski", "Singh", "Smith", "Lis")
    }
    assert forms == {"Kowalski": "Kowalska", "Singh": "Kaur", "Smith": "Smith", "Lis": "Lis"}


def test_a_similar_name_is_another_of_the_same_sex() -> None:
    words = vocabulary()
    for name, other in (("Jayden", "Kayden"), ("Aaliyah", "Aliyah")):
        if name in words.forenames and other in words.forenames:
            assert words.forenames[words.similar[forename_places()[name]]] == other
    listed = {name for names in name_lists.british_forenames().values() for name in names}
    assert all(words.similar[forename_places()[name]] != forename_places()[name] for name in listed)


def test_fathers_forenames_can_be_surnames() -> None:
    words = vocabulary()
    for name in name_lists.other_forenames()["somali M"]:
        assert words.surnames[words.as_surname[forename_places()[name]]] == name


@pytest.mark.parametrize("kind", ["forename", "surname"])
def test_every_name_has_sixteen_ways(kind: str) -> None:
    words = {"forename": vocabulary().forenames, "surname": vocabulary().surnames}[kind]
    table = vocabulary().variants(kind)
    assert len(table) == len(words) * COLUMNS and table.null_count == 0
    columns = np.array(table.to_pylist(), dtype=object).reshape(-1, COLUMNS)
    assert (columns[:, AS_IT_IS] == np.array(words, dtype=object)).all()
    assert (columns[1:] != "").all() and all(way.isascii() for way in columns.ravel().tolist())
    for column in TYPOS:
        changed = columns[1:, column] != columns[1:, AS_IT_IS]
        assert changed.mean() > 0.9, column
    assert all(way == name[:1] for name, way in columns[:, [AS_IT_IS, INITIAL]].tolist())


def test_variants_of_a_name_do_not_depend_on_its_company() -> None:
    alone = name_variants.variants(["Siobhan"], name_lists.spellings(), name_lists.nicknames()).to_pylist()
    assert alone == ways("forename", "Siobhan")


def test_spellings_and_nicknames() -> None:
    assert {"Bill", "Billy", "Will"} == {ways("forename", "William")[column] for column in NICKNAMES}
    assert "Smyth" in ways("surname", "Smith") and "MacDonald" in ways("surname", "McDonald")
    assert "ONeill" in [ways("surname", "O'Neill")[column] for column in SPELLINGS]
    assert "Muhammad" in [ways("forename", "Mohammed")[column] for column in SPELLINGS]
    assert ways("surname", "Szymanski")[SPELLINGS[0]] == "Shymanski"
    pair = next(name for name in vocabulary().surnames if "-" in name)
    assert ways("surname", pair)[CUT] == pair.split("-")[0]
    assert (
        ways("surname", "Featherstone")[CUT] == "Feather" if "Featherstone" in vocabulary().surnames else True
    )

"""The pack as data: what it may say, hide and trace."""

import importlib.util
import json
from pathlib import Path

import pytest

from profiles.definitions import DefinitionError, load_definition
from profiles.pack import formats as f
from profiles.pack.disclosure import drawn
from profiles.pack.model import ProfilePack, canonical_json
from profiles.pack.text import say
from profiles.publish.render import render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)


FORCES = ("northmoor", "eastmarch", "calderwick")


def plain(pack: ProfilePack) -> str:
    """Every word of the pack's content."""
    return pack.content_json()


@pytest.mark.parametrize("force", FORCES)
def test_same_tables_same_bytes_and_id(force: str) -> None:
    one = packs.pack(force)
    packs.built.cache_clear()
    two = packs.pack(force)
    assert one.content_json() == two.content_json() and one.pack_id == two.pack_id
    assert one.pack_id.startswith("VAWG-") and len(one.pack_id) == 17


def test_one_changed_figure_changes_the_id() -> None:
    change = "UPDATE prof_strategic__trends SET value = value + 1 WHERE month = DATE '2025-03-01'"
    assert packs.pack("northmoor").pack_id != packs.pack("northmoor", "", change).pack_id


def test_content_is_canonical_json_without_nan() -> None:
    text = packs.pack("northmoor").content_json()
    assert text == canonical_json(json.loads(text))
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"value": float("nan")})


@pytest.mark.parametrize("force", FORCES)
def test_titles_are_short(force: str) -> None:
    for section in packs.pack(force).sections:
        assert 0 < len(section.title.plain) <= 62


def test_a_place_with_one_to_four_records_gives_nothing_away() -> None:
    few = (
        "UPDATE prof_strategic__places SET n_records = 3, rate = 71.77, rate_lower = 70.77, rate_upper = 72.77, "
        "position = 'not_clear', monthly = [3,0,0,0,0,0,0,0,0,0,0,0] WHERE place_name = 'Stanmere 003'"
    )
    section = packs.pack("northmoor", "", few).sections[2]
    text = section.model_dump_json()
    assert "under 5" in text and "71.8" not in text and "70.77" not in text and "71.77" not in text
    rows = [row for row in section.tables["next"].rows if row[0].text.plain == "Stanmere 003"]
    assert [cell.text.plain for cell in rows[0][1:]] == ["under 5", "–", "–", "–"]


def test_a_share_of_one_to_four_records_is_a_dash() -> None:
    types = packs.pack("northmoor").sections[3].tables["types"]
    robbery = next(row for row in types.rows if row[0].text.plain == "Robbery")
    assert robbery[3].text.plain == "–" and robbery[2].text.plain.endswith("%")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (1234, "1,234")]
)
def test_count_text(count: int, words: str) -> None:
    assert f.count(count) == words


def test_small_months_are_drawn_at_one_height() -> None:
    assert drawn([0, 1, 4, 5, None]) == (0.0, 2.5, 2.5, 5.0, None)


def test_a_month_that_is_not_held_is_a_gap_in_every_series() -> None:
    for figure in packs.pack("eastmarch").sections[1].figures["series"]:
        values = [point.value for point in figure.points]  # type: ignore[union-attr]
        assert values[11:24] == [None] * 13 and None not in values[:11]
        assert [point.mark for point in figure.points[-4:]] == ["hollow"] * 4  # type: ignore[union-attr]


def test_too_few_months_draws_no_range_and_says_why() -> None:
    for figure in packs.pack("calderwick").sections[1].figures["series"]:
        assert (figure.mean, figure.lower, figure.upper) == (None, None, None)  # type: ignore[union-attr]
        assert figure.verdict.plain == "Too few months in a row: 11 held, 12 needed"  # type: ignore[union-attr]


def test_not_a_finding_names_two_series_without_a_signal() -> None:
    section = packs.pack("northmoor").sections[1]
    said = section.panels["not_a_finding"].lines[0].plain
    signals = [f.name.plain for f in section.figures["series"] if f.is_signal]  # type: ignore[union-attr]
    assert said.count(" to ") == 2 and said.endswith("Please do not report them as change.")
    assert not any(name in said for name in signals)


def test_no_place_above_has_a_designed_empty_state() -> None:
    pack = packs.pack(
        "northmoor", "", "UPDATE prof_strategic__places SET position = 'not_clear' WHERE position = 'above'"
    )
    place = pack.sections[2]
    assert place.title.plain == "No neighbourhood is clearly above the force rate"
    assert not place.tables["above"].rows and place.tables["above"].empty.plain.startswith("No neighbourhood")
    assert place.tables["next"].rows


def test_nothing_to_decide_says_so() -> None:
    quiet = (
        "UPDATE prof_strategic__verdicts SET verdict = 'within'",
        "UPDATE prof_strategic__places SET position = 'not_clear' WHERE position = 'above'",
        "UPDATE prof_strategic__feeds SET rows_refused = 0, n_deliveries_refused = 0, rows_accepted = "
        "rows_in, rows_loaded = rows_in",
    )
    pack = packs.pack("northmoor", "", *quiet)
    assert pack.sections[0].decisions == ()
    assert "No decision is needed from this pack." in render_html(pack)


@pytest.mark.parametrize("table", ["prof_strategic__feeds SET", "prof_strategic__deliveries SET"])
def test_rows_that_do_not_add_up_stop_the_reader(table: str) -> None:
    pack = packs.pack("northmoor", "", f"UPDATE {table} rows_loaded = rows_loaded - 1 WHERE rows_loaded > 1")
    assert pack.sections[5].title.plain == "Rows are not all accounted for: do not use this pack yet"
    assert "do not hold" in pack.sections[5].notes["sums_hold"].plain


def test_districts_alone_make_the_same_page() -> None:
    pack = packs.pack(
        "northmoor", "", "DELETE FROM prof_strategic__places WHERE place_level = 'neighbourhood'"
    )
    assert "district" in pack.sections[2].title.plain and pack.sections[2].figures["map"][0].tiles  # type: ignore[union-attr]


def test_suspects_and_victims_never_share_a_list() -> None:
    groups = {card.title.plain: card.group for card in packs.pack("northmoor").sections[4].cards}
    assert groups["Victims: safeguarding"] == groups["Missing people"] == "protect"
    assert {groups[title] for title in ("People to review", "Subject pages", "Managed offenders")} == {"act"}


def test_every_person_page_says_why_it_is_empty() -> None:
    for card in packs.pack("northmoor").sections[4].cards:
        assert card.reason.plain.count(".") == 1 and card.would_appear


def test_slots_are_never_read_as_patterns() -> None:
    assert say("{name} came.", name="{evil} **bold**").plain == "{evil} **bold** came."


def test_an_unknown_profile_is_refused_in_one_sentence() -> None:
    with pytest.raises(DefinitionError, match="There is no profile called 'nothing'"):
        load_definition("nothing")

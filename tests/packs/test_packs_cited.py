"""Every figure has a source that gives it again; one changed anywhere between tables and page is caught."""

import re

import packs
import pytest
import tagged

from profiles.pack import formats as f
from profiles.pack.checks import check_sections, unmade
from profiles.pack.cite import Cite, Run
from profiles.pack.facts import Fact, shown
from profiles.pack.model import PackError, parts_of
from profiles.pack.text import say
from profiles.publish.render import render_html

FORCES = ("northmoor", "eastmarch", "calderwick")


@pytest.mark.parametrize("force", FORCES)
def test_every_numeral_on_the_page_stands_under_a_tag_that_prints_it(force: str) -> None:
    pack = packs.pack(force)
    assert list(tagged.loose_numerals(pack, render_html(pack))) == []


@pytest.mark.parametrize("force", FORCES)
def test_every_figure_is_made_again_from_the_tables(force: str) -> None:
    built = packs.built(force)
    runs = [part for part in parts_of(built.pack) if isinstance(part, Run) and part.cites]
    assert len(runs) > 300
    assert list(unmade(built.pack.sections, built.book.resolver())) == []


CHANGES = (
    "UPDATE prof_strategic__verdicts SET latest_value = latest_value + 1",
    "UPDATE prof_strategic__verdicts SET upper = upper + 7 WHERE upper IS NOT NULL",
    "UPDATE prof_strategic__places SET rate = rate + 0.3",
    "UPDATE prof_strategic__places SET n_records = n_records + 1",
    "UPDATE prof_strategic__outcomes SET share = share + 0.02",
    "UPDATE prof_strategic__feeds SET age_days = age_days + 1",
    "UPDATE prof_strategic__refusals SET n_rows = n_rows + 1",
    "DELETE FROM prof_strategic__places WHERE position = 'above' AND place_name < 'D'",
    "UPDATE prof_strategic__trends SET value = value * 1.01",
    "UPDATE prof_strategic__trends SET month = month + INTERVAL 1 MONTH",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_that_moved_after_the_pack_was_made_is_caught(change: str) -> None:
    """The pack of one night held against the tables of another: some figure no longer fits."""
    moved = packs.built("northmoor", "", change).book.resolver()
    assert list(unmade(packs.pack("northmoor").sections, moved)) != []


@pytest.mark.parametrize("number", range(0, 300, 37))
def test_a_figure_changed_in_the_pack_is_caught(number: int) -> None:
    built = packs.built("northmoor")
    runs = [
        p for p in parts_of(built.pack.sections) if isinstance(p, Run) and re.fullmatch(r"[\d,]+", p.text)
    ]
    run = runs[number % len(runs)]
    forged = run.model_copy(update={"text": str(int(run.text.replace(",", "")) + 1)})
    (problem,) = unmade(forged, built.book.resolver())
    assert run.text in problem and forged.text in problem and run.tag in problem


def test_a_figure_changed_on_the_page_is_caught() -> None:
    pack = packs.pack("northmoor")
    html = render_html(pack)
    figure = next(
        run for run in parts_of(pack.sections[1]) if isinstance(run, Run) and run.text.isdigit() and run.cites
    )
    forged = html.replace(
        f'data-ref="{figure.tag}">{figure.text}<', f'data-ref="{figure.tag}">{figure.text}9<'
    )
    assert forged != html
    assert [piece.tag for piece in tagged.loose_numerals(pack, forged)][:1] == [figure.tag]


def test_a_page_with_a_figure_that_does_not_fit_stops_the_pack() -> None:
    built = packs.built("northmoor")
    moved = packs.built("northmoor", "", CHANGES[0]).book
    with pytest.raises(PackError, match=r"Page p-cover was not made: '[\d,]+' \(tag \w{8}\) is '[\d,]+'"):
        check_sections(built.pack.sections, moved)


def test_words_with_a_figure_need_a_source() -> None:
    with pytest.raises(ValueError, match="names no source"):
        Run(text="12 people")
    with pytest.raises(ValueError, match="names no source"):
        say("{n} people", n="12")
    with pytest.raises(ValueError, match="names no source"):
        say("Within 90 days")
    fact = Fact(12, Cite(table="prof_x__head", column="n_people"))
    assert say("{n} people", n=shown(f.whole, fact)).plain == "12 people"


def test_a_tag_is_the_same_wherever_its_source_is_printed() -> None:
    one, other = packs.pack("northmoor"), packs.pack("northmoor", "", CHANGES[0])
    tags = [{run.tag for run in parts_of(p) if isinstance(run, Run) and run.cites} for p in (one, other)]
    assert len(tags[0] & tags[1]) > 0.9 * len(tags[0])


def test_no_two_sources_share_a_tag() -> None:
    sources: dict[str, set[str]] = {}
    for part in parts_of(packs.pack("northmoor")):
        if isinstance(part, Run) and part.cites:
            sources.setdefault(part.tag, set()).add(f"{part.show} {[cite.words for cite in part.cites]}")
    assert all(len(named) == 1 for named in sources.values())

"""The draft as a file: it reads, it is of the standard, it keeps every heading, it tells no cell, and spoils nothing.

Not here: whether the guesses are right (the other files here), the command (tests/flow/test_feed_commands).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts import lint_contract, registry
from data_contracts.confirmation import marks_in
from data_contracts.drafting.contract_text import contract_text
from data_contracts.drafting.draft import Draft
from data_contracts.drafting.force_text import force_text
from data_contracts.drafting.sample import DraftError
from data_contracts.drafting.yaml_words import is_writable
from data_contracts.force_list import unlisted
from data_contracts.model import FeedContract
from data_contracts.standard import departures
from data_contracts.yaml_reader import read as read_yaml
from orchestration.onboarding.drafting import draft_feed

COLUMNS = {
    "Crime Ref": [f"T/{n}/26" for n in range(40)],
    "Offence": ["Burglary", "Assault occasioning actual bodily harm"] * 20,
    "Committed": [f"{n % 28 + 1:02}/09/2026 12:30" for n in range(40)],
    "Last Updated": [f"{n % 28 + 1:02}/10/2026 08:00" for n in range(40)],
    "Victim told": ["Jane Marchmont of 14 Larch Road"] * 40,
    "Status": ["RECORDED", "CANCELLED", "Pending with Sgt Oakes", "N/K"] * 10,
}
CSV = "Crime Ref,Offence,Committed,Last Updated\n" + "".join(
    f"T/{n},Burglary,{n % 28 + 1:02}/09/2026 12:30,{n % 28 + 1:02}/10/2026 08:00\n" for n in range(40)
)
MakeDraft = Callable[..., Draft]


def written(folder: Path, draft: Draft) -> FeedContract:
    """The draft as files of a force, read again; no problem with either."""
    home = folder / draft.force_code
    home.mkdir(parents=True, exist_ok=True)
    (home / "force.yaml").write_text(
        force_text(unlisted(draft.force_code), is_fictional=True), encoding="utf-8"
    )
    path = home / f"{draft.feed}.odcs.yaml"
    path.write_text(contract_text(draft, "Tidewell"), encoding="utf-8")
    contract = registry.read_contract(path, registry.versions_of(registry.read_canonicals()), {})
    assert [*departures(read_yaml(path)), *lint_contract.problems_of(contract)] == []
    return contract


def test_a_draft_is_a_contract_that_no_night_reads(tmp_path: Path, make_draft: MakeDraft) -> None:
    contract = written(tmp_path, make_draft("crime", COLUMNS))
    assert contract.status == "draft" and registry.is_open_draft(contract.path)
    read = registry.Registry.load(registry.HERE, tmp_path)
    assert [draft.path for draft in read.drafts] == [contract.path]
    assert all(contract.force_code != "tidewell" for contract in read.contracts)
    assert [c.path for c in read.with_drafts().contracts if c.force_code == "tidewell"] == [contract.path]


def test_every_heading_stands_in_it_with_a_mark(tmp_path: Path, make_draft: MakeDraft) -> None:
    contract = written(tmp_path, make_draft("crime", COLUMNS))
    assert {column.physical for column in contract.columns} == set(COLUMNS)
    lines = contract.path.read_text(encoding="utf-8").splitlines()
    for heading in COLUMNS:
        at = next(n for n, line in enumerate(lines) if f"physicalName: {heading}" in line)
        above = "\n".join(lines[max(0, at - 4) : at])
        assert "# CONFIRM" in above, heading
    assert len(marks_in(contract.path)) > len(COLUMNS)
    assert len(marks_in(contract.path.with_name("force.yaml"))) >= 5


def test_no_cell_stands_in_it_but_codes(tmp_path: Path, make_draft: MakeDraft) -> None:
    """Free text is told by its shape alone; only the texts of a short list of codes are repeated."""
    text = written(tmp_path, make_draft("crime", COLUMNS)).path.read_text(encoding="utf-8")
    for told in ("Jane", "Marchmont", "Larch", "T/1/26", "bodily"):
        assert told not in text, told
    assert "CANCELLED" not in text, "a text that is the code itself needs no mapping"
    assert "N/K" in text and "Pending with" in text, "a short list is told, so that it can be mapped"


@given(
    headings=st.lists(
        st.text(min_size=1, max_size=60), min_size=3, max_size=6, unique_by=lambda t: t.strip().lower()
    )
)
@settings(max_examples=60, deadline=None)
def test_a_heading_of_any_signs_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, make_draft: MakeDraft, headings: list[str]
) -> None:
    headings = [h.strip() for h in headings if h.strip() and h.strip().casefold() != "crime ref"]
    columns = {**{h: ["a", "b", "c"] for h in headings}, "Crime Ref": ["T/1", "T/2", "T/3"]}
    if not all(map(is_writable, headings)):
        with pytest.raises(DraftError, match="no contract can hold"):
            make_draft("crime", columns)
        return
    draft = make_draft("crime", columns)
    path = tmp_path_factory.mktemp("signs") / "crime.odcs.yaml"
    path.write_text(contract_text(draft, "Tidewell"), encoding="utf-8", newline="\n")
    properties: Any = read_yaml(path).value["schema"][0]["properties"]
    assert (
        {item["physicalName"] for item in properties}
        == {column.heading for column in draft.columns}
        == set(columns)
    )


def test_what_no_column_answers_is_asked(make_draft: MakeDraft) -> None:
    draft = make_draft("crime", {name: COLUMNS[name] for name in ("Crime Ref", "Offence", "Committed")})
    assert any("recorded_at" in question for question in draft.questions)
    text = contract_text(draft, "Tidewell")
    assert text.index("CONFIRM (DOUBT)") < text.index("apiVersion"), "asked at the top"


def test_limits_are_of_what_was_seen_and_say_so(make_draft: MakeDraft) -> None:
    text = contract_text(make_draft("crime", COLUMNS), "Tidewell")
    assert "mustBeGreaterOrEqualTo: 34" in text and "mustBeLessOrEqualTo: 80" in text
    assert "85% of the fewest rows in the samples: 40 rows observed" in text
    assert "200% of the most rows in the samples: 40 rows observed" in text


def test_nothing_is_written_over(tmp_path: Path) -> None:
    sample = tmp_path / "tidewell_crime_20261103.csv"
    sample.write_text(CSV, encoding="utf-8")
    forces = tmp_path / "forces"
    made = draft_feed([sample], "tidewell", "crime", forces)
    own = made.contract.read_text(encoding="utf-8")
    assert made.force_file is not None
    with pytest.raises(DraftError, match="is a draft already; say --replace"):
        draft_feed([sample], "tidewell", "crime", forces)
    made.force_file.write_text(
        made.force_file.read_text().replace("records_system", "tidal"), encoding="utf-8"
    )
    again = draft_feed([sample], "tidewell", "crime", forces, replace=True)
    assert again.force_file is None and "tidal" in made.force_file.read_text(), "the force's own file is kept"
    made.contract.write_text(own.replace("status: draft", "status: active"), encoding="utf-8")
    live = made.contract.read_text(encoding="utf-8")
    with pytest.raises(DraftError, match="is a contract in force"):
        draft_feed([sample], "tidewell", "crime", forces, replace=True)
    assert made.contract.read_text(encoding="utf-8") == live
    assert sorted(p.name for p in (forces / "tidewell").iterdir()) == ["crime.odcs.yaml", "force.yaml"]


@pytest.mark.parametrize(
    ("force", "feed", "words"),
    [
        ("Tide Well", "crime", "small letters and hyphens"),
        ("tidewell", "crimes", "there is no feed 'crimes'"),
    ],
)
def test_a_wrong_name_is_one_sentence_and_nothing_written(
    tmp_path: Path, force: str, feed: str, words: str
) -> None:
    sample = tmp_path / "a.csv"
    sample.write_text(CSV, encoding="utf-8")
    with pytest.raises(DraftError, match=words):
        draft_feed([sample], force, feed, tmp_path / "forces")
    assert not (tmp_path / "forces").exists()

"""Wide rows: one row of a file names several people in role columns, and each of them lands as a row of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from testshire import column

from data_contracts.lint_columns import problems_of
from data_contracts.model import ContractError

Land = Callable[..., Any]
ROLES = [
    {"heading": "Victim 1", "says": "V"},
    {"heading": "Victim 2", "says": "V"},
    {"heading": "Suspect", "says": "S"},
]
HEADINGS = ("Ref", "Logged", "Victim 1 Surname", "Victim 2 Surname", "Suspect Surname", "synthetic")
LOGGED = "01/10/2026 09:30:00"
SAID = [{"property": "codeMap", "value": {"V": "victim", "S": "suspect"}}]
WITH_ROLE = [{"property": "withRole", "value": True}]
IGNORED = [{"property": "isIgnored", "value": True}]


def wide_columns(key: Sequence[Mapping[str, Any]] = WITH_ROLE) -> list[dict[str, Any]]:
    """The columns of feed `sample_party` on wide rows."""
    return [
        column("source_record_id", "Ref", required=True, customProperties=list(key)),
        column("sample_ref", "Ref", required=True),
        column("recorded_at", "Logged", "timestamp", required=True),
        column("role", "{role}", customProperties=SAID),
        column("surname", "{role} Surname", required=True),
        column("ignored_1", "synthetic", customProperties=IGNORED),
    ]


def wide(
    shire: Any, reader: Mapping[str, Any], roles: Sequence[Mapping[str, str]] = ROLES, **more: Any
) -> None:
    """Testshire sends its people in role columns."""
    pattern = f"^testshire/wide_(?P<date>[0-9]{{8}})_(?P<mode>full|delta)[.]{reader['reader']}$"
    files = [{"pattern": pattern, **reader}]
    shire.contract(files, more.pop("columns", wide_columns()), "sample_party", roles=list(roles), **more)


def row(ref: str, *surnames: str) -> dict[str, str]:
    """A wide row: two victims and a suspect, empty where nobody is named."""
    return dict(zip(HEADINGS, (ref, LOGGED, *surnames, "true"), strict=True))


PEOPLE = [row("C/1", "Hale", "Pike", "Crane"), row("C/2", "", "", "Moss"), row("C/3", "", "N/K", "")]
EXPECTED = [
    ("C/1/Victim 1", "C/1", "Hale", "victim"), ("C/1/Victim 2", "C/1", "Pike", "victim"),
    ("C/1/Suspect", "C/1", "Crane", "suspect"), ("C/2/Suspect", "C/2", "Moss", "suspect"),
]  # fmt: skip
CELLS = "source_record_id, sample_ref, surname, role"


@pytest.mark.parametrize("reader", ["csv", "xlsx", "jsonl", "parquet"])
def test_each_person_of_a_wide_row_is_a_row(shire: Any, files: Any, land: Land, reader: str) -> None:
    told: dict[str, Any] = {"reader": reader}
    told |= {"dialect": files.dialect} if reader == "csv" else {"sheet": "People"} if reader == "xlsx" else {}
    wide(shire, told)
    written = {
        "csv": lambda: files.csv(PEOPLE, headings=HEADINGS).encode(),
        "xlsx": lambda: files.workbook({"People": [HEADINGS, *([*one.values()] for one in PEOPLE)]}),
        "jsonl": lambda: files.json_lines([{k: v for k, v in one.items() if v} for one in PEOPLE]),
        "parquet": lambda: files.parquet({h: [one[h] for one in PEOPLE] for h in HEADINGS}),
    }[reader]()
    shire.put(f"wide_20261002_full.{reader}", written)
    landed = land()
    outcome = landed.outcome
    assert landed.rows(CELLS, "sample_party", "line_number") == EXPECTED
    assert (outcome.state, outcome.rows_in, outcome.rows_accepted) == ("landed", 4, 4)
    assert "1 row without anybody in a role" in outcome.notes, "C/3 names nobody: N/K is a word for nothing"
    landed.is_conserved()


def test_rows_are_numbered_by_their_line_and_place(shire: Any, files: Any, land: Land) -> None:
    """A bad line costs itself, a bad person costs itself, and both are found on their line."""
    columns = [*wide_columns(), column("occurred_from", "{role} Seen", "timestamp", format="dd/MM/yyyy")]
    headings = (*HEADINGS, "Victim 1 Seen", "Victim 2 Seen", "Suspect Seen")
    wide(
        shire, {"reader": "csv", "dialect": files.dialect}, columns=columns, tolerance={"rows": 1, "keys": 1}
    )
    seen = {"Victim 1 Seen": "01/09/2026", "Victim 2 Seen": "31/02/2026", "Suspect Seen": "02/09/2026"}
    lines = files.csv([{**one, **seen} for one in PEOPLE], headings=headings).splitlines()
    lines.insert(2, "C/9,too few")
    shire.put("wide_20261002_full.csv", "\n".join(lines).encode())
    landed = land()
    landed.is_conserved()
    assert landed.rows("line_number, surname", "sample_party", "line_number")[:2] == [
        (2000, "Hale"),
        (2002, "Crane"),
    ]
    refused = dict(landed.refused(feed="sample_party"))
    assert refused[2001].startswith("OCCURRED_FROM") and refused[3000] == "FIELD_COUNT"
    assert len(refused) > 2, "a date makes a role speak of somebody, who then lacks a surname"


def test_limits_count_people_and_not_lines(shire: Any, files: Any, land: Land) -> None:
    wide(shire, {"reader": "csv", "dialect": files.dialect}, floor=4)
    shire.put("wide_20261002_full.csv", files.csv(PEOPLE, headings=HEADINGS).encode())
    shire.put("wide_20261003_full.csv", files.csv(PEOPLE[1:], headings=HEADINGS).encode())
    whole, short = land().outcomes
    assert (whole.state, whole.rows_in) == ("landed", 4)
    assert (short.state, short.reason_code, short.rows_in) == ("refused", "ROWS_TOO_FEW", 1)


def test_a_missing_role_column_is_named(shire: Any, files: Any, land: Land) -> None:
    wide(shire, {"reader": "csv", "dialect": files.dialect})
    shire.put("wide_20261002_full.csv", files.csv(PEOPLE, headings=HEADINGS[:3] + HEADINGS[4:]).encode())
    assert "'Victim 2 Surname' is missing" in land().outcome.reason


def test_one_wide_file_brings_the_crime_and_its_people(shire: Any, files: Any, land: Land) -> None:
    """Two contracts read it: one a row for each line, the other a row for each person."""
    pattern = "^testshire/wide_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"
    wide(shire, {"reader": "csv", "dialect": files.dialect})
    names = {"source_record_id": "Ref", "recorded_at": "Logged", "text": "Ref"}
    people = [
        column(f"ignored_{n}", name, customProperties=IGNORED) for n, name in enumerate(HEADINGS[2:5], 2)
    ]
    shire.contract(
        [{"pattern": pattern, "reader": "csv", "dialect": files.dialect}],
        [*files.sample_columns(names), *people],
    )
    shire.put("wide_20261002_full.csv", files.csv(PEOPLE, headings=HEADINGS).encode())
    landed = land()
    assert {o.feed: (o.state, o.rows_in) for o in landed.outcomes} == {
        "sample": ("landed", 3), "sample_party": ("landed", 4),
    }  # fmt: skip
    refs = [ref for (ref,) in landed.rows("sample_ref", "sample_party", "line_number")]
    assert set(refs) <= {ref for (ref,) in landed.rows("source_record_id")}


@pytest.mark.parametrize(
    ("roles", "columns", "sentence"),
    [
        ([], wide_columns(), "one entry for each heading"),
        ([ROLES[0], ROLES[0]], wide_columns(), "list each once"),
        (ROLES, [c for c in wide_columns() if c["name"] != "surname"], "the roles name nobody"),
        ([{"heading": "Victim 1"}], wide_columns(), "says"),
    ],
)
def test_roles_that_make_no_sense_are_refused_in_one_sentence(
    shire: Any, files: Any, roles: list[Any], columns: list[Any], sentence: str
) -> None:
    wide(shire, {"reader": "csv", "dialect": files.dialect}, roles, columns=columns)
    with pytest.raises(ContractError, match=sentence):
        shire.registry()


def test_a_heading_of_a_role_needs_the_roles(shire: Any, files: Any) -> None:
    pattern = "^testshire/wide_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"
    shire.contract(
        [{"pattern": pattern, "reader": "csv", "dialect": files.dialect}], wide_columns(), "sample_party"
    )
    with pytest.raises(ContractError, match="has no list of roles"):
        shire.registry()


def test_people_of_one_row_need_numbers_of_their_own(shire: Any, files: Any) -> None:
    wide(shire, {"reader": "csv", "dialect": files.dialect}, columns=wide_columns(key=()))
    told = [problem for problem in problems_of(shire.registry().contracts[0]) if "withRole" in problem]
    assert len(told) == 1 and "source_record_id is the same for all roles" in told[0]


def test_a_wide_parquet_file_with_too_many_rows_is_refused(shire: Any, files: Any, land: Land) -> None:
    wide(shire, {"reader": "parquet"}, ceiling=2)
    columns = {name: [one[name] for one in PEOPLE] for name in HEADINGS}
    shire.put("wide_20261002_full.parquet", files.parquet(columns))
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_in) == ("refused", "ROWS_TOO_MANY", 3)

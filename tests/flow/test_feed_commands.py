"""`force-profiles feed` and `contract` as a person calls them: answers, one JSON object, one sentence for a mistake.

Not here: how good drafts are (tests/drafting), rehearsing beside a whole world (test_night_nine), the tutorial's run
(tests/docs/test_tutorial).
"""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from data_contracts.registry import HERE
from orchestration.settings import REPOSITORY

TUTORIAL = REPOSITORY / "docs" / "tutorials" / "add-a-feed"
SAMPLE = TUTORIAL / "TIDEWELL_CUSTODY_20261103.txt"
WHO = ("--force", "tidewell", "--feed", "custody")


@pytest.fixture
def forces(tmp_path: Path) -> Path:
    """A folder of one force whose contract is confirmed and not live yet."""
    folder = tmp_path / "forces" / "tidewell"
    folder.mkdir(parents=True)
    for name in ("custody.odcs.yaml", "force.yaml"):
        shutil.copy(TUTORIAL / name, folder / name)
    return folder.parent


def edit(forces: Path, old: str, new: str) -> None:
    path = forces / "tidewell" / "custody.odcs.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def answer(nights: Any, *arguments: object, code: int = 0) -> dict[str, Any]:
    """The one JSON object on standard output."""
    done = nights.command(*arguments, "--json")
    assert done.exit_code == code, (done.stdout, done.stderr)
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def test_a_draft_is_answered_in_words_and_as_one_object(nights: Any, tmp_path: Path) -> None:
    said = answer(nights, "feed", "draft", SAMPLE, *WHO, "--out", tmp_path / "forces")
    assert (said["feed"], said["matched"]) == ("custody", 18) and said["force_file"].endswith("force.yaml")
    columns = {column["heading"]: column for column in said["columns"]}
    assert columns["PNC"]["field"] == "pnc_id" and not columns["PNC"]["is_doubtful"]
    assert columns["RTB Date"]["field"] is None and columns["RTB Date"]["doubts"]
    codes = {code["text"]: code for code in columns["Disposal"]["codes"]}
    assert codes["Postal req"] == {"text": "Postal req", "rows": 3, "code": None, "is_doubtful": True}
    assert said["files"][0]["dialect"] == {
        "delimiter": "~",
        "quote": '"',
        "escape": '"',
        "encoding": "cp1252",
    }
    done = nights.command("feed", "draft", SAMPLE, *WHO, "--out", tmp_path / "forces", "--replace")
    assert done.exit_code == 0 and "Next: read the contract" in done.stdout
    for heading in columns:
        assert heading in done.stdout


def test_check_counts_and_masks_the_first_twenty_refused_rows(nights: Any, forces: Path) -> None:
    """Too many are refused to take any; the first are shown all the same, or nobody could mend it."""
    edit(forces, "NFA: no_further_action, ", "")
    said = answer(nights, "feed", "check", SAMPLE, *WHO, "--forces", forces, code=1)
    (sample,) = said["samples"]
    lines = SAMPLE.read_text(encoding="cp1252").splitlines()
    n_bad = sum(line.split("~")[14] == "NFA" for line in lines)
    (refused,) = sample["refused_rows"]
    assert (refused["reason_code"], refused["n_rows"]) == ("DISPOSAL_UNKNOWN", n_bad) and n_bad > 20
    assert (sample["state"], sample["rows_in"], sample["rows_accepted"]) == ("refused", 90, 0)
    shown = sample["first_refused"]
    assert len(shown) == 20 and {row["reason_code"] for row in shown} == {"DISPOSAL_UNKNOWN"}
    for row in shown:
        assert set("".join(filter(str.isalnum, row["raw"]))) <= {"x", "9"}
    plain = answer(nights, "feed", "check", SAMPLE, *WHO, "--forces", forces, "--show-values", code=1)
    for row, masked in zip(plain["samples"][0]["first_refused"], shown, strict=True):
        assert next(csv.reader([row["raw"]])) == lines[row["line"] - 1].split("~")
        assert [row["line"], len(row["raw"])] == [masked["line"], len(masked["raw"])]


def test_check_says_what_is_bound_missing_and_left_out(nights: Any, forces: Path) -> None:
    said = answer(nights, "feed", "check", *WHO, "--forces", forces)
    assert (
        said["holds"] and said["status"] == ["draft"] and said["unconfirmed"] == [] and said["samples"] == []
    )
    assert said["coverage"]["left_out"] == ["Grid Ref", "synthetic"] and said["coverage"]["missing"] == []
    assert {"asn", "cro_number"} <= set(said["coverage"]["not_held"]) and "pnc_id" in said["coverage"][
        "bound"
    ]
    edit(forces, "      - name: offence_text\n        physicalName: Offence Arrested For\n"
         "        logicalType: string\n        required: true\n", "")  # fmt: skip
    lacking = answer(nights, "feed", "check", *WHO, "--forces", forces, code=1)
    assert (
        lacking["problems"]
        and not lacking["holds"]
        and "offence_text" in " ".join([*lacking["problems"], *lacking["coverage"]["missing"]])
    )


def test_check_names_what_is_not_confirmed(nights: Any, tmp_path: Path) -> None:
    nights.command("feed", "draft", SAMPLE, *WHO, "--out", tmp_path / "forces")
    done = nights.command("feed", "check", SAMPLE, *WHO, "--forces", tmp_path / "forces")
    assert (
        done.exit_code == 0
        and "Not confirmed yet:" in done.stdout
        and "The first 3 refused rows:" in done.stdout
    )
    assert "Postal" not in done.stdout


def test_check_of_a_file_that_is_refused_whole_ends_with_1(nights: Any, forces: Path, tmp_path: Path) -> None:
    short = tmp_path / SAMPLE.name
    short.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:5]))
    said = answer(nights, "feed", "check", short, *WHO, "--forces", forces, code=1)
    assert said["samples"][0]["state"] == "refused" and "40" in said["samples"][0]["reason"]


def test_a_sample_of_another_name_is_read_as_a_delivery_would_be(
    nights: Any, forces: Path, tmp_path: Path
) -> None:
    other = tmp_path / "sent by mail.txt"
    shutil.copy(SAMPLE, other)
    said = answer(nights, "feed", "check", other, *WHO, "--forces", forces)
    assert said["samples"][0]["read_as"].startswith("tidewell/TIDEWELL_CUSTODY_2")
    assert said["samples"][0]["rows_accepted"] == 90


def test_the_board_before_any_night(nights: Any, forces: Path, tmp_path: Path) -> None:
    said = answer(nights, "feed", "status", "--out", tmp_path / "out", "--forces", forces)
    assert said["as_of"] is None and said["states"]["drafted"] == 1 and said["states"]["live"] == 0
    done = nights.command("feed", "status", "--out", tmp_path / "out", "--forces", forces)
    assert (
        "no night has run here yet" in done.stdout and "tidewell custody: drafted; confirm it" in done.stdout
    )
    assert not (tmp_path / "out").exists()
    edit(forces, "logicalType: timestamp", "logicalType: moment")
    (unread,) = answer(nights, "feed", "status", "--out", tmp_path / "out", "--forces", forces)[
        "unread_drafts"
    ]
    assert "custody.odcs.yaml, line" in unread


def test_a_rehearsal_refuses_a_contract_that_does_not_hold(nights: Any, forces: Path, tmp_path: Path) -> None:
    edit(forces, "mustBeLessOrEqualTo: 180", "mustBeLessOrEqualTo: 18")
    done = nights.command("feed", "rehearse", SAMPLE, *WHO, "--forces", forces, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "run `feed check` first" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forces"]


def test_contracts_are_compared_and_written_out(nights: Any, tmp_path: Path) -> None:
    old = HERE / "forces" / "northmoor" / "crime.odcs.yaml"
    new = tmp_path / "crime.odcs.yaml"
    new.write_text(
        old.read_text("utf-8").replace("physicalName: LSOA", "physicalName: Area"), encoding="utf-8"
    )
    said = answer(nights, "contract", "diff", old, new, code=1)
    assert said["is_breaking"] and not said["holds"] and said["changes"][0]["whom"] == ["deliveries"]
    done = nights.command("contract", "diff", old, new)
    assert done.exit_code == 1 and "Something breaks and the version is still 1.0.0" in done.stdout
    assert nights.command("contract", "diff", old, old).stdout.strip() == "Nothing differs."
    page = tmp_path / "dictionary.html"
    assert answer(nights, "contract", "dictionary", "--path", page) == {"path": str(page)}
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


NOWHERE = "data_contracts/forces/atlantis"
MISTAKES: list[tuple[tuple[object, ...], str]] = [
    (("feed", "draft", "nowhere.csv", *WHO), "nowhere.csv"),
    (("feed", "draft", TUTORIAL, *WHO), "is not a file"),
    (("feed", "draft", SAMPLE, "--force", "Tide Well", "--feed", "custody"), "small letters and hyphens"),
    (("feed", "draft", SAMPLE, "--force", "tidewell", "--feed", "arrests"), "there is no feed 'arrests'"),
    (("feed", "draft", TUTORIAL / "force.yaml", *WHO), "force.yaml"),
    (("feed", "draft", SAMPLE, "--force", "northmoor", "--feed", "custody"), "is a contract in force"),
    (("feed", "check", "--force", "atlantis", "--feed", "crime"), "holds no contract for crime"),
    (
        ("feed", "check", "nowhere.csv", "--force", "northmoor", "--feed", "crime"),
        "nowhere.csv is not a file",
    ),
    (("feed", "rehearse", SAMPLE, "--force", "atlantis", "--feed", "crime"), "holds no contract for crime"),
    (("feed", "status", "--as-of", "03/11/2026"), "--as-of must be a day"),
    (("contract", "diff", SAMPLE, SAMPLE), "TIDEWELL_CUSTODY_20261103.txt"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_mistake_is_one_sentence(nights: Any, arguments: tuple[object, ...], words: str) -> None:
    done = nights.command(*arguments)
    assert done.exit_code == 2 and done.stdout == ""
    (line,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert words.lower() in line.lower() and line.endswith(".") and "Traceback" not in line
    said = nights.command(*arguments, "--json")
    assert (
        said.exit_code == 2
        and words.lower() in json.dumps(json.loads(said.stdout), ensure_ascii=False).lower()
    )

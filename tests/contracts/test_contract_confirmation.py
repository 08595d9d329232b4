"""What a draft left to confirm: found in a file, and not allowed in a contract that nights read.

Not here: the draft that leaves the marks (tests/drafting).
"""

from pathlib import Path
from typing import Any

from data_contracts import confirmation, lint
from data_contracts.confirmation import Mark, marks_in

TEXT = """\
# CONFIRM: the file as a whole.
id: x
properties:
  # CONFIRM (DOUBT): it could also be another field, says a sentence that is so long that it goes on
  #   in a second line.
  # CONFIRM: 0.93: heading like 'status'.
  - name: status  # CONFIRM: not a mark, because it does not stand alone
  # Confirm: neither.
"""


def test_marks_are_found_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    long = "it could also be another field, says a sentence that is so long that it goes on in a second line."
    assert marks_in(path) == [
        Mark(1, False, "the file as a whole."), Mark(4, True, long), Mark(6, False, "0.93: heading like 'status'."),
    ]  # fmt: skip


def test_a_contract_in_force_may_not_hold_a_guess(sample: Any) -> None:
    sample.change("properties:", "# CONFIRM (DOUBT): who knows.\n    properties:")
    (sentence,) = confirmation.problems_of(sample.root / sample.contract_file)
    assert "1 guess of a draft is not confirmed yet" in sentence and "take its CONFIRM line away" in sentence
    assert any("not confirmed yet" in problem for problem in lint.check(sample.root))
    sample.change("status: active", "status: draft")
    assert lint.check(sample.root) == [], "a draft may"


def test_the_file_of_its_force_counts_too(sample: Any) -> None:
    sample.change("name:", "# CONFIRM: the name.\n# CONFIRM: its size.\nname:", sample.force_file)
    (sentence,) = confirmation.problems_of(sample.root / sample.contract_file)
    assert "2 guesses of a draft are not confirmed yet (first in force.yaml" in sentence


def test_only_active_contracts_are_read_by_nights(sample: Any) -> None:
    assert len(sample.load().contracts) == 1
    drafted = sample.change("status: active", "status: draft").load()
    assert (len(drafted.contracts), len(drafted.drafts)) == (0, 1)
    retired = sample.change("status: draft", "status: retired").load()
    assert (len(retired.contracts), len(retired.drafts)) == (0, 0)


def test_a_draft_that_does_not_read_stops_no_night(sample: Any) -> None:
    broken = sample.change("status: active", "status: draft").change(
        "name: outcome\n", "name: nothing_known\n"
    )
    assert (broken.load().contracts, broken.load().drafts) == ((), ())

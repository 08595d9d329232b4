"""Page 6 says which feeds stopped, which deliveries are not used, and what nobody vouched for."""

import importlib.util
from pathlib import Path

import pytest

from profiles.publish.pdf import write_pdf
from profiles.publish.render import render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)

HOLD = (
    "UPDATE prof_strategic__feeds SET is_held = true, state = 'current', n_deliveries = 9, "
    "n_deliveries_unverified = 0, last_used_date = DATE '2026-10-07', "
)
STOPPED = HOLD + "age_days = 25, freshness_days = 3, is_stale = true WHERE feed = 'custody'"
HELD = (
    "INSERT INTO prof_strategic__deliveries VALUES ('northmoor', 'northmoor', 'crime', DATE '2026-10-30', "
    "'crime_20261030_delta.csv', 'd', 'c', '1.0.0', 'held', "
    "'it has 9 rows, 0.09 of what is usual (0.3 to 3 is borne); it is held until a person releases it', "
    "9, 0, 9, 0, 0, 0, 0.09, true)"
)
VERIFIED = "UPDATE prof_strategic__feeds SET n_deliveries_unverified = 0"


def gaps(*statements: str) -> list[str]:
    return [line.plain for line in packs.pack("northmoor", "", *statements).sections[5].panels["gaps"].lines]


def test_a_feed_that_stopped_is_named_with_its_last_day() -> None:
    assert "Stopped: Custody on 7 October 2026" in gaps(STOPPED)
    assert not any("Stopped" in line for line in gaps())


def test_many_stopped_feeds_are_counted() -> None:
    every = STOPPED.replace("feed = 'custody'", "feed <> 'street_crime'")
    (line,) = (line for line in gaps(every) if line.startswith("Stopped"))
    assert line.count(" on ") == 3 and line.endswith("and 5 more")


def test_a_delivery_that_is_not_used_gives_its_reason() -> None:
    (line,) = (line for line in gaps(HELD) if line.startswith("Not used"))
    assert line.startswith(
        "Not used (1 held): crime_20261030_delta.csv: it has 9 rows, 0.09 of what is usual"
    )


def test_files_without_a_manifest_are_said_to_be_unverified() -> None:
    assert "Unverified: 24 of 24 files came without a manifest." in gaps()
    assert not any(line.startswith("Unverified") for line in gaps(VERIFIED))


@pytest.mark.parametrize("force", ["northmoor", "eastmarch"])
def test_the_page_holds_every_gap_at_once(force: str, tmp_path: Path) -> None:
    every = STOPPED.replace("feed = 'custody'", "feed <> 'street_crime'")
    held = HELD.replace("'northmoor'", f"'{force}'").replace("crime_20261030_delta.csv", "x" * 90)
    pack = packs.pack(force, "", every, held)
    written = write_pdf(render_html(pack), tmp_path / "pack.pdf", packs.AS_OF[force])
    assert written.pages == 6

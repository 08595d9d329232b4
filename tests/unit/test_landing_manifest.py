"""Which deliveries a night rests on: the same whatever the order of arrival, corrections in, copies out."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.model import Volume, VolumeAction
from orchestration.landing.manifest import Manifest, make_manifest
from orchestration.landing.outcome import Outcome
from orchestration.landing.volume import judge_volumes

Land = Callable[..., Any]
NIGHTS = [f"2026-11-0{n}T02:30:00+00:00" for n in range(1, 6)]
VOLUME = Volume(low=0.3, high=3, window=12, action=VolumeAction.NOTE)


def month(street: Any, period: str, rows: int = 5, **changes: str) -> bytes:
    return bytes(street.file([street.row(Month=period, **changes)] * rows))


def seen(manifest: Manifest) -> list[Any]:
    """A manifest without the names of the parts, which tell how deliveries were grouped and nothing else."""
    return [(replace(row.outcome, part=""), replace(row, part=None, outcome=None)) for row in manifest.rows]  # type: ignore[arg-type]


def accounts(manifest: Manifest) -> list[tuple[str, str, int, int, int, int]]:
    return [
        (
            r.outcome.period,
            r.state,
            r.outcome.rows_in,
            r.outcome.rows_refused,
            r.rows_loaded,
            r.rows_superseded,
        )
        for r in manifest.rows
    ]


def test_the_order_of_arrival_does_not_matter(land: Land, street: Any, tmp_path: Path) -> None:
    files = {
        ("2026-08", "eastmarch"): month(street, "2026-08"),
        ("2026-09", "eastmarch"): month(street, "2026-09", 7, Location='The "Oak", Lane'),
        ("2026-10", "northmoor"): month(street, "2026-10", 6),
        ("2026-09", "northmoor"): b"",
    }
    stories = []
    for number, order in enumerate(itertools.permutations(files)):
        place = tmp_path / str(number)
        for night, key in zip(NIGHTS, order, strict=False):
            street.put(place / "in", files[key], force=key[1], period=key[0])
            landed = land(place / "in", place / "home", night)
        stories.append((seen(landed.manifest), landed.rows()))
        shutil.rmtree(place)
    assert all(story == stories[0] for story in stories)
    assert len(stories[0][0]) == 4


def test_all_at_once_is_the_same_as_one_by_one(land: Land, street: Any, tmp_path: Path) -> None:
    for night, period in zip(NIGHTS, ("2026-08", "2026-09", "2026-10"), strict=False):
        street.put(tmp_path / "in", month(street, period), period=period)
        slowly = land(tmp_path / "in", tmp_path / "slowly", night)
    at_once = land(tmp_path / "in", tmp_path / "at-once", NIGHTS[4])
    assert seen(slowly.manifest) == seen(at_once.manifest)
    assert slowly.manifest.delivery_ids == at_once.manifest.delivery_ids
    assert slowly.rows() == at_once.rows()


def test_the_same_file_lands_once(land: Land, street: Any, tmp_path: Path) -> None:
    street.put(tmp_path / "in", month(street, "2026-10"))
    street.put(tmp_path / "in" / "again", month(street, "2026-10"))
    first = land(tmp_path / "in", tmp_path, NIGHTS[0])
    assert first.report.copies == [
        "again/2026-10/2026-10-eastmarch-street.csv is the same file as 2026-10/2026-10-eastmarch-street.csv "
        "and landed once"
    ]
    second = land(tmp_path / "in", tmp_path, NIGHTS[1])
    assert (second.report.n_reused, second.report.outcomes) == (1, [])
    assert len(second.rows()) == 5


def test_equal_rows_within_a_file_are_separate_incidents(land: Land, street: Any, tmp_path: Path) -> None:
    street.put(tmp_path / "in", month(street, "2026-10", 5))
    landed = land(tmp_path / "in", tmp_path)
    assert accounts(landed.manifest) == [("2026-10", "landed", 5, 0, 5, 0)]
    assert landed.rows("source_record_id") == [("2",), ("3",), ("4",), ("5",), ("6",)]


def test_a_correction_supersedes_with_accounts(land: Land, street: Any, tmp_path: Path) -> None:
    street.put(tmp_path / "in", month(street, "2026-10", 5))
    land(tmp_path / "in", tmp_path, NIGHTS[0])
    street.put(tmp_path / "in", month(street, "2026-10", 8))
    landed = land(tmp_path / "in", tmp_path, NIGHTS[1])
    assert sorted(accounts(landed.manifest)) == [
        ("2026-10", "landed", 8, 0, 8, 0), ("2026-10", "superseded", 5, 0, 0, 5),
    ]  # fmt: skip
    for row in landed.manifest.rows:
        assert row.outcome.rows_accepted == row.rows_loaded + row.rows_exact_duplicate + row.rows_superseded
    assert len(landed.rows()) == 13  # the earlier one stays on disk


def test_a_refused_correction_leaves_the_last_good_delivery_standing(
    land: Land, street: Any, tmp_path: Path
) -> None:
    street.put(tmp_path / "in", month(street, "2026-10", 5))
    land(tmp_path / "in", tmp_path, NIGHTS[0])
    street.put(tmp_path / "in", b"Crime ID,Month\n1,2026-10\n")
    landed = land(tmp_path / "in", tmp_path, NIGHTS[1])
    assert sorted(accounts(landed.manifest)) == [
        ("2026-10", "landed", 5, 0, 5, 0), ("2026-10", "refused", 1, 1, 0, 0),
    ]  # fmt: skip


def test_what_a_force_sent_last_stands_even_when_it_was_sent_before(
    land: Land, street: Any, tmp_path: Path
) -> None:
    """A correction that was a mistake is taken back by sending the first file again."""
    for night, rows in zip(NIGHTS, (5, 8, 5), strict=False):
        street.put(tmp_path / "in", month(street, "2026-10", rows))
        landed = land(tmp_path / "in", tmp_path, night)
    assert sorted(accounts(landed.manifest)) == [
        ("2026-10", "landed", 5, 0, 5, 0), ("2026-10", "superseded", 8, 0, 0, 8),
    ]  # fmt: skip


def test_a_changed_contract_reads_again_and_counts_once(
    land: Land, street: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.landing import groups, inbox, judged

    street.put(tmp_path / "in", month(street, "2026-10"))
    land(tmp_path / "in", tmp_path, NIGHTS[0])
    for module in (groups, inbox, judged):
        monkeypatch.setattr(module, "contract_hash", lambda contract: "changed")
    landed = land(tmp_path / "in", tmp_path, NIGHTS[1])
    assert landed.report.n_reused == 0
    assert accounts(landed.manifest) == [("2026-10", "landed", 5, 0, 5, 0)]
    assert {row.outcome.contract_hash for row in landed.manifest.rows} == {"changed"}


def test_a_part_without_its_outcomes_never_counts(land: Land, street: Any, tmp_path: Path) -> None:
    """What a killed night leaves: rows settled, the file beside them not."""
    street.put(tmp_path / "in", month(street, "2026-10"))
    before = land(tmp_path / "in", tmp_path, NIGHTS[0])
    for sidecar in (tmp_path / "landed").glob("*/*/*.json"):
        sidecar.unlink()
    assert before.store.known() == ()
    again = land(tmp_path / "in", tmp_path, NIGHTS[1])
    assert (len(again.report.outcomes), len(again.rows())) == (1, 5)


def test_as_of_cuts_by_the_day_a_delivery_is_dated(land: Land, street: Any, tmp_path: Path) -> None:
    for period in ("2026-08", "2026-09", "2026-10"):
        street.put(tmp_path / "in", month(street, period), period=period)
    manifest = land(tmp_path / "in", tmp_path).manifest
    assert manifest.default_as_of() == date(2026, 11, 1)

    def periods(day: date) -> list[str]:
        return [row.outcome.period for row in manifest.before(day).rows]

    assert periods(date(2026, 10, 31)) == ["2026-08", "2026-09"]
    assert periods(date(2026, 11, 1)) == ["2026-08", "2026-09", "2026-10"]
    assert periods(date(2026, 8, 31)) == []
    assert manifest.before(date(2026, 8, 31)).default_as_of() is None


def test_an_outcome_that_loses_a_row_cannot_be_made(land: Land, street: Any, tmp_path: Path) -> None:
    street.put(tmp_path / "in", month(street, "2026-10"))
    outcome: Outcome = land(tmp_path / "in", tmp_path).outcome
    with pytest.raises(ValueError, match="5 in, 4"):
        replace(outcome, rows_accepted=4)


SIZES = [("2026-01", 100), ("2026-02", 110), ("2026-03", 90), ("2026-04", 100)]


@pytest.mark.parametrize(("rows", "ratio", "is_suspect"), [
    (29, 0.29, True), (30, 0.3, False), (300, 3.0, False), (301, 3.01, True), (0, 0.0, True),
])  # fmt: skip
def test_volume_is_judged_beside_the_median_of_earlier_months(
    rows: int, ratio: float, is_suspect: bool
) -> None:
    verdict = judge_volumes([*SIZES, ("2026-05", rows)], VOLUME)["2026-05"]
    assert (verdict.ratio, verdict.is_suspect) == (ratio, is_suspect)


def test_volume_is_not_judged_before_three_deliveries_stand() -> None:
    verdicts = judge_volumes([("2026-01", 100), ("2026-02", 1), ("2026-03", 900)], VOLUME)
    assert [(v.ratio, v.is_suspect) for v in verdicts.values()] == [(None, False)] * 3


@given(st.permutations([*SIZES, ("2026-05", 5), ("2026-06", 700)]), st.integers(0, 2000))
def test_volume_knows_no_future_and_no_order(sizes: list[tuple[str, int]], later: int) -> None:
    verdicts = judge_volumes(sizes, VOLUME)
    assert [v.is_suspect for _, v in sorted(verdicts.items())] == [False] * 4 + [True, True]
    assert verdicts.items() <= judge_volumes([*sizes, ("2026-07", later)], VOLUME).items()


def test_a_suspect_volume_shouts_and_loads(land: Land, street: Any, registry: Any, tmp_path: Path) -> None:
    for period, rows in [("2026-06", 40), ("2026-07", 40), ("2026-08", 40), ("2026-09", 5)]:
        street.put(tmp_path / "in", month(street, period, rows), period=period)
    landed = land(tmp_path / "in", tmp_path)
    assert [(r.is_volume_suspect, r.rows_loaded) for r in landed.manifest.rows] == [
        (False, 40), (False, 40), (False, 40), (True, 5),
    ]  # fmt: skip
    assert make_manifest(reversed(landed.store.known()), registry) == landed.manifest

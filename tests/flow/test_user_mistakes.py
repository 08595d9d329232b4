"""A user's mistake gets one clear sentence and a documented exit code, never a traceback; nothing is published."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("mistakes")
HEADING = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\r\n"
)


def night(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "orchestration.cli", "night", "--out", str(out), "--quiet", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ})


def one_sentence(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]
    assert lines[0].endswith(".")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "01/02/2024"), ("--as-of", "YYYY-MM-DD", "01/02/2024")),
        (("--scale", "enormous"), ("demo", "ci", "enormous")),
    ],
)
def test_a_wrong_option_is_named(tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    one_sentence(night(tmp_path / "out", *arguments), 2, *words)


def test_a_landing_that_is_not_there(tmp_path: Path) -> None:
    done = night(tmp_path / "out", "--landing", str(tmp_path / "nowhere"))
    one_sentence(done, 1, "nowhere", "does not exist")


def test_a_landing_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "mail.zip").write_text("hello")
    one_sentence(night(tmp_path / "out", "--landing", str(tmp_path / "mail.zip")), 1, "mail.zip")


def test_a_landing_without_anything_we_know(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "holiday.csv").write_text("a,b\n1,2\n")
    done = night(tmp_path / "out", "--landing", str(tmp_path / "in"), "--json")
    assert done.returncode == 1
    summary = json.loads(done.stdout)
    assert summary["outcome"] == "failed"
    assert "YYYY-MM/YYYY-MM-<force>-street.csv" in summary["problem"]
    assert not (tmp_path / "out" / "packs").exists()


def test_a_zip_whose_only_file_climbs_out(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../2026-10/2026-10-northmoor-street.csv", HEADING)
    done = night(tmp_path / "out", "--landing", str(path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "2026-10").exists()


def test_an_as_of_before_everything(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "2026-10"
    folder.mkdir(parents=True)
    row = "{},2026-10,A,A,-1.5,53.5,On or near Mill Lane,X01000001,Harrow Fell 001A,Burglary,Under investigation,\r\n"
    rows = "".join(row.format(f"{i:064x}") for i in range(20))
    (folder / "2026-10-northmoor-street.csv").write_text(HEADING + rows, newline="")
    done = night(tmp_path / "out", "--landing", str(tmp_path / "in"), "--as-of", "2020-01-01")
    one_sentence(done, 1, "2020-01-01", "later as-of")

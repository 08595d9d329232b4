"""A place or a word that no night can be made of: one clear sentence, the documented exit code, no traceback.

Not here: faults in a part of the input, which cost their own file only (test_night_poisoned).
"""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("bad-input")]
HEADING = b"Crime ID,Month,Reported by\r\n"


def sentence_of(done: Any, code: int) -> str:
    """The one sentence that a mistake is answered with."""
    assert done.exit_code == code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert line.endswith(".") and not line.endswith("..") and "Error:" not in line, line
    return str(line)


def empty_folder(place: Path) -> Path:
    (place / "in").mkdir()
    return place / "in"


def nothing_recognised(place: Path) -> Path:
    (empty_folder(place) / "holiday.csv").write_text("a,b\n1,2\n")
    return place / "in"


def only_a_wrong_heading(place: Path) -> Path:
    (place / "in" / "2026-10").mkdir(parents=True)
    (place / "in" / "2026-10" / "2026-10-eastmarch-street.csv").write_bytes(HEADING + b"1,2026-10,x\r\n")
    return place / "in"


def no_zip(place: Path) -> Path:
    (place / "in.zip").write_text("hello")
    return place / "in.zip"


def cut_zip(place: Path) -> Path:
    path = empty_zip(place)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("2026-10/2026-10-eastmarch-street.csv", HEADING * 100)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def empty_zip(place: Path) -> Path:
    zipfile.ZipFile(place / "in.zip", "w").close()
    return place / "in.zip"


def only_outside(place: Path) -> Path:
    with zipfile.ZipFile(place / "in.zip", "w") as archive:
        archive.writestr("../2026-10/2026-10-eastmarch-street.csv", HEADING)
    return place / "in.zip"


NOTHING_AT_ALL = [
    (lambda place: place / "nowhere", ("nowhere", "does not exist")),
    (empty_folder, ("could be landed", "The place is empty")),
    (
        nothing_recognised,
        ("holiday.csv is not a file that any contract describes", "YYYY-MM-<force>-street.csv"),
    ),
    (only_a_wrong_heading, ("2026-10-eastmarch-street.csv", "is missing")),
    (no_zip, ("in.zip is not a readable zip",)),
    (cut_zip, ("in.zip is not a readable zip",)),
    (empty_zip, ("could be landed",)),
    (only_outside, ("could be landed", "outside")),
    (lambda place: Path("/dev/null"), ("neither a folder nor a file",)),
]


@pytest.mark.parametrize(("make", "words"), NOTHING_AT_ALL)
def test_a_place_of_which_nothing_can_be_used_ends_the_night_with_one_sentence(
    nights: Any, tmp_path: Path, make: Callable[[Path], Path], words: tuple[str, ...]
) -> None:
    landing, out = make(tmp_path), tmp_path / "out"
    done = nights.command("night", "--landing", landing, "--out", out, "--quiet", "--json")
    told = sentence_of(done, 1)
    assert all(word in told for word in words), told
    assert (done.summary["problem"], done.summary["packs"]) == (told, [])
    assert not (out / "packs").exists() and not list(out.glob("warehouse/*/generations/CURRENT"))
    assert not list(tmp_path.rglob("*-eastmarch-street.csv")) or landing.is_dir()


def test_the_second_night_of_a_bad_place_gives_the_same_sentence(nights: Any, tmp_path: Path) -> None:
    arguments = ("night", "--landing", only_a_wrong_heading(tmp_path), "--out", tmp_path / "out", "--quiet")
    first, second = (nights.command(*arguments) for _ in range(2))
    assert second.stderr == first.stderr


WRONG = [
    (("--as-of", "tomorrow"), ("--as-of must be a day written YYYY-MM-DD, not 'tomorrow'",)),
    (("--as-of", "2026-02-30"), ("YYYY-MM-DD", "2026-02-30")),
    (("--scale", "huge"), ("demo", "ci", "huge")),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_a_wrong_word_on_the_command_line_is_named(
    nights: Any, tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    done = nights.command("night", "--out", tmp_path / "out", *arguments, "--json", "--quiet")
    told = sentence_of(done, 2)
    assert all(word in told for word in words)
    assert done.summary == {"problem": told}


def test_an_as_of_before_everything_is_one_sentence(nights: Any, tiny: Any, tmp_path: Path) -> None:
    arguments = ("--landing", tiny.landing, "--out", tmp_path / "out", "--as-of", "2001-01-01", "--quiet")
    told = sentence_of(nights.command("night", *arguments), 1)
    assert told == "Nothing had been delivered before 2001-01-01; choose a later as-of date."


def test_an_out_that_cannot_be_a_folder_is_one_sentence(nights: Any, tiny: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = nights.command("night", "--landing", tiny.landing, "--out", tmp_path / "out", "--quiet")
    assert str(tmp_path / "out") in sentence_of(done, done.exit_code)
    assert done.exit_code in (1, 2) and (tmp_path / "out").read_text() == "a file"


def test_a_folder_that_may_not_be_read_is_one_sentence(nights: Any, tmp_path: Path) -> None:
    wrap: tuple[str, ...] = ()
    if os.geteuid() == 0:  # root may read everything, unless it gives that right up
        setpriv = shutil.which("setpriv") or pytest.skip("as root this needs the program setpriv")
        wrap = (setpriv, "--bounding-set=-dac_override,-dac_read_search")
        if subprocess.run([*wrap, "true"], capture_output=True).returncode != 0:
            pytest.skip("this machine does not let root give up rights")
    landing = empty_folder(tmp_path)
    landing.chmod(0o000)
    try:
        done = nights.run("night", "--landing", landing, "--out", tmp_path / "out", "--quiet", wrap=wrap)
    finally:
        landing.chmod(0o700)
    told = sentence_of(done, 1)
    assert str(landing) in told and "cannot be read" in told

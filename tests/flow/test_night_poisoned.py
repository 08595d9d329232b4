"""Every fault at once in one force's files: each gets its sentence, and nobody else's pack is the worse for it.

Not here: input of which nothing at all can be used (test_bad_input).
"""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("poisoned")]
HEADING = b"Crime ID,Month,Reported by\r\n"
LINK = 0o120777 << 16
Spoil = Callable[[bytes], bytes]

# One force's months, each spoilt in its own way, beside those of a force that did nothing wrong.
SPOILT: dict[str, tuple[Spoil, str]] = {
    "2025-09": (lambda good: good.replace(b"Crime type", b"Crime category", 1), "did 'Crime category' replace it?"),
    "2025-10": (lambda good: b"", "it is empty"),
    "2025-11": (lambda good: good.split(b"\n")[0] + b"\n", "at least 1 are needed"),
    "2025-12": (lambda good: good.decode().encode("utf-16"), "UTF-16"),
    "2026-01": (lambda good: good.replace(b"On or near", b"Pr\xe8s de"), "not valid text"),
    "2026-02": (lambda good: good.replace(b"Burglary", b"Burg\0lary"), "NUL byte"),
    "2026-03": (lambda good: b"%PDF-1.7\n" + good, "a PDF"),
    "2026-07": (lambda good: good.replace(b"LSOA name", b"LSOA code", 1), "more than once"),
    "2026-08": (lambda good: good.replace(b"2026-08", b"2026-09"), "month is not the month in the file's name"),
}  # fmt: skip
IN_THE_ZIP = {"2026-05": "zip bomb", "2026-06": "'..'", "2026-09": "symbolic link"}
FORCE = "eastmarch"


def file_of(period: str, force: str = FORCE) -> str:
    return f"{period}/{period}-{force}-street.csv"


@pytest.fixture(scope="module")
def poisoned(tiny: Any, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A night of a zip with every fault at once, and its OUT."""
    home = tmp_path_factory.mktemp("poisoned")
    with zipfile.ZipFile(home / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in tiny.files:
            content, period = (tiny.landing / file["path"]).read_bytes(), file["period"]
            if file["force_code"] != FORCE or period not in {*SPOILT, *IN_THE_ZIP}:
                archive.writestr(file["path"], content)
            elif period in SPOILT:
                archive.writestr(file["path"], SPOILT[period][0](content))
        archive.writestr(file_of("2026-05"), b"0" * 4_000_000)
        archive.writestr(f"../{file_of('2026-06')}", HEADING)
        link = zipfile.ZipInfo(file_of("2026-09"))
        link.create_system, link.external_attr = 3, LINK
        archive.writestr(link, "/etc/passwd")
    done = nights.command("night", "--landing", home / "in.zip", "--out", home / "out", "--json")
    return done, home / "out"


@pytest.fixture(scope="module")
def spared(tiny: Any, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The night as it is when the force delivers nothing at all for those months."""
    home = tmp_path_factory.mktemp("spared")
    for file in tiny.files:
        if file["force_code"] != FORCE or file["period"] not in {*SPOILT, *IN_THE_ZIP}:
            (home / "in" / file["path"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(tiny.landing / file["path"], home / "in" / file["path"])
    shift = nights.here(home / "in", home / "out")
    assert shift.exit_code == 0, shift.summary["problem"]
    return shift, home / "out"


def test_a_night_with_every_fault_at_once_still_publishes(poisoned: Any) -> None:
    done, _ = poisoned
    assert done.exit_code == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert [(p["force"], p["problem"]) for p in done.summary["packs"]] == [
        ("calderwick", ""),
        ("eastmarch", ""),
    ]


def test_each_fault_gets_its_own_sentence(poisoned: Any) -> None:
    done, out = poisoned
    refused = {d["period"]: d for d in done.summary["deliveries"] if d["state"] == "refused"}
    assert refused.keys() == {*SPOILT, *IN_THE_ZIP}
    for period, words in {**{p: w for p, (_, w) in SPOILT.items()}, **IN_THE_ZIP}.items():
        told = refused[period]["reason"]
        assert words in told and "\n" not in told, told
        assert refused[period]["force"] == FORCE and refused[period]["rows_accepted"] == 0
        assert any(refused[period]["file"] in w for w in done.summary["warnings"])
    assert not list(out.parent.glob("2026-*")) and not [p for p in out.rglob("*") if p.is_symlink()]


def test_the_other_force_gets_the_very_same_bytes(poisoned: Any, spared: Any, nights: Any) -> None:
    with_faults, without = nights.shelf_of(poisoned[1]), nights.shelf_of(spared[1])
    assert with_faults.keys() == without.keys()
    differing = {Path(name).parts[2] for name in without if with_faults[name] != without[name]}
    assert differing == {FORCE}  # whose own pages say what was refused


def test_nothing_but_the_account_of_deliveries_differs(poisoned: Any, spared: Any) -> None:
    (one,), (other,) = (
        list(out.glob("warehouse/*/generations/*.duckdb")) for out in (poisoned[1], spared[1])
    )
    with duckdb.connect() as con:
        con.execute(f"attach '{one}' as one (read_only)")
        con.execute(f"attach '{other}' as other (read_only)")
        names = con.execute(
            "select table_name from information_schema.tables where table_catalog = 'one'"
        ).fetchall()
        forces: dict[str, set[str]] = {}
        for name in sorted(name for (name,) in names if name.startswith("prof_")):
            missing, extra = (
                f"from {a}.{name} except all from {b}.{name}" for a, b in (("one", "other"), ("other", "one"))
            )
            rows = con.execute(
                f"select distinct force_code from (({missing}) union all ({extra}))"
            ).fetchall()
            forces.update({name: {force for (force,) in rows}} if rows else {})
    assert forces == {f"prof_strategic__{name}": {FORCE} for name in ("deliveries", "feeds", "refusals")}


def test_the_pack_of_the_bad_force_says_what_was_refused(poisoned: Any) -> None:
    done, _ = poisoned
    (made,) = [p for p in done.summary["packs"] if p["force"] == FORCE]
    refused = [w for w in made["warnings"] if "was refused" in w]
    assert len(refused) == len(SPOILT) + len(IN_THE_ZIP)

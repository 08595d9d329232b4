"""Publish: every pack of every force, made in child processes, and each force's folder swapped onto the shelf whole.

Packs are made in child processes (press): one that dies or hangs costs itself only, and forces never block each other.
Not here: what a pack says (profiles/pack), how it looks (report_templates/), release by a person (governance).
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.night import Night, NightError
from orchestration.press import press
from orchestration.warehouse import Generations, reading
from profiles.publish import shelf

if TYPE_CHECKING:
    import duckdb

    from profiles.definitions import ProfileDefinition

RENDER_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class PackJob:
    """All that a child needs to make one pack."""

    generation: Path
    out: Path
    force_code: str
    as_of: date
    code_version: str
    profile: str

    @property
    def final(self) -> Path:
        """The force's folder on the shelf."""
        return shelf.pack_folder(self.out, self.as_of, self.force_code)


@dataclass(frozen=True, slots=True)
class PackMade:
    """One pack, staged or on the shelf, or why there is none (`problem`, one sentence)."""

    force_code: str
    profile: str = ""
    file_name: str = ""
    pack_id: str = ""
    pdf: str = ""
    pages: int = 0
    seconds: float = 0.0
    render_seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    problem: str = ""
    entry: dict[str, Any] = field(default_factory=dict)


def make_pack(job: PackJob) -> PackMade:
    """Build and render one pack into its force's staged folder. Runs in a child process."""
    from profiles.definitions.loader import load_definition
    from profiles.pack.build import build_pack, read_book
    from profiles.pack.frame import Frame
    from profiles.publish import receipt
    from profiles.publish.pack_files import write_pack

    started = time.perf_counter()
    definition = load_definition(job.profile)
    previous = shelf.previous(job.out, job.force_code, definition.file_name, job.as_of)
    with reading(job.generation, threads=1) as con:
        book = read_book(con, definition, job.force_code, Frame(as_of=job.as_of, previous=previous))
    written = write_pack(build_pack(book), shelf.staged_folder(job.final))
    entry = receipt.entry(written.built, written.files, job.code_version)
    stats = written.stats
    return PackMade(
        force_code=job.force_code, profile=job.profile, file_name=definition.file_name,
        pack_id=written.built.pack.pack_id, pdf=str(job.final / written.files[0].name), pages=stats.pages,
        seconds=time.perf_counter() - started,
        render_seconds=stats.layout_seconds + stats.write_seconds + stats.finish_seconds,
        warnings=tuple(entry["warnings"]), entry=entry,
    )  # fmt: skip


def put_out(jobs: Iterable[PackJob], made: Iterable[PackMade]) -> list[PackMade]:
    """Swap one force's staged packs onto the shelf; a pack that was not put out says why."""
    from dataclasses import replace

    from profiles.publish.settle import settle

    job, whole = next(iter(jobs)), list(made)
    entries = {m.file_name: m.entry for m in whole if m.entry}
    problems = settle(shelf.staged_folder(job.final), job.final, job.force_code, job.as_of, entries)
    return [
        replace(m, pack_id="", pdf="", problem=problems[m.file_name]) if m.file_name in problems else m
        for m in whole
    ]


def _generation(night: Night) -> Path:
    return Generations(night.layout.generations).current().resolve()


def _codes(night: Night) -> list[str]:
    with reading(_generation(night)) as con:
        return [r[0] for r in con.execute("select force_code from dim_forces order by force_code").fetchall()]


def _jobs(night: Night, codes: Iterable[str]) -> list[PackJob]:
    from profiles.definitions import load_definition, profile_names

    generation, out = _generation(night), night.layout.out.resolve()
    known = [load_definition(name) for name in profile_names()]
    with reading(generation) as con:
        return [
            PackJob(generation, out, code, night.as_of, night.code, profile)
            for code in codes
            for profile in _profiles(con, code, known)
        ]


def _profiles(con: "duckdb.DuckDBPyConnection", code: str, known: Iterable["ProfileDefinition"]) -> list[str]:
    """What is made for a force: profiles whose list it has, restricted ones only where people may receive them, and
    those that stand in for a profile it does not have."""
    from governance.recipients import recipients

    made = [
        each.profile
        for each in known
        if not each.stands_in_for
        and (not each.is_restricted or recipients(each.profile, code))
        and _has_list(con, each.profile, code)
    ]
    return sorted(
        [*made, *(each.profile for each in known if each.stands_in_for and each.stands_in_for not in made)]
    )


def _has_list(con: "duckdb.DuckDBPyConnection", profile: str, code: str) -> bool:
    table = f"prof_{profile}__head"
    if not con.execute("select 1 from duckdb_tables() where table_name = ?", [table]).fetchone():
        return False
    return con.execute(f"select 1 from {table} where force_code = ?", [code]).fetchone() is not None


def _taken(night: Night, code: str) -> PackMade:
    return PackMade(
        code,
        problem=f"No pack for {code} from {night.landing}: the other landing place of this run has one as of "
        f"{night.as_of}, and the two are never joined.",
    )


def publish(night: Night) -> list[PackMade]:
    """Make every pack of every force; NightError only when there is none at all."""
    codes = _codes(night)
    made = [_taken(night, code) for code in codes if (night.as_of, code) in night.taken]
    waiting: dict[str, list[PackJob]] = defaultdict(list)
    for job in _jobs(night, (code for code in codes if (night.as_of, code) not in night.taken)):
        waiting[job.force_code].append(job)
    barred = {code: reason for code, own in waiting.items() if (reason := _not_staged(own[0]))}
    made += [_failed(job, reason) for code, reason in barred.items() for job in waiting[code]]
    jobs = [job for code, own in waiting.items() if code not in barred for job in own]
    done: dict[str, list[PackMade]] = defaultdict(list)
    for job, is_done, answer in press(make_pack, jobs, night.settings.threads, RENDER_SECONDS):
        told = answer if is_done else _failed(job, answer)
        done[job.force_code].append(told)
        if len(done[job.force_code]) == len(waiting[job.force_code]):
            made += _put_out(waiting[job.force_code], done[job.force_code])
        night.say("publish", f"{sum(map(len, done.values()))} of {len(jobs)} packs")
    made.sort(key=lambda m: (m.force_code, m.profile))
    night.record(packs=[m.pack_id for m in made])
    if not any(m.pdf for m in made):
        raise NightError(made[0].problem if made else "No force has landed a delivery, so no pack was made.")
    return made


def _not_staged(job: PackJob) -> str:
    """Make the folder that a force's packs are staged in; the reason where it cannot be made."""
    try:
        shelf.stage(job.final)
    except OSError as error:
        return str(error)
    return ""


def _put_out(jobs: list[PackJob], made: list[PackMade]) -> list[PackMade]:
    """Put one force's packs on the shelf; a shelf that cannot be written costs that force only."""
    try:
        return put_out(jobs, made)
    except OSError as error:
        return [_failed(job, str(error)) for job in jobs]


def _failed(job: PackJob, answer: Any) -> PackMade:
    return PackMade(job.force_code, job.profile, problem=f"No pack for {job.force_code}: {answer}.")

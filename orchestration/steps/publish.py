"""Publish: for each force, build the pack, render it, and swap it onto the shelf whole. Forces never block each other.

Packs are made in child processes (press): one that dies or hangs costs its own force only.
Not here: what a pack says (profiles/pack), how it looks (report_templates/), release by a person (governance).
"""

import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.night import Night, NightError
from orchestration.press import press
from orchestration.warehouse import Generations, reading
from profiles.publish import shelf

PROFILE, FILE = "strategic", "vawg"
RENDER_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class PackJob:
    """All that a child needs to make one pack."""

    generation: Path
    out: Path
    force_code: str
    as_of: date
    code_version: str


@dataclass(frozen=True, slots=True)
class PackMade:
    """One pack on the shelf, or why there is none (`problem`, one sentence)."""

    force_code: str
    pack_id: str = ""
    pdf: str = ""
    pages: int = 0
    seconds: float = 0.0
    render_seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    problem: str = ""


def make_pack(job: PackJob) -> PackMade:
    """Build, render and shelve one pack. Runs in a child process; a user's data never becomes a traceback."""
    from profiles.definitions.loader import load_definition
    from profiles.pack.frame import Frame
    from profiles.pack.model import PageOverflow
    from profiles.pack.strategic.head import build_pack
    from profiles.pack.strategic.tables import read_strategic
    from profiles.publish import receipt
    from profiles.publish.pdf import write_pdf
    from profiles.publish.render import render_html

    started = time.perf_counter()
    with reading(job.generation, threads=1) as con:
        tables = read_strategic(con, job.force_code)
    previous = shelf.previous(job.out, job.force_code, FILE, job.as_of)
    frame, definition = Frame(as_of=job.as_of, previous=previous), load_definition(PROFILE)
    final = shelf.pack_folder(job.out, job.as_of, job.force_code)
    staged = shelf.stage(final)
    pdf = staged / f"{FILE}.pdf"
    pack = build_pack(tables, frame, definition)
    try:
        stats = write_pdf(render_html(pack), pdf, job.as_of)
    except PageOverflow:  # long words in the data: the same pages with fewer lines
        pack = build_pack(tables, frame, definition.snug())
        stats = write_pdf(render_html(pack), pdf, job.as_of)
    (staged / f"{FILE}.json").write_text(pack.content_json(), encoding="utf-8")
    slip = receipt.build(pack, tables, pdf, job.code_version)
    (staged / "receipt.json").write_text(receipt.receipt_json(slip), encoding="utf-8")
    if problem := _put(staged, final):
        return PackMade(job.force_code, problem=problem)
    return PackMade(
        force_code=job.force_code, pack_id=pack.pack_id, pdf=str(final / pdf.name), pages=stats.pages,
        seconds=time.perf_counter() - started,
        render_seconds=stats.layout_seconds + stats.write_seconds + stats.finish_seconds,
        warnings=tuple(slip["warnings"]),
    )  # fmt: skip


def _put(staged: Path, final: Path) -> str:
    """Swap a new draft onto the shelf; returns a sentence when a released pack stands in its way.

    The same draft again changes nothing. A withdrawn pack is kept under its own name, and the new draft takes the
    place; a released one is never covered by a draft that differs.
    """
    from governance.release import ReleaseState, read_slip, state_of
    from profiles.publish import receipt

    standing, fresh = final / f"{FILE}.pdf", staged / f"{FILE}.pdf"
    if standing.is_file():
        state, slip = state_of(standing), read_slip(standing)
        if receipt.sha256_of(standing) == receipt.sha256_of(fresh) and state is not ReleaseState.WITHDRAWN:
            if state is ReleaseState.RELEASED or _same_receipt(staged, final):
                shutil.rmtree(staged)
                return ""
        elif slip and state is ReleaseState.RELEASED:
            shutil.rmtree(staged)
            return (
                f"{final} holds {slip.pack_id}, which was released; tonight's draft differs and was not put over it. "
                "Withdraw the pack first if the new one is to take its place."
            )
        if slip and state is ReleaseState.WITHDRAWN:
            if receipt.sha256_of(fresh) == slip.pack_sha256:
                shutil.rmtree(staged)
                return (
                    f"{final} holds {slip.pack_id}, which was withdrawn; the night made the very same pack again, "
                    "so it was not put out. Put right what was wrong first."
                )
            shelf.keep_aside(final, f".withdrawn-{final.name}-{slip.pack_id}")
    shelf.place(staged, final)
    return ""


def _same_receipt(staged: Path, final: Path) -> bool:
    standing = final / "receipt.json"
    return standing.is_file() and standing.read_bytes() == (staged / "receipt.json").read_bytes()


def _forces(generation: Path) -> list[str]:
    with reading(generation) as con:
        return [
            row[0] for row in con.execute("select force_code from dim_forces order by force_code").fetchall()
        ]


def publish(night: Night) -> list[PackMade]:
    """Make every force's pack; NightError only when there is none at all."""
    generation = Generations(night.layout.generations).current().resolve()
    jobs = [
        PackJob(generation, night.layout.out.resolve(), code, night.as_of, night.code)
        for code in _forces(generation)
    ]
    made: list[PackMade] = []
    for job, is_done, answer in press(make_pack, jobs, night.settings.threads, RENDER_SECONDS):
        made.append(
            answer
            if is_done
            else PackMade(job.force_code, problem=f"No pack for {job.force_code}: {answer}.")
        )
        if not is_done:
            shelf.clear(shelf.pack_folder(job.out, job.as_of, job.force_code))
        night.say("publish", f"{len(made)} of {len(jobs)} packs")
    made.sort(key=lambda m: m.force_code)
    night.record(packs=[m.pack_id for m in made])
    if not any(m.pdf for m in made):
        raise NightError(made[0].problem if made else "No force has landed a delivery, so no pack was made.")
    return made

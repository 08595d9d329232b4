"""Landing the files of one force that share contract and heading: together where they are whole, one by one where not.

limits → fast → (careful → extracted) → judged → store. One bad file never stops the others.
Not here: which files these are (inbox), how a file is read (fast, extract).
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from orchestration.landing import transcribe
from orchestration.landing.extract import NotExtracted, extracted
from orchestration.landing.fast import Reading, read_extracted, read_fast
from orchestration.landing.judged import COUNTED, breaks_row_limits, judge_delivery, refused
from orchestration.landing.outcome import LANDED, Outcome, delivery_id_of
from orchestration.landing.ready import Ready, stamp_of
from orchestration.landing.role_columns import one_for_each_role
from orchestration.landing.sent_manifest import rows_complaint
from orchestration.landing.store import Store, contract_hash, part_name


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools a landing works with: a scratch connection, the store, a scratch folder, the moment of receipt.

    n_hands: how many groups may be landed at a time; one query hardly ever keeps more than one core busy.
    """

    con: duckdb.DuckDBPyConnection
    store: Store
    work: Path
    received_at: str
    n_hands: int = 1

    def scratch(self, ready: Ready, suffix: str) -> Path:
        """A place for what is made of a delivery before it lands."""
        folder = self.work / "reading"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{ready.contract.feed}-{ready.delivery_id}{suffix}"

    def keep(self, outcomes: Sequence[Outcome], rows: Path | None = None) -> list[Outcome]:
        """Keep outcomes, and the rows just written; returns them."""
        if outcomes:
            self.store.keep(outcomes, self.received_at, rows)
        return list(outcomes)


def land_groups(bench: Bench, groups: Sequence[Sequence[Ready]]) -> Iterator[tuple[int, list[Outcome]]]:
    """Land group by group, as many at a time as the bench has hands; yields in order how many files, and outcomes."""

    def landed(files: Sequence[Ready]) -> tuple[int, list[Outcome]]:
        with bench.con.cursor() as con:  # a connection of its own: its temporary tables are nobody else's
            return len(files), land_group(replace(bench, con=con), files)

    with ThreadPoolExecutor(bench.n_hands, "landing") as hands:
        yield from hands.map(landed, groups)


def land_group(bench: Bench, files: Sequence[Ready]) -> list[Outcome]:
    """Land files that share contract, force, heading and dialect."""
    outcomes: list[Outcome] = []
    groups: tuple[list[Ready], list[Ready], list[Ready], list[Ready]] = ([], [], [], [])
    plain, troubled, taken_out, empty = groups
    for file in files:
        f = _in_utf8(bench, file)
        is_wide = bool(f.contract.roles) and not f.is_extracted
        if not is_wide and (limit := breaks_row_limits(f.contract, f.n_lines)):
            outcomes += bench.keep([refused(f, f.n_lines, *limit)])
        elif f.n_lines == 0:
            empty.append(f)
        else:
            (taken_out if f.is_extracted else plain if f.is_plain and not is_wide else troubled).append(f)
    outcomes += bench.keep([judge_delivery(f, [], Path()) for f in empty])
    landed, doubtful = _land(bench, plain, is_extracted=False)
    for f in (*troubled, *doubtful):
        made = take_out(bench, f)
        if isinstance(made, Outcome):
            outcomes += bench.keep([made])
        else:
            taken_out.append(made)
    outcomes += landed + _land(bench, taken_out, is_extracted=True)[0]
    _clear(files, (f for group in groups for f in group))
    return outcomes


def take_out(bench: Bench, ready: Ready) -> Ready | Outcome:
    """The delivery with its records taken out of its file, or the outcome that says why there are none."""
    target = bench.scratch(ready, ".parquet")
    try:
        found = extracted(bench.con, ready, target)
    except NotExtracted as why:
        target.unlink(missing_ok=True)
        return refused(ready, why.n_rows, why.code, why.sentence)
    if (
        not ready.contract.roles or not target.is_file()
    ):  # no file: it has too many rows, and is refused for it
        return found
    if ready.file.reader in COUNTED and (short := rows_complaint(ready.sent, found.n_lines)):
        return refused(found, found.n_lines, *short)
    return one_for_each_role(bench.con, found)


def _in_utf8(bench: Bench, ready: Ready) -> Ready:
    """A CSV file as the readers take it: a copy where it is not UTF-8 to its end."""
    if ready.is_extracted or not transcribe.is_needed(ready.dialect, ready.file.trailer):
        return ready
    target = bench.scratch(ready, ".csv")
    report = transcribe.transcribe(ready.original, target, ready.dialect, ready.file.trailer)
    return replace(
        ready,
        local_path=target,
        n_lines=max(0, report.n_lines - 1),
        is_plain=report.is_utf8 and not report.has_controls,
        is_tidy=not report.has_odd_signs,
    )


def _clear(files: Iterable[Ready], read: Iterable[Ready]) -> None:
    """Remove what was made of the files; the files themselves are not ours."""
    originals = {f.original for f in files}
    for f in read:
        if f.local_path not in originals:
            f.local_path.unlink(missing_ok=True)


def _land(bench: Bench, files: Sequence[Ready], *, is_extracted: bool) -> tuple[list[Outcome], list[Ready]]:
    """Land files in one query; returns outcomes, and the files that the fast reader cannot vouch for."""
    if not files:
        return [], []
    feed, force = files[0].contract.feed, files[0].force_code
    name = part_name((f.delivery_id for f in files), contract_hash(files[0].contract))
    target = bench.store.folder(feed, force) / f".{name}.parquet.tmp"
    reading = (read_extracted if is_extracted else read_fast)(bench.con, files, target)
    if changed := _changed(bench, files, target):
        gone = {o.file_name for o in changed}
        landed, more = _land(bench, [f for f in files if f.file_name not in gone], is_extracted=is_extracted)
        return [*changed, *landed], more
    outcomes = [] if reading.doubtful else [_judged(bench, f, reading, name) for f in files]
    unsound = reading.doubtful | {o.delivery_id for o in outcomes if o.state != LANDED}
    if not unsound:
        return bench.keep(outcomes, target), []
    target.unlink(missing_ok=True)
    landed, more = _land(bench, [f for f in files if f.delivery_id not in unsound], is_extracted=is_extracted)
    if is_extracted:
        final = [bench.keep([o])[0] for o in outcomes if o.delivery_id in unsound]
        return [*final, *landed], []
    return landed, [*more, *(f for f in files if f.delivery_id in unsound)]


def _judged(bench: Bench, ready: Ready, reading: Reading, part: str) -> Outcome:
    """The outcome of one file of a reading."""
    ready = replace(ready, n_lines=reading.n_rows.get(ready.delivery_id, ready.n_lines))
    bad = [*ready.refused, *reading.refused.get(ready.delivery_id, ())]
    quarantine = bench.store.quarantine_path(ready.contract.feed, ready.force_code, ready.delivery_id)
    return judge_delivery(ready, bad, quarantine, part, reading.noted.get(ready.delivery_id, ()))


def _changed(bench: Bench, files: Sequence[Ready], rows: Path) -> list[Outcome]:
    """Refusals of files that are no longer what was hashed; the rows read from them are thrown away."""
    changed = [f for f in files if stamp_of(f.original) != f.stamp]
    if changed:
        rows.unlink(missing_ok=True)
    why = "it was still being written while it was read; send it again when whole"
    outcomes = []
    for f in changed:  # named by file and moment, so that its content may still land
        name = f"{f.content_sha256}|{f.file_name}|{bench.received_at}"
        identity = delivery_id_of(f.contract.feed, f.force_code, name)
        outcomes += bench.keep([refused(replace(f, delivery_id=identity), 0, "CHANGED", why)])
    return outcomes

"""`feed check`: is a contract whole, what does it cover, and what becomes of samples under it, by landing's own code.

Nothing is written but in a folder that is gone afterwards. Not here: the words (check_words), landing (landing).
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from data_contracts.columns import ALWAYS_BOUND, BINDABLE
from data_contracts.drafting.sample import DraftError
from orchestration.landing.archive import LandingError
from orchestration.landing.inbox import Bench, Inbox
from orchestration.landing.outcome import REFUSED, Outcome
from orchestration.landing.store import Store
from orchestration.onboarding.contract_in_hand import InHand, take_in_hand
from orchestration.onboarding.file_naming import masked, name_of
from orchestration.warehouse import connect_scratch

MOST_SHOWN = 20  # refused rows
RECEIVED = "2000-01-01T00:00:00.000000+00:00"  # nothing of it is kept


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one sample. read_as: the path under which it was landed; problem: why it was not."""

    sample: str
    read_as: str
    outcome: Outcome | None
    first_refused: tuple[dict[str, Any], ...]
    problem: str = ""


def check_feed(
    forces: Path, force_code: str, feed: str, samples: Sequence[Path] = (), *, show_values: bool = False
) -> dict[str, Any]:
    """The whole answer. Raises DraftError, one sentence, where there is nothing to check."""
    hand = take_in_hand(forces, force_code, feed)
    trials = (
        [try_sample(hand, sample, show_values=show_values) for sample in samples] if hand.contracts else []
    )
    return {
        "force": force_code,
        "feed": feed,
        "contracts": [str(path) for path in hand.paths],
        "status": sorted({contract.status for contract in hand.contracts}),
        "problems": list(hand.problems),
        "unconfirmed": [
            {"file": str(path), "line": mark.line, "is_doubt": mark.is_doubt, "said": mark.sentence}
            for path, mark in hand.marks
        ],
        "coverage": coverage(hand),
        "samples": [_trial(trial) for trial in trials],
        "holds": not hand.problems
        and all(t.outcome is not None and t.outcome.state != REFUSED for t in trials),
    }


def coverage(hand: InHand) -> dict[str, list[str]]:
    """Which fields are bound, by the newest contract: what is needed and missing, what is left out, what is held."""
    if not hand.contracts:
        return {"bound": [], "missing": [], "not_held": [], "left_out": []}
    contract = hand.contracts[-1]
    bound = {column.name for column in contract.columns if not column.is_ignored}
    needed = [*ALWAYS_BOUND, "occurred_from", *(f.name for f in contract.canonical.fields if f.required)]
    optional = [f.name for f in contract.canonical.fields if not f.required]
    return {
        "bound": [
            name for name in (*BINDABLE, *(f.name for f in contract.canonical.fields)) if name in bound
        ],
        "missing": [name for name in needed if name not in bound],
        "not_held": [name for name in optional if name not in bound],
        "left_out": [column.physical for column in contract.columns if column.is_ignored],
    }


def try_sample(hand: InHand, sample: Path, *, show_values: bool) -> Trial:
    """Land one sample in a place that is gone afterwards."""
    if not sample.is_file():
        raise DraftError(f"{sample} is not a file; name a sample of one delivery")
    read_as = path_for(hand, sample)
    if not read_as:
        return Trial(sample.name, "", None, (), "no name could be made from the patterns of its contract")
    with tempfile.TemporaryDirectory(prefix="feed-check-") as scratch:
        home = Path(scratch)
        place = home / "landing" / read_as
        place.parent.mkdir(parents=True)
        shutil.copyfile(sample, place)
        store = Store(home / "landed", home / "quarantine")
        with closing(connect_scratch(2, "1GB", home / "spill")) as con:
            try:
                report = Inbox(hand.registry, Bench(con, store, home / "work", RECEIVED)).land(
                    home / "landing"
                )
            except LandingError as error:
                return Trial(sample.name, read_as, None, (), str(error))
        if not report.outcomes:
            said = [*(r.sentence for r in report.refused_files), *(i.sentence for i in report.left_alone)]
            return Trial(sample.name, read_as, None, (), said[0] if said else "nothing of it was read")
        outcome = report.outcomes[0]
        refused = tuple(_refused(store, outcome, show_values=show_values))
    return Trial(sample.name, read_as, outcome, refused)


def path_for(hand: InHand, sample: Path) -> str:
    """The path under which a sample lands: its own name where a contract takes it, else one that it would take."""
    own = f"{hand.force_code}/{sample.name}"
    if hand.registry.matches(PurePosixPath(own)):
        return own
    day = datetime.fromtimestamp(sample.stat().st_mtime, UTC).date()
    for contract in reversed(hand.contracts):
        within = min(max(day, contract.valid_from or date.min), contract.valid_to or date.max)
        for file in contract.files:
            is_kind = len(contract.files) == 1 or _is_alike(file.reader, sample)
            if is_kind and (name := name_of(file, within)):
                return name
    return ""


def _is_alike(reader: str, sample: Path) -> bool:
    usual = {
        "csv": (".txt", ".csv", ".dat", ".tsv"),
        "xml": (".zip", ".xml"),
        "jsonl": (".jsonl", ".json", ".ndjson"),
    }
    return sample.suffix.lower() in usual.get(reader, (f".{reader}",))


def _refused(store: Store, outcome: Outcome, *, show_values: bool) -> Iterator[dict[str, Any]]:
    """The first refused rows, masked unless told otherwise."""
    import pyarrow.parquet as pq

    path = store.quarantine_path(outcome.feed, outcome.force_code, outcome.delivery_id)
    if not path.is_file():
        return
    for row in pq.read_table(path).slice(0, MOST_SHOWN).to_pylist():
        raw = row["raw"] if show_values else masked(row["raw"])
        yield {
            "line": row["line_number"],
            "reason_code": row["reason_code"],
            "reason": row["reason"],
            "raw": raw,
        }


def _trial(trial: Trial) -> dict[str, Any]:
    o = trial.outcome
    answer: dict[str, Any] = {
        "sample": trial.sample,
        "read_as": trial.read_as,
        "first_refused": list(trial.first_refused),
    }
    if o is None:
        return {**answer, "state": "not read", "reason": trial.problem, "notes": [], "refused_rows": []}
    return {
        **answer, "state": o.state, "reason": o.reason, "notes": list(o.notes), "rows_in": o.rows_in,
        "rows_accepted": o.rows_accepted, "rows_refused": o.rows_refused,
        "refused_rows": [asdict(refused) for refused in o.refused_rows],
    }  # fmt: skip

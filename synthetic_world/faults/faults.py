"""Damage done on purpose to files that were written rightly, by a plan, and a log of exactly what was done.

Fault numbers are those of the catalogue of faults (byte order marks and encodings 1, hostile characters 2, grammar 3,
dates 4, spreadsheet damage 5, headings 6, empty files 7, cut files 8, repeats 9, volume 13, bombs 14, archive paths 15,
hostile workbooks 16). Not here: the damage itself (faults_text, faults_cells, faults_bytes).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from data_contracts.model import ContractError
from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read
from synthetic_world.faults import faults_bytes, faults_cells, faults_text
from synthetic_world.model import stream
from synthetic_world.population.atlas import WorldError, atlas
from synthetic_world.records.contracts import canonicals
from synthetic_world.records.damage import Damage, NoDamage, Target
from synthetic_world.records.sender import Sent

LOG: Final = "fault_log.jsonl"
KINDS: Final[Mapping[tuple[int, str], Damage]] = {
    **faults_text.KINDS,
    **faults_cells.KINDS,
    **faults_bytes.KINDS,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One fault of a plan."""

    force: str
    feed: str
    night: date
    fault: int
    kind: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """One fault as it was done: the answer to "was it noticed?"."""

    force: str
    feed: str
    night: str
    fault: int
    kind: str
    path: str  # of the file, from the landing folder; empty where there was none to damage
    what: str  # what was done, or why nothing was
    lines: tuple[int, ...]  # of the rows touched, the heading being line 1
    added: tuple[str, ...]  # files that were not there before
    sha256_before: str
    sha256_after: str

    def said(self) -> str:
        """One line for a person."""
        return f"{self.force} {self.feed} {self.night}: fault {self.fault} ({self.kind}) {self.what}"


def read_plan(path: Path) -> tuple[Planned, ...]:
    """Read a plan: a list of {force, feed, night, fault, parameters}. Raises WorldError, one sentence."""
    try:
        root = Node.root(read(path))
        root.only(("faults",))
        return tuple(_planned(item) for item in root.get("faults").items())
    except ContractError as problem:
        raise WorldError(f"The plan of faults is wrong: {str(problem).rstrip(chr(46))}.") from None


def _planned(item: Node) -> Planned:
    item.only(("force", "feed", "night", "fault", "parameters"))
    number = item.get("fault").whole()
    kinds = sorted(kind for known, kind in KINDS if known == number)
    if not kinds:
        known = sorted({known for known, _ in KINDS})
        raise item.get("fault").error(f"fault must be one of {', '.join(map(str, known))}")
    given = item.find("parameters")
    parameters = {key: given.get(key).value for key in given.mapping()} if given else {}
    kind = given.get("kind").choice(kinds) if given and given.find("kind") else kinds[0]
    try:
        night = date.fromisoformat(item.get("night").text())
    except ValueError:
        raise item.get("night").error("night must be a date, YYYY-MM-DD") from None
    return Planned(
        item.get("force").choice([one.force_code for one in atlas()]),
        item.get("feed").choice(list(canonicals())),
        night,
        number,
        kind,
        parameters,
    )


def inject(out: Path, sent: Sequence[Sent], plan: Sequence[Planned], seed: int) -> list[Done]:
    """Do the damage of a plan to the files of some nights, and write it to the log."""
    by_what = {(one.force_code, one.feed, one.day): one for one in sent}
    nights = {one.day for one in sent}
    done = [
        _done(out / "landing", by_what.get((one.force, one.feed, one.night)), one, seed)
        for one in plan
        if one.night in nights
    ]
    if done:
        with (out / "truth" / LOG).open("a", encoding="utf-8") as stream_:
            stream_.writelines(json.dumps(asdict(one), sort_keys=True) + "\n" for one in done)
    return done


def _done(landing: Path, sent: Sent | None, one: Planned, seed: int) -> Done:
    if sent is None:
        return _log(one, "", "not done: the force sent no such file that night", (), (), "", "")
    random = stream(seed, "fault", f"{one.force}/{one.feed}/{one.night}/{one.fault}/{one.kind}")
    path = landing / sent.path
    before = path.read_bytes() if path.is_file() else b""
    target = Target(landing, sent, before, one.parameters, random)
    try:
        result = KINDS[one.fault, one.kind](target)
    except NoDamage as reason:
        return _log(one, sent.path, f"not done: {reason}", (), (), _sha(before), _sha(before))
    if result.content is not None:
        path.write_bytes(result.content)
    for name, content in result.added.items():
        place = landing / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    after = before if result.content is None else result.content
    return _log(one, sent.path, result.what, result.lines, tuple(result.added), _sha(before), _sha(after))


def _log(
    one: Planned, path: str, what: str, lines: Sequence[int], added: Sequence[str], before: str, after: str
) -> Done:
    night = one.night.isoformat()
    return Done(
        one.force, one.feed, night, one.fault, one.kind, path, what, tuple(lines), tuple(added), before, after
    )


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

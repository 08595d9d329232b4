"""XML samples, alone or in a zip: each element that repeats is a candidate. Read by landing's safe parser.

A field is the path of an element below the record, `@` before an attribute. Not here: choosing among candidates
(samples), landing (landing/markup_rows).
"""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from data_contracts.drafting.sample import Doubt, FileShape, Sample
from orchestration.landing.markup import LocalNames, Readable, new_parser, parse
from orchestration.landing.package import Package
from orchestration.onboarding.sample_columns import columns_of_records

MOST_CANDIDATES = 6
_SIGNS = re.compile(r"[.()+*?{}$|]")
Opened = Callable[[], AbstractContextManager[Readable]]


class _Counts:
    """How often each element stands in a document, and whether it has anything below it."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.parents: set[str] = set()
        self._open: list[str] = []
        self._local = LocalNames()
        self.parser = new_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        self.found[local] += 1
        if self._open:
            self.parents.add(self._open[-1])
        if attributes:
            self.parents.add(local)
        self._open.append(local)

    def _end(self, name: str) -> None:
        self._open.pop()


class _Collected:
    """The fields of every element of one name."""

    def __init__(self, element: str) -> None:
        self.records: list[dict[str, str]] = []
        self._element, self._local = element, LocalNames()
        self._path: list[str] | None = None
        self._fields: dict[str, str] = {}
        self._text: list[str] = []
        self.parser = new_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text.append

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        self._text.clear()
        if self._path is None:
            if local != self._element:
                return
            self._path, self._fields = [], {}
        else:
            self._path.append(local)
        for key, value in attributes.items():
            self._fields["/".join([*self._path, f"@{self._local[key]}"])] = value

    def _end(self, name: str) -> None:
        if self._path is None:
            return
        text = "".join(self._text).strip()
        self._text.clear()
        if self._path:
            key = "/".join(self._path)
            if text or key not in {k.rpartition("/")[0] for k in self._fields}:
                self._fields.setdefault(key, text)
            self._path.pop()
        else:
            self.records.append(self._fields)
            self._path = None


def read_markup_file(path: Path) -> list[Sample]:
    """Candidates of a plain XML file."""
    return _candidates(path.name, "", lambda: path.open("rb"))


def read_markup_member(name: str, package: Package, member: str) -> list[Sample]:
    """Candidates of one member of a zip."""
    return _candidates(name, member, lambda: package.part(member))


def _candidates(name: str, member: str, opened: Opened) -> list[Sample]:
    counts: Any = _run(_Counts(), opened)
    likely = [e for e, n in counts.found.most_common() if e in counts.parents and n >= 2] or [
        e for e in counts.found if e in counts.parents
    ][1:2]
    return [_sample(name, member, element, opened) for element in likely[:MOST_CANDIDATES]]


def _sample(name: str, member: str, element: str, opened: Opened) -> Sample:
    collected: Any = _run(_Collected(element), opened)
    records = collected.records
    doubts = (Doubt("member", f"the name {member!r} was taken for that in every zip"),) if member else ()
    pattern = f"^{_SIGNS.sub(lambda found: f'[{found[0]}]', member)}$" if member else ""
    return Sample(
        name,
        FileShape("xml", records=element, member=pattern),
        columns_of_records(records),
        len(records),
        doubts,
    )


def _run(handlers: Any, opened: Opened) -> Any:
    with opened() as source:
        for _ in parse(handlers.parser, source):
            pass
    return handlers

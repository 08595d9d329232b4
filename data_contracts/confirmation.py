"""The marks that a draft leaves for a person: `# CONFIRM: …` for a guess, `# CONFIRM (DOUBT): …` for one in doubt.

Here: which still stand in a file, and that none may stand in a contract that nights read. Not here: making them
(drafting/contract_text).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CONFIRM, DOUBT = "CONFIRM:", "CONFIRM (DOUBT):"
_MARK = re.compile(r"^\s*# CONFIRM( \(DOUBT\))?: (.*)$")
_GOES_ON = re.compile(r"^\s*#   (\S.*)$")


class Mark(NamedTuple):
    """One mark: the line it stands on, whether it is a doubt, and what it says."""

    line: int
    is_doubt: bool
    sentence: str


def marks_in(path: Path) -> list[Mark]:
    """The marks of a file that nobody has confirmed."""
    found: list[Mark] = []
    goes_on = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if mark := _MARK.match(line):
            found.append(Mark(number, mark[1] is not None, mark[2]))
            goes_on = True
        elif goes_on and (more := _GOES_ON.match(line)):
            found[-1] = found[-1]._replace(sentence=f"{found[-1].sentence} {more[1]}")
        else:
            goes_on = False
    return found


def problems_of(path: Path) -> Iterator[str]:
    """What is wrong with a contract that nights read while marks still stand in it, or in its force's file."""
    for file in (path, path.with_name("force.yaml")):
        if file.is_file() and (marks := marks_in(file)):
            n = len(marks)
            yield (
                f"{n} guess{'' if n == 1 else 'es'} of a draft {'is' if n == 1 else 'are'} not confirmed yet"
                f" (first in {file.name}, line {marks[0].line}); check each and take its CONFIRM line away"
            )

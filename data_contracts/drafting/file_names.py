"""The pattern of a file's name, from the names of samples: where its day stands, whether it says its mode, what varies.

Not here: which patterns are safe (patterns), the rest of a file's description (sample).
"""

import re
from dataclasses import dataclass
from datetime import date

from data_contracts.columns import MODES
from data_contracts.drafting.sample import Doubt
from data_contracts.registry import day_of

_DAY = re.compile("(?<![0-9])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})(?![0-9])")
_DIGITS = re.compile("[0-9]{3,}")
_MODE = re.compile(r"(?<![a-z])(full|delta|history)(?![a-z])")
_HINTS = {  # words in a name, small letters, that speak for a mode
    "history": ("history", "hist", "backfill", "historic", "initial", "backlog"),
    "delta": ("delta", "incremental", "incr", "daily", "changes", "updates", "overnight"),
    "full": ("full", "complete", "snapshot", "weekly", "all"),
}


@dataclass(frozen=True, slots=True)
class NamePattern:
    """What a name says. mode: empty where the pattern has that group; day: of this file, None where it names none."""

    pattern: str
    mode: str
    day: date | None
    doubts: tuple[Doubt, ...]


def pattern_of(name: str, force_code: str, span_days: float | None) -> NamePattern:
    """The pattern of one file's name. span_days: between the first and last recording of its rows, if known."""
    doubts: list[Doubt] = []
    days = [found for found in _DAY.finditer(name) if day_of(found[0])]
    stem, dot, suffix = name.rpartition(".")
    if days:
        chosen = days[-1]
        before, after = name[: chosen.start()], name[chosen.end() :]
        if len(days) > 1:
            doubts.append(
                Doubt(
                    "pattern",
                    f"its name holds {len(days)} days; the last, {chosen[0]}, was taken for that of the file",
                )
            )
        shape = "[0-9]{4}-[0-9]{2}-[0-9]{2}" if "-" in chosen[0] else "[0-9]{8}"
    else:
        chosen, shape = None, "[0-9]{8}"
        before, after = (f"{stem}_", f".{suffix}") if dot else (f"{name}_", "")
        doubts.append(
            Doubt(
                "pattern",
                "its name holds no day (YYYYMMDD or YYYY-MM-DD), which every delivery needs; agree on one",
            )
        )
    mode = _MODE.search(before + "\0" + after)
    middle = f"(?P<date>{shape})"
    text = _literal(before, doubts, mode is not None) + middle + _literal(after, doubts, mode is not None)
    guessed = "" if mode else _guessed_mode(name, span_days, doubts)
    return NamePattern(
        f"^{force_code}/{text}$", guessed, day_of(chosen[0]) if chosen else None, tuple(doubts)
    )


def _literal(text: str, doubts: list[Doubt], has_mode: bool) -> str:
    """A piece of a name as a pattern: numbers of three digits and more may change from file to file."""
    found, at = [], 0
    for part in _DIGITS.finditer(text):
        found.append(_escaped(text[at : part.start()], has_mode))
        found.append(f"[0-9]{{{len(part[0])}}}")
        doubts.append(Doubt("pattern", f"the number {part[0]} in its name was taken for one that changes"))
        at = part.end()
    return "".join((*found, _escaped(text[at:], has_mode)))


def _escaped(text: str, has_mode: bool) -> str:
    escaped = re.sub(
        r"[.^$*+?{}\[\]|()\\]",
        lambda found: (
            "\\\\" if found[0] == "\\" else rf"\{found[0]}" if found[0] in "^[]" else f"[{found[0]}]"
        ),
        text,
    )
    return _MODE.sub(f"(?P<mode>{'|'.join(MODES)})", escaped, count=1) if has_mode else escaped


def _guessed_mode(name: str, span_days: float | None, doubts: list[Doubt]) -> str:
    """full, delta or history, with the doubt that goes with it."""
    words = set(re.findall("[a-z]+", name.lower()))
    for mode, hints in _HINTS.items():
        if not words.isdisjoint(hints):
            doubts.append(Doubt("mode", f"its name speaks for {mode}"))
            return mode
    if span_days is not None and span_days <= 3:
        doubts.append(Doubt("mode", "its rows were recorded within three days, as in a delta"))
        return "delta"
    doubts.append(Doubt("mode", "nothing says whether it is a full extract, a delta or a declared history"))
    return "full"

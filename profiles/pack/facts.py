"""A value and where it stands: what page builders pass to `shown` to get a figure that can be traced.

Here: Fact, and the one way from facts to a tagged run.
Not here: rows that give facts (rows.py), patterns with slots (text.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from profiles.pack.cite import DEFINITION, FRAME, Cite, Key, Run, Text
from profiles.pack.formats import Format
from profiles.pack.formats import text as as_text


@dataclass(frozen=True)
class Fact:
    """A value as the table holds it, with its cite."""

    value: Any
    cite: Cite


def shown(form: Format, *facts: Fact, strong: bool = False) -> Run:
    """The facts' values written in one form, tagged."""
    return Run(
        text=form(*(fact.value for fact in facts)),
        cites=tuple(fact.cite for fact in facts),
        show=form.name,
        strong=strong,
    )


def named(fact: Fact, strong: bool = False) -> Run:
    """Words or a name as the table holds them."""
    return shown(as_text, fact, strong=strong)


def ruled(rule: str, words: Text, *facts: Fact) -> Text:
    """A sentence, with the rule that chose it and what the rule looked at."""
    return words.model_copy(update={"rule": rule, "cites": tuple(fact.cite for fact in facts)})


def from_definition(path: str, value: Any) -> Fact:
    """A constant or standing words of the profile's definition."""
    return Fact(value, Cite(table=DEFINITION, column=path))


def from_frame(name: str, value: Any) -> Fact:
    """A date of the pack's frame."""
    return Fact(value, Cite(table=FRAME, column=name))


def key_of(value: Any) -> Key:
    """A value as it may stand in a condition: dates as ISO text."""
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{value!r} cannot be part of a condition.")

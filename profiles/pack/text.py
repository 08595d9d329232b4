"""Make Text with tagged figures out of a pattern.

Here: `say`, `fig` and number formats. Not here: which sentence to say (profiles/pack/wording.py).
"""

import re

from profiles.pack.figures import Run, Text

_PART = re.compile(r"(\*\*.+?\*\*|\{\w+\})")


def fig(text: str, ref: str, strong: bool = False) -> Run:
    """A figure with its source: `table.column[key]`."""
    return Run(text=text, ref=ref, strong=strong)


def say(pattern: str, **parts: Run | Text | str) -> Text:
    """Fill `{name}` slots of one of our own patterns; `**words**` are bold. Slots are never read as
    patterns."""
    runs: list[Run] = []
    for piece in _PART.split(pattern):
        if piece.startswith("**"):
            runs.extend(run.model_copy(update={"strong": True}) for run in say(piece[2:-2], **parts).runs)
        elif piece.startswith("{"):
            runs.extend(_runs(parts[piece[1:-1]]))
        elif piece:
            runs.append(Run(text=piece))
    return Text(runs=tuple(runs))


def join(*texts: Text, gap: str = " ") -> Text:
    """Texts one after the other; empty ones leave no gap."""
    runs: list[Run] = []
    for text in texts:
        if text.runs:
            runs.extend((Run(text=gap), *text.runs) if runs else text.runs)
    return Text(runs=tuple(runs))


def signal(text: Text) -> Text:
    """The same words in the signal colour; the triangle in them carries the message in mono."""
    return Text(runs=tuple(run.model_copy(update={"signal": True, "strong": True}) for run in text.runs))


def _runs(part: Run | Text | str) -> tuple[Run, ...]:
    if isinstance(part, Text):
        return part.runs
    return (part,) if isinstance(part, Run) else (Run(text=part),)


def clipped(words: str, most: int) -> str:
    """Words cut at a length a table can bear, with an ellipsis where something is left out."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def whole(value: float) -> str:
    """1,724."""
    return f"{value:,.0f}"


def share(value: float) -> str:
    """A percentage: 8.4% under 10, else 38%."""
    return f"{value:.1f}%" if 0 < value < 9.95 else f"{value:.0f}%"


def rate(value: float) -> str:
    """7.9; from a hundred up without a decimal."""
    return f"{value:.1f}" if value < 99.95 else f"{value:,.0f}"


def cardinal(count: int) -> str:
    """One to nine in words, as a sentence may open with it; figures after that."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[count] if count < len(words) else f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """`many` defaults to one + s."""
    return one if count == 1 else (many or one + "s")

"""Make Text with tagged figures out of a pattern.

Here: `say`, `join` and small words. Not here: which sentence to say (wording.py), how a value is written (formats.py).
"""

import re

from profiles.pack.cite import Run, Text

_PART = re.compile(r"(\*\*.+?\*\*|\{\w+\})")


def say(pattern: str, **parts: Run | Text | str) -> Text:
    """Fill `{name}` slots of one of our own patterns; `**words**` are bold. Slots are never read as
    patterns, and a pattern or a plain word with a digit in it is refused: figures come as runs with a source."""
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


def only(run: Run) -> Text:
    """One run as text."""
    return Text(runs=(run,))


def page_of(anchor: str) -> Run:
    """The number of the sheet on which a page starts."""
    return Run(text="", page=anchor)


def signal(text: Text) -> Text:
    """The same words in the signal colour; the triangle in them carries the message in mono."""
    return Text(runs=tuple(run.model_copy(update={"signal": True, "strong": True}) for run in text.runs))


def _runs(part: Run | Text | str) -> tuple[Run, ...]:
    if isinstance(part, Text):
        return part.runs
    return (part,) if isinstance(part, Run) else (Run(text=part),)


def plural(count: int, one: str, many: str = "") -> str:
    """`many` defaults to one + s."""
    return one if count == 1 else (many or one + "s")

"""Texts as they stand in the YAML of a contract: plain where every reader takes them for text, else in quotation marks.

Not here: reading YAML (yaml_reader), what the contract says (contract_text).
"""

import json
import re
import textwrap
from collections.abc import Iterable

WIDTH = 120
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./()'-]*(?: [A-Za-z0-9_./()'-]+)*", re.ASCII)
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)  # yaml_reader refuses these
_MEANT = re.compile("(?i)(?:y|n|yes|no|true|false|on|off|null|nan|inf)")


def is_writable(text: str) -> bool:
    """Whether a contract can hold the text: control signs and halves of letters cannot be written in one."""
    return not _UNWRITABLE.search(text)


def scalar(text: str) -> str:
    """A text as a YAML scalar; on one line always."""
    if _PLAIN.fullmatch(text) and not _MEANT.fullmatch(text):
        return text
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x7f", "\\x7f")
    )


def quoted(text: str) -> str:
    """A text in single quotes, as patterns are written: nothing in it is an escape but a quote, doubled."""
    return "'" + text.replace("'", "''") + "'"


def comment(text: str, indent: int) -> list[str]:
    """A sentence as lines of a comment; control signs that a heading may hold are shown as such."""
    safe = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in " ".join(text.split()))
    margin = " " * indent
    return textwrap.wrap(
        safe, WIDTH, initial_indent=f"{margin}# ", subsequent_indent=f"{margin}#   ", break_long_words=False
    )


def mapping(pairs: Iterable[tuple[str, str]], indent: int) -> str:
    """A mapping of texts to codes in braces, broken over lines where it is long."""
    items = [f"{scalar(text)}: {scalar(code)}" for text, code in pairs]
    lines, current = [], ""
    for item in items:
        longer = f"{current}, {item}" if current else item
        if len(longer) + indent > WIDTH - 10 and current:
            lines.append(f"{current},")
            current = item
        else:
            current = longer
    return "{" + f"\n{' ' * indent}".join([*lines, current]) + "}"

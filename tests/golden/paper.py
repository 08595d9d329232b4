"""Reads a written PDF as a reader would copy it. Not here: packs (packs.py), what their pages must say."""

import re
from typing import Any

import pikepdf


def text_of(page: Any) -> str:
    """The text of a page as a reader would copy it: glyph codes through each font's ToUnicode map."""
    maps: dict[str, dict[bytes, str]] = {}
    for name, font in page.Resources.Font.items():
        table = font.ToUnicode.read_bytes().decode("ascii")
        pairs = re.findall(r"<([0-9a-fA-F]{4})>\s+<([0-9a-fA-F]+)>", table)
        maps[str(name)] = {bytes.fromhex(a): bytes.fromhex(b).decode("utf-16-be") for a, b in pairs}
    found, current = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            current = maps[str(instruction.operands[0])]
        elif operator in ("TJ", "Tj"):
            parts = instruction.operands[0] if operator == "TJ" else instruction.operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    found.append("".join(current.get(raw[i : i + 2], "") for i in range(0, len(raw), 2)))
        elif operator == "ET":
            found.append(" ")
    return " ".join("".join(found).split())

"""The words of one small invented pack, as committed. To accept a change: python
tests/golden/test_pack_golden.py"""

import importlib.util
import re
import sys
from html import unescape
from pathlib import Path

from profiles.publish.render import render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parent / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)


GOLDEN = Path(__file__).parent / "northmoor.txt"


def words(force: str = "northmoor") -> str:
    """Everything a reader or a screen reader gets, one element a line, without coordinates."""
    pack = packs.pack(force)
    html = render_html(pack).split("<body>")[1]
    lines = (
        unescape(" ".join(line.split()))
        for line in re.sub(r"<(?!/?b\b|/?span\b|/?a\b)[^>]+>", "\n", html).splitlines()
    )
    text = "\n".join(re.sub(r"<[^>]+>", "", line).strip() for line in lines)
    return f"{pack.pack_id}\n" + re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def test_the_words_are_those_committed() -> None:
    assert words() == GOLDEN.read_text(encoding="utf-8"), (
        "accept with: python tests/golden/test_pack_golden.py"
    )


if __name__ == "__main__":
    GOLDEN.write_text(words(), encoding="utf-8")
    sys.stdout.write(f"{GOLDEN.name} written\n")

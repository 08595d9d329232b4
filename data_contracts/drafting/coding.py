"""Which canonical code each text of a column stands for, and how sure that is (codes.yml holds the words of forces).

Sure: the code itself, a known word for it, the code standing in the text. In doubt: nearly a known word, a short form,
a convention such as 1 for male. Texts that nothing is known of stay without a code. Not here: yes and no (flags).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.fuzz import token_sort_ratio

from data_contracts import yaml_reader
from data_contracts.values import folded
from data_contracts.yaml_node import Node

PATH = Path(__file__).with_name("codes.yml")
NEAR = 84  # likeness of two wordings from which they may be the same
MOST_CODES = 80  # different texts; a column with more is no list of codes
_SIGNS = re.compile(r"[\W_]+")
_DELETED = dict.fromkeys(("y", "yes", "true", "1", "t"), "delete") | dict.fromkeys(
    ("n", "no", "false", "0", "f"), "upsert"
)
_CONVENTIONS = {
    "sex": {"1": "M", "2": "F", "0": "U", "9": "U"},
    "op": _DELETED,
}  # op: of a flag that says "deleted"
_LEVELS = {"risk_initial": 0, "risk_current": 0, "osp_dc": 1, "osp_iic": 1, "arms_level": 1, "risk_band": 1}


@dataclass(frozen=True, slots=True)
class CodeGuess:
    """What one text stands for. code: empty where nothing is known. why: how that was found, where it is in doubt."""

    text: str
    n_rows: int
    code: str
    why: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must look: no code, or one that was only inferred."""
        return not self.code or bool(self.why)


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, tuple[str, ...]]]:
    root = Node.root(yaml_reader.read(PATH))
    return {
        field: {code: root.get(field).get(code).texts() for code in root.get(field).mapping()}
        for field in root.mapping()
    }


def _plain(text: str) -> str:
    """Small letters and digits, one blank between words; "&" is a word."""
    return " ".join(
        _SIGNS.sub(" ", folded(text).replace("&", " and ").replace("'", "").replace("\u2019", "")).split()
    )


def words_for(feed: str, field: str, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By code the plain words that stand for it, its own first."""
    known = _listed().get(f"{feed}.{field}", _listed().get(field, {}))
    return {code: tuple(dict.fromkeys(map(_plain, (code, *known.get(code, ()))))) for code in codes}


def guess_codes(
    feed: str, field: str, codes: tuple[str, ...], counts: Mapping[str, int]
) -> tuple[CodeGuess, ...]:
    """A guess for each text, in the order given."""
    words = words_for(feed, field, codes)
    sure = {text: code for text in counts if (code := _sure(text, words))}
    left = [text for text in counts if text not in sure]
    inferred = _inferred(field, left, words, frozenset(sure.values()))
    return tuple(
        CodeGuess(
            text,
            n,
            sure.get(text) or inferred.get(text, ("", ""))[0],
            "" if text in sure else inferred.get(text, ("", ""))[1],
        )
        for text, n in counts.items()
    )


def _sure(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The code that a text is beyond doubt; empty for none or for several."""
    plain = _plain(text)
    exact = [code for code, listed in words.items() if plain in listed]
    if len(exact) == 1:
        return exact[0]
    standing = [code for code in words if _stands_in(code, text)]
    return standing[0] if len(standing) == 1 and not exact else ""


def _stands_in(code: str, text: str) -> bool:
    """Whether a code opens a text ("W1 - White"), closes it in brackets ("Black (IC3)") or a word ("Outcome 14")."""
    if len(code) > 3 or not (code.isupper() or code[0].isdigit()):
        return False
    escaped = re.escape(code)
    opens = rf"{escaped}(?: ?[-:.)]| [-\u2013]) ?\S.*"
    closes = rf".*\({escaped}\)"
    numbered = (
        rf"(?:outcome|oc|o|cat|category|level|lvl|l|ic)[ .:-]?{escaped}" if code[0].isdigit() else r"(?!)"
    )
    return re.fullmatch(f"(?:{opens}|{closes}|{numbered})", text.strip(), re.IGNORECASE) is not None


def _inferred(
    field: str, texts: list[str], words: Mapping[str, tuple[str, ...]], taken: frozenset[str]
) -> dict[str, tuple[str, str]]:
    """Codes that are likely, with why; no two texts get the same code by the same thin reason."""
    found: dict[str, tuple[str, str]] = {}
    for text in texts:
        if code := _CONVENTIONS.get(field, {}).get(folded(text)) or _level(field, text, list(words)):
            found[text] = code, f"often stands for {_plain(code)}, but nothing here says so"
        elif near := _nearest(text, words):
            found[text] = near
    used = [code for code, _ in found.values()]
    for text in texts:
        if text not in found:
            fitting = [code for code in _short_for(text, words) if code not in taken and code not in used]
            if len(fitting) == 1:
                found[text] = fitting[0], f"may be short for {fitting[0]}"
    return found


def _level(field: str, text: str, codes: list[str]) -> str:
    """The code of a level that is written as a number."""
    first = _LEVELS.get(field)
    if first is None or not text.isdigit() or not 0 <= int(text) - first < len(codes):
        return ""
    return codes[int(text) - first]


def _nearest(text: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """The code with the nearest wording, if that is near and no other is as near."""
    plain = _plain(text)
    if len(plain) < 4:
        return None
    scored = sorted(
        ((max(_likeness(plain, word) for word in listed), code) for code, listed in words.items()),
        reverse=True,
    )
    (best, code), (second, _) = scored[0], scored[1] if len(scored) > 1 else (0.0, "")
    return (code, f"reads like {code}") if best >= NEAR and best - second >= 4 else None


def _likeness(plain: str, word: str) -> float:
    """Of two wordings; one that holds all words of a longer known one, or is held by it, is near."""
    mine, theirs = set(plain.split()), set(word.split())
    if len(word) >= 4 and theirs and theirs <= mine:
        return 86.0 + min(10.0, 2 * len(theirs))
    return token_sort_ratio(plain, word)


def _short_for(text: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes that a text may be cut from: the beginning of a word, of each word, or first letters of several."""
    plain = _plain(text)
    joined = plain.replace(" ", "")
    if not joined or joined.isdigit():
        return []
    return [
        code
        for code, listed in words.items()
        if any(_is_cut_from(plain, word) or (len(joined) <= 5 and _opens(joined, word)) for word in listed)
    ]


def _opens(joined: str, word: str) -> bool:
    """Whether a few letters begin a wording, or are the first letters of its words."""
    return word.replace(" ", "").startswith(joined) or "".join(part[0] for part in word.split()) == joined


def _is_cut_from(plain: str, word: str) -> bool:
    """Whether every word of several is the beginning of a word: "comm res" of "community resolution"."""
    short, whole = plain.split(), word.split()
    return len(short) == len(whole) >= 2 and all(
        (w == s or (len(s) >= 3 and w.startswith(s))) for s, w in zip(short, whole, strict=True)
    )

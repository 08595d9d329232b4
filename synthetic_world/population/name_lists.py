"""The lists of names under vocabulary/, read as they stand: one list a line, "culture sex: names".

They were written from general knowledge of what people are called; forename and surname meet by chance only, so that
no real person is meant. Not here: how often a name is drawn (name_weights), how clerks misspell it (name_variants).
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("vocabulary")
TITLES_OF_WOMEN: Final = ("Begum", "Bibi", "Akhtar", "Khatun", "Khanom", "Sultana", "Parveen", "Kausar")
SINGH: Final = "Singh"
KAUR: Final = "Kaur"


def _lines(name: str) -> dict[str, tuple[str, ...]]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    pairs = [line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {key.strip(): tuple(dict.fromkeys(words.split())) for key, words in pairs}


@lru_cache(maxsize=1)
def british_forenames() -> dict[str, tuple[str, ...]]:
    """Forenames by "F 1965", commonest first."""
    return _lines("forenames_british")


@lru_cache(maxsize=1)
def other_forenames() -> dict[str, tuple[str, ...]]:
    """Forenames by "polish F", commonest first."""
    return _lines("forenames_other")


@lru_cache(maxsize=1)
def surnames() -> dict[str, tuple[str, ...]]:
    """Surnames by culture, commonest first."""
    return _lines("surnames")


@lru_cache(maxsize=1)
def surname_parts() -> dict[str, tuple[str, ...]]:
    """What invented surnames are made of, by "polish stems" and "polish endings"."""
    return _lines("surname_parts")


@lru_cache(maxsize=1)
def nicknames() -> dict[str, tuple[str, ...]]:
    """Short and pet forms by forename."""
    return _lines("nicknames")


@lru_cache(maxsize=1)
def spellings() -> tuple[tuple[str, ...], ...]:
    """Groups of spellings of one name."""
    text = (FOLDER / "spellings.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))


def feminine(surname: str) -> str:
    """The form a woman bears: Kowalska, Kaur; the same word for most."""
    if surname == SINGH:
        return KAUR
    return surname[:-1] + "a" if surname.endswith(("ski", "cki", "dzki")) else surname

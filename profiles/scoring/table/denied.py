"""Which columns may not be features, by their names: protected attributes, what stands in for them, and identities.

Here: the deny-list for tables that nobody wrote a contract for. Canonical fields have theirs in the contracts
(isFeatureAllowed). Not here: what else is left out, such as constants (selection).

A name is split into words at underscores, blanks, digits and capitals. A word of `WORDS` denies it; so does a stem
of `_STEMS` anywhere in it, for names written as one word. Sources: Equality Act 2010 s.4, and the list in scoring.md
B4.
"""

import re
from typing import Final

_WORDS: Final = """
    race races racial ethnic ethnicity eth gender sex sexuality religion religious faith belief nationality national
    citizenship citizen immigration asylum language disability disabled pregnancy pregnant maternity forename surname
    postcode postal zip zipcode lsoa msoa imd ward tract puma deprivation mosaic acorn birthplace caste skin
"""
WORDS: Final = frozenset(_WORDS.split())
_STEMS: Final = (
    "ethnic", "racial", "gender", "religio", "nationalit", "postcode", "zipcode", "sexual_orientation",
    "deprivation", "disabilit", "mental_health", "country_of_birth", "first_language", "place_of_birth",
    "birth_country", "first_name", "last_name", "full_name", "middle_name", "marital", "transgender",
)  # fmt: skip
_CRIME_WORDS: Final = (
    "offence offences offense offenses offender offenders crime crimes assault assaults work trafficking"
)
_ABOUT_CRIME: Final = frozenset(_CRIME_WORDS.split())


def words_of(name: str) -> list[str]:
    """The words of a column's name: `ResidencePUMA_2` is residence, puma."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return [word for word in re.split(r"[^a-z]+", apart.casefold()) if word]


def is_denied(name: str) -> bool:
    """Whether a column of that name may not be a feature unless a person names it outright."""
    words = words_of(name)
    joined = "_".join(words)
    found = WORDS.intersection(words)
    if found == {"sex"} and _ABOUT_CRIME.intersection(words):
        found = frozenset()  # prior_sex_offences counts offences
    return bool(found) or any(stem in joined or stem.replace("_", "") in joined for stem in _STEMS)

"""What each profile is: title, questions, limits and standing words, as data beside this loader.

Here: reading and checking `<profile>.yml`. Not here: the rules that choose a sentence (profiles/pack/wording.py).
"""

from profiles.definitions.loader import (
    DefinitionError,
    Limits,
    PageDefinition,
    ProfileDefinition,
    load_definition,
    profile_names,
)

__all__ = [
    "DefinitionError",
    "Limits",
    "PageDefinition",
    "ProfileDefinition",
    "load_definition",
    "profile_names",
]

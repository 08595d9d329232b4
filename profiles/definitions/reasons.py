"""The library of reasons: sentences by group, sign and tense, and the words that none of them may hold.

Here: reading reasons.yml, filling a sentence, finding forbidden words. Not here: which reasons a person has
(profiles/scoring/explain), the phrases of a feature (heads).
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from profiles.definitions.heads import GROUPS, Group, Head, Role
from profiles.definitions.loader import DefinitionError

_FOLDER = Path(__file__).parent
Sign = Literal["raises", "lowers"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tenses(_Frozen):
    """A sentence for today, and one for a later day."""

    now: str = Field(pattern=r"\{facts\}")
    later: str = Field(pattern=r"\{date\}.*\{facts\}")


class GroupWords(_Frozen):
    """The words of one group."""

    title: str
    raises: Tenses
    lowers: Tenses


class Sizes(_Frozen):
    """Log-odds from which a reason is drawn with two signs and with three."""

    medium: float = Field(gt=0)
    large: float = Field(gt=0)


class Library(_Frozen):
    """The whole library; every group has its words."""

    groups: dict[Group, GroupWords]
    sizes: Sizes
    forbidden: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _whole(self) -> "Library":
        if lacking := [group for group in GROUPS if group not in self.groups]:
            raise ValueError(f"the group {lacking[0]} has no words")
        if self.sizes.medium >= self.sizes.large:
            raise ValueError("a large reason must be larger than a medium one")
        return self

    def sentence(self, group: Group, sign: Sign, facts: Sequence[str], date: str | None = None) -> str:
        """One sentence from facts; with a date it speaks of that day."""
        tenses: Tenses = getattr(self.groups[group], sign)
        joined = "; ".join(facts)
        return (
            tenses.now.format(facts=joined) if date is None else tenses.later.format(facts=joined, date=date)
        )

    def size(self, contribution: float) -> str:
        """+, ++ or +++ for what raises; −, −− or −−− for what lowers; nothing for nothing."""
        if contribution == 0:
            return ""
        n = 1 + (abs(contribution) >= self.sizes.medium) + (abs(contribution) >= self.sizes.large)
        return ("+" if contribution > 0 else "−") * n

    def forbidden_in(self, text: str, role: Role) -> list[str]:
        """Words of a text that may not be said of a person in that role."""
        words = (*self.forbidden.get("everywhere", ()), *self.forbidden.get(role, ()))
        return [word for word in words if re.search(rf"\b{re.escape(word)}s?\b", text, re.I)]


@cache
def load_reasons(folder: Path = _FOLDER) -> Library:
    """Read `<folder>/reasons.yml`; raises DefinitionError with one sentence."""
    path = folder / "reasons.yml"
    try:
        return Library.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        said = str(error).splitlines()
        raise DefinitionError(
            f"{path.name} is not a usable library of reasons ({said[-2] if len(said) > 1 else said[0]})."
        ) from None


def words_of(head: Head) -> list[str]:
    """Everything a head may make a page say of a person, for the lint of forbidden words."""
    library, texts = load_reasons(), [head.title, head.outcome, head.decision]
    for feature in head.features:
        texts += [feature.one, feature.many, feature.none]
    for group in library.groups.values():
        texts += [group.title, group.raises.now, group.raises.later, group.lowers.now, group.lowers.later]
    return texts

"""Load one profile definition into a frozen model.

Here: the shape of a definition and its checks. Not here: wording rules (profiles/pack/wording.py).
"""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

_FOLDER = Path(__file__).parent


class DefinitionError(ValueError):
    """A definition that cannot be used: one sentence saying which file and what is wrong."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Frozen):
    """Caps of a pack: what is beyond a cap is counted on the page as "and n more"."""

    title_characters: int = Field(default=62, ge=20, le=80)
    least_count_shown: int = Field(default=5, ge=1)
    least_months_in_a_row: int = Field(default=12, ge=2)
    decisions: int = Field(default=5, ge=1)
    places_listed: int = Field(default=11, ge=1)
    tiles_drawn: int = Field(default=160, ge=1)
    refusals_listed: int = Field(default=7, ge=1)
    subjects_listed: int = Field(default=10, ge=1)
    reasons_up: int = Field(default=4, ge=1)
    reasons_down: int = Field(default=2, ge=1)
    evidence_listed: int = Field(default=8, ge=1)
    conflicts_listed: int = Field(default=4, ge=1)
    identities_listed: int = Field(default=5, ge=1)
    nodes_drawn: int = Field(default=8, ge=1, le=8)
    actions_listed: int = Field(default=9, ge=1)
    moves_listed: int = Field(default=7, ge=1)
    rows_listed: int = Field(default=10, ge=1)
    victims_listed: int = Field(default=6, ge=1)
    hot_places_listed: int = Field(default=5, ge=1)
    ledger_listed: int = Field(default=240, ge=1)
    days_to_act: int = Field(default=14, ge=1)
    months_shown: int = Field(default=24, ge=1)
    recent_days: int = Field(default=90, ge=1)


class PageDefinition(_Frozen):
    """One page: its anchor, the label in the list of pages, and the question it answers. `may_leave`: nothing on it
    is about a person, and it may be shown to partners, suppressed and rounded."""

    page_id: str
    label: str
    question: str
    may_leave: bool = False


class EmptyPage(_Frozen):
    """A page this pack cannot fill: which feed it needs and what would appear if the feed were held."""

    title: str
    group: str
    feeds: tuple[str, ...]
    would_appear: tuple[str, ...]
    outline: Literal["ranked", "timeline", "flags"]


class ProfileDefinition(_Frozen):
    """A whole profile as data.

    `is_on`: made every night; else only where a setting asks for it. `is_restricted`: only for forces that have named
    who may receive it. `stands_in_for`: made only for forces that do not have that other profile.
    """

    profile: str
    file_name: str
    code: str
    marking: str
    title: str
    subtitle: str
    short_title: str
    audience: str
    is_on: bool = True
    is_restricted: bool = False
    stands_in_for: str = ""
    uses_feeds: tuple[str, ...] = ()
    cover_series: tuple[str, ...] = ()
    limits: Limits = Limits()
    pages: tuple[PageDefinition, ...]
    person_pages: tuple[EmptyPage, ...] = ()
    words: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    standing: dict[str, str]

    def page(self, page_id: str) -> PageDefinition:
        """The page with this anchor; KeyError when the definition has none."""
        for page in self.pages:
            if page.page_id == page_id:
                return page
        raise KeyError(page_id)

    def snug(self) -> "ProfileDefinition":
        """The same profile with fewer lines a page, for data whose words are longer than the sheets allow."""
        fewer = {name: min(most, getattr(self.limits, name)) for name, most in _SNUG.items()}
        return self.model_copy(update={"limits": self.limits.model_copy(update=fewer)})


_SNUG = {
    "decisions": 3,
    "places_listed": 8,
    "refusals_listed": 2,
    "reasons_up": 3,
    "reasons_down": 1,
    "evidence_listed": 4,
    "conflicts_listed": 2,
    "identities_listed": 3,
    "actions_listed": 6,
    "moves_listed": 5,
    "rows_listed": 7,
    "victims_listed": 4,
    "hot_places_listed": 4,
}


def profile_names(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Every profile that has a definition: the files here that list pages; the others are heads and their words."""
    held = ((path.stem, path.read_text(encoding="utf-8")) for path in folder.glob("*.yml"))
    return tuple(sorted(name for name, text in held if "\npages:\n" in text))


def load_definition(profile: str, folder: Path = _FOLDER) -> ProfileDefinition:
    """Read `<folder>/<profile>.yml`; raises DefinitionError with one clear sentence."""
    path = folder / f"{profile}.yml"
    if not path.is_file():
        raise DefinitionError(
            f"There is no profile called {profile!r}: {path.name} is not in profiles/definitions."
        )
    try:
        return ProfileDefinition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"{path.name} is not a usable profile definition: {error}") from error

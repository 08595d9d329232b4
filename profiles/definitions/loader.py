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

    title_characters: int = Field(ge=20, le=80)
    decisions: int = Field(ge=1)
    places_listed: int = Field(ge=1)
    tiles_drawn: int = Field(ge=1)
    refusals_listed: int = Field(ge=1)
    least_count_shown: int = Field(ge=1)
    least_months_in_a_row: int = Field(ge=2)


class PageDefinition(_Frozen):
    """One page: its anchor, the label in the list of pages, and the question it answers."""

    page_id: str
    label: str
    question: str


class EmptyPage(_Frozen):
    """A page this pack cannot fill: which feed it needs and what would appear if the feed were held."""

    title: str
    group: str
    feeds: tuple[str, ...]
    would_appear: tuple[str, ...]
    outline: Literal["ranked", "timeline", "flags"]


class ProfileDefinition(_Frozen):
    """A whole profile as data."""

    profile: str
    file_name: str
    code: str
    marking: str
    title: str
    subtitle: str
    short_title: str
    audience: str
    limits: Limits
    pages: tuple[PageDefinition, ...]
    person_pages: tuple[EmptyPage, ...]
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
        fewer = {
            "decisions": min(3, self.limits.decisions),
            "places_listed": min(8, self.limits.places_listed),
            "refusals_listed": min(2, self.limits.refusals_listed),
        }
        return self.model_copy(update={"limits": self.limits.model_copy(update=fewer)})

    def page_number(self, page_id: str) -> int:
        """1-based place of a page in the pack."""
        return [page.page_id for page in self.pages].index(page_id) + 1


def profile_names(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Every profile that has a definition."""
    return tuple(sorted(path.stem for path in folder.glob("*.yml")))


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

"""What each score is for: cohort, outcome, horizon, and every feature with its sign, its group and its words.

Here: the shape of a head's YAML and its checks. No feature stands without words for its reasons, none is protected
but age where that is the named exception. Not here: the sentences around the words (reasons), fitting
(profiles/scoring/learn).
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from profiles.definitions.loader import DefinitionError

_FOLDER = Path(__file__).parent
Group = Literal["recency", "frequency", "gravity", "victims", "intelligence", "custody_orders", "mobility"]
GROUPS: tuple[Group, ...] = (
    "recency", "frequency", "gravity", "victims", "intelligence", "custody_orders", "mobility",
)  # fmt: skip
HEADS = (
    "vawg_suspect", "vawg_victim", "missing_child", "missing_adult", "missing_repeat", "managed_offending",
    "managed_breach",
)  # fmt: skip
Role = Literal["suspect", "victim", "missing", "managed"]
MAY_USE_AGE: tuple[Role, ...] = ("missing", "managed")  # ruling 12


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FeatureDefinition(_Frozen):
    """One column of a feature table. `sign`: what more of it does to the score (+1, −1, 0 free)."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: Group
    sign: Literal[-1, 0, 1]
    kind: Literal["number", "count"]
    unit: str
    feeds: tuple[str, ...] = Field(min_length=1)
    one: str
    many: str
    none: str
    is_protected_exception: bool = False

    @model_validator(mode="after")
    def _says_its_number(self) -> "FeatureDefinition":
        if "{n}" not in self.many:
            raise ValueError(f"{self.name}: the words for many must hold {{n}}")
        if "{n}" in self.one or "{n}" in self.none:
            raise ValueError(f"{self.name}: the words for one and none name their number themselves")
        return self

    def says(self, value: float) -> str:
        """The words for a value: none, one, or many with the number; decimals only where there are some."""
        if value == 0:
            return self.none
        if value == 1:
            return self.one
        return self.many.format(n=f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}")


class Head(_Frozen):
    """One score: for whom, of what, and from which features."""

    head: str
    profile: Literal["vawg", "missing", "visor"]
    role: Role
    title: str
    cohort: str
    outcome: str
    outcome_column: str
    horizon_days: int = Field(ge=1)
    maturity_days: int = Field(ge=0)
    rule: str
    decision: str
    features: tuple[FeatureDefinition, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _checked(self) -> "Head":
        names = [feature.name for feature in self.features]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"{twice[0]} stands twice")
        for feature in self.features:
            if problem := _forbidden(feature, self.role):
                raise ValueError(f"{feature.name}: {problem}")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Feature names in their order."""
        return tuple(feature.name for feature in self.features)

    def feature(self, name: str) -> FeatureDefinition:
        """The definition of a feature; KeyError where there is none."""
        return {feature.name: feature for feature in self.features}[name]


@cache
def load_head(name: str, folder: Path = _FOLDER) -> Head:
    """Read `<folder>/<name>.yml`; raises DefinitionError with one sentence."""
    try:
        return Head.model_validate(_told(name, folder))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(f"{name}.yml is not a usable head: {where} {first['msg']}.") from None


def _told(name: str, folder: Path) -> dict[str, Any]:
    """The YAML of a head, with the features it takes from another and its own words in them."""
    path = folder / f"{name}.yml"
    if not path.is_file():
        raise DefinitionError(
            f"There is no head called {name!r}: {path.name} is not in profiles/definitions."
        )
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name} is not YAML ({str(error).splitlines()[0]}).") from None
    other, wording, without = told.pop("features_of", None), told.pop("wording", {}), told.pop("without", [])
    if other is not None:
        told["features"] = [
            {key: _reworded(value, wording) for key, value in feature.items()}
            for feature in _told(other, folder)["features"]
            if feature["name"] not in without
        ]
    return dict(told)


def _reworded(value: Any, wording: dict[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in wording.items():
            value = value.replace(old, new)
    return value


def _forbidden(feature: FeatureDefinition, role: Role) -> str | None:
    from profiles.scoring.table.denied import is_denied, words_of

    if is_denied(feature.name):
        return "a protected attribute is never a feature"
    is_age = "age" in words_of(feature.name)
    if is_age and not (feature.is_protected_exception and role in MAY_USE_AGE):
        return "age is a feature only of missing and managed people, as the named exception"
    return None if is_age or not feature.is_protected_exception else "age is the only exception"

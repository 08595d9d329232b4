"""What a pack about people says of itself as a whole: one row a force.

Here: the row. Not here: the frame (profiles/pack/frame.py), the model card (card.py).
"""

from dataclasses import dataclass
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class Head(Row):
    """The list of one profile for one force: how many, ranked by what, and what is left out of it."""

    section: ClassVar = "head"
    key: ClassVar = ()

    n_people: int = column("People in the cohort whom this force may see.")
    n_ranked: int = column("Of these, people with a rank.")
    n_in_custody: int = column("People who would be listed and are in prison or on remand.")
    n_children: int = column("People under 18 who would be listed; they have their own route and no rank.")
    n_quiet: int = column("People rejected at review about whom nothing new is known.")
    n_stale: int = column("People whose evidence comes only from a feed that is late; listed without a rank.")
    base_rate: float | None = column(
        "Share of the cohort with the outcome within the horizon, 0 to 1; null without a model."
    )
    horizon_days: int = column("Days that the chance looks ahead.")
    outcome_text: str = column("The outcome in words: a further serious allegation.")
    is_model_used: bool = column("Whether a model ranks; false: the rule does.")
    rule_text: str = column("What the rule looks at, in words.")
    why_no_model: str | None = column("Why the rule ranks and not the model; null when the model does.")
    model_version: str | None = column("Version of the model that gave the chances; null without one.")

"""The model card: what the score is, how good, how fair, who answers for it.

Here: the rows of the page about the score, the same for every profile about people.
Not here: the page (profiles/pack/people/model.py), where the figures come from (profiles/scoring).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class ModelCard(Row):
    """The registry entry of the model, as far as a reader needs it. No row: no model is used."""

    section: ClassVar = "model_card"
    key: ClassVar = ()

    question: str = column("What the score answers, as a question.")
    method: str = column("How, in one sentence.")
    version: str = column("Version.")
    in_use_since: date = column("Since when it is in use.")
    next_review_on: date = column("When it is reviewed next.")
    n_train: int = column("Person-months it learned from.")
    train_from: date = column("First month learned from.")
    train_to: date = column("Last month learned from.")
    n_test: int = column("Person-months it was tested on, later in time.")
    test_from: date = column("First month tested on.")
    test_to: date = column("Last month tested on.")
    n_forces: int = column("Forces whose records it learned from.")
    top_k: int = column("How many people are looked at each month.")
    hits_in_top: float = column("Of these, people with the outcome, mean over the test months.")
    hits_by_rule: float = column("The same for the rule.")
    hits_by_chance: float = column("The same for people picked at random.")
    share_found: float = column("Share of all later outcomes that the list holds, 0 to 1.")
    not_used_text: str = column("What is not used, in one sentence.")
    owner: str = column("Who owns it.")
    built_by: str = column("Who built it and watches it.")
    ethics_text: str = column("Last ethics panel and what it said.")
    dpia_ref: str = column("The data protection impact assessment.")
    public_record: str = column("The public transparency record.")
    n_reviewed: int = column("Flags of the last pack that reviewers decided on.")
    n_rejected: int = column("Of these, rejected.")


@dataclass(frozen=True, kw_only=True)
class CalibrationBin(Row):
    """One band of chances: what was predicted, what came."""

    section: ClassVar = "calibration"
    key: ClassVar = ("bin_no",)
    order: ClassVar = ("bin_no",)

    bin_no: int = column("Order, lowest first.")
    predicted: float = column("Mean chance of the band, 0 to 1.")
    observed: float = column("Share with the outcome, 0 to 1.")
    lower: float = column("Lower end of its 95% interval.")
    upper: float = column("Upper end of it.")
    n: int = column("Person-months in the band.")


@dataclass(frozen=True, kw_only=True)
class FairGroup(Row):
    """How often one group is flagged wrongly, beside all."""

    section: ClassVar = "fairness"
    key: ClassVar = ("attribute", "group_name")
    order: ClassVar = ("group_order", "attribute", "group_name")

    attribute: str = column("sex, age or ethnicity; `all` for everybody.")
    group_name: str = column("The group as printed.")
    group_order: int = column("Order on the page.")
    rate: float = column("People flagged wrongly, per 1,000 people without the outcome.")
    lower: float = column("Lower end of its 95% interval.")
    upper: float = column("Upper end of it.")
    n: int = column("People in the group; groups under 30 are left out.")
    is_clear: bool = column("Whether the whole interval lies above or below the rate of all.")


@dataclass(frozen=True, kw_only=True)
class ReasonShare(Row):
    """How much one group of reasons makes up of the score."""

    section: ClassVar = "reason_groups"
    key: ClassVar = ("group_code",)
    order: ClassVar = ("share DESC", "group_code")

    group_code: str = column("The group.")
    title: str = column("Its name as printed.")
    share: float = column("Share of the score, 0 to 1.")

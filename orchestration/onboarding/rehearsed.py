"""One rehearsal under way: what each half of it is given. Not here: running it (rehearsal), the halves themselves."""

from dataclasses import dataclass
from typing import Any

from orchestration.night import Night
from orchestration.onboarding.contract_in_hand import InHand


@dataclass(slots=True)
class Rehearsal:
    """The night on the copy, the feed, and what earlier halves have found."""

    night: Night
    hand: InHand
    found: dict[str, dict[str, Any]]

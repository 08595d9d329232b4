"""The settings that may be tried: few, fixed beforehand, the same for every table.

Here: the grid (B5: at most twenty). Not here: who wins (choice).
"""

from dataclasses import dataclass
from typing import Final, Literal

from profiles.scoring.learn.trees import TreeSettings

RecipeKind = Literal["base_rate", "logistic", "enet", "hybrid", "lightgbm"]

L1_RATIO: Final = 0.5
PENALTIES: Final = (0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001)


@dataclass(frozen=True)
class Recipe:
    """One way to fit. `penalty` is the elastic net's; `trees` the settings on top of it (hybrid) or alone."""

    kind: RecipeKind
    penalty: float = 0.0
    l1_ratio: float = L1_RATIO
    trees: TreeSettings | None = None

    @property
    def label(self) -> str:
        """Short description for a table of what was tried."""
        words: list[str] = [self.kind]
        if self.kind in ("enet", "hybrid"):
            words.append(f"penalty {self.penalty:g}")
        if self.trees is not None:
            words.append(f"{self.trees.rounds} trees of {self.trees.leaves} leaves")
            words += ["steps unordered"] if self.trees.levels_unordered else []
        return ", ".join(words)


BASE_RATE: Final = Recipe("base_rate")
LINEAR: Final = tuple(Recipe("enet", penalty) for penalty in PENALTIES)

# B5: the champion's own settings first, then two that let trees do more.
ON_TOP: Final = (
    TreeSettings(leaves=4, rounds=80, rate=0.02, least_rows=1000, least_share=0.02, l2=50, feature_share=0.4),
    TreeSettings(leaves=4, rounds=250, rate=0.03, least_rows=500, least_share=0.01, l2=20, feature_share=0.4),
    TreeSettings(leaves=6, rounds=250, rate=0.03, least_rows=100, least_share=0.01, l2=10, feature_share=0.5),
)
ALONE: Final = (
    TreeSettings(leaves=6, rounds=300, rate=0.03, least_rows=100, least_share=0.01, l2=10, feature_share=0.5),
    TreeSettings(
        leaves=6, rounds=300, rate=0.03, least_rows=100, least_share=0.01, l2=10, feature_share=0.5,
        levels_unordered=True,
    ),
    TreeSettings(leaves=6, rounds=400, rate=0.06, least_rows=100, least_share=0.01, l2=10, feature_share=0.5),
    TreeSettings(leaves=24, rounds=300, rate=0.03, least_rows=40, least_share=0.01, l2=10, feature_share=0.6),
)  # fmt: skip


def on_top(penalty: float) -> tuple[Recipe, ...]:
    """Hybrids on the elastic net of this penalty, and on the strongest, which leaves most to the trees."""
    plain, middle, bold = ON_TOP
    asked = ((penalty, plain), (penalty, middle), (max(PENALTIES), middle), (max(PENALTIES), bold))
    return tuple(Recipe("hybrid", one, trees=settings) for one, settings in dict.fromkeys(asked))

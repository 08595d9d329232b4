"""How much speaks for one column being one field: its heading and its values, weighed. Between 0 and 1, with reasons.

The heading counts most; a telling shape can carry a column alone; values that cannot be of the field rule it out. Not
here: what the values say (fit), choosing among fields (matching).
"""

from dataclasses import dataclass

from data_contracts.drafting.fit import OUT, Wanted, carries, fit_of
from data_contracts.drafting.headings import Likeness, Names
from data_contracts.drafting.looks import Look
from data_contracts.drafting.twins import TIMES

NAME, VALUE, AGAINST = (
    0.72,
    0.28,
    0.4,
)  # weights of the heading, of values that speak for a field, of values that do not
ALONE = 0.6  # score of a telling shape whose heading says nothing
CARRIED = (
    0.4  # of values that speak so clearly for a field that the heading may say nothing: in doubt, but a guess
)
YIELD = 0.03  # by which a time that every feed has gives way to the feed's own field


@dataclass(frozen=True, slots=True)
class Evidence:
    """score: 0 to 1. like: what the heading says. fit: what the values say, -1 to 1. reasons: for a person."""

    score: float
    like: Likeness
    fit: float
    reasons: tuple[str, ...]


def weigh(look: Look, wanted: Wanted, names: Names) -> Evidence:
    """What speaks for the column being the field."""
    like = names.likeness(look.words, wanted.name)
    fit, said = fit_of(look, wanted)
    if fit <= OUT:
        return Evidence(0.0, like, fit, (said,))
    score = NAME * like.score + (VALUE if fit > 0 else AGAINST) * fit
    if wanted.name in TIMES:
        score -= YIELD
    if look.telling and look.telling == wanted.shape:
        score = max(score, ALONE + (1 - ALONE) * like.score)
    elif carries(look, wanted, fit):
        score = max(score, CARRIED + CARRIED * like.score)
    named = f"heading like {like.name!r} ({like.score:.2f})" if like.score > 0.2 else "heading says nothing"
    return Evidence(max(0.0, min(1.0, score)), like, fit, (named, *((said,) if said else ())))

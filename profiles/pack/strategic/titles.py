"""Titles of the strategic profile's own pages.

Here: one function a page. Not here: the title of series (profiles/pack/titles.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, named, ruled, shown
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting


def place_title(n_above: Fact, n_compared: Fact, singular: str, first_name: Fact | None) -> Text:
    """The finding of the place page."""
    facts = (n_above, n_compared)
    if n_compared.value == 0:
        return ruled(
            "title.place.none", say("No {place} has enough records to compare", place=singular), *facts
        )
    if n_compared.value == 1:
        words = say("One {place} only: there is nothing to compare it with", place=singular)
        return ruled("title.place.alone", words, *facts)
    if n_above.value == 0:
        return ruled(
            "title.place.within", say("No {place} is clearly above the force rate", place=singular), *facts
        )
    if n_above.value == 1 and first_name is not None:
        return first_fitting(
            "title.place.one",
            facts,
            say("{name} is clearly above the force rate", name=named(first_name)),
            say("One {place} is clearly above the rest", place=singular),
        )
    many = say(
        "{n} of {all} {places} are clearly above the force rate",
        n=shown(f.cardinal, n_above),
        all=shown(f.whole, n_compared),
        places=plural(2, singular),
    )
    return ruled("title.place.many", many, *facts)


def outcomes_title(no_suspect: Sequence[Fact], charged: Sequence[Fact]) -> Text:
    """The finding of the outcomes page, from shares of violence and sexual offences; none of them: too young."""
    facts = (*no_suspect, *charged)
    if not charged or not no_suspect:
        return ruled("title.outcomes.none", say("No outcome is old enough to count"), *facts)
    words = say(
        "{a} ended in a charge or court; {b} had no suspect",
        a=shown(f.share_of_one, *charged),
        b=shown(f.share_of_one, *no_suspect),
    )
    return first_fitting("title.outcomes.shares", facts, words)


def data_title(
    n_missing: Fact, n_suspect: Fact, n_refused: Fact, is_stale: Fact, is_conserved: bool = True
) -> Text:
    """The finding of the data page: the gravest gap first."""
    facts = (n_missing, n_suspect, n_refused, is_stale)
    if not is_conserved:
        words = say("Rows are not all accounted for: do not use this pack yet")
        return ruled("title.data.not_conserved", words, *facts)
    gaps: list[Text] = []
    if n_missing.value:
        month = plural(n_missing.value, "month")
        gaps.append(say("{n} {month} missing", n=_n(n_missing), month=month))
    if n_suspect.value:
        gaps.append(say("{n} far below usual volume", n=_n(n_suspect)))
    if n_refused.value:
        gaps.append(say("{n} {row} refused", n=_n(n_refused), row=plural(n_refused.value, "row")))
    if is_stale.value:
        gaps.append(say("the feed is late" if gaps else "The feed is late"))
    if not gaps:
        words = say("The feed is current and every row is accounted for")
        return ruled("title.data.whole", words, *facts)
    whole = join(*gaps, say("every row accounted for"), gap="; ")
    shorter = [join(*gaps[:n], gap="; ") for n in (len(gaps), 2, 1)]
    return first_fitting("title.data.gaps", facts, whole, *shorter)


def _n(fact: Fact) -> Run:
    return shown(f.whole, fact)

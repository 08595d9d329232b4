"""The data card of a head: who is in it, what is learned, from which feeds, and what those cannot show.

Here: the page. Not here: the fields of a feed (docs/data-dictionary.md).
"""

from profiles.definitions.heads import Head
from profiles.scoring.cards.markdown import page, table

FEEDS = {
    "crime": "Recorded crimes; reporting differs between people and places",
    "crime_party": "Who was named in a crime, in which role; a suspect is alleged",
    "custody": "Arrests and what became of them",
    "incident": "Domestic and other incidents that are no crime",
    "intel_report": "Graded intelligence; reports marked C and those our tasking brought do not count",
    "intel_party": "Who was named in intelligence",
    "order": "Protective orders and breaches as recorded",
    "safeguarding": "Referrals, which follow practice as much as need",
    "missing_episode": "Episodes as recorded; ethnicity is unknown for about a third",
    "placement": "Placements of looked-after children",
    "managed_offender": "People managed in the community",
    "managed_visit": "Visits planned and done",
    "notification": "What managed people notified",
}


def data_card(head: Head, generated: str) -> str:
    """The page."""
    feeds = sorted({feed for feature in head.features for feed in feature.feeds})
    rows = [(f"`{feed}`", FEEDS[feed], sum(feed in one.feeds for one in head.features)) for feed in feeds]
    lag = head.horizon_days + head.maturity_days
    times = (
        "A row is a person on an as-of date. Features use records known before it; windows run on when something "
        f"happened. The outcome lies in the {head.horizon_days} days after it and counts if it was known "
        f"{head.maturity_days} days later, so nothing younger than {lag} days can be learned from."
    )
    learned = f"{head.outcome[0].upper()}{head.outcome[1:]}, within {head.horizon_days} days"
    sections = {
        "Who": f"{head.cohort}.",
        "What is learned": f"{learned} (column `{head.outcome_column}`).",
        "Times": times,
        "Feeds": table(("Feed", "What it holds, and what to mind", "Features"), rows),
        "What history cannot show": "People without any record before the as-of date are in no cohort and on no list.",
        "Persons": "Rows belong to persons as conflation joins them; how sure each join is stands on the pack.",
        "Special data": "Protected attributes are read after scoring, for the fairness table alone.",
    }
    return page(f"Data card: {head.title}", sections, generated)

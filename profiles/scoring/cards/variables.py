"""The variables of a head: every feature with its meaning, sign, group and feeds, and what is never a feature.

Here: the page that auditors of other forces asked for and did not get. Not here: the definition
(profiles/definitions).
"""

from profiles.definitions.heads import Head
from profiles.definitions.reasons import load_reasons
from profiles.scoring.cards.markdown import page, table

_SIGNS = {1: "raises", -1: "lowers", 0: "either"}
NEVER = (
    "ethnicity", "nationality", "religion", "disability", "mental-health marker of a victim", "sex",
    "postcode, LSOA, deprivation", "name or anything made from it", "language", "stop and search without outcome",
    "cancelled or no-crime records", "officers' own risk grade (shown beside)", "outcome and closure fields",
    "intelligence that our own tasking brought",
)  # fmt: skip


def variables(head: Head, generated: str) -> str:
    """The page."""
    library = load_reasons()
    rows = [
        (f"`{one.name}`", one.many.format(n="n"), one.unit, library.groups[one.group].title, _SIGNS[one.sign],
         ", ".join(one.feeds))
        for one in head.features
    ]  # fmt: skip
    exceptions = [one.name for one in head.features if one.is_protected_exception]
    never = [f"- {one}" for one in NEVER]
    sections = {
        "Features": table(("Name", "Says", "Unit", "Group of reasons", "More of it", "Feeds"), rows),
        "Never features": "\n".join(never) + ("" if exceptions else "\n- age"),
    }
    if exceptions:
        sections["Named exception"] = (
            f"`{'`, `'.join(exceptions)}`: age, with an ablation in the model card (ruling 12 of the design)."
        )
    return page(f"Variables: {head.title}", sections, generated)

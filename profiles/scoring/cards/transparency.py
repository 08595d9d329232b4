"""The transparency record of a head, in the order of the Algorithmic Transparency Recording Standard (version 3).

Here: tier 1 and the five parts of tier 2, from the head, the register, the bundle and the answers common to all
heads (profiles/definitions/transparency.yml). Not here: publishing it, which is the force's act.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from profiles.definitions.heads import Head
from profiles.scoring.cards.data_card import FEEDS
from profiles.scoring.cards.markdown import figure, page, table
from profiles.scoring.heads.registry import Entry

_OWNER = (
    "organisation", "team", "senior_responsible_owner", "supplier", "supplier_number", "procurement", "data_access",
)  # fmt: skip
_PATH = Path(__file__).parents[2] / "definitions/transparency.yml"


@cache
def _common() -> Mapping[str, Any]:
    return dict(yaml.safe_load(_PATH.read_text(encoding="utf-8")))


def transparency(head: Head, entry: Entry | None, manifest: Mapping[str, Any] | None, generated: str) -> str:
    """The page."""
    said = _common()
    overview = (
        f"{head.title}: puts people in an order for review. What it orders by: the chance of {head.outcome} within "
        f"{head.horizon_days} days, as records show it, or the rule score {head.rule} where no model leads. "
        f"{said['human_review']}"
    )
    sections = {
        "Tier 1: overview": overview,
        "Tier 2, 1: owner and responsibility": _list(said, *_OWNER),
        "Tier 2, 2: description and rationale": _list(said, "scope", "benefits", "alternatives"),
        "Tier 2, 3: decision process": f"- Decision: {head.decision}.\n"
        + _list(said, "integration", "information_shown", "frequency", "human_review", "training", "appeals"),
        "Tier 2, 4: tool and data": _tool(head, entry, manifest),
        "Tier 2, 5: risks, mitigations and impact assessments": table(("Risk", "What is done"), said["risks"])
        + "\n\n"
        + _list(said, "impact_assessments", "not_known"),
        "Legal footing": _legal(entry),
    }
    return page(f"Transparency record: {head.title}", sections, generated)


def _tool(head: Head, entry: Entry | None, manifest: Mapping[str, Any] | None) -> str:
    said, feeds = _common(), sorted({feed for feature in head.features for feed in feature.feeds})
    version = (
        f"`{entry.digest[:12]}`, expires {entry.expires}" if entry else "none: the list is ranked by rule"
    )
    performance = "not measured yet"
    if manifest:
        told = manifest["figures"]["champion"]
        auc, precision = figure(told["auc"]), figure(told["precision"])
        performance = f"AUC {auc}, average precision {precision}; more in the model card"
    sources = "; ".join(f"{feed} ({FEEDS[feed][0].lower()}{FEEDS[feed][1:]})" for feed in feeds)
    lines = [
        f"- Architecture: {said['architecture']}",
        f"- Version: {version}",
        f"- Performance: {performance}",
        f"- Sources: {sources}",
        f"- Variables: {len(head.features)}, listed in variables.md",
        f"- Sensitive attributes: {said['sensitive_attributes'].strip()}",
        f"- Sharing: {said['sharing']}",
    ]
    return "\n".join(lines)


def _legal(entry: Entry | None) -> str:
    if entry is None:
        return (
            "No model is in use under this record. The force that deploys one states its lawful basis, its condition "
            "in Schedule 8 and its policy document in the register."
        )
    return "\n".join(
        f"- {name.replace('_', ' ').capitalize()}: {getattr(entry, name) or 'not stated'}"
        for name in ("lawful_basis", "schedule_8_condition", "policy_document")
    )


def _list(said: Mapping[str, Any], *names: str) -> str:
    return "\n".join(
        f"- {name.replace('_', ' ').capitalize()}: {' '.join(str(said[name]).split())}" for name in names
    )

"""Who leads a list tonight: an approved model, or the rule, and in words why.

Here: the register asked for a champion, its bundle opened, and the fall-back named when either says no. Not here: the
register and bundles themselves (heads/registry, heads/bundle).
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from profiles.definitions.heads import Head
from profiles.scoring.heads.bundle import Bundle, BundleError, read_bundle
from profiles.scoring.heads.registry import BUNDLES, REGISTER, Entry, RegistryError, read_registry
from profiles.scoring.nightly.features import Features
from profiles.scoring.watch.drift import drift


@dataclass(frozen=True)
class Standing:
    """A head's models tonight. `why` is a sentence for the pack; `shadow` is scored beside the rule, and only that."""

    led_by: str
    why: str
    leader: Bundle | None = None
    entry: Entry | None = None
    shadow: Bundle | None = None
    drifted: str = ""  # features that are not what the model learned from, with their index


def standing(head: Head, as_of: date, folder: Path = BUNDLES) -> Standing:
    """What leads a head on a day. A register or bundle that cannot be used means rules only, never an error."""
    by_rule = f"Ranked by rule ({head.rule})"
    try:
        entries = [one for one in read_registry(folder / REGISTER) if one.head == head.head]
    except RegistryError as error:
        return Standing(head.rule, f"{by_rule}: {error}")
    found: dict[str, tuple[Entry, Bundle]] = {}
    refused = ""
    for entry in entries:
        if entry.state in ("champion", "shadow", "challenger"):
            try:
                found[entry.state] = entry, read_bundle(folder / entry.folder, entry.digest, head, as_of)
            except BundleError as error:
                refused = refused or str(error)
    if "champion" in found:
        entry, bundle = found["champion"]
        return Standing("model", _approved(entry), bundle, entry)
    shadow = found.get("shadow") or found.get("challenger")
    if shadow:
        return Standing(head.rule, f"{by_rule}: {_kept_back(shadow[1])}", entry=shadow[0], shadow=shadow[1])
    return Standing(head.rule, f"{by_rule}: {refused or 'no model stands for this list.'}")


def steadied(stands: Standing, head: Head, rows: Features) -> Standing:
    """The same, with the drift of tonight's features; where one has drifted too far the model steps aside by itself."""
    bundle = stands.leader or stands.shadow
    if bundle is None or not len(rows):
        return stands
    found = drift(bundle.references, {name: rows.column(name) for name in rows.names})
    moved = "; ".join(f"{one.feature} {one.index:.2f}" for one in found if one.verdict != "steady")
    held = [one.feature for one in found if one.verdict == "hold"]
    if not held or stands.leader is None:
        return replace(stands, drifted=moved)
    why = f"Ranked by rule ({head.rule}): tonight {held[0]} is not what the model learned from."
    return Standing(head.rule, why, entry=stands.entry, shadow=stands.leader, drifted=moved)


def _approved(entry: Entry) -> str:
    return f"Ranked by a model trained on {entry.trained_on}, approved by {entry.approver} until {entry.expires}."


def _kept_back(bundle: Bundle) -> str:
    """Why a model that was trained does not lead: what its gate said."""
    why = str(bundle.manifest.get("gate", {}).get("why", "")).strip()
    return why or "the model that was trained has not been approved."

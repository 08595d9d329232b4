"""Writes the four records of every head to a folder, and says which of those that lie there are out of date.

Here: files and comparison. Not here: what each record says (variables, data_card, model_card, transparency).
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from profiles.definitions.heads import HEADS, load_head
from profiles.scoring.cards.data_card import data_card
from profiles.scoring.cards.model_card import model_card
from profiles.scoring.cards.transparency import transparency
from profiles.scoring.cards.variables import variables
from profiles.scoring.heads.bundle import MANIFEST
from profiles.scoring.heads.registry import BUNDLES, REGISTER, Entry, champion, read_registry

GENERATED: Final = "`force-profiles score records`"


def told_here() -> Mapping[str, str]:
    """What the records of this installation say today, from its register and the bundles beside it."""
    entries = read_registry(BUNDLES / REGISTER)
    leading = [entry for name in HEADS if (entry := champion(entries, name))]
    manifests = {
        entry.digest: json.loads((BUNDLES / entry.folder / MANIFEST).read_text("utf-8")) for entry in leading
    }
    return records(entries, manifests)


def records(entries: Sequence[Entry], manifests: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
    """Path below the folder → text, for every head. `manifests` are those of the champions, by digest."""
    found = {}
    for name in HEADS:
        head, entry = load_head(name), champion(entries, name)
        manifest = manifests.get(entry.digest) if entry else None
        found[f"{name}/variables.md"] = variables(head, GENERATED)
        found[f"{name}/data-card.md"] = data_card(head, GENERATED)
        found[f"{name}/model-card.md"] = model_card(head, entry, manifest, GENERATED)
        found[f"{name}/transparency-record.md"] = transparency(head, entry, manifest, GENERATED)
    return found


def write(folder: Path, told: Mapping[str, str]) -> list[Path]:
    """Write every record; returns their paths."""
    for name, text in told.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / name for name in told]


def out_of_date(folder: Path, told: Mapping[str, str]) -> list[str]:
    """Records that are missing, differ from what would be written, or belong to no head."""
    lying = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")} if folder.is_dir() else set()
    )
    changed = [
        name for name, text in told.items() if name not in lying or (folder / name).read_text("utf-8") != text
    ]
    return sorted([*changed, *(lying - told.keys())])

"""`feed rehearse`: a night with the new feed in, on a copy: what it would land and stage, and what it costs.

OUT is only read. The copy lies beside it, holds links to the parts that landed (which are never changed), and is gone
afterwards; only the report stays. Not here: what is reported of each half (rehearsed_landing, rehearsed_staging).
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from data_contracts.drafting.sample import DraftError
from data_contracts.registry import HERE, Registry
from orchestration.landing.store import contract_hash
from orchestration.layout import Layout, world_of
from orchestration.night import NightError, Silent, open_nights
from orchestration.onboarding.checking import path_for
from orchestration.onboarding.contract_in_hand import InHand, take_in_hand
from orchestration.onboarding.feed_status import record_of, rehearsals_of
from orchestration.onboarding.rehearsed import Rehearsal
from orchestration.onboarding.rehearsed_landing import landing_half
from orchestration.onboarding.rehearsed_staging import staging_half
from orchestration.settings import Settings

Half = Callable[[Rehearsal], dict[str, Any]]

# In order. What comes of persons and ranks joins here, once linkage and packs use person-level feeds: a half takes the
# rehearsal, whose night has landed and staged by then, and returns its part of the report.
HALVES: tuple[tuple[str, Half], ...] = (("landing", landing_half), ("staging", staging_half))
LATER = ("persons", "ranks")  # parts of the report that no half makes yet


def rehearse_feed(
    settings: Settings, landing: Path, forces: Path, force_code: str, feed: str, samples: Sequence[Path]
) -> dict[str, Any]:
    """Rehearse and keep the report. Raises DraftError or NightError, one sentence."""
    hand = take_in_hand(forces, force_code, feed)
    if hand.problems:
        raise DraftError(f"the contract does not hold yet ({hand.problems[0]}); run `feed check` first")
    production = Layout(settings.out, world_of(landing))
    home = rehearsals_of(settings.out) / f".{force_code}-{feed}"
    shutil.rmtree(home, ignore_errors=True)
    try:
        place = _deliver(hand, samples, home / "deliveries")
        copy = Layout(home / "out", production.world)
        _copy(production, copy)
        report = _run(replace(settings, out=copy.out, landing=place, as_of=None), place, copy, hand, forces)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    answer = {"force": force_code, "feed": feed, "contract_hash": contract_hash(hand.contracts[-1]), **report}
    path = record_of(settings.out, force_code, feed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return {**answer, "report": str(path)}


def _deliver(hand: InHand, samples: Sequence[Path], place: Path) -> Path:
    """A landing place with the samples alone: what landed before is in the copy."""
    for sample in samples:
        if not sample.is_file():
            raise DraftError(f"{sample} is not a file; name a sample of one delivery")
        target = place / path_for(hand, sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, target)
    return place


def _copy(production: Layout, copy: Layout) -> None:
    """Outcomes as files of their own, rows as links to parts that nobody ever changes."""
    for there, here in ((production.landed, copy.landed), (production.quarantine, copy.quarantine)):
        for path in there.rglob("*"):
            target = here / path.relative_to(there)
            if path.is_file() and not path.name.startswith("."):
                target.parent.mkdir(parents=True, exist_ok=True)
                if path.suffix == ".json":
                    shutil.copyfile(path, target)
                else:
                    target.symlink_to(path.resolve())


def _run(settings: Settings, place: Path, copy: Layout, hand: InHand, forces: Path) -> dict[str, Any]:
    registry = Registry.load(HERE, forces)
    ours = {contract.path for contract in hand.contracts}
    others = tuple(contract for contract in registry.contracts if contract.path not in ours)
    registry = replace(registry, contracts=(*hand.contracts, *others), drafts=())
    with open_nights(settings, [(place, copy)], "rehearsal", Silent(), registry) as (night,):
        rehearsal = Rehearsal(night, hand, {})
        for name, half in HALVES:
            rehearsal.found[name] = half(rehearsal)
        if night.failed:
            raise NightError(night.failed)
        return {
            "as_of": night.facts.get("as_of"),
            **rehearsal.found,
            **dict.fromkeys(LATER),
            "minutes_added": round(sum(part["seconds_added"] for part in rehearsal.found.values()) / 60, 3),
            "unconfirmed": len(hand.marks),
            "may_go_live": all(part["holds"] for part in rehearsal.found.values()),
        }

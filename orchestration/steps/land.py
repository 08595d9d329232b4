"""Land: open the landing place, land what is new, and write the night's manifest and as-of date.

Not here: how files are read (landing/), the catalogue dbt reads (build).
"""

import hashlib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime

from governance.decisions import read_decisions
from governance.feed_releases import read_feed_releases
from governance.identity_decisions import read_identity_decisions
from orchestration.fingerprint import inputs_hash
from orchestration.landing.archive import LandingError
from orchestration.landing.inbox import Bench, Inbox, LandingReport
from orchestration.landing.manifest import Manifest, make_manifest
from orchestration.landing.store import Store
from orchestration.landing.versions import read_versions, write_versions
from orchestration.night import Night, NightError
from orchestration.steps.bundles import register_digest
from orchestration.steps.findings import Findings
from orchestration.warehouse import connect_scratch


@dataclass(frozen=True, slots=True)
class Landed:
    """What landing leaves for the stages after it."""

    report: LandingReport
    manifest: Manifest


def store_of(night: Night) -> Store:
    """The store of the night's world."""
    return Store(night.layout.landed, night.layout.quarantine)


def findings_of(night: Night) -> Findings:
    """What Great Expectations found in this world."""
    return Findings(night.layout.validated, night.code)


def manifest_of(night: Night) -> Manifest:
    """Everything kept in this world that could be known before the as-of date, its rows counted."""
    return _counted(night, _everything(night).before(night.as_of))


def _everything(night: Night) -> Manifest:
    """Everything kept in this world, as people have released it."""
    released = read_feed_releases(night.layout.feed_releases).released
    return make_manifest(store_of(night).known(), night.registry, released)


def _counted(night: Night, manifest: Manifest) -> Manifest:
    """The manifest with its versions numbered: once a night, in scratch, for these deliveries."""
    deliveries = manifest.versioned()
    if not deliveries:
        return manifest
    released = sorted(manifest.released)
    said = "\n".join([*sorted(f"{d.part}|{d.delivery_id}" for d in deliveries), *released])
    folder = night.work / f"versions-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    versions = read_versions(folder)
    if versions is None:
        settings = night.settings
        with closing(connect_scratch(settings.threads, settings.memory_limit, night.work / "spill")) as con:
            versions = write_versions(con, deliveries, folder, manifest.released)
    return manifest.counted(versions)


def land(night: Night, only_force: str | None = None) -> Landed:
    """Land the night's place; NightError when nothing at all could be used."""
    night.say("land", f"opening {night.landing}")
    con = connect_scratch(night.settings.threads, night.settings.memory_limit, night.work / "spill")
    received_at = datetime.now(UTC).isoformat(timespec="microseconds")
    bench = Bench(con, store_of(night), night.work / "unpacked", received_at, night.settings.threads)
    try:
        report = Inbox(night.registry, bench).land(
            night.landing, only_force, lambda done, total: night.say("land", f"{done} of {total} deliveries")
        )
    except LandingError as error:
        raise NightError(str(error)) from None
    finally:
        con.close()
    everything = _everything(night)
    as_of = night.settings.as_of or everything.default_as_of()
    if as_of is None:
        raise NightError(_nothing(night, report, everything))
    known = _known_by(everything, as_of)
    night.record(as_of=as_of.isoformat())
    manifest = _counted(night, known)
    night.record(inputs_hash=_inputs_hash(night, manifest))
    return Landed(report, manifest)


def _known_by(everything: Manifest, as_of: date) -> Manifest:
    manifest = everything.before(as_of)
    if manifest.default_as_of() is None:
        raise NightError(f"Nothing had been delivered before {as_of}; choose a later as-of date.")
    return manifest


def _inputs_hash(night: Night, manifest: Manifest) -> str:
    decisions, refusals = read_decisions(night.layout.decisions)
    unread = read_feed_releases(night.layout.feed_releases).refusals
    night.record(decisions=len(decisions), decision_refusals=[*(r.sentence for r in refusals), *unread])
    who_is_who, _ = read_identity_decisions(night.layout.identity_decisions)
    told = ["|".join(decision.told) for decision in who_is_who]
    others = [night.code, *(d.decision_id for d in decisions), *told, *sorted(manifest.released)]
    others += filter(None, [register_digest(night)])
    return inputs_hash(night.as_of, manifest.delivery_ids, others)


def _nothing(night: Night, report: LandingReport, known: Manifest) -> str:
    """Why no night can be made of this place, with the first reason found there, tonight or on an earlier night."""
    reasons = [f"{r.outcome.file_name}: {r.outcome.reason}" for r in known.rows if r.outcome.reason]
    reasons += [r.sentence for r in report.refused_files] + [i.sentence for i in report.left_alone]
    first = f"The first file: {reasons[0]}" if reasons else "The place is empty"
    return (
        f"Nothing in {night.landing} could be landed, so no pack was made. Files must be named as a contract says: "
        "open data YYYY-MM/YYYY-MM-<force>-street.csv, a force's own feeds as listed in data_contracts/forces/<force>. "
        f"{first.rstrip('.')}."
    )

"""Whether a landed delivery may be used, judged beside the others of its force and feed and never by order of arrival.

A person-level delivery stays out when it replays an old extract, when too many of its rows were refused (degraded) or
when its size is unlike the usual (held). The feed then goes on with what came before; a person may release what is
degraded or held. Not here: rows and what refuses a whole file (judged), rows that vanish (vanishing), the releases
themselves (governance/feed_releases).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from data_contracts.derived import SCI_NOTATION
from data_contracts.model import FeedContract, Severity, VolumeAction
from orchestration.landing.judged import FEW
from orchestration.landing.outcome import LANDED, Outcome
from orchestration.landing.volume import VolumeVerdict, judge_volume

HELD, DEGRADED, REPLAYED = "held", "degraded", "replayed"
SET_ASIDE = (HELD, DEGRADED, REPLAYED)  # landed, and not used
USUAL_ROWS = 30  # person-level deliveries that are usually smaller say nothing by their size
SWAPPED = 0.005  # share of rows with a month above 12, from which the others cannot be trusted either
_UNKNOWN = VolumeVerdict(None, False)
ContractOf = Callable[[Outcome], FeedContract | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Verdict on a landed delivery: landed, or why it is not used."""

    state: str = LANDED
    code: str = ""
    reason: str = ""
    volume: VolumeVerdict = _UNKNOWN


def standings(
    outcomes: Iterable[Outcome], contract_of: ContractOf, released: Collection[str]
) -> dict[str, Standing]:
    """Verdicts on landed person-level deliveries, by delivery. released: those that a person has released."""
    by_slot: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        by_slot.setdefault((outcome.feed, outcome.force_code), []).append(outcome)
    found: dict[str, Standing] = {}
    for listed in by_slot.values():
        ordered = sorted(listed, key=lambda o: (o.period, o.mode, o.delivery_id))
        found |= _of_slot(ordered, contract_of, released)
    return found


def _of_slot(
    ordered: Sequence[Outcome], contract_of: ContractOf, released: Collection[str]
) -> dict[str, Standing]:
    """Verdicts on the deliveries of one force and feed, in order of their dates."""
    found: dict[str, Standing] = {}
    newest: dict[str, tuple[str, str]] = {}  # mode → end of the newest extract, and the date of its file
    sizes: dict[str, list[int]] = {}  # mode → rows of those in use
    for outcome in ordered:
        contract = contract_of(outcome)
        if contract is None:
            found[outcome.delivery_id] = Standing()
            continue
        verdict = _replays(outcome, newest.get(outcome.mode, ("", "")))
        volume = _UNKNOWN
        if outcome.mode != "history":
            earlier = sizes.get(outcome.mode, [])
            volume = judge_volume(outcome.rows_accepted, earlier, contract.volume, USUAL_ROWS)
        if verdict is None and outcome.delivery_id not in released:
            verdict = _degraded(outcome, contract) or _held(outcome, contract, volume)
        state, code, reason = verdict or (LANDED, "", "")
        found[outcome.delivery_id] = Standing(state, code, reason, volume)
        if verdict is None:
            sizes.setdefault(outcome.mode, []).append(outcome.rows_accepted)
            end = (outcome.extract_to, outcome.period)
            newest[outcome.mode] = max(newest.get(outcome.mode, end), end)
    return found


Verdict = tuple[str, str, str]


def _replays(outcome: Outcome, newest: tuple[str, str]) -> Verdict | None:
    """Its file is dated later than another's, and yet its extract ends earlier."""
    end, period = newest
    if not outcome.extract_to or not end or outcome.extract_to >= end or outcome.period <= period:
        return None
    said = (
        f"its extract ends at {outcome.extract_to}, before that of the file of {period} ({end}): "
        "an old extract was sent again, and is not used"
    )
    return REPLAYED, "STALE_REPLAY", said


def _degraded(outcome: Outcome, contract: FeedContract) -> Verdict | None:
    borne = contract.tolerance
    if borne is None:
        return None
    rows, n_refused = outcome.rows_in, outcome.rows_refused
    n_keys = sum(r.n_rows for r in outcome.refused_rows if r.reason_code in key_codes(contract))
    if outcome.n_swapped > SWAPPED * rows and outcome.n_swapped >= FEW:
        said = (
            f"{outcome.n_swapped:,} of its {rows:,} rows have a month above 12: day and month may have changed places, "
            f"so its other dates cannot be trusted either; {_GOES_ON}"
        )
        return DEGRADED, "DATE_SWAP_SUSPECT", said
    for n, share, what in (
        (n_refused, borne.rows, "rows were refused"),
        (n_keys, borne.keys, "rows lost their key"),
    ):
        if n > share * rows and n >= FEW:
            worst = max(outcome.refused_rows, key=lambda r: r.n_rows)
            said = f"{n:,} of its {rows:,} {what}, more than {share:.1%}, most because {worst.reason}; {_GOES_ON}"
            return DEGRADED, "TOO_MANY_QUARANTINED", said
    return None


_GOES_ON = "the feed goes on with what came before, until it is sent again or a person releases it"


def key_codes(contract: FeedContract) -> frozenset[str]:
    """Reasons for which a row has lost its key, or another identifier by which it is found."""
    own = {r.code for r in contract.rules if r.field in contract.identity and r.severity is not Severity.NOTE}
    return frozenset({*own, SCI_NOTATION})


def _held(outcome: Outcome, contract: FeedContract, volume: VolumeVerdict) -> Verdict | None:
    if not volume.is_suspect or volume.ratio is None or contract.volume.action is not VolumeAction.HOLD:
        return None
    said = (
        f"it has {outcome.rows_accepted:,} rows, {volume.ratio:.2f} of what is usual "
        f"({contract.volume.low:g} to {contract.volume.high:g} is borne); it is held until a person releases it"
    )
    return HELD, "VOLUME_UNUSUAL", said

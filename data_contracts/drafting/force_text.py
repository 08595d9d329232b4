"""The file of a force that nobody has described yet, as YAML: its name and what all its feeds share, to be confirmed.

Not here: its feeds (contract_text).
"""

from data_contracts.confirmation import CONFIRM, DOUBT
from data_contracts.drafting.yaml_words import comment, scalar
from data_contracts.model import Force


def force_text(force: Force, *, is_fictional: bool) -> str:
    """The whole file. `force`: what is known of it, which may be its code alone."""
    lines = [
        *comment(f"{CONFIRM} name, population and codes of the force.", 0),
        f"force_code: {force.force_code}",
        f"name: {scalar(force.name)}",
        *comment(
            f"{CONFIRM} {'a column says that its files are synthetic' if is_fictional else 'a force that exists'}.",
            0,
        ),
        f"fictional: {'true' if is_fictional else 'false'}",
    ]
    for key, value in (
        ("population", force.population),
        ("n_lsoas", force.n_lsoas),
        ("pnc", force.pnc_code),
        ("gss", force.gss_code),
    ):
        if value is not None:
            lines.append(f"{key}: {value if isinstance(value, int) else scalar(value)}")
    lines += [
        "# What every feed of this force has, unless its own file says otherwise.",
        "defaults:",
        *comment(f"{CONFIRM} the records system that the files come from, in small letters.", 2),
        "  system: records_system",
        *comment(f"{DOUBT} times that carry no offset are read as local; a file does not say where.", 2),
        "  timezone: Europe/London",
        "  identity: [source_record_id]",
        *comment(f"{CONFIRM} rows count as known from the day of their file.", 2),
        "  times: {knownAt: delivery_as_of}",
        "  isBackfill: false  # a file of mode history is one all the same",
        *comment(
            f"{CONFIRM} rows beside earlier files: how few and how many are unusual, over how many files.", 2
        ),
        "  volume: {low: 0.3, high: 3, window: 56, action: hold}",
        *comment(f"{CONFIRM} lawful sharing: P permitted, C with conditions, where a row does not say.", 2),
        "  handling: P",
        "  sensitivity: none",
    ]
    return "\n".join(lines) + "\n"

"""A draft in words for the person who will confirm it: what was matched, what is in doubt, what to do next.

Not here: the draft (data_contracts/drafting), the same for programs (drafting).
"""

from data_contracts.drafting.columns_drafted import DraftedColumn
from orchestration.onboarding.drafting import Drafted


def in_words(drafted: Drafted) -> str:
    """The whole answer."""
    made = drafted.draft
    matched = [column for column in made.columns if column.name]
    sure = [column for column in matched if not column.is_doubtful]
    left = [column for column in made.columns if not column.name]
    lines = [
        f"Drafted {drafted.contract}" + (f" and {drafted.force_file}" if drafted.force_file else ""),
        f"{len(made.columns)} columns: {len(sure)} matched, {len(matched) - len(sure)} matched in doubt, "
        f"{len(left)} left out.",
        "",
        *(_line(column) for column in made.columns),
    ]
    said = [f"{file.name}: {doubt}" for file in made.files for doubt in file.doubts]
    if said:
        lines += ["", "Doubts about the files:", *(f"  {one}." for one in said)]
    if made.questions:
        lines += ["", "Not answered by the samples:", *(f"  {question}." for question in made.questions)]
    lines += [
        "",
        "Next: read the contract, settle each line that begins with CONFIRM and take it away, then `feed check`.",
    ]
    return "\n".join(lines)


def _line(column: DraftedColumn) -> str:
    mark = "?" if column.is_doubtful else " "
    field = column.name or "(left out)"
    codes = [guess for guess in column.codes if not guess.code]
    said = [*column.doubts, *([f"{len(codes)} texts without a code"] if codes else [])]
    said += (
        [f"{len(n)} codes inferred"] if (n := [g for g in column.codes if g.code and g.is_doubtful]) else []
    )
    written = f" {column.format}" if column.format else ""
    return f"{mark} {column.confidence:.2f}  {column.heading[:32]:<32}  {field}{written}" + (
        f"  – {'; '.join(said)}" if said else ""
    )

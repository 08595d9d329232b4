"""A draft in words for the person who will confirm it: what was matched, what is in doubt, what to do next.

Not here: the draft (data_contracts/drafting), the same for programs (drafting).
"""

from collections.abc import Iterator

from data_contracts.drafting.columns_drafted import DraftedColumn
from orchestration.onboarding.drafting import Drafted


def in_words(drafted: Drafted) -> str:
    """The whole answer."""
    made = drafted.draft
    matched = [column for column in made.columns if column.name]
    n_doubtful = sum(column.is_doubtful for column in matched)
    left = [column for column in made.columns if not column.name]
    lines = [
        f"Drafted {drafted.contract}" + (f" and {drafted.force_file}" if drafted.force_file else ""),
        f"{len({column.heading for column in made.columns})} columns: {len(matched)} fields matched, "
        f"{n_doubtful} of them in doubt; {len(left)} columns left out.",
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
    said = [*column.doubts, *_of_codes(column)]
    written = f" {column.format}" if column.format else ""
    return f"{mark} {column.confidence:.2f}  {column.heading[:32]:<32}  {field}{written}" + (
        f"  – {'; '.join(said)}" if said else ""
    )


def _of_codes(column: DraftedColumn) -> Iterator[str]:
    without = sum(not guess.code for guess in column.codes)
    inferred = sum(bool(guess.code) and guess.is_doubtful for guess in column.codes)
    if without:
        yield f"{without} text{'' if without == 1 else 's'} without a code"
    if inferred:
        yield f"{inferred} code{'' if inferred == 1 else 's'} inferred"

"""What a matched column becomes in a contract: its format, its codes, its words, and what is in doubt about it.

Not here: which field it is (matching), the whole contract (draft), YAML (contract_text).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data_contracts.columns import ALWAYS_BOUND
from data_contracts.drafting.coding import MOST_CODES, CodeGuess, guess_codes
from data_contracts.drafting.fit import Wanted
from data_contracts.drafting.looks import Look
from data_contracts.drafting.matching import Match
from data_contracts.drafting.moments import WHOLE, Moments
from data_contracts.drafting.yaml_words import is_writable
from data_contracts.formats import EXCEL_SERIAL
from data_contracts.values import folded

WATERMARK = "synthetic"  # column in every file of a fictional force


@dataclass(frozen=True, slots=True)
class DraftedColumn:
    """One property of the drafted contract. name: field, or empty for a heading left out; doubts: sentences."""

    heading: str
    name: str
    logical_type: str
    is_required: bool
    confidence: float
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    format: str = ""
    other_formats: tuple[str, ...] = ()
    code_map: tuple[tuple[str, str], ...] = ()
    codes: tuple[CodeGuess, ...] = ()  # of every text of a coded column
    hidden_codes: int = 0  # texts not listed, because they may be personal
    doubtful_words: tuple[str, ...] = field(default=())  # of a flag: words whose meaning was inferred

    @property
    def is_doubtful(self) -> bool:
        """Whether anything about it needs a person."""
        return (
            bool(self.doubts) or any(guess.is_doubtful for guess in self.codes) or bool(self.doubtful_words)
        )


def left_out(found: Match) -> DraftedColumn:
    """A heading that no field was found for."""
    if found.look.heading.strip("@ ").lower() == WATERMARK:
        return DraftedColumn(
            found.look.heading, "", "string", False, 1.0, ("the watermark of a fictional force",), ()
        )
    near = f"; the nearest is {found.rival} ({found.rival_score:.2f})" if found.rival else ""
    return DraftedColumn(
        found.look.heading,
        "",
        "string",
        False,
        0.0,
        (),
        (f"no field fits this heading{near}; it is left out",),
    )


def drafted(
    found: Match, wanted: Wanted, is_required: bool, empty_words: tuple[str, ...], *, reader: str
) -> DraftedColumn:
    """A heading bound to a field."""
    look, evidence = found.look, found.evidence
    doubts = [] if found.is_sure else [_why_unsure(found)]
    format_, others = "", tuple[str, ...]()
    code_map: tuple[tuple[str, str], ...] = ()
    codes: tuple[CodeGuess, ...] = ()
    hidden, words = 0, tuple[str, ...]()
    if wanted.logical_type in ("date", "timestamp"):
        format_, others, said = _format(look.moments, wanted, reader)
        doubts += said
    elif wanted.logical_type == "boolean":
        code_map, words = (look.flags.code_map, look.flags.in_doubt) if look.flags else ((), ())
    elif wanted.codes:
        codes, hidden = _codes(look, wanted)
        code_map = _code_map(codes, wanted, empty_words)
    elif (
        wanted.logical_type in ("integer", "number")
        and (share := look.shares[wanted.logical_type]) < 1
        and look.profile.counts
    ):
        doubts.append(
            f"{1 - share:.1%} of its texts are no {wanted.logical_type}; those rows would be refused"
        )
    return DraftedColumn(
        heading=look.heading, name=wanted.name, logical_type=wanted.logical_type,
        is_required=is_required or wanted.name in ALWAYS_BOUND, confidence=found.confidence,
        reasons=evidence.reasons if evidence else (), doubts=tuple(doubts), format=format_, other_formats=others,
        code_map=code_map, codes=codes, hidden_codes=hidden, doubtful_words=words,
    )  # fmt: skip


def _why_unsure(found: Match) -> str:
    if not found.look.profile.counts:
        return "it has no value in the sample, so only the heading speaks for it"
    if found.rival and found.evidence and found.rival_score > found.evidence.score - 0.15:
        return f"it could also be {found.rival} ({found.rival_score:.2f})"
    return "the heading and the values say little"


def _format(moments: Moments | None, wanted: Wanted, reader: str) -> tuple[str, tuple[str, ...], list[str]]:
    """Format, others that fit, and doubts of a column of dates or times."""
    usual = "yyyy-MM-dd" if wanted.logical_type == "date" else "yyyy-MM-dd HH:mm:ss"
    if moments is None:
        return usual, (), [f"no date was seen, so the format {usual} is only a placeholder"]
    if not moments.format:
        return usual, (), [f"{moments.problem}; the format {usual} is only a placeholder"]
    doubts = []
    is_sheet = reader == "xlsx" and moments.format == EXCEL_SERIAL
    if moments.doubt and not is_sheet:
        doubts.append(f"{moments.doubt}: check the format {moments.format}")
    if moments.share < WHOLE:
        doubts.append(
            f"{1 - moments.share:.1%} of its texts are not written {moments.format}; those rows would be refused"
        )
    if moments.problem:
        doubts.append(moments.problem)
    return moments.format, moments.others, doubts


def _codes(look: Look, wanted: Wanted) -> tuple[tuple[CodeGuess, ...], int]:
    """A guess for each text of a coded column, and how many texts are not named."""
    counts: Mapping[str, int] = look.raw.counts
    if len(counts) > MOST_CODES:
        return (), len(counts)
    guesses = guess_codes(wanted.feed, wanted.name, wanted.codes, counts)
    kept = tuple(g for g in guesses if g.code or folded(g.text) not in look.empty_words)
    known = sum(bool(g.code) for g in kept)
    is_list = known >= 0.3 * len(kept) or look.profile.distinctness < 0.5
    named = tuple(g for g in kept if (g.code or is_list) and is_writable(g.text))
    return named, len(kept) - len(named)


def _code_map(
    codes: tuple[CodeGuess, ...], wanted: Wanted, empty_words: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """What a contract must say: texts that are no code by themselves, and codes that would else be read as empty."""
    own = {folded(code): code for code in wanted.codes}
    found = {g.text: g.code for g in codes if g.code and own.get(folded(g.text)) != g.code}
    for word in empty_words:
        code = own.get(folded(word))
        if code and all(folded(text) != folded(word) for text in found):
            found[word] = code
    unique: dict[str, tuple[str, str]] = {}
    for text, code in found.items():
        unique.setdefault(folded(text), (text, code))
    return tuple(unique.values())

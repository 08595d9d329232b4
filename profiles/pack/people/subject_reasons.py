"""Why the score is what it is, on what evidence, and what conflicts with it or is missing.

Here: reasons with their evidence, the evidence table, conflicts. Not here: the words of a reason (the reason library of
the definition, filled by the marts), every source record (ledger.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Reason, Table
from profiles.pack.cells import as_written, cut, left_over, reference, words
from profiles.pack.cite import Run, Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.subject import Contrary, EvidenceRow, ReasonRow
from profiles.pack.text import join, only, say

_STRONG, _MEDIUM = 0.30, 0.12


def reasons(book: PeopleBook, row: Ranked) -> tuple[Reason, ...]:
    """At most four that raise and two that lower, strongest first."""
    rows = book.rows(ReasonRow).where(person_ref=row.person_ref)
    limits = book.definition.limits
    up = [each for each in rows if each.direction == "up"][: limits.reasons_up]
    down = [each for each in rows if each.direction == "down"][: limits.reasons_down]
    return tuple(_reason(each) for each in (*up, *down))


def strength(push: float) -> str:
    """Strong, medium or slight, by the share of all that raises the score."""
    return "Strong" if push >= _STRONG else "Medium" if push >= _MEDIUM else "Slight"


def _reason(row: ReasonRow) -> Reason:
    is_up = row.direction == "up"
    text = say("**{lead}**", lead=cut(row.fact("lead_text"), 110))
    if row.rest_text:
        text = join(text, say("{rest}", rest=cut(row.fact("rest_text"), 120)))
    return Reason(
        direction="up" if is_up else "down",
        strength=strength(row.push) if is_up else "Lowers it",
        width=max(4, min(100, round(200 * row.push))),
        text=ruled(f"reason.{row.group_code}", text, row.fact("push"), row.fact("evidence_nos")),
        evidence=tuple(
            shown(f.evidence_ref(at), row.fact("evidence_nos")) for at in range(min(5, len(row.evidence_nos)))
        ),
        badge=only(named(row.fact("badge"))) if row.badge else Text(),
    )


def evidence_table(book: PeopleBook, row: Ranked) -> Table:
    """The records behind the reasons; all of them stand in the ledger."""
    rows = book.rows(EvidenceRow).where(person_ref=row.person_ref)
    limit = book.definition.limits.evidence_listed
    more = [each.fact("evidence_no") for each in rows.items[limit:]]
    tail = say("{n} more in the ledger", n=shown(f.how_many, *more)) if more else Text()
    return Table(
        title="Evidence behind the reasons",
        note=join(say("allegations unless said"), tail, gap="; "),
        columns=(
            Column(heading="Ref", width_mm=7),
            Column(heading="Date", width_mm=15),
            Column(heading="Record", width_mm=23),
            Column(heading="What it says"),
            Column(heading="Source", width_mm=19),
        ),
        rows=tuple(_cells(each) for each in rows.items[:limit]),
        empty="No record that may be shown to this force stands behind the rank.",
    )


def _cells(row: EvidenceRow) -> tuple[Cell, ...]:
    return (
        Cell(text=only(_number(row))),
        as_written(f.on_short_day, row.fact("event_on")),
        reference(row.fact("record_ref")),
        words(row.fact("gist"), 52),
        words(row.fact("source_kind"), 20),
    )


def _number(row: EvidenceRow) -> Run:
    return shown(f.evidence_no, row.fact("evidence_no"), strong=True)


def contrary_panel(book: PeopleBook, row: Ranked) -> Panel:
    """What conflicts or is missing: printed beside the reasons, never on another page."""
    rows = book.rows(Contrary).where(person_ref=row.person_ref)
    limit = book.definition.limits.conflicts_listed
    if not len(rows):
        nothing = say("None recorded. That is not the same as none existing.")
        return Panel(title="Conflicting or missing", lines=(ruled("contrary.none", nothing, rows.count()),))
    tail = left_over(rows.items, limit, "contrary_no")
    return Panel(
        title="Conflicting or missing",
        lines=(*(_contrary(each) for each in rows.items[:limit]), *((tail,) if tail else ())),
    )


def _contrary(row: Contrary) -> Text:
    parts = [say("**{lead}**", lead=cut(row.fact("lead_text"), 50))]
    if row.rest_text:
        parts.append(say("{rest}", rest=cut(row.fact("rest_text"), 80)))
    if row.evidence_no is not None:
        parts.append(say("({e})", e=shown(f.evidence_no, row.fact("evidence_no"))))
    return join(*parts)

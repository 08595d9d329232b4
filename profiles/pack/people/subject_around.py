"""Who and what is around one person: links, other profiles, and the tactical options that the records propose.

Here: the ego chart, the overlaps, options under the four Ps. Not here: links themselves (conflation and the marts), the
list of options (the seed tactical_options).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Option, Table
from profiles.pack.cells import cut, words
from profiles.pack.charts import EgoFigure, EgoNode, NodeKind
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Rows
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.subject import LinkRow, OptionRow, Overlap
from profiles.pack.text import join, say

FOUR_PS = ("Pursue", "Protect", "Prevent", "Prepare")
_KINDS: dict[str, NodeKind] = {
    "person": "person", "victim": "victim", "child": "child", "place": "place", "managed": "managed",
}  # fmt: skip


def ego_figure(book: PeopleBook, row: Ranked) -> EgoFigure:
    """At most eight people and places, the strongest links first; dashed where only intelligence links them."""
    rows = book.rows(LinkRow).where(person_ref=row.person_ref)
    nodes = tuple(_node(each) for each in rows.items[: book.definition.limits.nodes_drawn])
    centre = say("{name}", name=shown(f.clipped(16), row.fact("short_name")))
    return EgoFigure(
        cites=(rows.values("linked_ref").cite,), centre=centre, nodes=nodes, alt=_alt(book, row, rows)
    )


def _node(row: LinkRow) -> EgoNode:
    return EgoNode(
        kind=_KINDS.get(row.kind, "person"),
        label=say("{name}", name=shown(f.clipped(18), row.fact("label"))),
        sub=say("{words}", words=shown(f.clipped(22), row.fact("sublabel"))) if row.sublabel else Text(),
        is_intelligence_only=row.is_intelligence_only,
        weight=1 if row.n_records < 2 else 2 if row.n_records < 4 else 3,
    )


def _alt(book: PeopleBook, row: Ranked, rows: Rows[LinkRow]) -> Text:
    name = shown(f.clipped(24), row.fact("short_name"))
    if not len(rows):
        return say(
            "No links of {name} are recorded in {forces}.",
            name=name,
            forces=shown(f.listed, row.fact("forces")),
        )
    listed = [
        say(
            "{label}{by}",
            label=cut(each.fact("label"), 24),
            by=" (intelligence only)" if each.is_intelligence_only else "",
        )
        for each in rows.items[: book.definition.limits.nodes_drawn]
    ]
    left = [each.fact("link_no") for each in rows.items[book.definition.limits.nodes_drawn :]]
    more = say("; and {n} more", n=shown(f.how_many, *left)) if left else Text()
    return say("{name} is linked to {listed}{more}.", name=name, listed=join(*listed, gap=", "), more=more)


def overlaps_table(book: PeopleBook, row: Ranked) -> Table:
    """What the other profiles and registers say; of a managed person only that they are, and by whom."""
    rows = book.rows(Overlap).where(person_ref=row.person_ref)
    cells = [(words(each.fact("subject"), 24), words(each.fact("text"), 70)) for each in rows]
    if row.manager is not None:
        by = say(
            "Yes, by {manager}. Ask the manager; no detail is printed here.",
            manager=cut(row.fact("manager"), 40),
        )
        cells.insert(0, (Cell(text=say("Managed")), Cell(text=by)))
    return Table(
        title="Checked against other profiles",
        columns=(Column(heading="Profile", width_mm=20), Column(heading="Found")),
        rows=tuple(cells),
        empty="No other profile was run for this force.",
    )


def options(book: PeopleBook, row: Ranked) -> tuple[Option, ...]:
    """Options under each P with what proposed them; a P without one says so."""
    rows = book.rows(OptionRow).where(person_ref=row.person_ref)
    return tuple(
        Option(heading=p, options=tuple(_option(each) for each in rows if each.p == p)[:2]) for p in FOUR_PS
    )


def _option(row: OptionRow) -> Text:
    text = say("{option} ({why})", option=named(row.fact("option")), why=cut(row.fact("trigger_text"), 70))
    return ruled(f"option.{row.option_code}", text, row.fact("trigger_text"))

"""The page of gaps in protection: by reference only, listed by the gap, made to be detached.

Here: the whole page. No score, no rank, no name, and nobody on it stands on a list of suspects.
Not here: who is at high risk and what is missing (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Kpi, Mark, Panel, Table
from profiles.pack.cells import cut, items, n, reference, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.victims import ProtectionCover, VictimCounts, VictimGap
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def victims_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-victims")
    counts = book.rows(VictimCounts).one()
    return Section(
        section_id=page.page_id,
        kind="victims",
        label=page.label,
        title=_title(counts, book),
        question=page.question,
        is_detachable=True,
        kpis=_kpis(counts),
        tables={"gaps": _gaps(book), "cover": _cover(book)},
        notes={"safety": _safety(counts), "privacy": book.standing("privacy"), "children": _children(counts)},
        panels={
            "method": Panel(title="How people come onto this page", lines=(book.standing("victim_method"),))
        },
    )


def _title(counts: VictimCounts | None, book: PeopleBook) -> Text:
    if counts is None:
        return ruled(
            "title.gaps.unknown", say("Gaps in protection are not known"), book.rows(VictimGap).count()
        )
    gap = counts.fact("n_gap")
    if not gap.value:
        return ruled("title.gaps.none", say("Each high-risk person has every protection recorded"), gap)
    words_ = say(
        "{n} {people} at high risk {have} a gap in protection today",
        n=shown(f.cardinal, gap),
        people=plural(gap.value, "person", "people"),
        have=plural(gap.value, "has", "have"),
    )
    return first_fitting("title.gaps", [gap], words_)


def _kpis(counts: VictimCounts | None) -> tuple[Kpi, ...]:
    if counts is None:
        return ()

    def of(name: str) -> Text:
        return only(n(counts.fact(name)))

    before = (
        say("{n} in the last pack", n=n(counts.fact("n_high_risk_prev")))
        if counts.n_high_risk_prev is not None
        else say("No earlier pack")
    )
    share = say("{s}", s=shown(f.part_of, counts.fact("n_protected"), counts.fact("n_high_risk")))
    protected = say("{n} people", n=n(counts.fact("n_protected")))
    known = say("{n} known to children’s services", n=n(counts.fact("n_children_known")))
    return (
        Kpi(label="People at high risk with an open case", value=of("n_high_risk"), verdict=before),
        Kpi(label="With every protection in place", value=share, verdict=protected),
        Kpi(
            label="With a gap; suspect at liberty",
            value=of("n_gap"),
            verdict="Listed below, the gravest gap first",
        ),
        Kpi(label="Children living in these homes", value=of("n_children"), verdict=known)
        if counts.n_children
        else Kpi(
            label="Children living in these homes",
            value=say("–"),
            verdict="None recorded; some may live there",
        ),
    )


def _safety(counts: VictimCounts | None) -> Text:
    access = Text()
    if counts is not None and counts.n_access:
        access = say(
            "{n} of these suspects {have} access to the person’s phone or home.",
            n=shown(f.cardinal, counts.fact("n_access")),
            have=plural(counts.n_access, "has", "have"),
        )
    return join(
        say("**Safety first.** Use only the safe contact shown."),
        access,
        say("If no safe contact is shown, do not ring, text or visit without the safeguarding desk."),
    )


def _gaps(book: PeopleBook) -> Table:
    rows = book.rows(VictimGap)
    limit = book.definition.limits.victims_listed
    more = [row.fact("victim_ref") for row in rows.items[limit:]]
    counts = book.rows(VictimCounts).one()
    checked = say(" {n} checked.", n=n(counts.fact("n_high_risk"))) if counts else Text()
    return Table(
        title="People with a gap in protection",
        note="listed by how urgent the gap is, not by a score",
        columns=(
            Column(heading="Person", width_mm=27),
            Column(heading="What is known", width_mm=44),
            Column(heading="Safe contact", width_mm=26),
            Column(heading="In place", width_mm=28),
            Column(heading="Gap to close"),
            Column(heading="Act by, owner", width_mm=24),
        ),
        rows=tuple(_row(row) for row in rows.items[:limit]),
        remainder=say("and {n} more, held by the safeguarding desk", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty=say(
            "Every high-risk person with a suspect at liberty has each protection recorded.{checked}",
            checked=checked,
        ),
    )


def _row(row: VictimGap) -> tuple[Cell, ...]:
    where = [say("{age}", age=n(row.fact("age")))] if row.age is not None else []
    if row.area_name:
        where.append(say("{area}", area=cut(row.fact("area_name"), 24)))
    under = [sub(join(*where, gap=", "))] if where else []
    if row.is_also_suspect:
        under.append(sub(say("Also named elsewhere: see the desk first")))
    contact = (
        words(row.fact("safe_contact"), 40)
        if row.safe_contact
        else Cell(marks=(Mark(kind="gap", text="None agreed"),))
    )
    return (
        reference(row.fact("victim_ref"), *under),
        words(row.fact("known_text"), 120),
        contact,
        Cell(marks=tuple(Mark(kind="done", text=only(run)) for run in items(row, "in_place", 3)) or _NOTHING),
        Cell(marks=tuple(Mark(kind="gap", text=only(run)) for run in items(row, "gaps", 3))),
        Cell(
            text=say("**{day}**", day=shown(f.on_day_of_year, row.fact("act_by")))
            if row.act_by
            else say("**Now**"),
            marks=(Mark(kind="box", text="____________"),),
        ),
    )


_NOTHING = (Mark(kind="sub", text="Nothing recorded"),)


def _cover(book: PeopleBook) -> Table:
    return Table(
        title="Where protection is thinnest",
        columns=(
            Column(heading="Protection", width_mm=42),
            Column(heading="In place", width_mm=21),
            Column(heading="Share of those who should"),
        ),
        rows=tuple(
            (
                words(row.fact("protection"), 40),
                Cell(text=say("{a} of {b}", a=n(row.fact("n_in_place")), b=n(row.fact("n_due")))),
                Cell(
                    text=only(shown(f.part_of, row.fact("n_in_place"), row.fact("n_due"))),
                    bar=round(100 * row.n_in_place / row.n_due) if row.n_due else 0,
                ),
            )
            for row in book.rows(ProtectionCover)
        ),
        empty="No protection is recorded by any feed this pack has.",
    )


def _children(counts: VictimCounts | None) -> Text:
    if counts is None or not counts.n_children:
        return ruled(
            "children.none", say("No child is recorded in these homes. A child may live there unrecorded.")
        )
    text = say(
        "{n} {children} {live} in these homes; {known} {are} known to children’s services.",
        n=shown(f.cardinal, counts.fact("n_children")),
        children=plural(counts.n_children, "child", "children"),
        live=plural(counts.n_children, "lives", "live"),
        known=n(counts.fact("n_children_known")),
        are=plural(counts.n_children_known, "is", "are"),
    )
    if counts.n_children_unreferred:
        refer = say(
            "{n} {have} no referral recorded, in {homes} {word}. Refer today unless one exists that our feeds cannot "
            "see.",
            n=shown(f.cardinal, counts.fact("n_children_unreferred")),
            have=plural(counts.n_children_unreferred, "has", "have"),
            homes=n(counts.fact("n_homes_unreferred")),
            word=plural(counts.n_homes_unreferred, "home"),
        )
        text = join(text, refer)
    return ruled("children.some", text, counts.fact("n_children"), counts.fact("n_children_unreferred"))

"""The ledger that closes a pack: every source record behind it, and the statements of its pages, each with its tag.

Here: the page, and the records as data for `trace`. Not here: following a tag (trace.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cells import as_written, n, reference, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Evidence, Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Rows
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.subject import EvidenceRow
from profiles.pack.text import only, plural, say


def ledger_section(book: PeopleBook) -> Section:
    """The page; it runs over as many sheets as it needs, up to its cap."""
    page = book.page("p-ledger")
    return Section(
        section_id=page.page_id,
        kind="ledger",
        label=page.label,
        title=_title(book),
        question=page.question,
        may_continue=True,
        tables={"deliveries": _deliveries(book), "evidence": _evidence(book)},
        notes={"how": _how(book)},
    )


def _rows(book: PeopleBook) -> Rows[EvidenceRow]:
    return book.rows(EvidenceRow)


def _title(book: PeopleBook) -> Text:
    records = _rows(book).count()
    if not records.value:
        return ruled("title.ledger.none", say("No record about a person stands behind this pack"), records)
    words = say(
        "{n} source {records} behind {people} {who}",
        n=n(records),
        records=plural(records.value, "record stands", "records stand"),
        people=shown(f.how_many_different, _rows(book).values("person_ref")),
        who=plural(len({row.person_ref for row in _rows(book)}), "person", "people"),
    )
    return ruled("title.ledger.some", words, records)


def _how(book: PeopleBook) -> Text:
    return say(
        "Every figure in this pack carries a tag of eight letters in its JSON and its tables. The command that "
        "follows a tag prints the rows behind it, their records, force, delivery and contract. Records below are "
        "cited on the pages as E and a number; the person’s reference and that number together are a tag too."
    )


def _evidence(book: PeopleBook) -> Table:
    rows = in_order(book)
    limit = book.definition.limits.ledger_listed
    more = [row.fact("evidence_no") for row in rows[limit:]]
    return Table(
        title="Records behind the people in this pack",
        note=say("{a} of {b} printed", a=_printed(rows[:limit]), b=n(_rows(book).count()))
        if rows
        else Text(),
        columns=(
            Column(heading="Person", width_mm=21),
            Column(heading="Ref", width_mm=8),
            Column(heading="Force", width_mm=24),
            Column(heading="Feed", width_mm=22),
            Column(heading="Record", width_mm=28),
            Column(heading="Known", width_mm=16),
            Column(heading="Kind", width_mm=22),
            Column(heading="Delivery"),
        ),
        rows=tuple(_cells(row) for row in rows[:limit]),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty="No record about a person is cited in this pack.",
    )


def in_order(book: PeopleBook) -> tuple[EvidenceRow, ...]:
    """Records in the order of the list, then those of people who are not on it."""
    ranks = {row.person_ref: row.rank for row in book.rows(Ranked)}
    far = len(ranks) + 1
    return tuple(
        sorted(_rows(book), key=lambda r: (ranks.get(r.person_ref, far), r.person_ref, r.evidence_no))
    )


def _printed(rows: Sequence[EvidenceRow]) -> Text:
    return only(shown(f.how_many, *(row.fact("evidence_no") for row in rows)))


def _cells(row: EvidenceRow) -> tuple[Cell, ...]:
    return (
        reference(row.fact("person_ref")),
        Cell(text=only(shown(f.evidence_no, row.fact("evidence_no")))),
        words(row.fact("source_force_name"), 24),
        Cell(text=only(shown(f.feed_word, row.fact("feed")))),
        reference(row.fact("record_ref")),
        as_written(f.on_short_day, row.fact("known_on")),
        Cell(text=only(shown(f.lower_first_word, row.fact("statement_kind")))),
        Cell(text=_delivery_of(row)),
    )


def _delivery_of(row: EvidenceRow) -> Text:
    delivery, version = shown(f.clipped(9), row.fact("delivery_id")), named(row.fact("contract_version"))
    return say("{delivery}, contract {version}", delivery=delivery, version=version)


def _deliveries(book: PeopleBook) -> Table:
    """What the pack rests on, by feed: files, rows, contract. One line a feed of a force."""
    rows = book.rows(Delivery)
    keys = list(dict.fromkeys((row.source_force, row.feed, row.contract_version) for row in rows))
    limit = 30
    return Table(
        title="Deliveries this pack rests on",
        columns=(
            Column(heading="Force", width_mm=34),
            Column(heading="Feed", width_mm=38),
            Column(heading="Contract", width_mm=20),
            Column(heading="Files", width_mm=16, is_number=True),
            Column(heading="Rows in", width_mm=22, is_number=True),
            Column(heading="Refused", width_mm=20, is_number=True),
            Column(heading="Loaded", is_number=True),
        ),
        rows=tuple(
            _delivery(rows.where(source_force=a, feed=b, contract_version=c)) for a, b, c in keys[:limit]
        ),
        remainder=say("and more, in the receipt beside this pack") if len(keys) > limit else Text(),
        empty="No delivery is held.",
    )


def _delivery(rows: Rows[Delivery]) -> tuple[Cell, ...]:
    return (
        Cell(text=only(shown(f.feed_word, rows.first("source_force")))),
        Cell(text=only(shown(f.feed_word, rows.first("feed")))),
        as_written(f.text, rows.first("contract_version")),
        as_written(f.whole, rows.count()),
        as_written(f.whole, rows.sum("rows_in")),
        as_written(f.whole, rows.sum("rows_refused")),
        as_written(f.whole, rows.sum("rows_loaded")),
    )


def evidence_of(book: PeopleBook) -> tuple[Evidence, ...]:
    """Every record of the ledger as data, also those beyond the cap of the page."""
    return tuple(
        Evidence(
            tag=shown(f.evidence_no, row.fact("evidence_no")).tag,
            subject=row.person_ref,
            number=f"E{row.evidence_no}",
            force=row.source_force,
            feed=row.feed,
            record=row.source_record_id,
            delivery_id=row.delivery_id,
            contract_version=row.contract_version,
            known=row.known_on.isoformat(),
        )
        for row in in_order(book)
    )

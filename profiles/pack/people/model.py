"""The page about the score: what it is, how good, how fair, when not to use it, who answers for it.

Here: the whole page, and its form when no model is used. Not here: where the figures come from (profiles/scoring).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cells import n
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.model_charts import calibration, calibration_note, fairness, fairness_note
from profiles.pack.tables.card import ModelCard, ReasonShare
from profiles.pack.text import only, say
from profiles.pack.titles import first_fitting

_PAIR = (Column(heading="", width_mm=30), Column(heading=""))


def model_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-model")
    card = book.rows(ModelCard).one()
    parts = {"section_id": page.page_id, "kind": "model", "label": page.label, "question": page.question}
    dont = Panel(title="Do not use it to", lines=_dont(book))
    if card is None:
        return Section(
            **parts,
            title=ruled(
                "title.model.none", say("No model is used in this pack"), book.head.fact("is_model_used")
            ),
            panels={"rule": _rule(book), "dont": dont},
        )
    return Section(
        **parts,
        title=_title(card),
        figures={"calibration": (calibration(book),), "fairness": (fairness(book),)},
        tables={"what": _what(card), "made_of": _made_of(book), "who": _who(card)},
        notes={
            "calibration": calibration_note(book),
            "top": _top(card),
            "fairness": fairness_note(book),
            "not_used": say("{words}", words=named(card.fact("not_used_text"))),
        },
        panels={"dont": dont},
    )


def _title(card: ModelCard) -> Text:
    facts = [card.fact("top_k"), card.fact("hits_in_top")]
    words = say(
        "Of {k} people flagged, about {hits} {have} and {rest} do not",
        k=n(facts[0]),
        hits=shown(f.about, facts[1]),
        have="have the outcome" if card.hits_in_top >= 1.5 else "has the outcome",
        rest=shown(f.the_rest, *facts),
    )
    return first_fitting("title.model.hits", facts, words, say("About the score"))


def _rule(book: PeopleBook) -> Panel:
    head = book.head
    why = say("{why}", why=named(head.fact("why_no_model"))) if head.why_no_model else Text()
    rule = say("Ranking is by rule: {rule}.", rule=named(head.fact("rule_text")))
    return Panel(title="No model is used in this pack", lines=(rule, *((why,) if why else ())), tone="tint")


def _pair(label: str, text: Text) -> tuple[Cell, ...]:
    return (Cell(text=say(label)), Cell(text=text))


def _what(card: ModelCard) -> Table:
    def words(name: str) -> Text:
        return say("{words}", words=named(card.fact(name)))

    trained = say(
        "{n} person-months, {a} to {b}, {forces} forces.",
        n=n(card.fact("n_train")),
        a=shown(f.in_month, card.fact("train_from")),
        b=shown(f.in_month, card.fact("train_to")),
        forces=n(card.fact("n_forces")),
    )
    tested = say(
        "{n} person-months, {a} to {b}, unseen and later in time.",
        n=n(card.fact("n_test")),
        a=shown(f.in_month, card.fact("test_from")),
        b=shown(f.in_month, card.fact("test_to")),
    )
    version = say(
        "{version}, in use since {since}. Next review {review}.",
        version=named(card.fact("version")),
        since=shown(f.on_short_day, card.fact("in_use_since")),
        review=shown(f.on_short_day, card.fact("next_review_on")),
    )
    beside = say(
        "Of {k}, the rule finds about {rule}; the score about {score}.",
        k=n(card.fact("top_k")),
        rule=shown(f.about, card.fact("hits_by_rule")),
        score=shown(f.about, card.fact("hits_in_top")),
    )
    return Table(
        title="What it is",
        columns=_PAIR,
        rows=(
            _pair("Question", words("question")),
            _pair("Method", words("method")),
            _pair("Learned from", trained),
            _pair("Tested on", tested),
            _pair("Version", version),
            _pair("Beside the rule", beside),
        ),
    )


def _top(card: ModelCard) -> Text:
    words = say(
        "**About {hits} of {k} {have} the outcome in time; {rest} do not.** Picked at random it would be about "
        "{chance}. The list also misses most: it holds about {found} of everyone who has the outcome later.",
        hits=shown(f.about, card.fact("hits_in_top")),
        k=n(card.fact("top_k")),
        have="have" if card.hits_in_top >= 1.5 else "has",
        rest=shown(f.the_rest, card.fact("top_k"), card.fact("hits_in_top")),
        chance=shown(f.one_decimal, card.fact("hits_by_chance")),
        found=shown(f.share_of_one, card.fact("share_found")),
    )
    return ruled("model.top", words, card.fact("hits_in_top"))


def _made_of(book: PeopleBook) -> Table:
    rows = book.rows(ReasonShare)
    return Table(
        title="What the score is made of",
        columns=(Column(heading="Group of reasons"), Column(heading="Share of the score", width_mm=34)),
        rows=tuple(
            (
                Cell(text=say("{name}", name=named(row.fact("title")))),
                Cell(
                    text=only(shown(f.whole_share, row.fact("share"))),
                    bar=max(0, min(100, round(200 * row.share))),
                ),
            )
            for row in rows
        ),
        empty="The score has no groups of reasons recorded.",
    )


def _who(card: ModelCard) -> Table:
    agree = say("Reviewers rejected {a} of {b}", a=n(card.fact("n_rejected")), b=n(card.fact("n_reviewed")))
    pairs = (
        ("Owner", "owner"),
        ("Built and watched by", "built_by"),
        ("Last ethics panel", "ethics_text"),
        ("Impact assessment", "dpia_ref"),
    )
    return Table(
        title="Who answers for it",
        columns=_PAIR,
        rows=(
            *(_pair(label, say("{words}", words=named(card.fact(name)))) for label, name in pairs),
            _pair("People agree with it", agree),
            _pair("Public record", say("{words}", words=named(card.fact("public_record")))),
        ),
    )


def _dont(book: PeopleBook) -> tuple[Text, ...]:
    act = say("Act after {n} days: ask for a new score.", n=n(book.limit("days_to_act")))
    return (
        say("Arrest, charge, refuse bail or disclose. It is a reason to look."),
        say("Judge a person’s guilt, or anybody’s honesty."),
        say("Compare two people whose ranges overlap."),
        say("Rank anyone under eighteen, or anyone outside the cohort."),
        act,
    )

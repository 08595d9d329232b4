"""The commands `force-profiles linkage`: judge a linkage, train a model, ask why two mentions are one person.

Not here: linking (conflation), the night's own linkage (steps/conflate), the questions' answers (asked).
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli_answers import Json, fail, say
from orchestration.settings import from_environment

Mention = Annotated[str, typer.Argument(help="A mention's id, as in the warehouse.")]
Out = Annotated[Path | None, typer.Option(readable=False, help="Where the nights are (default: out).")]
Svg = Annotated[Path | None, typer.Option(readable=False, help="Write the waterfall as a drawing, too.")]
linkage = typer.Typer(no_args_is_help=True, help="Who is who: judge, train and explain the linkage.")


@linkage.command("evaluate")
def linkage_evaluate(
    records: Annotated[Path, typer.Argument(readable=False, help="A table of records, .csv or .parquet.")],
    columns: Annotated[
        Path, typer.Option(readable=False, help="YAML: canonical name → the table's heading.")
    ],
    truth: Annotated[str, typer.Option(help="The column that says who each record really is.")],
    source: Annotated[
        str | None, typer.Option(help="The column that says which file a record came from.")
    ] = None,
    household: Annotated[
        str | None, typer.Option(help="A column of households, to count their merging.")
    ] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Plain Splink on the same table, too.")] = False,
    as_json: Json = False,
) -> None:
    """Train without truth, link, guard and cluster a table, then count against the truth column."""
    from conflation.columns import LinkageError, read_map
    from conflation.evaluate import Question, evaluate

    try:
        question = Question(records, read_map(columns), truth, source, household, compare)
        with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
            answer = evaluate(question, Path(scratch))
    except LinkageError as error:
        raise fail(str(error), as_json) from None
    say(answer, _in_words(answer), as_json)


@linkage.command("train")
def linkage_train(
    mentions: Annotated[
        Path, typer.Argument(readable=False, help="A night's warehouse file, or mentions as Parquet.")
    ],
    model: Annotated[Path, typer.Option(readable=False, help="The folder to write the model into.")],
    trained_on: Annotated[str, typer.Option(help="What the data is, in words: it stands in the model.")],
    as_json: Json = False,
) -> None:
    """Train the model that nights link with, without truth. Rare; nights only use it."""
    from conflation.columns import LinkageError
    from conflation.schooling import train_model
    from orchestration.steps.identity import export_mentions

    try:
        with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
            table = export_mentions(mentions, Path(scratch))
            answer = train_model(table, model, trained_on, Path(scratch) / "spill")
    except LinkageError as error:
        raise fail(str(error), as_json) from None
    say(answer, f"Model {answer['model']} of {answer['mentions']:,} mentions: {answer['folder']}", as_json)


@linkage.command("report")
def linkage_report(
    generation: Annotated[
        Path, typer.Argument(readable=False, help="A night's warehouse file, of a fictional world.")
    ],
    answers: Annotated[
        Path, typer.Option(readable=False, help="Folder of Parquet: who is meant by each record.")
    ],
    people: Annotated[Path, typer.Option(readable=False, help="Folder of Parquet: the people of the world.")],
    compare: Annotated[
        bool, typer.Option("--compare", help="Plain Splink on the same mentions, too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Judge a night's linkage on a fictional world, by kind of mention, sex and origin of name."""
    from conflation.columns import LinkageError
    from conflation.worlds import judge_world
    from synthetic_world.luck import Errors

    try:
        with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
            bit = int(Errors.SIBLING)
            answer = judge_world(generation, answers, people, bit, Path(scratch), compare)
    except LinkageError as error:
        raise fail(str(error), as_json) from None
    lines = [
        f"{name:<22} precision {f['precision']:.4f}  recall {f['recall']:.4f}  of {f['true_pairs']:,} pairs"
        for name, f in answer["groups"].items()
    ]
    lines.append(f"Homes merged: {answer['household_merges_per_10000']} for each 10,000 persons.")
    if plain := answer.get("plain_splink", {}).get("groups"):
        said = plain["three identifiers"]
        lines.append(
            f"Plain Splink, three identifiers: precision {said['precision']}, recall {said['recall']}."
        )
    say(answer, "\n".join(lines), as_json)


@linkage.command("why")
def linkage_why(a: Mention, b: Mention, out: Out = None, svg: Svg = None, as_json: Json = False) -> None:
    """Why two mentions are one person: every piece of evidence with its weight."""
    _explain(a, b, out, svg, as_json)


@linkage.command("why-not")
def linkage_why_not(a: Mention, b: Mention, out: Out = None, svg: Svg = None, as_json: Json = False) -> None:
    """Why two mentions are not one person: the same evidence, and what held them back."""
    _explain(a, b, out, svg, as_json)


@linkage.command("how")
def linkage_how(
    person: Annotated[str, typer.Argument(help="A person's id.")], out: Out = None, as_json: Json = False
) -> None:
    """How a person hangs together: the pairs that hold it, the weakest of them, and what happened to the id."""
    from orchestration.steps.identity import how_person

    answer = _asked(lambda: how_person(from_environment().told(out=out), person), as_json)
    weakest = answer["weakest"]
    words = f"{person}: {answer['mentions']} mentions, held by {len(answer['links'])} pairs."
    if weakest:
        words += (
            f" The weakest has {weakest['bits']:+.1f} bits; without it {weakest['mention_b_id']} might part."
        )
    say(answer, words, as_json)


@linkage.command("which")
def linkage_which(
    mention: Mention,
    on: Annotated[str, typer.Option(help="A day, YYYY-MM-DD.")],
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Which person's id a mention had on a day."""
    from orchestration.steps.identity import which_person

    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise fail(f"{on!r} is no day; write it as YYYY-MM-DD.", as_json) from None
    answer = _asked(lambda: which_person(from_environment().told(out=out), mention, day), as_json)
    say(answer, f"On {on} the mention was {answer['person_id']}.", as_json)


@linkage.command("where")
def linkage_where(
    person: Annotated[str, typer.Argument(help="A person's id, of today or of long ago.")],
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Where a person's id went: what happened to it, and under which ids its mentions stand now."""
    from orchestration.steps.identity import where_went

    answer = _asked(lambda: where_went(from_environment().told(out=out), person), as_json)
    lines = [
        f"{e['event_date']}: {e['person_id']} {e['kind']}{' ' + e['other_id'] if e['other_id'] else ''}: {e['cause']}"
        for e in answer["history"]
    ]
    lines += [f"Now {n:,} of its mentions are {name}." for name, n in answer["now"].items()]
    say(answer, "\n".join(lines), as_json)


def _asked(question: Callable[[], dict[str, Any]], as_json: bool) -> dict[str, Any]:
    """The answer to a question about the last night; a question that has none ends with its sentence."""
    from conflation.columns import LinkageError
    from orchestration.warehouse import WarehouseError

    try:
        return question()
    except (LinkageError, WarehouseError) as error:
        raise fail(str(error), as_json) from None


def _explain(a: str, b: str, out: Path | None, svg: Path | None, as_json: bool) -> None:
    from conflation.explain import in_words
    from conflation.waterfall import waterfall
    from orchestration.steps.identity import why_pair

    answer = _asked(lambda: why_pair(from_environment().told(out=out), a, b), as_json)
    if svg:
        svg.write_text(waterfall(answer), encoding="utf-8")
    together = "They are one person." if answer["is_one_person"] else "They are two persons."
    say(answer, f"{in_words(answer)}\n{together}", as_json)


def _in_words(answer: dict[str, Any]) -> str:
    lines = [f"{answer['records']:,} records, {answer['true_pairs']:,} true pairs, {answer['seconds']} s."]
    lines += ["threshold  clusters: precision  recall  F1      household merges"]
    for name, found in answer["thresholds"].items():
        said = found["clusters"]
        lines.append(f"{_line(name, said)}  {found['household_merges']:,}")
    if plain := answer.get("plain_splink", {}).get("clusters"):
        lines.append(_line("Splink", plain))
    return "\n".join(lines)


def _line(name: str, said: dict[str, float]) -> str:
    return f"{name:<10} {said['precision']:>19.4f}  {said['recall']:.4f}  {said['f1']:.4f}"

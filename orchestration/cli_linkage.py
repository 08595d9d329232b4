"""The commands `force-profiles linkage`: judge a linkage on a table with truth.

Not here: linking (conflation), the night's own linkage (steps/conflate).
"""

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli_answers import Json, fail, say

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

"""The commands `force-profiles world`: make a fictional world, deliver one more night of it, show its card.

Not here: the world itself (synthetic_world), the demo's world that a night makes for itself (demo).
"""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli_answers import Json, fail, say
from orchestration.settings import SettingsError, parse_day

world = typer.Typer(no_args_is_help=True, help="The fictional world with known truth.")
Out = Annotated[Path, typer.Option(readable=False, help="The world's folder: DIR/landing and DIR/truth.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress.")]


def _progress(is_quiet: bool, line: str) -> None:
    if not is_quiet:
        typer.echo(line, err=True)


@world.command("make")
def world_make(
    out: Out,
    scale: Annotated[str, typer.Option(help="ci, ci9, demo, nine or national.")] = "demo",
    seed: Annotated[int | None, typer.Option(help="Same seed, same bytes. Default: the demo's.")] = None,
    years: Annotated[float, typer.Option(help="Years of history.")] = 5,
    knobs: Annotated[
        Path | None, typer.Option(readable=False, help="Rates turned by hand (YAML): bias, drift, noise.")
    ] = None,
    tasking: Annotated[
        Path | None,
        typer.Option(
            readable=False, help="Who was tasked when (CSV): what tasking prevents does not happen."
        ),
    ] = None,
    interactions: Annotated[
        str, typer.Option(help="usual, or high: effects beyond straight lines.")
    ] = "usual",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make a world in a new or empty folder: every force's files, and the answer book beside them."""
    from orchestration.demo import Asked, write_world
    from synthetic_world.memory import without_pandas

    without_pandas()  # this process makes a world and ends
    try:
        told = Asked(knobs, tasking, interactions)
        answer = write_world(out, scale, seed, years, lambda line: _progress(quiet, line), told)
    except SettingsError as error:
        raise fail(str(error), as_json) from None
    missed = [name for name, is_passed in answer["gates"].items() if is_passed is False]
    words = f"{answer['rows']:,} rows in {answer['files']:,} files: {out / 'landing'}"
    if missed:
        words += f"\nOutside their range: {'; '.join(missed)}. See `force-profiles world card {out}`."
    say(answer, words, as_json)


@world.command("night")
def world_night(
    out: Out,
    date: Annotated[
        str | None, typer.Option(help="YYYY-MM-DD; all days up to it. Default: one more day.")
    ] = None,
    faults: Annotated[
        Path | None, typer.Option(readable=False, help="A plan of faults (YAML) to do to that night's files.")
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Deliver one more night of a world that was made before."""
    from synthetic_world.population.atlas import WorldError
    from synthetic_world.records.nights import night

    try:
        day = parse_day(date, "--date") if date else None
        answer = night(out, day, faults, lambda line: _progress(quiet, line))
    except (SettingsError, WorldError) as error:
        raise fail(str(error), as_json) from None
    lines = [
        f"{answer['rows']:,} rows in {len(answer['files']):,} files up to {answer['day']}",
        *answer["faults"],
    ]
    say(answer, "\n".join(lines), as_json)


@world.command("card")
def world_card(
    folder: Annotated[Path, typer.Argument(readable=False, help="The world's folder.")], as_json: Json = False
) -> None:
    """What a world was asked to be, what it became, and every number behind it with its source."""
    from synthetic_world.card import in_words, read_card
    from synthetic_world.population.atlas import WorldError

    try:
        card = read_card(folder)
    except WorldError as error:
        raise fail(str(error), as_json) from None
    say(card, in_words(card), as_json)

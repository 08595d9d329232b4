"""The commands `force-profiles score`: judge the scoring code on any table, train the heads, write their records.

Not here: the trial itself (profiles/scoring/trial), what a record says (profiles/scoring/cards), scoring of a night.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli_answers import Json, fail, say

score = typer.Typer(
    no_args_is_help=True, help="Scores: judge the scoring code on any table; write model cards and records."
)


@score.command("evaluate")
def score_evaluate(
    table: Annotated[
        Path, typer.Argument(readable=False, help="CSV or Parquet; a row a person, or person and date.")
    ],
    label: Annotated[str, typer.Option(help="Column with the outcome: 1 and 0, true and false, Y and N.")],
    identity: Annotated[
        str | None,
        typer.Option("--id", help="Column that says whose the row is. Default: each its own person."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(help="Column with 1 for train, 0 for test. Default: three tenths of persons test."),
    ] = None,
    time: Annotated[
        str | None,
        typer.Option(help="Column with a date: choose forwards in time; the latest rows are the test."),
    ] = None,
    features: Annotated[
        str | None,
        typer.Option(help="Columns to use, commas between. A protected column is used only if named here."),
    ] = None,
    monotone: Annotated[
        Path | None,
        typer.Option(readable=False, help="YAML map of column to +1 (may only raise a score) or -1."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    as_json: Json = False,
) -> None:
    """Train, calibrate and judge every model on a table, and say whether the champion may lead."""
    from profiles.scoring.table.source import TableError
    from profiles.scoring.trial.run import Order, evaluate

    asked = [name.strip() for name in (features or "").split(",") if name.strip()]
    try:
        answer = evaluate(
            Order(table, label, identity, split, time, asked, monotone),
            lambda line: None if quiet else typer.echo(line, err=True),
        )
    except TableError as error:
        raise fail(str(error), as_json) from None
    say(answer, _in_words(answer), as_json)


@score.command("retrain")
def score_retrain(
    out: Annotated[Path | None, typer.Option(help="OUT of the nights.")] = None,
    landing: Annotated[Path | None, typer.Option(help="Landing place of the world to learn from.")] = None,
    scale: Annotated[str | None, typer.Option(help="Size of the demo world to learn from.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    as_json: Json = False,
) -> None:
    """Train every head on the last night's warehouse; bundles stand in the shadow until two people approve one."""
    from orchestration.ledger import AlreadyRunning, LedgerError
    from orchestration.progress import close, reporter_for
    from orchestration.settings import SettingsError, from_environment, silence_telemetry
    from orchestration.shift import run

    silence_telemetry()
    reporter = reporter_for(is_quiet=quiet)
    try:
        told = from_environment().told(out=out, landing=landing, scale=scale)
        done = run(told, reporter, "retrain")
    except (AlreadyRunning, LedgerError) as error:
        raise fail(f"{error}".capitalize() + ".", as_json, 1) from None
    except SettingsError as error:
        raise fail(str(error), as_json) from None
    finally:
        close(reporter)
    if done.exit_code or done.night.failed:
        raise fail(done.night.failed or str(done.summary["problem"]), as_json, 1)
    said = dict(done.night.facts.get("retrained", {}))
    say({"heads": said}, "\n".join(f"{name}: {words}" for name, words in said.items()), as_json)


@score.command("records")
def score_records(
    folder: Annotated[Path, typer.Argument(readable=False, help="Where they go.")] = Path("docs/models"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; name what is out of date.")] = False,
    as_json: Json = False,
) -> None:
    """Write model card, transparency record, data card and list of variables of every head."""
    from profiles.definitions.loader import DefinitionError
    from profiles.scoring.cards.records import out_of_date, told_here, write
    from profiles.scoring.heads.registry import RegistryError

    try:
        told = told_here()
        stale = out_of_date(folder, told)
        if not check:
            write(folder, told)
    except (DefinitionError, RegistryError, OSError) as error:
        raise fail(str(error), as_json) from None
    words = "\n".join(f"{name} is out of date" for name in stale) or "Every record is as it should be."
    say(
        {"folder": str(folder), "out_of_date": stale, "records": len(told)},
        words if check else f"{len(told)} records: {folder}",
        as_json,
    )
    raise typer.Exit(1 if check and stale else 0)


def _in_words(answer: dict[str, Any]) -> str:
    """The answer as a small table."""
    tested = answer["test"]["rows"]
    lines = [f"{answer['rows']:,} rows, {answer['positives']:,} positives; judged on {tested:,} test rows."]
    lines += [f"{one['column']}: left out ({one['why']})" for one in answer["left_out"]]
    lines += [
        f"{name}: a protected column, used because --features names it" for name in answer["protected_used"]
    ]
    lines += answer["notes"]
    lines.append(
        f"{'':<12}{'AUC':>8}{'AP':>8}{'Brier':>8}{'ECE':>8}{'P@10':>8}{'P@50':>8}{'P@100':>8}{'P@500':>8}"
    )
    for name, one in answer["models"].items():
        figures = [one[what] for what in ("auc", "ap", "brier", "ece")]
        figures += [one["p_at_k"].get(k) for k in ("10", "50", "100", "500")]
        lines.append(
            f"{name:<12}" + "".join(f"{'-':>8}" if value is None else f"{value:>8.4f}" for value in figures)
        )
    lines.append(f"Champion: {answer['champion']['recipe']}.")
    for check in answer["gate"]["checks"]:
        verdict = {True: "holds", False: "fails", None: "-"}[check["is_passed"]]
        lines.append(f"  {check['check']} {verdict:<6} {check['question']} {check['found']}")
    lines.append(f"Leads: {answer['gate']['leads']}. {answer['gate']['why']}")
    return "\n".join(lines)

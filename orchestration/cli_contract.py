"""The commands `force-profiles contract`: check all contracts, compare two, write the data dictionary.

Not here: what they do (data_contracts), drafting and checking one feed (cli_feed).
"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli_answers import Json, fail, say

contract = typer.Typer(
    no_args_is_help=True, help="Contracts: check them, compare two, write the data dictionary."
)


@contract.command("check")
def contract_check(as_json: Json = False) -> None:
    """Check every contract; each problem is one sentence."""
    from data_contracts import lint
    from data_contracts.registry import HERE

    problems = lint.check(HERE)
    say({"problems": problems}, "\n".join(problems) or "All contracts hold.", as_json)
    raise typer.Exit(1 if problems else 0)


@contract.command("diff")
def contract_diff(
    old: Annotated[Path, typer.Argument(readable=False, help="The contract as it was.")],
    new: Annotated[Path, typer.Argument(readable=False, help="The contract as it is to be.")],
    as_json: Json = False,
) -> None:
    """Say which changes break whom. Ends with 1 where something breaks and the version is not higher."""
    from data_contracts.diff import compare_files
    from data_contracts.model import ContractError
    from data_contracts.registry import Registry

    try:
        found = compare_files(old, new, Registry.load())
    except ContractError as error:
        raise fail(f"{error}.", as_json) from None
    answer = {
        "old_version": found.old_version, "new_version": found.new_version, "is_breaking": found.is_breaking,
        "is_bumped": found.is_bumped, "holds": found.holds, "changes": [asdict(change) for change in found.changes],
    }  # fmt: skip
    lines = [
        f"{c.weight:<9} {c.sentence}" + (f"  – felt by {', '.join(c.whom)}" if c.whom else "")
        for c in found.changes
    ]
    verdict = (
        ""
        if found.holds
        else f"Something breaks and the version is still {found.new_version}; give it a higher one."
    )
    say(answer, "\n".join([*(lines or ["Nothing differs."]), *([verdict] if verdict else [])]), as_json)
    raise typer.Exit(0 if found.holds else 1)


@contract.command("dictionary")
def contract_dictionary(path: Path = Path("docs/data-dictionary.md"), as_json: Json = False) -> None:
    """Write the data dictionary from the contracts: Markdown, or one HTML page where the path ends so."""
    from data_contracts import dictionary
    from data_contracts.registry import Registry

    if path.suffix == ".html":
        from orchestration.pages.dictionary_page import write_dictionary_page

        write_dictionary_page(Registry.load(), path)
    else:
        dictionary.write(Registry.load(), path)
    say({"path": str(path)}, str(path), as_json)

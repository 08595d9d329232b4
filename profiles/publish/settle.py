"""What becomes of the packs that stand when a night has new ones: kept, replaced or set aside, pack by pack.

Here: the rules. A released pack is never covered by a draft that differs; a withdrawn one does not come back unchanged.
Not here: the swap of the whole folder (shelf.py), what a release is (governance/release.py).
"""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from governance.release import ReleaseState, read_slip, state_of
from profiles.publish import receipt, shelf


def settle(
    staged: Path, final: Path, force_code: str, as_of: date, made: Mapping[str, dict[str, Any]]
) -> dict[str, str]:
    """Put tonight's packs of one force on the shelf in one step; `made` are their receipts' entries by file name.

    Returns a sentence for each pack that was not put out. A pack that stands and was not made tonight stays.
    """
    standing = receipt.read(final)
    entries, problems = dict(made), {}
    for name in sorted({*standing, *made}):
        keep, problems[name] = _verdict(staged, final, name, name in made)
        if keep:
            _carry(final, staged, name)
            if name in standing:
                entries[name] = standing[name]
        elif name in standing and state_of(final / f"{name}.pdf") is ReleaseState.WITHDRAWN:
            _set_aside(final, name, str(standing[name]["pack_id"]))
    words = receipt.receipt_json(receipt.of_folder(force_code, as_of, entries))
    (staged / receipt.FILE).write_text(words, encoding="utf-8")
    if not entries or _same(staged, final):
        shutil.rmtree(staged)
    else:
        shelf.place(staged, final)
    return {name: problem for name, problem in problems.items() if problem}


def _verdict(staged: Path, final: Path, name: str, is_made: bool) -> tuple[bool, str]:
    """Whether the standing pack stays, and the sentence to say if tonight's is not put out."""
    old, new = final / f"{name}.pdf", staged / f"{name}.pdf"
    if not old.is_file():
        return False, ""
    if not is_made:
        return True, ""
    state, slip = state_of(old), read_slip(old)
    if slip and state is ReleaseState.WITHDRAWN and receipt.sha256_of(new) == slip.pack_sha256:
        return True, (
            f"{final} holds {slip.pack_id}, which was withdrawn; the night made the very same pack again, "
            "so it was not put out. Put right what was wrong first."
        )
    if slip and state is ReleaseState.RELEASED:
        if receipt.sha256_of(old) == receipt.sha256_of(new):
            return True, ""
        return True, (
            f"{final} holds {slip.pack_id}, which was released; tonight's draft differs and was not put over it. "
            "Withdraw the pack first if the new one is to take its place."
        )
    return False, ""


def files_of(folder: Path, name: str) -> list[Path]:
    """Everything in a folder that belongs to one pack: its forms, its slip, its pages printed apart."""
    return sorted(path for path in folder.iterdir() if path.name.split(".")[0] == name)


def _carry(final: Path, staged: Path, name: str) -> None:
    """The standing pack in the place of tonight's."""
    for path in files_of(staged, name):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in files_of(final, name):
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, staged / path.name)


def _set_aside(final: Path, name: str, pack_id: str) -> None:
    """Keep a withdrawn pack under its own name beside the shelf, numbered when that name is taken."""
    base = f".withdrawn-{final.name}-{pack_id}"
    numbered = (final.with_name(base if n == 1 else f"{base}-{n}") for n in range(1, 1000))
    aside = next(path for path in numbered if not path.exists())
    aside.mkdir()
    for path in files_of(final, name):
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, aside / path.name)


def _same(staged: Path, final: Path) -> bool:
    """True when nothing would change: every file of both folders has the same bytes."""

    def contents(folder: Path) -> dict[str, bytes]:
        found = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}

    return final.is_dir() and contents(staged) == contents(final)

"""Keeps a trained head as a folder: trees as LightGBM's text, everything else as one JSON manifest; never a pickle.

Here: writing and reading, and every reason to refuse one. A bundle is known by the digest of its manifest, and the
manifest holds the digest of every other file, so nothing in it can change unseen. Not here: which digest may be used
(registry), what is measured (figures, admission), scoring with it (score).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Floats
from profiles.scoring.heads.train import Trained
from profiles.scoring.learn.block import Block
from profiles.scoring.learn.calibration import Calibration
from profiles.scoring.learn.encoding import Encoded, Encoding, Feature
from profiles.scoring.learn.linear import Linear
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import Recipe
from profiles.scoring.learn.trees import TreeSettings
from profiles.scoring.watch.drift import Reference, reference

SCHEMA: Final = "force-profiles-bundle/1"
MANIFEST: Final = "manifest.json"
LASTS: Final = timedelta(365)
_SOURCES: Final = ("learn", "heads", "judge")


class BundleError(ValueError):
    """A bundle that may not be used: one sentence, and the list that leads instead."""


@dataclass(frozen=True)
class Bundle:
    """A head ready to score: model, calibration, calibration block, draws, and what training features looked like."""

    digest: str
    manifest: Mapping[str, Any]
    model: Model
    calibration: Calibration
    block: Block
    draws: Floats
    references: Mapping[str, Reference]


def write_bundle(
    folder: Path, trained: Trained, told: Mapping[str, Any], matrix: Floats, made_on: date
) -> str:
    """Write a new folder and return the digest of its manifest.

    `told` holds what only others know: author, trained_on, data (a digest), figures, gate, fairness. `matrix` are the
    training features, of which a summary is kept for drift.
    """
    folder.mkdir(parents=True)
    files = {f"trees-{number}.txt": text for number, text in enumerate(trained.model.trees, start=1)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    references = {name: reference(matrix[:, place]) for place, name in enumerate(trained.head.names)}
    manifest = {
        "schema": SCHEMA,
        "head": trained.head.head,
        "made_on": made_on.isoformat(),
        "expires": (made_on + LASTS).isoformat(),
        **told,
        "code": code_digest(),
        "definition": definition_digest(trained.head),
        "files": {name: sha256(text.encode()).hexdigest() for name, text in files.items()},
        "recipe": asdict(trained.model.recipe),
        "features": [asdict(part) for part in trained.model.encoding.parts],
        "linear": {
            "intercept": trained.model.linear.intercept,
            "coefficients": trained.model.linear.coefficients.tolist(),
        },
        "means": trained.model.means.tolist(),
        "calibration": asdict(trained.calibration),
        "block": {name: getattr(trained.block, name).tolist() for name in ("levels", "n", "hits")},
        "draws": trained.draws.tolist(),
        "references": {
            name: {"edges": one.edges.tolist(), "shares": one.shares.tolist(), "zero_share": one.zero_share}
            for name, one in references.items()
        },
        "blocks": {
            part: [day.isoformat() for day in getattr(trained.origin, part)]
            for part in ("train", "calibration")
        },
        "origins": [
            {
                part: [day.isoformat() for day in getattr(one.origin, part)]
                for part in ("train", "calibration", "test")
            }
            for one in trained.judged
        ],
        "n_positive_people": trained.n_positive_people,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return sha256(text.encode()).hexdigest()


def read_bundle(folder: Path, digest: str, head: Head, today: date) -> Bundle:
    """Read a bundle that the registry names by its digest. Raises BundleError for any doubt."""

    def refuse(why: str) -> BundleError:
        return BundleError(
            f"The model in {folder.name} is refused: {why}. The list of {head.head} is ranked by {head.rule}."
        )

    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError:
        raise refuse("it has no manifest") from None
    if sha256(text).hexdigest() != digest:
        raise refuse("its manifest is not the one that was approved")
    manifest = json.loads(text)
    if manifest["schema"] != SCHEMA or manifest["head"] != head.head:
        raise refuse(f"it is a {manifest['schema']} of {manifest['head']}")
    if today >= date.fromisoformat(manifest["expires"]):
        raise refuse(f"it expired on {date.fromisoformat(manifest['expires']):%d %B %Y}")
    if manifest["definition"] != definition_digest(head):
        raise refuse("the definition of its features has changed since it was trained")
    trees = []
    for name, known in sorted(manifest["files"].items()):
        try:
            content = (folder / name).read_bytes()
        except OSError:
            raise refuse(f"{name} is missing") from None
        if sha256(content).hexdigest() != known:
            raise refuse(f"{name} was changed after it was trained")
        trees.append(content.decode())
    return _bundle(digest, manifest, tuple(trees))


def definition_digest(head: Head) -> str:
    """Digest of what a head is: features, signs, outcome; words may change without a new model."""
    told = head.model_dump(include={"head", "outcome_column", "horizon_days", "maturity_days"})
    told["features"] = [
        feature.model_dump(include={"name", "group", "sign", "kind"}) for feature in head.features
    ]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def code_digest() -> str:
    """Digest of the code that trains: every module of the rooms that fit, choose and judge."""
    here = Path(__file__).parents[1]
    found = sha256()
    for room in _SOURCES:
        for path in sorted((here / room).glob("*.py")):
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _bundle(digest: str, manifest: Mapping[str, Any], trees: tuple[str, ...]) -> Bundle:
    told = manifest["recipe"]
    settings = TreeSettings(**told["trees"]) if told["trees"] else None
    parts = tuple(
        Encoded(**{**part, "feature": Feature(**part["feature"]), "levels": tuple(part["levels"])})
        for part in manifest["features"]
    )
    linear = Linear(
        manifest["linear"]["intercept"], np.asarray(manifest["linear"]["coefficients"], np.float64)
    )
    model = Model(
        Recipe(**{**told, "trees": settings}),
        Encoding(parts),
        linear,
        np.asarray(manifest["means"], np.float64),
        trees,
    )
    references = {
        name: Reference(
            np.asarray(one["edges"], np.float64), np.asarray(one["shares"], np.float64), one["zero_share"]
        )
        for name, one in manifest["references"].items()
    }
    block = Block(*(np.asarray(manifest["block"][name], np.float64) for name in ("levels", "n", "hits")))
    calibration, draws = Calibration(**manifest["calibration"]), np.asarray(manifest["draws"], np.float64)
    return Bundle(digest, manifest, model, calibration, block, draws, references)

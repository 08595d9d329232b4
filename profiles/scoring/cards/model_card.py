"""The model card of a head: what leads its list, how well, for whom, until when.

Here: the page from the register's entry and the bundle's manifest; without them it says that the list is ranked by
rule. Not here: the figures (heads/figures), the gate (judge/gate).
"""

from collections.abc import Mapping
from typing import Any

from profiles.definitions.heads import Head
from profiles.scoring.cards.markdown import figure, page, table
from profiles.scoring.heads.registry import Entry

_NAMES = {
    "rfgv": "RFGV", "count_365": "count, a year", "recency": "recency", "harm_365": "harm, a year",
    "logistic": "logistic regression", "enet": "elastic net", "lightgbm": "LightGBM", "champion": "champion",
}  # fmt: skip

_MEASURES = ("selection_rate", "ppv", "fpr", "fnr", "calibration_gap")


def model_card(head: Head, entry: Entry | None, manifest: Mapping[str, Any] | None, generated: str) -> str:
    """The page."""
    sections = {"Use": f"{head.decision}. Advisory: a score triggers nothing; a person decides."}
    if entry is None or manifest is None:
        sections["State"] = f"No model. The list is ranked by {head.rule}."
        return page(f"Model card: {head.title}", sections, generated)
    gate = manifest["gate"]
    checks = [
        (one["check"], one["question"], _holds(one["is_passed"]), one["found"], one["needed"])
        for one in gate["checks"]
    ]
    sections |= {
        "State": _state(head, entry, manifest),
        "Gate": table(("Check", "Question", "Holds", "Found", "Needed"), checks),
        "Figures": _figures(manifest),
        "Fairness": _fairness(manifest),
        "How it was judged": _origins(manifest),
        "What it is made of": _made_of(manifest),
    }
    if any(feature.is_protected_exception for feature in head.features):
        sections["Without age"] = _ablation(manifest)
    return page(f"Model card: {head.title}", sections, generated)


def _state(head: Head, entry: Entry, manifest: Mapping[str, Any]) -> str:
    gate = manifest["gate"]
    leads = "the model" if gate["leads"] == "model" else gate["leads"]
    return (
        f"{entry.state.capitalize()}; the list is led by {leads}. {gate['why']}\n\n"
        f"Trained on {entry.trained_on}; made on {manifest['made_on']}, expires on {manifest['expires']}. "
        f"Author: {entry.author}. Approved by: {entry.approver or 'nobody'}. "
        f"Lawful basis: {entry.lawful_basis or 'not stated'}."
    )


def _figures(manifest: Mapping[str, Any]) -> str:
    rows = []
    for name, told in manifest["figures"].items():
        lists = {one["k"]: figure(one["precision"], 2) for one in told["lists"]}
        measures = (
            figure(told["auc"]), figure(told["precision"]), figure(told["brier"], 4),
            figure(told["calibration_error"], 4),
        )  # fmt: skip
        rows.append((_NAMES.get(name, name), *measures, *(lists.get(k, "–") for k in (10, 50, 100))))
    headings = ("List", "AUC", "Average precision", "Brier", "Calibration error", "P@10", "P@50", "P@100")
    return (
        table(headings, rows)
        + "\n\nPrecision at k is counted inside each force and averaged. Intervals draw persons."
    )


def _fairness(manifest: Mapping[str, Any]) -> str:
    rows: list[tuple[Any, ...]] = []
    for attribute, groups in manifest["fairness"].items():
        for one in groups:
            shown = [figure(one["measures"].get(name)) for name in _MEASURES]
            rows.append((attribute, one["name"], one["n"] if one["measures"] else "under 30", *shown))
    flags = [flag for groups in manifest["fairness"].values() for one in groups for flag in one["flags"]]
    headings = ("By", "Group", "n", "Selection", "PPV", "FPR", "FNR", "Calibration gap")
    return f"{table(headings, rows)}\n\nFlags: {'; '.join(flags) if flags else 'none'}."


def _origins(manifest: Mapping[str, Any]) -> str:
    rows = [
        (f"{one['train'][0]} to {one['train'][-1]}", ", ".join(one["calibration"]), ", ".join(one["test"]))
        for one in manifest["origins"]
    ]
    return table(("Learned on as-of dates", "Calibrated on", "Judged on"), rows)


def _made_of(manifest: Mapping[str, Any]) -> str:
    recipe = manifest["recipe"]
    return (
        f"{recipe['kind']}, penalty {recipe['penalty']:g}, {len(manifest['files'])} files of trees. People with the "
        f"outcome in training: {manifest['n_positive_people']:,}. Digest of the training data "
        f"`{manifest['data'][:16]}`, of the code `{manifest['code'][:16]}`."
    )


def _ablation(manifest: Mapping[str, Any]) -> str:
    told = manifest.get("without_age")
    return (
        f"Average precision without age: {figure(told, 4)} against the model with it."
        if told
        else "Not measured yet."
    )


def _holds(is_passed: bool | None) -> str:
    return {True: "yes", False: "no", None: "not asked"}[is_passed]

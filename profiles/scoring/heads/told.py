"""What was found, as plain JSON: for the manifest of a bundle, the cards, and the command line.

Here: dataclasses to dictionaries, with null for what is not a number. Not here: the finding (figures, admission).
"""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from hashlib import sha256
from math import isfinite
from typing import Any

import numpy as np

from profiles.scoring.heads.admission import admission, fairness
from profiles.scoring.heads.figures import figures
from profiles.scoring.heads.train import Trained
from profiles.scoring.learn.cohort import Cohort
from profiles.scoring.learn.fit import Rows


def found_out(trained: Trained, cohort: Cohort, rule: str = "rfgv", accepted_by: str = "") -> dict[str, Any]:
    """Figures, gate and fairness of a trained head, for its bundle."""
    gate, _ = admission(trained, cohort, rule, accepted_by)
    return {
        "figures": {name: plain(one) for name, one in figures(trained.judged).items()},
        "gate": plain(gate),
        "fairness": {name: [plain(one) for one in groups] for name, groups in fairness(trained).items()},
    }


def data_digest(rows: Rows) -> str:
    """Digest of the rows that were learned from: features, outcomes and whose they are, in their own order."""
    found = sha256(np.ascontiguousarray(rows.matrix).tobytes() + rows.label.tobytes() + rows.weight.tobytes())
    found.update("\n".join(str(one) for one in rows.ids).encode())
    return found.hexdigest()


def plain(value: Any) -> Any:
    """Dictionaries, lists, text and finite numbers; dates as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | np.floating):
        return float(value) if isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value

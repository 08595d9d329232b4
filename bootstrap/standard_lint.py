"""Every contract held against datacontract-cli's own lint. Run by standard_lint.sh in an environment of its own.

Prints one line for each contract that is not clean, and the count; ends with 1 if there is any.
"""

import logging
import sys
from pathlib import Path

from datacontract.data_contract import DataContract

logging.disable(logging.CRITICAL)
paths = sorted(Path(sys.argv[1]).rglob("*.odcs.yaml"))
bad = 0
for path in paths:
    run = DataContract(data_contract_file=str(path)).lint()
    unclean = [check for check in run.checks if str(check.result) not in ("ResultEnum.passed", "passed")]
    bad += bool(unclean)
    for check in unclean:
        sys.stdout.write(f"{path}: {check.result} {check.field or ''} {check.reason or check.name}\n")
sys.stdout.write(f"{len(paths) - bad} of {len(paths)} contracts are clean by datacontract-cli's lint\n")
sys.exit(1 if bad or not paths else 0)

"""Fixtures for tests of whole packs.

Here: making sibling modules importable. Not here: the fictional tables (fictional.py).
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent / "golden"):  # tests are no package; these modules belong together
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

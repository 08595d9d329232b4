"""Gives memory back to the system between the stages of making a large force.

The C library and Arrow keep what was freed for themselves; a force of millions of rows would hold twice what it needs.
Where there is no way to ask, nothing happens.
"""

import ctypes
import ctypes.util
from functools import lru_cache
from typing import Any

import pyarrow as pa


def give_back() -> None:
    """Return what is free."""
    pa.default_memory_pool().release_unused()
    trim = _trim()
    if trim is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Any:
    name = ctypes.util.find_library("c")
    try:
        return ctypes.CDLL(name).malloc_trim if name else None
    except (OSError, AttributeError):  # not the GNU library
        return None

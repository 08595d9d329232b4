"""How the processes that make forces use memory and start: keep what is freed, give it back between stages.

A force of millions of rows frees and takes gigabytes many times over; fetching every page from the system anew costs a
tenth of the time. Where the C library cannot be asked, nothing happens. Not here: how many processes fit (crew).
"""

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.abc import MetaPathFinder
from typing import Any, Final

import pyarrow as pa

_TRIM_THRESHOLD: Final = -1  # numbers of mallopt's settings
_MMAP_THRESHOLD: Final = -3
_KEPT: Final = 1 << 30  # bytes freed at the end of the heap that stay, and from which memory is mapped apart
_USUAL: Final = 32 << 20


@contextmanager
def kept_memory() -> Iterator[None]:
    """While it lasts, numpy and Arrow share one heap, and what is freed is kept for the next who asks."""
    library, before = _library(), pa.default_memory_pool()
    if library is None:
        yield
        return
    pa.set_memory_pool(pa.system_memory_pool())
    _limits(library, _KEPT)
    try:
        yield
    finally:
        pa.set_memory_pool(before)
        _limits(library, _USUAL)
        give_back()


def give_back() -> None:
    """Return what is free."""
    pa.default_memory_pool().release_unused()
    library = _library()
    if library is not None:
        library.malloc_trim(0)


def without_pandas() -> None:
    """Have pyarrow do without pandas in this process, which takes longer to load than a small force takes to make.

    Arrow looks for it once, when the first array is made, and remembers. Only for processes that make worlds and end.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _NoPandas())
        pa.array([0])
        sys.meta_path.pop(0)


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Look for a module."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _limits(library: Any, size: int) -> None:
    library.mallopt(_TRIM_THRESHOLD, size)
    library.mallopt(_MMAP_THRESHOLD, size)


@lru_cache(maxsize=1)
def _library() -> Any:
    """The GNU C library, or None."""
    name = ctypes.util.find_library("c")
    try:
        library = ctypes.CDLL(name) if name else None
        return library if library and library.malloc_trim and library.mallopt else None
    except (OSError, AttributeError):
        return None

"""A zip with one XML document a feed: an element a record, its fields as elements or attributes below it.

Not here: what stands in a cell (values), the zip (packed).
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from data_contracts.columns import FileFormat
from synthetic_world.writers.cells import Cells, Row
from synthetic_world.writers.packed import zipped

Tree = dict[str, "str | Tree"]


def bundle(feeds: Sequence[tuple[FileFormat, Cells]]) -> bytes:
    """The zip with a document for each feed, named as the contract asks."""
    return zipped((_member(file), document(file.records, cells)) for file, cells in feeds)


def _member(file: FileFormat) -> str:
    pattern = file.member.pattern if file.member else ""
    return pattern.removeprefix("^").removesuffix("$").replace("[.]", ".").replace("\\.", ".")


def document(record: str, cells: Cells) -> bytes:
    """One feed as XML."""
    paths = [path.split("/") for path in cells.contract.physicals]
    rows = "".join(_record(record, paths, row) for row in cells.rows)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Extract synthetic="true">\n{rows}</Extract>\n'.encode()


def _record(name: str, paths: Sequence[Sequence[str]], row: Row) -> str:
    tree: Tree = {}
    for path, text in zip(paths, row, strict=True):
        if text:
            _put(tree, path, text)
    return _element(name, tree) + "\n"


def _put(tree: Tree, path: Sequence[str], text: str) -> None:
    for step in path[:-1]:
        below = tree.setdefault(step, {})
        if isinstance(below, str):
            raise ValueError(f"{'/'.join(path)} lies below a field that holds text")
        tree = below
    tree[path[-1]] = text


def _element(name: str, tree: Tree) -> str:
    attributes = "".join(
        f" {key[1:]}={quoteattr(str(value))}" for key, value in tree.items() if key.startswith("@")
    )
    below = "".join(
        _element(key, value) if isinstance(value, dict) else f"<{key}>{escape(value)}</{key}>"
        for key, value in tree.items()
        if not key.startswith("@")
    )
    return f"<{name}{attributes}>{below}</{name}>" if below else f"<{name}{attributes}/>"

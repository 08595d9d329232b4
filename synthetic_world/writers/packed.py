"""Zip archives whose bytes depend on nothing but their members: no clock, no compression, members as given.

Not here: what the members are (workbook, xml_zip).
"""

import io
import zipfile
from collections.abc import Iterable

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip with these members. They are stored, since compressed bytes differ from one library to the next."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, _FIRST_MOMENT)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()

"""Telephone numbers that Ofcom keeps for drama and gives to nobody, as its list has them; not taken from the world."""

import re
from typing import Final

_AREAS: Final = (  # the digits before the last four, of which the first is nought
    "0113496", "0114496", "0115496", "0116496", "0117496", "0118496", "0121496", "0131496", "0141496", "0151496",
    "0161496",
)  # fmt: skip
_OTHERS: Final = ("02079460", "01914980", "02896496", "02920180", "01632960", "07700900")
DRAMA: Final = re.compile(rf"(?:(?:{'|'.join(_AREAS)})0|{'|'.join(_OTHERS)})[0-9]{{3}}")

"""Pages that are left out where the warehouse has no table for them: no rows must never read as "nothing found".

Here: which tables a page cannot do without. Not here: the pages, tables that may come later (each room's `later`).
"""

from collections.abc import Mapping

from profiles.pack.rows import Row
from profiles.pack.tables.managed import Disagreement, LookAlike
from profiles.pack.tables.missing import AdultOfConcern, PlacePair
from profiles.pack.tables.places import HotPlace, Slot
from profiles.pack.tables.victims import VictimCounts

NEEDS: Mapping[str, tuple[type[Row], ...]] = {
    "p-where": (HotPlace, Slot),
    "p-victims": (VictimCounts,),
    "p-found": (PlacePair, Slot),
    "p-adults": (AdultOfConcern,),
    "p-differ": (Disagreement,),
    "p-alike": (LookAlike,),
}

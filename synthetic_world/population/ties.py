"""Who is what to whom in a block, all kinds in one table, and the associates among those who offend.

Not here: partners (partners), family, house and care home (relatives), who offends with whom on a day (co_offending).
"""

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Indices, Ties, World, stream
from synthetic_world.population.partners import make_partners
from synthetic_world.population.people import DAYS_IN_YEAR, Community
from synthetic_world.population.relatives import make_relatives
from synthetic_world.population.tie_rows import ASSOCIATE, TieRows, joined
from synthetic_world.rates import rates


def make_ties(world: World, community: Community) -> Ties:
    """The ties of one block, kind after kind."""
    partners = make_partners(world, community)
    return joined(
        (*partners.rows, *make_relatives(world, community, partners), _associates(world, community))
    )


def _associates(world: World, community: Community) -> TieRows:
    """A network whose degrees fall with a power; most ties within a cluster of LSOAs and between people of one age."""
    r, people = rates("ties"), community.people
    random = stream(world.seed, "associates", people.block.key)
    chance = 1 - np.exp(-r.number("associate_share") * people.offending)
    has = np.flatnonzero(random.random(len(people)) < chance)
    degree = np.minimum(
        random.random(len(has)) ** (-1 / r.number("associate_power")), r.number("associate_most")
    )
    ends = np.repeat(has, degree.astype(np.int64))
    a, b = _matched(ends, _meeting_places(random, community, ends))
    days = world.horizon - world.start
    start = world.start + ((random.random(len(a)) * 1.5 - 0.5) * days).astype(np.int64)
    lasts = random.exponential(r.number("associate_lasts") * DAYS_IN_YEAR, len(a)).astype(np.int64)
    return TieRows(ASSOCIATE, a, b, start, start + lasts + 1)


def _meeting_places(
    random: np.random.Generator, community: Community, ends: Indices
) -> npt.NDArray[np.float64]:
    """A number that is near for people who may meet: by cluster and age, for a few by chance alone."""
    r, households = rates("ties"), community.households
    cluster = households.lsoa[households.household[ends]] // int(r.number("lsoas_per_cluster"))
    key = cluster * 1000.0 + households.age[ends] + random.normal(0, r.number("age_noise"), len(ends))
    roams = random.random(len(ends)) > r.number("associate_near")
    return np.where(roams, random.random(len(ends)) * (cluster.max(initial=0) + 1) * 1000, key)


def _matched(ends: Indices, key: npt.NDArray[np.float64]) -> tuple[Indices, Indices]:
    """Pairs of neighbours in order of the key, each pair once, the smaller index first."""
    ends = ends[np.argsort(key)]
    one, other = ends[0 : len(ends) // 2 * 2 : 2].astype(np.int64), ends[1::2].astype(np.int64)
    pairs = np.unique((np.minimum(one, other) << 32) + np.maximum(one, other))
    a, b = pairs >> 32, pairs & 0xFFFFFFFF
    return a[a != b], b[a != b]

"""The named thresholds: the same three odds for every table, none fitted to the table at hand.

They were settled while figures of historical_50k were in view, so figures on it are not blind; a table that comes
later is judged by thresholds that never saw it. A pair joins two groups where it is a match with the odds of the name;
the pairs between two groups must bear the joining on average (cluster.py). Not here: the threshold of a shipped model,
which stands in the model.
"""

import math

from conflation.cluster import Terms

BEAR = -7.0  # bits on average: about half of the way from chance (some -14) to even odds
ODDS = {"loose": 1.0, "default": 2.0, "strict": 100.0}  # to one
THRESHOLDS = {name: Terms(join=math.log2(odds), bear=BEAR) for name, odds in ODDS.items()}

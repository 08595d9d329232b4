"""The named thresholds, fixed beforehand and never chosen on the truth they are judged by.

A pair joins two groups where it is a match with the odds of the name; the pairs between two groups must bear the
joining on average (cluster.py). Not here: the threshold of a shipped model, which stands in the model.
"""

import math

from conflation.cluster import Terms

BEAR = -7.0  # bits on average: about half of the way from chance (some -14) to even odds
ODDS = {"loose": 1.0, "default": 2.0, "strict": 100.0}  # to one
THRESHOLDS = {name: Terms(join=math.log2(odds), bear=BEAR) for name, odds in ODDS.items()}

"""Any table of features and labels, as scoring needs it: read, typed, labelled, and with its denied columns set aside.

Here: reading (source), kinds of column (columns), yes-and-no words (words), names that may not be features (denied),
which columns become features (selection). Not here: fitting and judging (learn, judge).
"""

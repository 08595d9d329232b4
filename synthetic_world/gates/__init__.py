"""The honesty gates of a world (C9): what it must be like, to be neither a toy nor too easy. Each has one home here.

suspects, cohorts, hidden_risk: what gates need of a block, worked out while it is made · scorer: the plain model whose
success is judged · questions: what is counted in the answer book · gates: the list, the ranges, the verdicts.
Evaluation only: nothing that writes a file of a force asks here; the product's scorer shares no code with it.
"""

"""Pages of every profile about people: cover, what changed, the list, a page a person, data, the score, the ledger.

Here: one builder a page, and the look-ups they share (book.py). Not here: pages of one profile only
(profiles/pack/vawg, missing, visor), the tables (profiles/pack/tables).
"""

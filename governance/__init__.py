"""What we answer for: who decided, who released, who saw; in files that are added to, never rewritten.

Rooms: `decisions` (what people decided about a pack, coming back as a feed), `release` (from draft to
released to withdrawn), `audit` (the chained record of processing), `durable` (writing so that it stays
written). Not here: what a pack says (`profiles/`), when anything runs (`orchestration/`), or who is running
the night (`orchestration/ledger`).
"""

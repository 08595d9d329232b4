"""Bringing a new feed in: reading samples, drafting a contract, checking it, rehearsing a night with it, and the board.

Nothing here knows Dagster, and nothing here writes where a night writes. Not here: what is guessed from a sample
(data_contracts/drafting), landing itself (landing), the commands (cli_feed).
"""

"""A fictional place with known truth, so that anyone can run and judge everything.

People, homes and ties (population) offend and are harmed (crimes, risks, scenarios); forces record some of it
(records) and send it in nine dialects (writers), some of it broken (faults); street-level open data stands beside
(street). The answer book (truth) lies next to the landing folder, never in it, and is what worlds are judged by
(gates, card). It reads data_contracts, because it writes what they describe, and no other package of ours; people
start it with `force-profiles world`.
"""

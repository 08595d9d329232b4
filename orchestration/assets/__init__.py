"""The assets, one room a stage: land, warehouse (stage, conflate, profile), score, profile, publish, train.

An asset is resources in, one library call, metadata out. Not here: logic (steps/ and the libraries).
"""

"""Measurements beside bare tools, as ratios in one run: a benchmark is a benchmark, never a timed test.

`make bench` runs them; docs/benchmarks.md records them. Not here: anything the product needs.
"""

"""Numbers a pack may print: normal ranges, intervals and the verdicts drawn from them.

Here: pure functions over plain values (`xmr`, `intervals`, `verdict`). Not here: reading tables (the
warehouse hands the values over), the words for a verdict (`profiles/pack/wording`), or drawing
(`report_templates/charts`).
"""

"""A trial: the same train, calibrate and judge code on any table, for `force-profiles score evaluate`.

Here: the run from a file to one answer (run), what the test rows say (report), signs from a YAML file (monotone).
Not here: reading tables (table), fitting (learn), measures (judge), the command line (orchestration/cli_score).
"""

"""A first contract from a sample of a force's files, with every guess marked for a person to confirm.

sample: what was read · headings: what a heading says · shapes, moments, coding: what the values say · evidence: both
weighed for one field · matching: the best assignment over all columns · decide, draft: the guesses · wording: the YAML.
Not here: reading files (orchestration/onboarding), the meaning of a contract's words (odcs), judging a contract (lint).
"""

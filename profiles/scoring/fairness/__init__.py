"""How a list treats groups of people: selection, errors and calibration by group, and what recorded labels hide.

Protected attributes enter scoring here and nowhere else, after the score is made. Not here: features (their names
are checked in table/denied and in the contracts), the gate that reads the flags (judge/gate).
"""

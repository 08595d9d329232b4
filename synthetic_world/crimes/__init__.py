"""What people do to each other and what the police record of it: domestic abuse, other crime, cells, custody.

Not here: missing and managed people, intelligence (risks), names and references (records).
"""

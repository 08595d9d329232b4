"""From what happened to what a force holds: garbled identities, nominals, references, the journal, a night's files.

Not here: how a file is written (writers), what is spoiled on purpose (faults).
"""

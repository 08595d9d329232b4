"""The written record of each head: model card, transparency record, data card, list of variables; all generated.

Here: from a head's definition, its entry in the register and its bundle to Markdown in docs/models. A test makes
them again and compares, so a changed feature cannot keep an old record. Not here: what they are made from
(definitions, heads).
"""

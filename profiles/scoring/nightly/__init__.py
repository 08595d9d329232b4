"""The scores of a night: everybody in each cohort scored by rule or by an approved model, as rows that packs can read.

Here: features of the warehouse as matrices, ranks force by force, lists, movers, reasons with their records, and the
tables of it all. Not here: features themselves (dbt), training (heads), words (profiles/definitions), pages.
"""

"""From a pack as data to files on the shelf: HTML, PDF, receipt.

Here: drawing geometry and the doors to jinja2 and WeasyPrint. Not here: what a pack says (profiles/pack/).
"""

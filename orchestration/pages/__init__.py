"""HTML pages that people read: of a run, of a delivery, and the data dictionary. No network, no script needed.

parts: tables and cells as records · run_page, delivery_page, dictionary_page: what a page says · written: the files.
Not here: how they look (report_templates/operations), what a night did (summary).
"""

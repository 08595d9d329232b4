"""Writes stretches of a journal as the files that a force sends, driven by the force's contract.

values: canonical value to the force's text · csv_lines, parquet, workbook, json_lines, xml_zip: one kind of file each ·
naming: the path of a file from the contract's pattern. Not here: which stretch goes out when (deliveries), the shape of
files (data_contracts/forces), damage done on purpose (faults).
"""

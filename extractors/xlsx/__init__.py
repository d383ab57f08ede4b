"""Spreadsheets: the sheets of a workbook as tables, with values as they are shown."""

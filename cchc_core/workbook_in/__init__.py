"""Workbooks that people bring: read as text cells, without trust, and refused in words that say what to do."""

from cchc_core.workbook_in.reading import read_workbook as read_workbook

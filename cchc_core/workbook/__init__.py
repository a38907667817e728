"""The scored workbook: the official form with live formulas, for one assessment.

Every figure is written twice, as a formula and as the value that the core computed, so that a viewer which does not
calculate shows the right number and a program which does recomputes it when a point is typed over.
"""

from cchc_core.workbook.names import file_name, table_file_name
from cchc_core.workbook.writing import write_workbook

__all__ = ["file_name", "table_file_name", "write_workbook"]

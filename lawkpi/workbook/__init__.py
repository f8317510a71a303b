"""Workbooks: the papers that are printed, checked in Excel and signed.

The room promises that every figure that can be recomputed is a formula over records of the same file,
with the stored result beside it; that what cannot is a value and says so; that a department's file
holds nothing of another's; and that equal results give equal bytes. It knows no scoring of its own.
"""

from lawkpi.workbook.department import write_department
from lawkpi.workbook.findings import write_findings
from lawkpi.workbook.names import department_file_name
from lawkpi.workbook.summary import write_summary

__all__ = ["department_file_name", "write_department", "write_findings", "write_summary"]

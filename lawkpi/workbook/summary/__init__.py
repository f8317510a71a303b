"""The summary workbook: all departments, for the assessing office."""

from lawkpi.workbook.summary.write import write_summary

__all__ = ["write_summary"]

"""The calculation of one department's points, planned as trees and written as live formulas."""

from lawkpi.workbook.calculation.calculated import Calculated, Line
from lawkpi.workbook.calculation.plan import calculated
from lawkpi.workbook.calculation.sheets import write_calculation

__all__ = ["Calculated", "Line", "calculated", "write_calculation"]

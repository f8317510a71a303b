"""The calculation of one department's points, planned as trees and written as live formulas."""

from lawkpi.workbook.calculation.plan import Calculated, Line, calculated
from lawkpi.workbook.calculation.sheets import write_calculation

__all__ = ["Calculated", "Line", "calculated", "write_calculation"]

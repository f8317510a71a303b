"""The rubric as a workbook: how an office writes down its own rubric, in Excel.

The room promises that the form and rubric.yaml say the same: what is written reads back as an equal rubric,
and a cell that cannot be used is a finding with its address, all at once. The form follows the models: a new
field, shape or choice appears by itself.
"""

from lawkpi.workbook.rubric_form.around import Around
from lawkpi.workbook.rubric_form.read import read_rubric_form
from lawkpi.workbook.rubric_form.terms import Terms, load_terms
from lawkpi.workbook.rubric_form.write import Form, write_rubric_form

__all__ = ["Around", "Form", "Terms", "load_terms", "read_rubric_form", "write_rubric_form"]

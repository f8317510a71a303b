"""Runs: from an assessment folder to the papers of every department.

The only room that reads assessment folders, executes notebooks and writes run folders. One failing
department never stops the others; what succeeded, failed and where is said at the end and kept in
the manifest.
"""

from lawkpi.run.check import Checked, checked
from lawkpi.run.folder import AssessmentFolder, open_folder, open_law
from lawkpi.run.pipeline import RunOptions, RunOutcome, run_assessment

__all__ = [
    "AssessmentFolder",
    "Checked",
    "RunOptions",
    "RunOutcome",
    "checked",
    "open_folder",
    "open_law",
    "run_assessment",
]

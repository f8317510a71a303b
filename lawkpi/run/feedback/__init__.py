"""What departments send back: their workbooks read, held against those they were sent, and registered.

Nothing that comes back changes a result. Answers and appeals are taken from the open cells of 反馈与申诉;
whatever differs elsewhere is a finding.
"""

from lawkpi.run.feedback.gather import Gathered, gathered
from lawkpi.run.feedback.register import register_path, write_register

__all__ = ["Gathered", "gathered", "register_path", "write_register"]

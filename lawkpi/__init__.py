"""lawkpi: scores departments on their rule-of-law duties, from the records that prove them.

>>> import lawkpi
>>> run = lawkpi.load("outputs/gaoxin-2022")        # doctest: +SKIP
>>> print(run.explain("201", "4.2"))                # doctest: +SKIP
"""

from importlib.metadata import version

from lawkpi.api import OpenedFolder, OpenedRun, due, load, open  # noqa: A004 - the contract's own name
from lawkpi.measure import which_base

__version__ = version("lawkpi")

__all__ = [
    "OpenedFolder",
    "OpenedRun",
    "__version__",
    "due",
    "load",
    "open",
    "which_base",
]

"""The command line: thin, in Chinese, one readable message when something is wrong.

Exit codes: 0 done, 1 findings or failures, 2 wrong use.
"""

from lawkpi.cli.app import main

__all__ = ["main"]

"""Ledgers: from the workbooks people fill in to typed rows that know where they came from.

The room promises that every row carries its natural key and its origin (file, sheet, row), that
nothing in a cell is guessed, and that every fault is found at once and said with its cell. It knows
nothing of points.
"""

from lawkpi.ledger.cells import Cell, CellReader
from lawkpi.ledger.departments import Department, Register, fold
from lawkpi.ledger.derive import Reckoner
from lawkpi.ledger.read import RawTable, read_tables
from lawkpi.ledger.schema import Schema, load_schemas
from lawkpi.ledger.table import Ledger, read_ledger

__all__ = [
    "Cell",
    "CellReader",
    "Department",
    "Ledger",
    "RawTable",
    "Reckoner",
    "Register",
    "Schema",
    "fold",
    "load_schemas",
    "read_ledger",
    "read_tables",
]

"""Results: who scored what, who lost what, why and where; to ask, to keep and to compare.

An `Assessment` is built once from a rubric, a register and ledgers (`assessed`), written whole to
Parquet and read back equal. It never writes workbooks and never scores by itself.
"""

from lawkpi.result.assemble import assessed
from lawkpi.result.assessment import Assessment
from lawkpi.result.inputs import Inputs
from lawkpi.result.store import load_assessment, store_assessment

__all__ = ["Assessment", "Inputs", "assessed", "load_assessment", "store_assessment"]

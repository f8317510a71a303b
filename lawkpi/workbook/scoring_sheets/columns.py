"""The columns of the two sheets that an office fills in, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from lawkpi.result.adjusting import ADJUSTMENTS
from lawkpi.workbook.scoring_sheets.records import JUDGED

GUIDE, ADJUSTING, JUDGING, SUMS, COPY = "说明", "评分底稿", "核定评分", "合计", "底本"
"""The sheets; 底本 is hidden and keeps what every cell held when the workbook was written."""
HEAD = 3
FIRST = HEAD + 1
"""The first row of entries, counted from 0."""
RERUN = "重新运行后计算"
"""What stands where no formula could tell."""


@dataclass(frozen=True)
class Column:
    """A column; `field` is the ledger column that an open cell feeds, `is_live` a formula."""

    heading: str
    width: float
    styles: tuple[str, ...] = ()
    field: str = ""
    is_live: bool = False


_WHO = (
    Column("代码", 6.5, ("center",)),
    Column("单位", 20),
    Column("组别", 9),
    Column("指标", 15),
)
_CLAUSE = Column("评分标准（原文）", 33)

COLUMNS: dict[str, tuple[Column, ...]] = {
    ADJUSTING: (
        *_WHO,
        _CLAUSE,
        Column("分值", 7, ("points",)),
        Column("系统得分", 8, ("points",)),
        Column("调整序号", 6, ("whole",)),
        Column("已登记调整", 9, ("points",)),
        Column("调整分", 8, ("points",), field="points"),
        Column("调整理由", 27, field="reason"),
        Column("调整人", 9, ("center",), field="person"),
        Column("调整日期", 11, ("day",), field="adjusted_on"),
        Column("依据文书", 16, field="decision"),
        Column("调整后得分", 9, ("points",), is_live=True),
    ),
    JUDGING: (
        *_WHO,
        Column("规则", 5, ("center",)),
        Column("评委序号", 6, ("whole",)),
        _CLAUSE,
        Column("计分", 6, ("center",)),
        Column("幅度", 8, ("center",)),
        Column("已登记核定分", 9, ("points",)),
        Column("核定分", 8, ("points",), field="points"),
        Column("理由", 25, field="reason"),
        Column("评分人", 9, ("center",), field="person"),
        Column("复核人", 9, ("center",), field="second_person"),
        Column("评分日期", 11, ("day",), field="judged_on"),
        Column("得分变动", 11, ("points",), is_live=True),
    ),
}
LEDGERS = {ADJUSTING: ADJUSTMENTS, JUDGING: JUDGED}
"""The ledger that a sheet feeds."""


def place_of(sheet: str, heading: str) -> int:
    """A column's place by its heading."""
    return [one.heading for one in COLUMNS[sheet]].index(heading)


def letter_of(sheet: str, heading: str) -> str:
    """A column's letters by its heading."""
    return str(xl_col_to_name(place_of(sheet, heading)))

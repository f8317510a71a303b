"""The sheet 期限与口径说明: limits, counting rules, marks in words, exemptions, amendments, inputs, values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.metadata import version

from lawkpi.law.limits import Limit
from lawkpi.law.telling import in_force, rolls
from lawkpi.ledger.departments import fold
from lawkpi.ledger.derived_columns import LimitColumn
from lawkpi.ledger.schema import Schema
from lawkpi.measure import predicate_text
from lawkpi.measure.marks import EVERY_PERIOD
from lawkpi.params import cited, points_text
from lawkpi.rubric.measures import Counted, RateMeasure
from lawkpi.rubric.predicate import EVERY_ROW, Predicate
from lawkpi.rubric.rule import Rule
from lawkpi.workbook.amended import HEADS, own_amendments
from lawkpi.workbook.book import Book, Sheet
from lawkpi.workbook.conventions import convention_rows
from lawkpi.workbook.desk import MOST_FORMULAS, Desk
from lawkpi.workbook.figures import ItemFigures
from lawkpi.workbook.fingerprint import fingerprint
from lawkpi.workbook.look import FIXED_WORD
from lawkpi.workbook.losses import item_text

NAME = "期限与口径说明"
WIDTHS = (14, 24, 18, 20, 18, 22, 30)
VALUES = (
    ("届满日、工作日间隔", "依国务院放假调休安排逐日计算"),
    ("有审查最短期限或者固定日期的时限状态", "需要日历和起止两个界限"),
    ("核定录入的数据、情形和评分单位核定的分值", "由核定人录入，来源见核定数据录入表"),
    ("未报送及尚未催报的待核", "依报送登记核定，不以公式改变"),
    ("待核记录的计入列", "记录内容不全或者期限待定，不作推定"),
    ("本簿以外记录的合计", "同一人员或者文件在其他单位的记录只列合计，不列明细"),
    ("扣分清单的分摊扣分", "按最大余额法分摊至各记录"),
    ("排名、建议等次", "取决于同组其他单位"),
)


def write_notes(
    book: Book, desk: Desk, figures: Sequence[ItemFigures], whys: Mapping[str, str]
) -> None:
    """All notes, one table after another.

    Parameters
    ----------
    whys : rule or item number to why its figures are values
    """
    writer = _Writer(book.sheet(NAME, landscape=True))
    writer.title(NAME)
    writer.table("一、所用期限", _LIMIT_HEADS, list(_limit_rows(desk)))
    writer.table("二、口径", ("指标", "口径"), list(_counting_rows(desk, figures)))
    writer.table("三、计入列的含义", ("计入列", "含义"), list(_mark_rows(desk, figures)))
    writer.table("四、计分规定", ("事项", "规定"), list(convention_rows(desk.assessment.rubric)))
    writer.table("五、免予计分", ("指标", "记录、理由和决定"), list(_exempt_rows(desk)))
    writer.table("六、台账更正", HEADS, list(own_amendments(desk)))
    writer.table("七、数值（值）及其原因", ("数值", "原因"), list(_value_rows(desk, whys)))
    writer.table("八、输入文件", ("文件", "SHA-256"), list(_input_rows(desk)))
    writer.sheet.finish()


_LIMIT_HEADS = ("编号", "名称", "起算", "期限", "顺延", "施行期间", "依据")


class _Writer:
    """Tables one below the other; the last column of a narrow table takes the rest."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row = 2
        sheet.widths(WIDTHS)

    def title(self, text: str) -> None:
        """The sheet's title."""
        self.sheet.merged((0, 0, 0, len(WIDTHS) - 1), text, "title")
        self.sheet.worksheet.set_row(0, 32)

    def table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A heading, column heads and rows."""
        self.sheet.text(self.row, 0, title, "heading")
        self.row += 1
        self._line(heads, "head")
        for row in rows or [("无", *[""] * (len(heads) - 1))]:
            self._line(row, "cell")
        self.row += 1

    def _line(self, texts: Sequence[str], style: str) -> None:
        if len(texts) == len(WIDTHS):
            self.sheet.row(self.row, texts, style)
            self.sheet.height(self.row, list(enumerate(texts)))
        else:
            first, rest = texts
            self.sheet.merged((self.row, 0, self.row, 1), first, style)
            self.sheet.merged((self.row, 2, self.row, len(WIDTHS) - 1), rest, style)
            self._tall(first, rest)
        self.row += 1

    def _tall(self, first: str, rest: str) -> None:
        """Merged cells do not grow by themselves: lines are counted over the merged width."""
        left, right = sum(WIDTHS[:2]), sum(WIDTHS[2:])
        scale = WIDTHS[0]
        self.sheet.height(
            self.row,
            [
                (0, first[: int(len(first) * scale / left) + 1]),
                (0, rest[: int(len(rest) * scale / right) + 1]),
            ],
        )


def _limit_rows(desk: Desk) -> Iterator[tuple[str, ...]]:
    used = _limits_used(desk)
    for name, limit in desk.assessment.limits.items():
        if name in used:
            yield from _versions(desk, limit)


def _limits_used(desk: Desk) -> set[str]:
    """The limits of ledgers that have a sheet in this file."""
    columns = [one for plan in desk.sheets.values() for one in plan.ledger.schema.derived.values()]
    return {limit for one in columns if isinstance(one, LimitColumn) for limit in one.limits}


def _versions(desk: Desk, limit: Limit) -> Iterator[tuple[str, ...]]:
    """The versions in force in the period, and older ones that govern a record of this file."""
    used = _versions_used(desk, limit)
    period = desk.assessment.settings.period
    shown = [
        one for index, one in enumerate(limit.versions) if index in used or one.holds_in(period)
    ]
    for one in shown:
        yield (
            limit.id,
            limit.title,
            limit.start_event,
            one.length,
            rolls(one),
            in_force(one),
            cited(one.basis, with_notes=True),
        )
    if not limit.is_declared:
        yield (limit.id, limit.title, limit.start_event, "未声明", "", "", "")


def _versions_used(desk: Desk, limit: Limit) -> set[int]:
    """The versions that govern the records of this file, by their index."""
    used: set[int] = set()
    for plan in desk.sheets.values():
        for column in plan.ledger.schema.derived.values():
            if isinstance(column, LimitColumn) and limit.id in column.limits:
                starts = plan.ledger.days(column.start)
                used |= {int(index) for index in limit.versions_at(starts)}
    return used


def _counting_rows(desk: Desk, figures: Sequence[ItemFigures]) -> Iterator[tuple[str, str]]:
    for one in figures:
        rules = one.item.counting_rules | desk.assessment.definitions_of(one.item)
        if rules:
            text = "；".join(f"{name}：{what}" for name, what in rules.items())
            yield f"{one.item.id} {one.item.title}", text


def _mark_rows(desk: Desk, figures: Sequence[ItemFigures]) -> Iterator[tuple[str, str]]:
    for one in figures:
        for rule in one.rules:
            if rule.is_for and rule.rule.measure.ledger in desk.sheets:
                yield from _sides(desk, f"{one.item.id}{rule.rule.id}", rule.rule)


def _sides(desk: Desk, title: str, rule: Rule) -> Iterator[tuple[str, str]]:
    measure = rule.measure.measure
    if not isinstance(measure, Counted):
        return
    schemas = desk.assessment.schemas
    schema = schemas[measure.ledger]
    within = _within(measure, schema)
    if isinstance(measure, RateMeasure):
        due = _joined(within, predicate_text(measure.due, schema, schemas))
        yield f"{title} 应计", f"《{schema.title}》：{due}"
        yield f"{title} 已计", f"应计之中，{predicate_text(measure.done, schema, schemas)}"
    else:
        where: Predicate = getattr(measure, "where", EVERY_ROW)
        text = _joined(within, predicate_text(where, schema, schemas))
        yield f"{title} 计入", f"《{schema.title}》：{text}"


def _within(measure: Counted, schema: Schema) -> str:
    """The window of a measure in words; empty for registers."""
    by = measure.period_by or schema.period_by
    if by is None or by == EVERY_PERIOD:
        return ""
    period = measure.window.text if measure.window else "考核周期"
    return f"{schema.title_of(by)}在{period}内"


def _joined(within: str, condition: str) -> str:
    if not within or condition == "全部记录":
        return within or condition
    return f"{within}，且{condition}"


def _exempt_rows(desk: Desk) -> Iterator[tuple[str, str]]:
    """Records of this department that were let off: the record, why, and the points where known."""
    for line in desk.assessment.lines("adjustments", desk.department.code):
        if line["kind"] != "exempt":
            continue
        _, item = desk.assessment.line(str(line["item"]))
        quoted = f"，对照《{desk.assessment.rubric.title}》第{item.id}项“{item.quoted}”，"
        record, _, decision = str(line["sentence"]).removeprefix("经核查，").partition(quoted)
        decision = decision.removesuffix("，免予计分。")
        points = Fraction(line["points"])
        saved = f"；免予扣{points_text(points)}分" if points else ""
        yield item_text(desk, line), f"{record}：{decision}{saved}"


def _value_rows(desk: Desk, whys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is a value in every file, and what is one in this file."""
    yield from VALUES
    for why in dict.fromkeys(whys.values()):
        named = "、".join(name for name, own in whys.items() if own == why)
        yield f"规则（指标）{named}", f"{why}，所依据的各列为{FIXED_WORD}"
    if desk.is_frozen:
        yield "全部台账", f"有得分为系统核定，各列均为{FIXED_WORD}"
    heavy = [plan.name for plan in desk.sheets.values() if not plan.is_live]
    if heavy:
        yield "、".join(heavy), f"公式超过{MOST_FORMULAS}个，计入列改为数值"


def _input_rows(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every input whose name tells nothing of another department; then all of them as one."""
    for name, digest in sorted(desk.assessment.inputs.items()):
        if not _names_another(desk, name):
            yield name, digest
    yield "全部输入（数据指纹）", fingerprint(desk.assessment.inputs)
    yield "程序", f"lawkpi {version('lawkpi')}"


def _names_another(desk: Desk, file: str) -> bool:
    folded, own = fold(file), desk.department.code
    names = desk.assessment.register.by_name.items()
    return any(word in folded for word, code in names if code != own)

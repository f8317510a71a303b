"""考核评分表: the columns of practice, one line per item, live sums."""

from pathlib import Path

import openpyxl

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.scorecard import HEADINGS, pending_text
from tests.workbook.given import World, world
from tests.workbook.reading import formulas

NAME = "考核评分表"


def lines(path: Path) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(path, data_only=True)[NAME]
    return list(page.iter_rows(min_row=5, max_col=14, values_only=True))


def test_the_columns_are_those_of_practice(workbook: Path) -> None:
    page = openpyxl.load_workbook(workbook)[NAME]
    assert tuple(cell.value for cell in page[4])[:14] == HEADINGS


def test_each_item_has_one_line_with_its_clause(workbook: Path, small: World) -> None:
    items = [row for row in lines(workbook) if isinstance(row[0], int)]
    assert [str(row[3]) for row in items] == [item.clause for _, item in small.rubric.lines]


def test_the_self_assessment_stands_beside_the_points(workbook: Path) -> None:
    first = lines(workbook)[0]
    assert first[5:8] == (19.5, "自评说明", "证1")


def test_the_total_is_a_rounded_sum_of_cells(workbook: Path, assessment: Assessment) -> None:
    total = next(row for row in lines(workbook) if row[0] == "考评总分")
    assert total[10] == float(assessment.total("ZX777")["total"])
    written = [value for (sheet, _), value in formulas(workbook).items() if sheet == NAME]
    assert any(one.startswith("=ROUND(MAX(K") for one in written)


def test_the_sums_have_names_that_a_reader_can_jump_to(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook, data_only=True)
    found = {}
    for title in ("基础分合计", "加分合计", "减分合计", "考评总分"):
        ((sheet, cell),) = book.defined_names[title].destinations
        assert book[sheet][f"A{cell.split('$')[2]}"].value == title
        found[title] = book[sheet][cell].value
    assert found["考评总分"] == book["封面"]["B9"].value


def test_counts_are_live_text(workbook: Path) -> None:
    written = [value for (sheet, _), value in formulas(workbook).items() if sheet == NAME]
    assert any('"应计"&' in one for one in written)


def test_what_is_pending_is_said_and_not_counted(tmp_path: Path) -> None:
    given = world(3, unknown={"cases": {"replied_on": [0, 1, 2, 3, 4, 5]}}).assessment()
    path = write_department(given, "ZX777", tmp_path / "w.xlsx")
    assert any("待核，未计入得分" in str(row[0]) for row in lines(path))
    assert "待核" in [row[10] for row in lines(path)]


def test_nothing_pending_is_said_too() -> None:
    assert pending_text({"pending_count": 0}) == "无待核指标"
    assert (
        pending_text({"pending_count": 2, "pending_points": 3.5}) == "尚有2项3.5分待核，未计入得分"
    )


def test_a_veto_limits_the_grade_in_words(small: World, tmp_path: Path) -> None:
    key = next(
        row["number"]
        for row in small.rows["cases"]
        if row["department"] == "ZX777" and row["served_on"].year == 2022
    )
    after = small.amended("cases", lambda row: {**row, "sent_back": 9}, key).assessment()
    path = write_department(after, "ZX777", tmp_path / "w.xlsx")
    assert "建议等次不高于合格" in [row[13] for row in lines(path)]
    assert "未发生" not in [row[13] for row in lines(path)]


def test_the_office_that_scores_is_not_the_unit_itself(small: World, tmp_path: Path) -> None:
    """Every item is scored by the first unit, for which someone else is named."""
    sections = [
        one.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"scored_by": "甲字局"}) for item in one.items
                )
            }
        )
        for one in small.rubric.sections
    ]
    rubric = small.rubric.model_copy(update={"recusal": "考核组", "sections": tuple(sections)})
    assessment = World(small.rows, rubric, small.settings, {}).assessment()
    for code, office in (("ZX777", "考核组"), ("ZX888", "甲字局")):
        path = write_department(assessment, code, tmp_path / f"{code}.xlsx")
        said = {line[HEADINGS.index("评分单位")] for line in lines(path)}
        assert said & {"考核组", "甲字局"} == {office}

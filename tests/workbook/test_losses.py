"""扣分清单: every loss with fact, place, clause."""

from pathlib import Path

import openpyxl

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.losses import HEADINGS
from tests.workbook.given import World


def lines(path: Path) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(path, data_only=True)["扣分清单"]
    return list(page.iter_rows(min_row=4, max_col=9, values_only=True))


def test_the_columns_are_those_of_practice(workbook: Path) -> None:
    assert lines(workbook)[0] == HEADINGS


def test_every_loss_is_listed_zero_points_included(workbook: Path, assessment: Assessment) -> None:
    listed = [row for row in lines(workbook) if isinstance(row[0], int)]
    adjustments = assessment.of("adjustments", "ZX777")
    outside = adjustments[adjustments["kind"] != "bonus"]
    assert len(listed) == len(assessment.of("losses", "ZX777")) + len(outside)


def test_the_fact_stands_without_place_and_clause(workbook: Path) -> None:
    facts = [str(row[3]) for row in lines(workbook) if isinstance(row[0], int)]
    assert not any("对照《" in one or "经核查" in one or ".xlsx" in one for one in facts)


def test_a_record_is_found_in_file_and_workbook(workbook: Path) -> None:
    places = [str(row[4]) for row in lines(workbook) if isinstance(row[0], int)]
    named = [one for one in places if "本簿台账页第" in one]
    assert named
    number = int(named[0].rpartition("第")[2].removesuffix("行）"))
    title = named[0].partition("“")[0].removeprefix("ledgers/").removesuffix(".xlsx")
    book = openpyxl.load_workbook(workbook, data_only=True)
    row = int(named[0].partition("”第")[2].partition("行")[0])
    assert book[title].cell(number, 2).value == row


def test_no_losses_are_said_so(small: World, tmp_path: Path) -> None:
    rows = {name: [] for name in small.rows}
    rows["entered"] = [{"item": "2.3", "department": "ZX777", "state": "full"}]
    rows["judged"] = [{"item": "2.3", "department": "ZX777", "points": 0.0}]
    rows["hours"] = [
        row | {"department": "ZX777", "present": "yes"} for row in small.rows["hours"]
    ][:4]
    path = write_department(
        World(rows, small.rubric, small.settings, {}).assessment(), "ZX777", tmp_path / "w.xlsx"
    )
    values = [row[0] for row in lines(path)]
    assert ("无扣分事项" in values) == (not [one for one in values if isinstance(one, int)])

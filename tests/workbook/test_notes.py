"""期限与口径说明: what stands behind the figures, and nothing of another department."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lawkpi.result import Assessment
from lawkpi.result.frames import ADJUSTMENTS, table
from lawkpi.workbook import write_department
from lawkpi.workbook.fingerprint import fingerprint
from tests.workbook.reading import stored


def texts(path: Path) -> list[str]:
    return [str(value) for (sheet, _), value in stored(path).items() if sheet == "期限与口径说明"]


def test_limits_show_number_unit_roll_and_basis(workbook: Path) -> None:
    found = texts(workbook)
    assert {
        "LIT-REPLY",
        "15日",
        "《中华人民共和国行政诉讼法》第67条、法释〔2018〕1号第48条（期间的计算）",
    } <= set(found)


def test_versions_that_ended_before_the_period_and_govern_no_record_are_not_listed(
    workbook: Path,
) -> None:
    assert not any("1990-10-01" in one for one in texts(workbook))


def test_marks_are_defined_in_words(workbook: Path) -> None:
    found = texts(workbook)
    assert "《案件台账》：收到日期在考核周期内，且是否开庭为“是”" in found
    assert "《案件台账》：收到日期在考核周期内" in found


def test_values_are_listed_with_their_reasons(workbook: Path) -> None:
    found = texts(workbook)
    assert "排名、建议等次" in found
    assert "规则（指标）2.3a、2.3b" in found
    assert "核定录入，所依据的各列为非联动" in found


def test_inputs_are_named_unless_they_name_another(workbook: Path, assessment: Assessment) -> None:
    found = texts(workbook)
    assert "rubric.yaml" in found
    assert not any("乙字局" in one for one in found)
    assert fingerprint(assessment.inputs) in found


def test_the_department_sees_its_own_file(assessment: Assessment, tmp_path: Path) -> None:
    path = write_department(assessment, "ZX888", tmp_path / "w.xlsx")
    assert "ledgers/乙字局案件.xlsx" in texts(path)


def exempted(assessment: Assessment, code: str, points: str = "0") -> Assessment:
    """The assessment with one record of a department let off."""
    item = next(item for _, item in assessment.rubric.lines)
    quoted = f"对照《{assessment.rubric.title}》第{item.id}项“{item.quoted}”"
    row = {
        "department": code,
        "kind": "exempt",
        "item": item.id,
        "rule": "a",
        "points": Decimal(points),
        "ledger": "cases",
        "sentence": f"经核查，案001号：没有出庭（《案件台账》第2行），{quoted}，历史遗留（纪要1号），免予计分。",
        "basis": "",
    }
    return replace(assessment, adjustments=table([row], ADJUSTMENTS))


def test_records_that_were_let_off_are_listed_with_reason_and_decision(
    assessment: Assessment, tmp_path: Path
) -> None:
    path = write_department(exempted(assessment, "ZX777"), "ZX777", tmp_path / "w.xlsx")
    line = "案001号：没有出庭（《案件台账》第2行）：历史遗留（纪要1号）"
    assert line in texts(path)
    assert "1.1 指标1.1（免予计分）" in texts(path)


def test_points_that_were_saved_are_said(assessment: Assessment, tmp_path: Path) -> None:
    path = write_department(exempted(assessment, "ZX777", "1.5"), "ZX777", tmp_path / "w.xlsx")
    assert any(one.endswith("历史遗留（纪要1号）；免予扣1.5分") for one in texts(path))


def test_exemptions_of_another_department_are_not_listed(
    assessment: Assessment, tmp_path: Path
) -> None:
    path = write_department(exempted(assessment, "ZX888"), "ZX777", tmp_path / "w.xlsx")
    found = texts(path)
    assert found[found.index("五、免予计分") + 3] == "无"
    assert not any("历史遗留" in one for one in found)

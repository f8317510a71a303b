"""期限与口径说明: what stands behind the figures, and nothing of another department."""

from pathlib import Path

from lawkpi.result import Assessment
from lawkpi.workbook import write_department
from lawkpi.workbook.cover import fingerprint
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

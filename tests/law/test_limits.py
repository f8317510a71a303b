from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from lawkpi.errors import LawError, ParamsError
from lawkpi.law import Limits, LocalLimit, Roll, Unit, last_days, load_limits
from lawkpi.law.calendar import Calendar

LOCAL = ["CASE-FILE", "CONTRACT", "CONTRACT-FILE", "JUD-SUGG-L", "NORM-FILE", "PEN-DECIDE-L"]

GOOD = """\
subject: 示例
limits:
  - id: ONE
    title: 示例期限
    start: 收到
    end: 答复
    versions:
      - from: "2020-01-01"
        unit: natural_days
        count: 10
        roll: ordered
        basis: [{document: 示例办法, article: "1"}]
        evidence: S
"""


def local(**parts: Any) -> LocalLimit:
    rule = {"unit": "natural_days", "roll": "none", "basis": [{"document": "示例市规定"}], **parts}
    return LocalLimit.model_validate(rule)


def fault(text: str, folder: Path) -> tuple[str, str]:
    """The code and the line of the one finding in a file."""
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_limits(folder)
    (finding,) = caught.value.findings
    return finding.code, finding.cell


def test_local_limits_have_no_number_until_they_are_declared(limits: Limits) -> None:
    undeclared = {key for key, limit in limits.items() if not limit.is_declared}
    assert sorted(undeclared - {"CREDIT-REPAIR"}) == LOCAL
    assert sorted(key for key, limit in limits.items() if limit.local) == LOCAL


def test_every_version_names_a_document(limits: Limits) -> None:
    without = [
        key
        for key, limit in limits.items()
        for version in limit.versions
        if not all(source.document for source in version.basis)
    ]
    assert without == []


def test_a_text_known_word_for_word_names_its_article_or_is_an_office_document(
    limits: Limits,
) -> None:
    bare = {
        key
        for key, limit in limits.items()
        for version in limit.versions
        if version.evidence == "S" and not any(source.article for source in version.basis)
    }
    assert bare == {"SUPERV"}


def test_limits_are_found_by_a_word_of_title_or_basis(limits: Limits) -> None:
    assert list(limits.matching("司法建议")) == ["JUD-SUGG", "JUD-SUGG-L"]
    assert "PEN-DECIDE" in limits.matching("行政处罚法")
    assert list(limits.matching("lit-reply")) == ["LIT-REPLY", "LIT-REPLY-S"]
    assert len(limits.matching("没有这个词")) == 0


def test_limits_in_force_on_a_day_are_those_with_a_version_on_it(limits: Limits) -> None:
    before, after = limits.in_force(dt.date(2024, 10, 31)), limits.in_force(dt.date(2024, 11, 1))
    assert set(after) - set(before) == {"RULE-REFILE"}
    assert before["RULE-FILE"].end == dt.date(2024, 10, 31)
    assert after["RULE-FILE"].start == dt.date(2024, 11, 1)


@pytest.mark.parametrize(
    ("key", "length"),
    [
        ("LIT-REPLY", "15日"),
        ("RECO-REPLY", "10个工作日"),
        ("DUTY-2M", "2个月"),
        ("NORM-REVIEW", "不少于5个工作日、不超过15个工作日"),
        ("DEC-REVIEW", "不少于7个工作日"),
        ("FOI-ANN-D", "次年1月31日前"),
        ("REP-PUB", "次年4月1日之前"),
        ("LIT-PERFORM", "以文书载明的日期为准"),
    ],
)
def test_a_length_reads_as_in_the_law(key: str, length: str, limits: Limits) -> None:
    assert limits[key].versions[-1].length == length


def test_the_sources_of_a_version_read_as_citations(limits: Limits) -> None:
    sources = limits["LIT-REPLY"].versions[-1].sources
    assert sources == "《中华人民共和国行政诉讼法》第67条、法释〔2018〕1号第48条"


@pytest.mark.parametrize("asked", ["RECO-REPLAY", "reco-reply"])
def test_an_unknown_id_is_refused_with_what_comes_near(asked: str, limits: Limits) -> None:
    with pytest.raises(LawError) as caught:
        limits[asked]
    assert caught.value.code == "LAW_LIMIT_UNKNOWN"
    assert "RECO-REPLY" in caught.value.expected
    assert asked not in limits


def test_an_id_like_no_other_is_refused(limits: Limits) -> None:
    with pytest.raises(LawError) as caught:
        limits.get("期限")
    assert caught.value.code == "LAW_LIMIT_UNKNOWN"


def test_a_declared_local_limit_counts(limits: Limits, calendar: Calendar) -> None:
    given = limits.declared({"NORM-FILE": local(count=15, unit="working_days")})
    assert last_days(given["NORM-FILE"], "2024-03-11", calendar).last.tolist() == [
        dt.date(2024, 4, 1)
    ]
    assert given["NORM-FILE"].versions[0].unit is Unit.WORKING_DAYS
    assert not limits["NORM-FILE"].is_declared


def test_a_local_limit_can_be_declared_anew(limits: Limits, calendar: Calendar) -> None:
    first = limits.declared({"NORM-FILE": local(count=15, **{"from": "2024-01-01"})})
    assert last_days(first["NORM-FILE"], "2023-03-01", calendar).reason.tolist() == ["无期限规定"]
    second = first.declared({"NORM-FILE": local(count=30)})
    assert last_days(second["NORM-FILE"], "2023-03-01", calendar).last.tolist() == [
        dt.date(2023, 3, 31)
    ]


def test_a_local_limit_may_extend_and_pause(limits: Limits, calendar: Calendar) -> None:
    rule = local(
        count=90,
        roll="by_analogy",
        extension={"count": 30, "approver": "负责人", "notice": "告知当事人"},
        pause={"what": "听证、鉴定所需时间"},
    )
    limit = limits.declared({"PEN-DECIDE-L": rule})["PEN-DECIDE-L"]
    pauses = [("2024-01-10", "2024-01-20")]
    answer = last_days(limit, "2024-01-02", calendar, extended=True, pauses=pauses)
    assert answer.last.tolist() == [dt.date(2024, 5, 11)]
    assert limit.versions[0].roll is Roll.BY_ANALOGY


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        ({"unit": "months", "count": 1}, "2024-01-31", "2024-02-29"),
        ({"unit": "months", "count": 1}, "2023-01-31", "2023-02-28"),
        ({"unit": "months", "count": 1, "roll": "by_analogy"}, "2020-01-31", "2020-03-02"),
        ({"unit": "months", "count": 1}, "2024-02-29", "2024-03-29"),
        ({"unit": "months", "count": 12}, "2024-02-29", "2025-02-28"),
        ({"count": 15, "roll": "by_analogy"}, "2024-01-26", "2024-02-18"),
        ({"count": 15, "unit": "working_days"}, "2024-01-26", "2024-02-21"),
        ({"count": 30, "roll": "by_analogy"}, "2024-01-12", "2024-02-18"),
        ({"count": 30}, "2024-01-12", "2024-02-11"),
    ],
)
def test_the_three_ways_to_set_a_filing_limit_give_three_last_days(
    rule: dict[str, Any], start: str, last: str, limits: Limits, calendar: Calendar
) -> None:
    given = limits.declared({"NORM-FILE": local(**rule)})
    assert last_days(given["NORM-FILE"], start, calendar).last.astype(str).tolist() == [last]


def test_an_open_pause_of_a_local_limit_cut_in_an_unknown_year_leaves_it_open(
    limits: Limits, calendar: Calendar
) -> None:
    rule = local(count=30, pause={"what": "专家评审", "cap": 15}, roll="by_analogy")
    limit = limits.declared({"PEN-DECIDE-L": rule})["PEN-DECIDE-L"]
    answer = last_days(limit, "2026-11-30", calendar, pauses=[("2026-12-20", None)])
    assert answer.reason.tolist() == ["日历未载2027年"]


def test_a_national_limit_cannot_be_declared_locally(limits: Limits) -> None:
    with pytest.raises(LawError) as caught:
        limits.declared({"LIT-REPLY": local(count=30)})
    assert caught.value.code == "LAW_LIMIT_NOT_LOCAL"


def test_a_local_limit_of_unknown_id_is_refused(limits: Limits) -> None:
    with pytest.raises(LawError) as caught:
        limits.declared({"NORM-FILES": local(count=30)})
    assert caught.value.code == "LAW_LIMIT_UNKNOWN"


def test_a_local_limit_without_basis_is_refused() -> None:
    with pytest.raises(ValueError, match="basis"):
        local(count=15, basis=[])


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("PEN-DECIDE", "无期限规定"),
        ("COMP-2M", "更早的规定未载"),
        ("NORM-FILE", "本地期限未声明"),
        ("CREDIT-REPAIR", "未经核实"),
    ],
)
def test_no_version_governs_a_day_before_the_first_and_it_is_said_why(
    key: str, why: str, limits: Limits
) -> None:
    with pytest.raises(LawError) as caught:
        limits[key].governed_by(dt.date(2009, 7, 14))
    assert caught.value.code == "LAW_VERSION_MISSING"
    assert why in caught.value.what


def test_the_good_file_of_these_tests_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD, encoding="utf-8")
    assert list(load_limits(tmp_path)) == ["ONE"]


@pytest.mark.parametrize(
    ("code", "line", "old", "new"),
    [
        ("PARAMS_KEY_UNKNOWN", 11, "count: 10", "count: 10\n        cuont: 10"),
        ("PARAMS_VALUE_INVALID", 9, "unit: natural_days", "unit: days"),
        ("PARAMS_VALUE_INVALID", 10, "count: 10", "count: 0"),
        ("PARAMS_VALUE_INVALID", 8, "count: 10", "at_least: 11\n        count: 10"),
        ("PARAMS_VALUE_INVALID", 8, "        count: 10\n", ""),
        ("PARAMS_VALUE_INVALID", 8, "unit: natural_days", "unit: working_days"),
        ("PARAMS_VALUE_INVALID", 8, "unit: natural_days", "unit: fixed_date"),
        ("PARAMS_VALUE_INVALID", 8, "unit: natural_days", "unit: stated_date"),
        ("PARAMS_VALUE_INVALID", 8, "count: 10", 'count: 10\n        day: "01-31"'),
        ("PARAMS_VALUE_INVALID", 8, "count: 10", 'count: 10\n        to: "2019-12-31"'),
        ("PARAMS_VALUE_INVALID", 8, "count: 10", "at_least: 10"),
        ("PARAMS_VALUE_INVALID", 8, "        roll: ordered\n", ""),
        ("PARAMS_VALUE_INVALID", 8, '        basis: [{document: 示例办法, article: "1"}]\n', ""),
        ("PARAMS_VALUE_INVALID", 3, "id: ONE", "id: one"),
    ],
)
def test_a_wrong_limit_file_is_refused_with_its_line(
    code: str, line: int, old: str, new: str, tmp_path: Path
) -> None:
    assert fault(GOOD.replace(old, new), tmp_path) == (code, f"第{line}行")


def test_versions_that_overlap_are_refused(tmp_path: Path) -> None:
    version = GOOD[GOOD.index("      - from") :]
    later = version.replace("2020-01-01", "2021-01-01")
    assert fault(GOOD + later, tmp_path) == ("PARAMS_VALUE_INVALID", "第3行")


def test_a_fixed_date_that_is_no_day_is_refused(tmp_path: Path) -> None:
    fixed = GOOD.replace("unit: natural_days", "unit: fixed_date").replace("ordered", "none")
    text = fixed.replace("count: 10", 'day: "13-31"\n        day_included: true')
    assert fault(text, tmp_path) == ("PARAMS_VALUE_INVALID", "第8行")


def test_a_national_limit_without_versions_is_refused(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("    versions")]
    assert fault(text, tmp_path) == ("PARAMS_VALUE_INVALID", "第3行")


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_limits(tmp_path)
    assert (caught.value.code, caught.value.where) == ("LAW_LIMIT_REPEATED", "two.yaml")


def test_a_folder_without_limits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError) as caught:
        load_limits(tmp_path)
    assert caught.value.code == "LAW_FOLDER_EMPTY"

"""A parameter file is used exactly as written or refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from lawkpi.errors import ParamsError
from lawkpi.params import Day, Points, Strict, load_model, read_yaml
from lawkpi.params.yaml import known_keys, line_of


class Inner(Strict):
    points: Points
    on: Day | None = None


class Outer(Strict):
    id: str
    items: tuple[Inner, ...]


GOOD = """\
id: a
items:
  - points: "0.5"
    on: "2022-03-01"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> ParamsError:
    with pytest.raises(ParamsError) as caught:
        load_model(written(folder, text), Outer)
    return caught.value


def faults(error: ParamsError) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.file, one.cell, one.found) for one in error.findings]


def test_a_good_file_is_read_as_written(tmp_path: Path) -> None:
    model = load_model(written(tmp_path, GOOD), Outer)
    assert model.model_dump(mode="json") == {
        "id": "a", "items": [{"points": "0.5", "on": "2022-03-01"}],
    }  # fmt: skip


def test_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + '    pionts: "1"\n')
    assert (error.code, error.where) == ("PARAMS_INVALID", "rubric.yaml")
    assert faults(error) == [("PARAMS_KEY_UNKNOWN", "rubric.yaml", "第5行", "items.0.pionts")]


def test_an_unknown_key_is_answered_with_the_keys_that_may_stand_there(tmp_path: Path) -> None:
    inside = refused(tmp_path, GOOD + '    pionts: "1"\n').findings[0]
    outside = refused(tmp_path, GOOD + "titel: a\n").findings[0]
    assert inside.expected == "points、on之一"
    assert outside.expected == "id、items之一"


def test_keys_of_a_place_where_several_models_may_stand_are_not_guessed() -> None:
    class Either(Strict):
        one: Inner | Outer

    assert known_keys(Outer, ("items", 0)) == ["points", "on"]
    assert known_keys(Either, ("one",)) == []
    assert known_keys(Outer, ("nowhere",)) == []


def test_a_missing_key_is_refused_with_the_line_of_its_map(tmp_path: Path) -> None:
    error = refused(tmp_path, 'id: a\nitems:\n  - on: "2022-03-01"\n')
    assert faults(error) == [("PARAMS_VALUE_INVALID", "rubric.yaml", "第3行", "items.0.points")]


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + "id: b\n")
    assert (error.code, error.where) == ("PARAMS_KEY_REPEATED", "rubric.yaml 第5行")
    assert error.todo == "同一处的 id 只留一个"


@pytest.mark.parametrize(
    "points", ["0.5", "1", "1e2", "true", "null", '"0,5"', '"1/2"', '" 1"', '"½"']
)
def test_points_that_are_not_quoted_decimals_are_refused_with_their_line(
    tmp_path: Path, points: str
) -> None:
    error = refused(tmp_path, GOOD.replace('"0.5"', points))
    assert faults(error) == [("PARAMS_VALUE_INVALID", "rubric.yaml", "第3行", "items.0.points")]


@pytest.mark.parametrize("day", ['"2022-02-30"', '"2022年3月"', '"20"', "12"])
def test_a_day_that_is_none_is_refused_with_its_line(tmp_path: Path, day: str) -> None:
    error = refused(tmp_path, GOOD.replace('"2022-03-01"', day))
    assert faults(error) == [("PARAMS_VALUE_INVALID", "rubric.yaml", "第4行", "items.0.on")]


def test_a_code_without_quotes_is_not_turned_from_a_number_into_text(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD.replace("id: a", "id: 007"))
    assert faults(error) == [("PARAMS_VALUE_INVALID", "rubric.yaml", "第1行", "id")]


def test_no_is_a_word_and_not_false(tmp_path: Path) -> None:
    """YAML 1.1 would read the country code of Norway as false."""
    assert load_model(written(tmp_path, GOOD.replace("id: a", "id: no")), Outer).id == "no"


def test_every_fault_of_a_file_is_found_at_once(tmp_path: Path) -> None:
    error = refused(tmp_path, "idd: a\nitems:\n  - points: 0.5\n  - {}\n")
    assert sorted(faults(error), key=lambda fault: fault[3]) == [
        ("PARAMS_VALUE_INVALID", "rubric.yaml", "第1行", "id"),
        ("PARAMS_KEY_UNKNOWN", "rubric.yaml", "第1行", "idd"),
        ("PARAMS_VALUE_INVALID", "rubric.yaml", "第3行", "items.0.points"),
        ("PARAMS_VALUE_INVALID", "rubric.yaml", "第4行", "items.1.points"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [("id: [a\nitems: b\n", 2), ("id: a\n\tb: c\n", 2), ("a: b: c\n", 1)],
    ids=["open bracket", "tab", "two colons"],
)
def test_what_is_no_yaml_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    error = refused(tmp_path, text)
    assert error.code == "PARAMS_YAML_UNREADABLE"
    assert error.where.startswith(f"rubric.yaml 第{line}行")
    assert not re.search("expected|found|mapping", error.message)


def test_an_empty_file_is_refused_as_incomplete(tmp_path: Path) -> None:
    assert refused(tmp_path, "").code == "PARAMS_INVALID"


@pytest.mark.parametrize("content", ["id: 甲".encode("gbk"), b"id: a\x01b\n"])
def test_a_file_in_another_encoding_or_with_other_signs_is_refused_by_name(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(content)
    with pytest.raises(ParamsError) as caught:
        read_yaml(path)
    assert (caught.value.code, caught.value.where) == ("PARAMS_YAML_UNREADABLE", "rubric.yaml")
    assert "UTF-8" in caught.value.todo


def test_a_byte_order_mark_from_a_windows_editor_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_model(path, Outer).id == "a"


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        read_yaml(tmp_path / "no.yaml")
    assert (caught.value.code, caught.value.where) == ("PARAMS_FILE_MISSING", "no.yaml")


def test_the_line_of_a_place_is_that_of_the_deepest_key_known(tmp_path: Path) -> None:
    content = read_yaml(written(tmp_path, GOOD))
    assert [line_of(content, place) for place in ((), ("items",), ("items", 0, "on"), ("no",))] == [
        1, 2, 4, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('title: 1\nplaces: 2\nmode: "a"\n', "应为加引号的文字"),
        ('title: "a"\nplaces: 二\nmode: "a"\n', "应为整数"),
        ('title: "a"\nplaces: 2\nmode: "c"\n', "应为下列之一：'a'、'b'"),
        ('- "a"\n', "应为若干“项: 值”"),
        ('places: 2\nmode: "a"\n', "缺少必填项"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(tmp_path: Path, text: str, what: str) -> None:
    class Small(Strict):
        title: str
        places: int
        mode: Literal["a", "b"]

    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_model(path, Small)
    (finding,) = caught.value.findings
    assert finding.what.partition("，写的是")[0] == what

"""The form follows the models: a new field, list, choice or alternative appears by itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from lawkpi.params import Day, Percent, Points, Reference, Strict
from lawkpi.rubric.predicate import PredicateField
from lawkpi.rubric.shapes import ShapeBox
from lawkpi.rubric.shapes.lines import LineField
from lawkpi.rubric.written import fields_of
from lawkpi.workbook.rubric_form.fields import Box, Leaf, Many, Side, Walk, is_box, parts, sides_of
from lawkpi.workbook.rubric_form.plan import columns_of

from .given import PLAN, TERMS


class Inner(Strict):
    depth: int = Field(title="深度")
    when: PredicateField = Field(title="条件")


class Made(Strict):
    points: Points = Field(title="分值")
    share: Percent | None = Field(default=None, title="比例")
    line: LineField | None = Field(default=None, title="界限")
    count: int = Field(default=2, title="个数")
    strict: bool = Field(default=False, title="从严")
    on: Day | None = Field(default=None, title="日期")
    way: Literal["a", "b"] = Field(default="a", title="方法")
    otherwise: Points = Field(default=Fraction(1, 2), alias="else", title="其余")
    inner: Inner | None = Field(default=None, title="内层")
    many: tuple[Inner, ...] = Field(default=(), title="各层")
    prices: dict[str, Points] = Field(default_factory=dict, title="各价")
    names: tuple[str, ...] = Field(default=(), title="名称")
    basis: tuple[Reference, ...] = Field(default=(), title="依据")


class Other(Strict):
    points: Points = Field(title="分值")


class MadeBox(Strict):
    made: Made | None = Field(default=None, title="甲法")
    other: Other | None = Field(default=None, title="乙法")


class Holder(Strict):
    box: MadeBox = Field(title="方式")


PARTS = list(parts(Made, Walk(TERMS)))


def leaves() -> dict[str, Leaf]:
    return {".".join(one.path): one for one in PARTS if isinstance(one, Leaf)}


def test_every_kind_of_field_fills_a_cell_of_its_kind() -> None:
    kinds = {path: type(leaf.kind).__name__ for path, leaf in leaves().items()}
    assert kinds == {
        "points": "Amount",
        "share": "Share",
        "line": "Threshold",
        "count": "Whole",
        "strict": "Choice",
        "on": "Day",
        "way": "Choice",
        "else": "Amount",
        "inner.depth": "Whole",
        "names": "Texts",
        "basis": "References",
    }


def test_what_takes_more_than_a_cell_is_listed() -> None:
    lists = {one.title: one for one in PARTS if isinstance(one, Many)}
    assert list(lists) == ["各层", "各价"]
    assert [leaf.title for leaf in lists["各层"].leaves] == ["深度"]
    assert [side.title for side in sides_of(lists["各层"], TERMS)] == ["各层·条件"]
    assert lists["各价"].is_named


def test_mappings_stand_in_a_cell_where_a_sheet_has_room_for_lines() -> None:
    found = [one for one in parts(Made, Walk(TERMS, in_cell=True)) if one.path == ("prices",)]
    assert [type(one).__name__ for one in found] == ["Leaf"]


def test_a_condition_is_a_side() -> None:
    assert [one.title for one in PARTS if isinstance(one, Side)] == ["内层·条件"]


def test_titles_say_the_models_around_them_once() -> None:
    assert leaves()["inner.depth"].title == "内层·深度"
    headings = [column.heading for column in PLAN.rules.columns]
    assert "同一事项的列" in headings
    assert "同一事项·同一事项的列" not in headings


def test_defaults_are_known_and_what_is_required_is_too() -> None:
    found = leaves()
    assert (found["count"].default, found["else"].default, found["way"].default) == (2, "0.5", "a")
    assert [path for path, leaf in found.items() if leaf.required] == ["points", "inner.depth"]
    assert not found["inner.depth"].firm


def test_a_choice_among_models_is_a_box_and_its_fields_belong_to_alternatives() -> None:
    assert is_box(MadeBox)
    assert not is_box(Made)
    box, *rest = parts(Holder, Walk(TERMS))
    assert isinstance(box, Box)
    assert box.alternatives.words == ["甲法", "乙法"]
    assert {one.choice for one in rest if isinstance(one, Leaf)} == {
        (("box",), "made"),
        (("box",), "other"),
    }


def test_alternatives_with_the_same_title_share_a_column() -> None:
    columns = {one.heading: one for one in columns_of(tuple(parts(Holder, Walk(TERMS))))}
    assert [leaf.path for leaf in columns["分值"].leaves] == [
        ("box", "made", "points"),
        ("box", "other", "points"),
    ]
    assert columns["分值"].leaf([(("box",), "other")]) is columns["分值"].leaves[1]
    assert columns["个数"].leaf([(("box",), "other")]) is None


def test_every_parameter_of_every_shape_has_its_place() -> None:
    """Cells, lists and conditions together hold every field of every shape."""
    placed = {one.path[:3] for one in PLAN.rules.parts if one.path[:1] == ("shape",)}
    wanted = {
        ("shape", name, field.alias or own)
        for name, info in ShapeBox.model_fields.items()
        for model in [next(one for one in info.annotation.__args__ if one is not type(None))]  # type: ignore[union-attr]
        for own, field in fields_of(model).items()
    }
    assert wanted - placed == set()


def test_no_two_columns_of_a_sheet_have_the_same_heading() -> None:
    for plan in (PLAN.sections, PLAN.items, PLAN.rules, *PLAN.others):
        headings = [column.heading for column in plan.columns]
        assert len(set(headings)) == len(headings)
    assert len({one.heading for one in PLAN.list_columns}) == len(PLAN.list_columns)

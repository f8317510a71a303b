"""Where the points of items that do not apply go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.scoring import ItemState, effective_full_points

from .given import rubric

ON, OFF = ItemState.SCORED, ItemState.NOT_APPLICABLE
TWO = {"1": {"1.1": "3", "1.2": "3", "1.3": "4"}, "2": {"2.1": "10", "2.2": "5"}}


def effective(
    default: str, off: set[str], empty_section: str = "leave_base", sections: dict = TWO
) -> dict[str, int]:
    ids = [number for own in sections.values() for number in own]
    states = {number: [OFF if number in off else ON] for number in ids}
    made = rubric(sections, default=default, empty_section=empty_section)
    return {
        number: int(units[0])
        for number, units in effective_full_points(made, states, ["all"]).items()
    }


def test_where_all_apply_nothing_moves() -> None:
    expected = {"1.1": 300, "1.2": 300, "1.3": 400, "2.1": 1000, "2.2": 500}
    for default in ("redistribute_section", "leave_base", "full", "none"):
        assert effective(default, set()) == expected


def test_freed_points_go_to_the_section_s_items_in_proportion() -> None:
    found = effective("redistribute_section", {"1.1"})
    assert found == {"1.1": 0, "1.2": 429, "1.3": 571, "2.1": 1000, "2.2": 500}


def test_the_last_item_of_a_section_takes_all_of_it() -> None:
    assert effective("redistribute_section", {"1.1", "1.2"})["1.3"] == 1000


def test_a_section_without_any_applying_item_leaves_the_base_where_so_declared() -> None:
    found = effective("redistribute_section", {"2.1", "2.2"})
    assert found == {"1.1": 300, "1.2": 300, "1.3": 400, "2.1": 0, "2.2": 0}


def test_a_section_without_any_applying_item_hands_its_points_to_the_rubric() -> None:
    found = effective("redistribute_section", {"2.1", "2.2"}, "redistribute_rubric")
    assert found == {"1.1": 750, "1.2": 750, "1.3": 1000, "2.1": 0, "2.2": 0}


def test_an_empty_section_and_a_half_empty_one_keep_the_sum_together() -> None:
    found = effective("redistribute_section", {"2.1", "2.2", "1.1"}, "redistribute_rubric")
    assert sum(found.values()) == 2500
    assert found["1.1"] == found["2.1"] == found["2.2"] == 0
    assert found["1.2"] < found["1.3"]


def test_where_nothing_applies_at_all_nothing_is_made_up() -> None:
    off = {"1.1", "1.2", "1.3", "2.1", "2.2"}
    assert set(effective("redistribute_section", off, "redistribute_rubric").values()) == {0}


@pytest.mark.parametrize("default", ["leave_base", "none"])
def test_points_may_leave_the_base_without_touching_other_items(default: str) -> None:
    assert effective(default, {"1.1"}) == {
        "1.1": 0, "1.2": 300, "1.3": 400, "2.1": 1000, "2.2": 500,
    }  # fmt: skip


def test_points_may_stay_where_they_are() -> None:
    assert effective("full", {"1.1"})["1.1"] == 300


def test_departments_do_not_touch_each_other() -> None:
    states = {"1.1": [OFF, ON], "1.2": [ON, OFF], "1.3": [ON, ON], "2.1": [ON, ON], "2.2": [ON, ON]}
    found = effective_full_points(
        rubric(TWO, default="redistribute_section"), states, ["all", "all"]
    )
    assert found["1.1"].tolist() == [0, 429]
    assert found["1.2"].tolist() == [429, 0]


@pytest.mark.parametrize("state", [ItemState.PENDING, ItemState.NOT_REPORTED])
def test_only_items_that_do_not_apply_hand_their_points_on(state: ItemState) -> None:
    states = {number: [ON] for own in TWO.values() for number in own} | {"1.1": [state]}
    found = effective_full_points(rubric(TWO, default="redistribute_section"), states, ["all"])
    assert found["1.1"].tolist() == [300]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=5), min_size=1, max_size=4),
    st.sets(st.integers(0, 19)),
)
def test_every_section_keeps_its_sum_and_the_rubric_too(
    points: list[list[int]], off_places: set[int]
) -> None:
    sections = {
        str(number): {f"{number}.{place}": str(one) for place, one in enumerate(own)}
        for number, own in enumerate(points)
    }
    ids = [number for own in sections.values() for number in own]
    off = {number for place, number in enumerate(ids) if place in off_places}
    found = effective("redistribute_section", off, "leave_base", sections)
    for own in sections.values():
        expected = 0 if off >= set(own) else 100 * sum(int(one) for one in own.values())
        assert sum(found[number] for number in own) == expected
    spread = effective("redistribute_section", off, "redistribute_rubric", sections)
    whole = 100 * sum(map(sum, points))
    assert sum(spread.values()) == (0 if off >= set(ids) else whole)
    assert all(spread[number] == 0 for number in off)

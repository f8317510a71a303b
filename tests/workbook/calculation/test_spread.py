"""分值分配表 beside the engine: whatever does not apply, points end where the engine sends them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawkpi.rubric.model import Rubric
from lawkpi.scoring import ItemState, effective_full_points
from lawkpi.workbook.calculation.grid import Cell
from lawkpi.workbook.calculation.spread import HEAD, Spread, columns, leaves_sections
from lawkpi.workbook.calculation.states import ITEM_STATES, PENDING
from lawkpi.workbook.whole import NotExact
from tests.support.small_rubric import item, section
from tests.support.small_rubric import rubric as made_rubric

QUIET = settings(max_examples=80, deadline=None, derandomize=True)
TREATMENTS = ("redistribute_section", "redistribute_rubric", "leave_base", "full", "none")
MOVING = ("redistribute_section", "redistribute_rubric")
STATES = [state for state in ItemState if state is not ItemState.NOT_REPORTED]


def drawn(random: Random) -> Rubric:
    """A rubric of up to three sections; items may go their own way."""
    sizes = [random.randint(1, 4) for _ in range(random.randint(1, 3))]
    names = [
        f"{number}.{place}" for number, size in enumerate(sizes, 1) for place in range(1, size + 1)
    ]
    sections = []
    for number in range(1, len(sizes) + 1):
        own = [name for name in names if name.startswith(f"{number}.")]
        items = [
            drawn_item(random, name, [other for other in names if other != name]) for name in own
        ]
        sections.append(section(str(number), *items))
    terms = {
        "default": random.choice(TREATMENTS),
        "empty_section": random.choice(["redistribute_rubric", "leave_base"]),
    }
    rounding = {"at": "item", "places": random.choice([0, 2]), "mode": "half_up"}
    return made_rubric(*sections, not_applicable=terms, rounding=rounding)


def drawn_item(random: Random, name: str, others: list[str]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if random.random() < 0.4:
        treatment = {"treatment": random.choice(TREATMENTS)}
        to = {"to": random.choice(others)} if others and random.random() < 0.5 else treatment
        own["not_applicable"] = to
    if random.random() < 0.2:
        own["full_points_for"] = {"all": str(random.randint(0, 9))}
    return item(name, str(random.randint(1, 20)), **own)


def table(rubric: Rubric, states: dict[str, ItemState]) -> tuple[Spread, dict[str, int]]:
    cells = {
        name: Cell("计算表", row, 0, ITEM_STATES[state])
        for row, (name, state) in enumerate(states.items())
    }
    spread = Spread(rubric, "all", cells)
    return spread, {name: cell.value for name, cell in spread.plan().items()}


def engine(rubric: Rubric, states: dict[str, ItemState]) -> dict[str, int]:
    found = effective_full_points(rubric, {name: [own] for name, own in states.items()}, ["all"])
    return {name: int(units[0]) for name, units in found.items()}


def numbers(rubric: Rubric) -> list[str]:
    return [one.id for own in rubric.base_sections for one in own.items]


def drawn_states(random: Random, rubric: Rubric) -> dict[str, ItemState]:
    off = random.choice([0.2, 0.5, 0.9])
    return {
        name: ItemState.NOT_APPLICABLE if random.random() < off else random.choice(STATES)
        for name in numbers(rubric)
    }


@QUIET
@given(st.integers(0, 10**9))
def test_points_end_where_the_engine_sends_them(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - only tests
    rubric = drawn(random)
    states = drawn_states(random, rubric)
    assert table(rubric, states)[1] == engine(rubric, states)


@QUIET
@given(st.integers(0, 10**9))
def test_redistribution_keeps_the_sum_while_anything_applies(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - only tests
    rubric = plain(random.choice(MOVING), [random.randint(1, 20) for _ in range(6)])
    states = drawn_states(random, rubric)
    full = table(rubric, states)[1]
    declared = int(rubric.full_points / rubric.unit)
    applies = any(state is not ItemState.NOT_APPLICABLE for state in states.values())
    assert sum(full.values()) == (declared if applies else 0)


def plain(default: str, points: list[int]) -> Rubric:
    """Two sections, all items treated alike."""
    half = len(points) // 2
    sections = [
        section(name, *(item(f"{name}.{n}", str(one)) for n, one in enumerate(own, 1)))
        for name, own in (("1", points[:half]), ("2", points[half:]))
    ]
    terms = {"default": default, "empty_section": "redistribute_rubric"}
    return made_rubric(*sections, not_applicable=terms)


def without(rubric: Rubric, *off: str) -> dict[str, ItemState]:
    return {
        name: ItemState.NOT_APPLICABLE if name in off else ItemState.SCORED
        for name in numbers(rubric)
    }


def test_where_all_apply_nothing_moves() -> None:
    rubric = plain("redistribute_section", [3, 3, 4, 5])
    assert table(rubric, without(rubric))[1] == {"1.1": 300, "1.2": 300, "2.1": 400, "2.2": 500}


def test_of_equal_remainders_the_earlier_item_gets_the_last_unit() -> None:
    rubric = plain("redistribute_section", [1, 1, 1, 1, 1, 1])
    full = table(rubric, without(rubric, "2.1"))[1]
    assert full == {"1.1": 100, "1.2": 100, "1.3": 100, "2.1": 0, "2.2": 150, "2.3": 150}
    rubric = plain("redistribute_section", [1, 1, 1, 1, 1, 1, 1, 1])
    full = table(rubric, without(rubric, "1.4"))[1]
    assert [full[f"1.{n}"] for n in (1, 2, 3, 4)] == [134, 133, 133, 0]


def test_an_open_item_keeps_its_points_and_takes_its_part() -> None:
    """It may still be scored; what it is worth does not wait for that."""
    rubric = plain("redistribute_section", [2, 2, 5, 5])
    states = without(rubric, "1.1") | {"1.2": ItemState.PENDING}
    assert ITEM_STATES[states["1.2"]] == PENDING
    assert table(rubric, states)[1]["1.2"] == 400


def test_points_that_may_not_leave_their_section_need_no_second_stage() -> None:
    rubric = plain("redistribute_section", [2, 2, 5, 5])
    staying = rubric.model_copy(
        update={"not_applicable": type(rubric.not_applicable)(default="redistribute_section")}
    )
    assert leaves_sections(rubric)
    assert not leaves_sections(staying)
    keys = {column.key for column in columns(staying)}
    assert not any(key.startswith("overall") for key in keys)
    assert "between" not in keys


def test_an_item_that_hands_its_points_to_another_section_needs_it() -> None:
    sections = [section("1", item("1.1", "5", not_applicable={"to": "2.1"}), item("1.2", "5"))]
    rubric = made_rubric(*sections, section("2", item("2.1", "5")))
    assert leaves_sections(rubric)
    full = table(rubric, without(rubric, "1.1"))[1]
    assert full == {"1.1": 0, "1.2": 500, "2.1": 1000}


def test_a_taker_that_does_not_apply_takes_nothing() -> None:
    sections = [section("1", item("1.1", "5", not_applicable={"to": "2.1"}), item("1.2", "5"))]
    rubric = made_rubric(*sections, section("2", item("2.1", "5"), item("2.2", "5")))
    full = table(rubric, without(rubric, "1.1", "2.1"))[1]
    assert full == {"1.1": 0, "1.2": 1000, "2.1": 0, "2.2": 1000}


def test_where_nothing_applies_nothing_is_divided_by_nothing() -> None:
    rubric = plain("redistribute_section", [1, 2, 3, 4])
    assert set(table(rubric, without(rubric, *numbers(rubric)))[1].values()) == {0}


def test_what_moves_is_a_formula_and_what_the_rubric_says_is_a_value() -> None:
    rubric = plain("redistribute_section", [1, 2, 3, 4])
    grid = table(rubric, without(rubric, "1.1"))[0].grid
    entries = {
        key: grid.entries[HEAD + 1, grid.places[key]] for key in ("units", "applies", "full")
    }
    assert entries["units"].formula is None
    assert entries["applies"].formula == "IF('计算表'!$A$1=0,0,1)"
    assert entries["full"].formula is not None


def test_the_table_ends_with_the_sums_of_its_sections_and_of_all() -> None:
    rubric = plain("redistribute_rubric", [1, 2, 3, 4])
    grid = table(rubric, without(rubric, "1.1"))[0].grid
    titles = [entry.stored for (_, place), entry in sorted(grid.entries.items()) if place == 0]
    assert titles == [
        "1.1 指标1.1", "1.2 指标1.2", "部分1小计", "2.1 指标2.1", "2.2 指标2.2", "部分2小计", "合计",
    ]  # fmt: skip


def test_points_too_large_for_a_spreadsheet_are_not_spread_by_formula() -> None:
    huge = str(10**9)
    rubric = made_rubric(section("1", item("1.1", huge), item("1.2", huge)))
    with pytest.raises(NotExact):
        table(rubric, without(rubric, "1.1"))

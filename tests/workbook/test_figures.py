"""The figures between marks and points are the scoring room's own."""

from lawkpi.scoring import ItemState
from lawkpi.workbook import figures as module
from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures, item_figures
from tests.workbook.given import CODES, World, world


def figures(given: World, code: str = "ZX777") -> dict[str, ItemFigures]:
    assessment = given.assessment()
    return {one.item.id: one for one in item_figures(Desk(assessment, assessment.department(code)))}


def test_items_scored_again_have_the_points_of_the_assessment(small: World) -> None:
    for code in CODES:
        for one in figures(small, code).values():
            if one.scores is not None and one.points is not None:
                assert int(one.scores.points[0]) == int(one.points * 100)


def test_every_scored_item_is_live(small: World) -> None:
    scored = [one for one in figures(small).values() if one.row and one.state is ItemState.SCORED]
    assert scored
    assert all(one.scores is not None for one in scored)


def test_numbers_beyond_what_is_exact_are_not_live(small: World, monkeypatch: object) -> None:
    monkeypatch.setattr(module, "MOST_WHOLE", 10)  # type: ignore[attr-defined]
    assert all(one.scores is None for one in figures(small).values())


def test_a_pending_item_has_no_points() -> None:
    found = figures(world(3, unknown={"cases": {"held": list(range(5))}}))
    pending = [one for one in found.values() if one.state is ItemState.PENDING]
    assert all(one.points is None and one.scores is None for one in pending)


def test_rules_are_put_into_words_with_their_cap(small: World) -> None:
    rules = figures(small)["1.1"].rules
    assert rules[0].text == "低于95%的，每低1个百分点扣0.2分（不足一步按一步计），最多扣6分"
    assert figures(small)["B.1"].rules[0].text == "每1次加0.4分"
    assert "等次" in figures(small)["V.1"].rules[0].text


def test_states_and_judged_points_are_put_into_words(small: World) -> None:
    state, judged = figures(small)["2.3"].rules
    assert state.entered_text in ("有并落实", "无")
    assert judged.entered_text.startswith("评分单位核定扣")


def test_a_missing_entry_reads_as_pending(small: World) -> None:
    rows = {**small.rows, "entered": [], "judged": []}
    empty = World(rows, small.rubric, small.settings, {})
    assert [one.entered_text for one in figures(empty)["2.3"].rules] == ["待核", "待核"]

"""The figures between marks and points are the scoring room's own."""

from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import ItemFigures, item_figures
from tests.workbook.given import World


def figures(given: World, code: str = "ZX777") -> dict[str, ItemFigures]:
    assessment = given.assessment()
    return {one.item.id: one for one in item_figures(Desk(assessment, assessment.department(code)))}


def test_rules_are_put_into_words_with_their_cap(small: World) -> None:
    rules = figures(small)["1.1"].rules
    assert rules[0].text == "低于95%的，每低1个百分点扣0.2分（不足一步按一步计），最多扣6分"
    assert figures(small)["B.1"].rules[0].text == "每1次加0.4分"
    assert "等次" in figures(small)["V.1"].rules[0].text


def test_rules_say_where_their_counts_stand(small: World) -> None:
    (appeared, returned) = figures(small)["1.1"].rules
    assert str(appeared.sources[0].done.formula).startswith("SUM('案件台账'!$")
    assert appeared.sources[0].done.value == appeared.done
    assert str(returned.sources[0].done.formula).startswith("SUM('案件台账'!$")
    assert not appeared.why


def test_what_an_office_entered_is_a_value(small: World) -> None:
    state, judged = figures(small)["2.3"].rules
    assert [one.why for one in (state, judged)] == ["核定录入", "核定录入"]
    assert state.sources[0].done.formula is None
    assert state.is_by_hand


def test_a_missing_entry_leaves_its_rule_open(small: World) -> None:
    empty = World({**small.rows, "entered": [], "judged": []}, small.rubric, small.settings, {})
    for rule in figures(empty)["2.3"].rules:
        assert rule.sources[0].open.value == 1

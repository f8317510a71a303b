"""Own rows, join keys, marks, and what lies elsewhere."""

from lawkpi.workbook.desk import Desk
from lawkpi.workbook.figures import item_figures
from lawkpi.workbook.formula import ROW
from tests.workbook.given import CODES, World, world


def desk(given: World, code: str = "ZX777") -> Desk:
    assessment = given.assessment()
    made = Desk(assessment, assessment.department(code))
    item_figures(made)
    return made


def test_only_rows_charged_to_the_department_are_taken(small: World) -> None:
    for code in CODES:
        own = desk(small, code).ledgers
        assert set(own["people"].cells("department")) <= {code}
        cases = own["cases"]
        named = zip(cases.cells("department"), cases.cells("handler"), strict=True)
        assert all(code in both for both in named)


def test_every_own_row_is_taken(small: World) -> None:
    count = sum(code == "ZX777" for row in small.rows["people"] for code in [row["department"]])
    assert len(desk(small).ledgers["people"]) == count


def test_a_ledger_without_own_rows_has_no_sheet(small: World) -> None:
    rows = {**small.rows, "hours": []}
    assert "hours" not in desk(World(rows, small.rubric, small.settings, {})).sheets


def test_marks_of_rows_of_others_ask_who_is_charged(small: World) -> None:
    sheet = desk(small).sheets["cases"]
    marks = [one for one in sheet.extras if one.heading.startswith("1.2a 应计")]
    assert 'EXACT($D\x00,"甲字局")' in str(marks[0].formula)
    assert ROW in str(marks[0].formula)


def test_equal_people_share_a_key_and_blanks_have_none(small: World) -> None:
    made = desk(small)
    people, hours = made.sheets["people"], made.sheets["hours"]
    keys = dict(zip(people.ledger.cells("person"), _keys(people), strict=True))
    for person, key in zip(hours.ledger.cells("person"), _keys(hours), strict=True):
        assert keys.get(person, key) == key
    assert len(set(keys.values())) == len(keys)


def _keys(sheet: object) -> list[str]:
    extras = getattr(sheet, "extras")  # noqa: B009
    return next(list(one.stored) for one in extras if one.heading.startswith("关联键"))


def test_hours_in_other_departments_stand_as_a_value() -> None:
    given = world(3)
    person = next(row for row in given.rows["people"] if row["department"] == "ZX777")
    elsewhere = {
        **given.rows["hours"][0],
        "entry": "外训",
        "person": person["person"],
        "department": "ZX888",
        "present": "yes",
        "hours": 3.5,
    }
    moved = World(
        {**given.rows, "hours": [*given.rows["hours"], elsewhere]}, given.rubric, given.settings, {}
    )
    sheet = desk(moved).sheets["people"]
    rest = next(one for one in sheet.extras if one.heading.startswith("本簿以外"))
    assert rest.formula is None
    assert sum(rest.stored) >= 35


def test_unknown_rows_are_fixed() -> None:
    given = world(3, unknown={"cases": {"held": list(range(200))[:5]}})
    assert any(
        one.fixed is not None and one.fixed.any() for one in desk(given).sheets["cases"].extras
    )


def test_inputs_behind_values_are_known(small: World) -> None:
    made = desk(small)
    assert {"department", "handler", "served_on"} <= made.dead_columns(
        made.sheets["cases"].ledger.schema
    )
    assert "person" in made.dead_columns(made.sheets["people"].ledger.schema)

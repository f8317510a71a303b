"""The law as a whole, asked as people type."""

from __future__ import annotations

import datetime as dt

import pytest

from lawkpi.errors import LawError
from lawkpi.law import Law, Limit, LocalLimit, Overlay, Requirement, last_days, load_law
from lawkpi.law.library import former

from .given import ROOT


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law(ROOT / "params" / "law")


@pytest.mark.parametrize("typed", ["LIT-REPLY", " lit-reply ", "Lit-Reply"])
def test_a_limit_is_found_however_its_id_is_typed(typed: str, law: Law) -> None:
    found = law.asked(typed)
    assert isinstance(found, Limit)
    assert found.id == "LIT-REPLY"


@pytest.mark.parametrize("typed", ["RECO-REPLY (old)", "reco-reply（old）", "RECO-REPLY（旧）"])
def test_an_id_with_old_behind_it_names_the_former_text(typed: str, law: Law) -> None:
    found = law.asked(typed)
    assert isinstance(found, Limit)
    assert [version.end for version in found.versions] == [dt.date(2023, 12, 31)]
    answer = last_days(found, ["2023-12-29", "2024-01-02"], law.calendar)
    assert answer.last.astype(str).tolist() == ["2024-01-08", "NaT"]
    assert answer.reason.tolist() == ["", "起算日已适用新的规定"]


def test_a_limit_whose_text_never_changed_has_no_former_one(law: Law) -> None:
    with pytest.raises(LawError) as caught:
        former(law.limits["PEN-DECIDE"])
    assert caught.value.code == "LAW_VERSION_MISSING"


def test_a_requirement_is_found_by_its_id(law: Law) -> None:
    assert isinstance(law.asked("train-60"), Requirement)


def test_an_unknown_id_is_refused_with_what_comes_near(law: Law) -> None:
    with pytest.raises(LawError) as caught:
        law.asked("TRAIN60")
    assert caught.value.code == "LAW_LIMIT_UNKNOWN"
    assert "TRAIN-60" in caught.value.expected
    with pytest.raises(LawError) as nothing:
        law.asked("期限")
    assert "lawkpi limits" in nothing.value.expected


def test_declaring_a_local_limit_leaves_the_rest_of_the_law_as_it_was(law: Law) -> None:
    rule = {"count": 15, "unit": "natural_days", "roll": "none", "basis": [{"document": "示例"}]}
    declared = law.declared({"NORM-FILE": LocalLimit.model_validate(rule)})
    assert declared.limits["NORM-FILE"].is_declared
    assert not law.limits["NORM-FILE"].is_declared
    assert declared.requirements is law.requirements


def test_a_further_overlay_adds_a_year() -> None:
    content = {"year": 2027, "off": ["2027-01-01"], "working": [], "notice": "示例"}
    law = load_law(ROOT / "params" / "law", [Overlay.model_validate(content)])
    assert law.calendar.known_to == dt.date(2027, 12, 31)


def test_every_definition_is_loaded_by_its_id(law: Law) -> None:
    assert list(law.definitions) == ["responsible_official"]

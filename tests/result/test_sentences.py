"""What is said of a record: facts with dates and places, never a judgement."""

from __future__ import annotations

import re

from lawkpi.result import Assessment

JUDGING = ("失职", "违法", "造假", "渎职", "弄虚作假", "不作为")
"""Words that a sentence may only quote."""


def own_words(run: Assessment, sentence: str) -> str:
    """A sentence without the rubric's clauses and titles and without outcome labels."""
    quoted = [item.clause for _, item in run.rubric.lines] + [run.rubric.title]
    labels = {
        label
        for schema in run.schemas.values()
        for name in schema.all_types
        for label in schema.labels_of(name).values()
    }
    for text in (*quoted, *sorted(labels, key=len, reverse=True)):
        sentence = sentence.replace(text, "")
    return sentence


def sentences(run: Assessment) -> list[str]:
    return [
        *run.losses["sentence"],
        *run.adjustments["sentence"],
        *run.rules["sentence"],
    ]


def test_no_sentence_judges_in_its_own_words(run: Assessment) -> None:
    wrong = [
        sentence
        for sentence in sentences(run)
        if any(word in own_words(run, sentence) for word in JUDGING)
    ]
    assert wrong == []


def test_an_outcome_may_be_quoted_by_its_label(tiny: Assessment) -> None:
    lost = [one for one in tiny.losses["sentence"] if "确认违法" in one]
    assert len(lost) == 1
    assert "违法" not in own_words(tiny, lost[0])


def test_every_deduction_opens_and_closes_as_agreed(run: Assessment) -> None:
    pattern = re.compile(r"经核查，.+，对照《.+》第.+项“.+”，扣[0-9.]+分(（.+）)?。")
    wrong = [one for one in run.losses["sentence"] if not pattern.fullmatch(one)]
    assert wrong == []


def test_no_sentence_holds_a_code_or_a_python_word(run: Assessment) -> None:
    strange = re.compile(r"\b(nan|NaT|None|NA|True|False|in_time|overdue|dismissed)\b|<|\{|\}")
    assert [one for one in sentences(run) if strange.search(one)] == []


def test_a_rate_says_its_counts_to_each_record_that_shares_it(tiny: Assessment) -> None:
    lines = tiny.losses[(tiny.losses["department"] == "02") & (tiny.losses["rule"] == "a")]
    (sentence,) = lines[lines["item"] == "2.2"]["sentence"]
    assert "本单位应计3件、已计2件（2/3，66.67%）" in sentence


def test_a_judged_deduction_says_the_reason_that_was_written_down(tiny: Assessment) -> None:
    lines = tiny.losses[(tiny.losses["item"] == "2.2") & (tiny.losses["rule"] == "b")]
    (sentence,) = lines["sentence"]
    assert "评分单位核定扣0.25分，理由：案卷" in sentence


def test_every_rule_says_how_it_counted_or_why_it_did_not(run: Assessment) -> None:
    said = dict(
        zip(
            zip(run.rules["department"], run.rules["item"], run.rules["rule"], strict=True),
            run.rules["sentence"],
            strict=True,
        )
    )
    assert [key for key, sentence in said.items() if not sentence] == []
    off = run.rules[run.rules["state"] == "not_applicable"]
    assert set(off["sentence"]) == {"无应计记录，不适用", "本规则不适用于本单位"}

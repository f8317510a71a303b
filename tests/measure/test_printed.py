"""Percentages as printed, and the counts behind them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lawkpi.errors import UsageError
from lawkpi.measure.printed import (
    PrintedRate,
    RateChange,
    Rounding,
    Verdict,
    common_bases,
    implied_bases,
    implied_counts,
    printed_rate,
    rate_change,
    rate_text,
    which_base,
)

from .given import cases

QUIET = settings(max_examples=80, deadline=None, derandomize=True)
ROUNDINGS = st.sampled_from(get_args(Rounding))
PLACES = st.integers(0, 3)
COUNTS = st.integers(0, 20000)
BASES = st.integers(1, 20000)
RATES = st.builds(
    lambda units, places: printed_rate(f"{units // 10**places}.{units % 10**places:0{places}}"),
    st.integers(0, 99999),
    st.integers(1, 3),
)
PUBLISHED = cases("published_rates")


def prints(printed: PrintedRate, count: int, base: int, rounding: Rounding = "half_up") -> bool:
    return rate_text(count, base, places=printed.places, rounding=rounding) == printed.figure


def pairs(case: dict[str, Any]) -> list[list[str]]:
    known = case["given"]
    found = which_base(known["printed"], known["counts"], known["bases"])
    return [[one.count_name, one.base_name] for one in found.matches]


# Published reports


def test_there_are_twenty_four_published_rates() -> None:
    assert len({case.id for case in PUBLISHED}) == 24


@pytest.mark.parametrize("case", PUBLISHED)
def test_a_published_rate_has_the_bases_that_give_it(case: dict[str, Any]) -> None:
    known, expect = case["given"], case["expect"]
    found = which_base(known["printed"], known["counts"], known["bases"])
    assert pairs(case) == expect["matches"]
    assert found.verdict == expect["verdict"]
    assert found.is_ambiguous == (len(expect["matches"]) > 1)


@pytest.mark.parametrize("case", PUBLISHED)
def test_a_published_rate_is_printed_again_from_its_counts(case: dict[str, Any]) -> None:
    known, expect = case["given"], case["expect"]
    printed = printed_rate(known["printed"])
    for count, base in expect["matches"]:
        done, due = known["counts"][count], known["bases"][base]
        text = rate_text(done, due, places=printed.places, rounding=expect["rounding"])
        assert text == f"{known['printed']}%"


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_base_that_a_report_names_may_not_be_the_one_it_used(case: dict[str, Any]) -> None:
    known, expect = case["given"], case["expect"]
    worded = {known["worded"]: known["bases"][known["worded"]]}
    assert which_base(known["printed"], known["counts"], worded).verdict == expect["worded"]


@pytest.mark.parametrize("case", [one for one in PUBLISHED if "needs" in one.values[0]["expect"]])
def test_a_published_rate_needs_a_base_between_two_lines(case: dict[str, Any]) -> None:
    (count,) = case["given"]["counts"].values()
    needed = implied_bases(printed_rate(case["given"]["printed"]), count)
    assert [needed[0], needed[-1]] == case["expect"]["needs"]


@pytest.mark.parametrize(
    ("printed", "counts", "bases", "matches"),
    [
        ("100", {"胜诉": 24}, {"全部": 27, "不计撤诉": 24}, [["胜诉", "不计撤诉"]]),
        ("100", {"胜诉和撤诉": 27}, {"全部": 27, "不计撤诉": 24}, [["胜诉和撤诉", "全部"]]),
        ("100", {"答复": 58}, {"收到": 59, "不计撤回": 58}, [["答复", "不计撤回"]]),
        ("98.31", {"答复": 58}, {"收到": 59, "不计撤回": 58}, [["答复", "收到"]]),
        ("13.4", {"纠错": 30000}, {"审结": 224000, "受理后审结": 197000}, [["纠错", "审结"]]),
        ("2.4", {"直接纠错": 114, "综合纠错": 191}, {"审结": 4696}, [["直接纠错", "审结"]]),
        ("15.1", {"纠错": 30000}, {"审结": 224000, "受理后审结": 197000}, []),
        ("98.3", {"答复": 57}, {"收到": 59, "不计撤回": 58}, [["答复", "不计撤回"]]),
        ("98.30", {"答复": 57}, {"收到": 59, "不计撤回": 58}, []),
    ],
)
def test_a_rate_is_found_on_the_base_that_was_meant_and_on_no_other(
    printed: str, counts: dict[str, int], bases: dict[str, int], matches: list[list[str]]
) -> None:
    """Withdrawals left out or counted, wide and direct correction, a rounded count: none."""
    assert pairs({"given": {"printed": printed, "counts": counts, "bases": bases}}) == matches


def test_only_one_fraction_of_103_units_prints_the_share_of_excellent_ones() -> None:
    printed = printed_rate("95.59")
    found = [(count, base) for base in range(1, 104) for count in implied_counts(printed, base)]
    assert found == [(65, 68)]


def test_one_list_of_shares_may_mix_both_roundings() -> None:
    assert which_base("41", {"甲": 5}, {"合计": 12}).verdict is Verdict.BY_TRUNCATION
    assert which_base("17", {"乙": 2}, {"合计": 12}).verdict is Verdict.REPRODUCES


# Reading


@pytest.mark.parametrize(
    ("text", "share", "places"),
    [
        ("93.8", "938/1000", 1),
        ("93.8%", "938/1000", 1),
        ("93.8％", "938/1000", 1),
        ("９３．８％", "938/1000", 1),
        ("\u3000 93.8 % ", "938/1000", 1),
        ("19", "19/100", 0),
        ("110.17", "11017/10000", 2),
        ("0.0%", "0", 1),
        ("0.125%", "125/100000", 3),
    ],
)
def test_a_printed_figure_is_read_exactly(text: str, share: str, places: int) -> None:
    printed = printed_rate(text)
    assert (printed.share, printed.places, printed.text) == (Fraction(share), places, text)


def test_a_printed_zero_at_the_end_makes_another_figure() -> None:
    assert printed_rate("30.8").places == 1
    assert printed_rate("30.80").places == 2
    assert printed_rate("30.80") != printed_rate("30.8")
    assert printed_rate("30.80").figure == "30.80%"


def test_one_figure_written_in_two_ways_is_one_figure() -> None:
    assert printed_rate("９３．８％") == printed_rate("93.8")


UNREADABLE = (
    *("", " ", "%", "百分之九十", "nan", "-3", "+3", "93.", ".5", "93.8.1", "93,8", "1,250"),
    *("9 3", "93.8%%", "93.8‰", "1/3", "1e2", "1_0", "93。8", "٩٣", "1234567890123"),
)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_that_is_no_printed_figure_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        printed_rate(text)
    assert caught.value.code == "USAGE_RATE_UNREADABLE"
    assert caught.value.todo


def test_a_long_text_is_refused_without_being_repeated_whole() -> None:
    with pytest.raises(UsageError) as caught:
        printed_rate("9" * 5000)
    assert len(caught.value.what) < 120


@pytest.mark.parametrize("text", ["93.8①", "93.8²", "93.8⑴"])
def test_a_footnote_mark_is_refused_and_never_read_as_a_decimal(text: str) -> None:
    with pytest.raises(UsageError, match="USAGE_RATE_UNREADABLE"):
        printed_rate(text)


@pytest.mark.parametrize("number", [30.80, 95, True, None, Fraction(1, 2), b"93.8"])
def test_a_number_is_refused_because_it_has_lost_its_printed_zeros(number: Any) -> None:
    with pytest.raises(UsageError, match="USAGE_RATE_UNREADABLE"):
        printed_rate(number)
    with pytest.raises(UsageError, match="USAGE_RATE_UNREADABLE"):
        which_base(number, {"公开": 81}, {"答复": 263})


# Printing


@pytest.mark.parametrize(
    ("done", "due", "places", "half_up", "truncated"),
    [
        (1, 8, 1, "12.5%", "12.5%"),
        (1, 16, 1, "6.3%", "6.2%"),
        (3, 16, 1, "18.8%", "18.7%"),
        (1, 2000, 1, "0.1%", "0.0%"),
        (1, 2001, 1, "0.0%", "0.0%"),
        (1999, 2000, 1, "100.0%", "99.9%"),
        (1, 200, 0, "1%", "0%"),
        (0, 7, 2, "0.00%", "0.00%"),
        (7, 7, 0, "100%", "100%"),
        (715, 649, 2, "110.17%", "110.16%"),
    ],
)
def test_halves_go_up_and_cutting_off_keeps_what_is_full(
    done: int, due: int, places: int, half_up: str, truncated: str
) -> None:
    assert rate_text(done, due, places=places) == half_up
    assert rate_text(done, due, places=places, rounding="truncate") == truncated


@pytest.mark.parametrize("rounding", get_args(Rounding))
@pytest.mark.parametrize("done", [0, 3])
def test_a_rate_over_nothing_has_no_base_and_is_neither_0_nor_100(
    rounding: Rounding, done: int
) -> None:
    assert rate_text(done, 0, rounding=rounding) == "无基数"


@pytest.mark.parametrize(
    ("done", "due", "places", "text"),
    [
        (19, 100, 1, "19%"),
        (3, 10, 2, "30%"),
        (77, 250, 2, "30.8%"),
        (1, 8, 1, "12.5%"),
        (1, 1, 0, "100%"),
        (0, 5, 0, "0%"),
        (0, 5, 2, "0%"),
    ],
)
def test_zeros_are_dropped_only_behind_the_point(
    done: int, due: int, places: int, text: str
) -> None:
    assert rate_text(done, due, places=places, trailing_zero=False) == text


@QUIET
@given(done=COUNTS, due=BASES, places=PLACES, rounding=ROUNDINGS)
def test_a_printed_rate_is_less_than_a_unit_of_its_last_place_from_the_true_one(
    done: int, due: int, places: int, rounding: Rounding
) -> None:
    text = rate_text(done, due, places=places, rounding=rounding)
    assert re.fullmatch(rf"\d+\.\d{{{places}}}%" if places else r"\d+%", text)
    excess = Fraction(text.removesuffix("%")) - Fraction(100 * done, due)
    unit = Fraction(1, 10**places)
    assert -unit < excess <= 0 if rounding == "truncate" else -unit / 2 < excess <= unit / 2


@QUIET
@given(done=COUNTS, due=BASES, places=PLACES, rounding=ROUNDINGS)
def test_what_is_printed_is_read_back_with_the_true_share_in_its_interval(
    done: int, due: int, places: int, rounding: Rounding
) -> None:
    text = rate_text(done, due, places=places, rounding=rounding)
    printed = printed_rate(text)
    low, high = printed.interval(rounding)
    assert low <= Fraction(done, due) < high
    assert (printed.figure, printed.places) == (text, places)


@QUIET
@given(done=COUNTS, due=BASES, places=PLACES, times=st.integers(2, 50))
def test_a_rate_does_not_change_when_both_counts_grow_alike(
    done: int, due: int, places: int, times: int
) -> None:
    assert rate_text(done * times, due * times, places=places) == rate_text(
        done, due, places=places
    )


def test_counts_from_an_array_do_not_overflow() -> None:
    cells: Any = np.array([4 * 10**18, 8 * 10**18, 3, 571])
    assert rate_text(cells[0], cells[1], places=cells[2]) == "50.000%"
    assert implied_bases(printed_rate("18.5"), cells[3]) == range(3079, 3095)
    assert list(implied_counts(printed_rate("50.000"), cells[2] - 1)) == [1]


@pytest.mark.parametrize("wrong", [-1, 1.0, 0.5, "3", None, float("nan"), Fraction(3), [3]])
def test_a_count_that_is_not_a_whole_number_from_0_is_refused(wrong: Any) -> None:
    printed = printed_rate("50.0")
    attempts: list[Any] = [
        lambda: rate_text(wrong, 3),
        lambda: rate_text(3, wrong),
        lambda: rate_text(3, 3, places=wrong),
        lambda: implied_bases(printed, wrong),
        lambda: implied_counts(printed, wrong),
        lambda: common_bases([(printed, 3), (printed, wrong)]),
        lambda: which_base(printed, {"分子": wrong}, {"基数": 3}),
        lambda: which_base(printed, {"分子": 3}, {"基数": wrong}),
    ]
    for attempt in attempts:
        with pytest.raises(UsageError) as caught:
            attempt()
        assert caught.value.code == "USAGE_RATE_COUNT"


def test_a_refused_count_is_named() -> None:
    with pytest.raises(UsageError, match="败诉不能是 -3"):
        which_base("4.1", {"败诉": -3}, {"结案": 5129})


def test_an_unknown_rounding_is_refused_and_never_taken_for_half_up() -> None:
    wrong: Any = "half_even"
    with pytest.raises(UsageError) as caught:
        rate_text(1, 16, rounding=wrong)
    assert caught.value.code == "USAGE_RATE_ROUNDING"
    with pytest.raises(UsageError, match="USAGE_RATE_ROUNDING"):
        implied_bases(printed_rate("6.3"), 1, wrong)


# From a figure back to its counts


def test_an_interval_holds_its_first_share_and_not_its_last() -> None:
    printed = printed_rate("93.8")
    assert printed.interval("half_up") == (Fraction("0.9375"), Fraction("0.9385"))
    assert printed.interval("truncate") == (Fraction("0.938"), Fraction("0.939"))
    assert prints(printed, 9375, 10000)
    assert not prints(printed, 9385, 10000)
    assert prints(printed, 938, 1000, "truncate")
    assert not prints(printed, 939, 1000, "truncate")


def test_no_interval_begins_below_nothing() -> None:
    assert printed_rate("0.0").interval("half_up") == (Fraction(0), Fraction("0.0005"))


@QUIET
@given(
    count=st.integers(1, 60), base=st.integers(1, 300), places=st.integers(0, 2), rounding=ROUNDINGS
)
def test_implied_bases_are_those_that_trying_every_base_finds(
    count: int, base: int, places: int, rounding: Rounding
) -> None:
    printed = printed_rate(rate_text(count, base, places=places, rounding=rounding))
    assume(printed.share)
    tried = [each for each in range(1, 601) if prints(printed, count, each, rounding)]
    implied = implied_bases(printed, count, rounding)
    assert base in implied
    assert [each for each in implied if each <= 600] == tried


@QUIET
@given(printed=RATES, count=st.integers(1, 20000), rounding=ROUNDINGS)
def test_implied_bases_begin_and_end_where_the_figure_does(
    printed: PrintedRate, count: int, rounding: Rounding
) -> None:
    assume(printed.share)
    implied = implied_bases(printed, count, rounding)
    for edge in (implied[0], implied[-1]) if implied else ():
        assert prints(printed, count, edge, rounding)
    for outside in (implied.start - 1, implied.stop):
        assert outside < 1 or not prints(printed, count, outside, rounding)


@QUIET
@given(printed=RATES, base=st.integers(1, 400), rounding=ROUNDINGS)
def test_implied_counts_are_those_that_trying_every_count_finds(
    printed: PrintedRate, base: int, rounding: Rounding
) -> None:
    most = int(base * printed.share) + base
    tried = [count for count in range(most) if prints(printed, count, base, rounding)]
    assert list(implied_counts(printed, base, rounding)) == tried


@QUIET
@given(
    count=st.integers(2, 2000),
    base=BASES,
    more=st.integers(-1, 1),
    places=PLACES,
    rounding=ROUNDINGS,
)
def test_a_base_implies_a_count_where_the_count_implies_the_base(
    count: int, base: int, more: int, places: int, rounding: Rounding
) -> None:
    printed = printed_rate(rate_text(count + more, base, places=places, rounding=rounding))
    assume(printed.share)
    implied = base in implied_bases(printed, count, rounding)
    assert implied == (count in implied_counts(printed, base, rounding))


def test_a_missing_count_is_recovered_from_its_printed_share() -> None:
    assert list(implied_counts(printed_rate("22.9"), 61, "truncate")) == [14]
    assert list(implied_counts(printed_rate("30.80"), 263)) == [81]


def test_no_count_gives_a_share_that_the_base_cannot_print() -> None:
    assert not implied_counts(printed_rate("33.4"), 3)


@pytest.mark.parametrize("text", ["0.0", "50.0", "100"])
def test_no_count_gives_any_share_over_nothing(text: str) -> None:
    assert not implied_counts(printed_rate(text), 0)


def test_a_count_too_small_for_a_figure_has_no_base() -> None:
    assert not implied_bases(printed_rate("95.59"), 1)


@pytest.mark.parametrize("text", ["0.0", "50.0"])
def test_a_count_of_0_tells_nothing_about_its_base_and_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        implied_bases(printed_rate(text), 0)
    assert caught.value.code == "USAGE_COUNT_ZERO"


def test_a_figure_of_0_has_no_largest_base_and_is_refused_with_the_lowest() -> None:
    with pytest.raises(UsageError) as caught:
        implied_bases(printed_rate("0.0"), 3)
    assert caught.value.code == "USAGE_RATE_ZERO"
    assert "6001" in caught.value.what
    assert (rate_text(3, 6000), rate_text(3, 6001)) == ("0.1%", "0.0%")


# One base behind several figures


def test_neighbouring_shares_narrow_down_their_unprinted_base() -> None:
    """The first share was published (571 cases); the neighbours are made up on a base of 3084."""
    parts = [(printed_rate("18.5"), 571), (printed_rate("45.1"), 1391), (printed_rate("9.1"), 282)]
    alone = [implied_bases(*part) for part in parts]
    assert [len(bases) for bases in alone] == [16, 7, 35]
    assert common_bases(parts) == range(3082, 3088)
    assert set(common_bases(parts)) == set.intersection(*map(set, alone))


@QUIET
@given(
    base=st.integers(1, 3000),
    counts=st.lists(st.integers(1, 3000), min_size=1, max_size=5),
    places=PLACES,
    rounding=ROUNDINGS,
)
def test_the_common_base_is_found_among_what_every_share_allows(
    base: int, counts: list[int], places: int, rounding: Rounding
) -> None:
    texts = [rate_text(count, base, places=places, rounding=rounding) for count in counts]
    parts = [(printed_rate(text), count) for text, count in zip(texts, counts, strict=True)]
    assume(any(printed.share for printed, _ in parts))
    found = common_bases(parts, rounding)
    assert base in found
    assert common_bases(parts[::-1], rounding) == found


def test_a_figure_of_0_still_bounds_the_common_base_from_below() -> None:
    parts = [(printed_rate("18.5"), 571), (printed_rate("0.0"), 1)]
    assert common_bases(parts) == range(3079, 3095)
    assert not common_bases([*parts, (printed_rate("0.0"), 2)])


def test_shares_on_different_bases_have_none_in_common() -> None:
    parts = [(printed_rate("14.0"), 277), (printed_rate("35.1"), 277)]
    assert not common_bases(parts)
    assert list(common_bases(parts)) == []


def test_common_bases_of_nothing_are_refused() -> None:
    with pytest.raises(UsageError) as caught:
        common_bases([])
    assert caught.value.code == "USAGE_RATE_COUNT"


def test_a_count_of_0_among_several_shares_is_refused() -> None:
    with pytest.raises(UsageError, match="USAGE_COUNT_ZERO"):
        common_bases([(printed_rate("18.5"), 571), (printed_rate("0.0"), 0)])


# Which base


def test_every_count_is_tried_over_every_base_in_the_order_given() -> None:
    found = which_base("50", {"甲": 1, "乙": 2}, {"丙": 2, "丁": 4})
    tried = [(one.count_name, one.count, one.base_name, one.base) for one in found.attempts]
    assert tried == [("甲", 1, "丙", 2), ("甲", 1, "丁", 4), ("乙", 2, "丙", 2), ("乙", 2, "丁", 4)]
    assert [one.rounded for one in found.attempts] == ["50%", "25%", "100%", "50%"]


def test_half_up_is_chosen_before_cutting_off() -> None:
    found = which_base("22.9", {"撤诉": 14}, {"结案": 61, "另一基数": 611, "第三基数": 6100})
    assert found.verdict is Verdict.BY_TRUNCATION
    better = which_base("22.9", {"撤诉": 14, "另一分子": 140}, {"结案": 61, "另一基数": 611})
    assert better.verdict is Verdict.REPRODUCES
    assert [(one.count, one.base) for one in better.matches] == [(140, 611)]


def test_the_figure_may_be_given_as_text_or_as_it_was_read() -> None:
    assert which_base("93.8％", {"甲": 4730}, {"乙": 5045}) == which_base(
        printed_rate("93.8"), {"甲": 4730}, {"乙": 5045}
    )


def test_a_printed_zero_at_the_end_decides_whether_a_base_gives_the_figure() -> None:
    assert which_base("30.8", {"公开": 77}, {"答复": 250}).matches
    assert which_base("30.80", {"公开": 77}, {"答复": 250}).matches
    assert which_base("30.8", {"公开": 307}, {"答复": 997}).matches
    assert not which_base("30.80", {"公开": 307}, {"答复": 997}).matches


def test_one_division_under_two_names_is_not_ambiguous() -> None:
    found = which_base("50", {"甲": 1}, {"收案": 2, "受理": 2})
    assert len(found.matches) == 2
    assert not found.is_ambiguous


def test_two_counts_that_give_the_figure_are_ambiguous() -> None:
    assert which_base("4.1", {"败诉": 209, "改判": 210}, {"结案": 5129}).is_ambiguous


@pytest.mark.parametrize("printed", ["0", "0.0", "100", "100.0"])
def test_a_base_of_0_reproduces_nothing(printed: str) -> None:
    found = which_base(printed, {"无": 0, "三": 3}, {"申请": 0})
    assert [one.rounded for one in found.attempts] == ["无基数", "无基数"]
    assert [one.cut for one in found.attempts] == ["无基数", "无基数"]
    assert found.verdict is Verdict.NOT
    assert found.matches == ()


@pytest.mark.parametrize(("counts", "bases"), [({}, {"结案": 3}), ({"败诉": 3}, {}), ({}, {})])
def test_nothing_to_try_is_refused(counts: dict[str, int], bases: dict[str, int]) -> None:
    with pytest.raises(UsageError) as caught:
        which_base("50", counts, bases)
    assert caught.value.code == "USAGE_RATE_COUNT"


@QUIET
@given(
    printed=RATES,
    counts=st.lists(COUNTS, min_size=1, max_size=3),
    bases=st.lists(COUNTS, min_size=1, max_size=3),
)
def test_the_order_of_names_changes_no_verdict_and_no_input(
    printed: PrintedRate, counts: list[int], bases: list[int]
) -> None:
    first = {f"分子{place}": count for place, count in enumerate(counts)}
    second = {f"基数{place}": base for place, base in enumerate(bases)}
    before = dict(first), dict(second)
    one = which_base(printed, first, second)
    other = which_base(
        printed, dict(reversed(list(first.items()))), dict(reversed(list(second.items())))
    )
    assert one.verdict is other.verdict
    assert set(one.matches) == set(other.matches)
    assert (first, second) == before


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_label_of_its_own(verdict: Verdict) -> None:
    labels = {
        "reproduces": "可以复算",
        "reproduces_by_truncation_only": "只能按舍去尾数复算",
        "does_not_reproduce": "不能复算",
    }
    assert verdict.label == labels[verdict]


# What an analyst reads


def test_a_figure_that_one_base_gives_says_which() -> None:
    found = which_base("15.5", {"有律师代理": 790}, {"收案": 5109, "结案": 5129})
    assert found.text == (
        "报告所载15.5%可以复算，口径为“有律师代理÷收案”。"
        "逐一试算：790（有律师代理）÷5109（收案）：四舍五入15.5%，舍去尾数15.4%；"
        "790（有律师代理）÷5129（结案）：15.4%。"
        "要得出15.5%，以790为分子，基数应在5081至5113之间（按舍去尾数则应在5065至5096之间）。"
    )


def test_a_figure_that_several_bases_give_says_that_it_cannot_tell_them_apart() -> None:
    text = which_base("4.1", {"败诉": 209}, {"结案": 5129, "收案": 5109}).text
    assert text.startswith(
        "报告所载4.1%可以复算，口径为“败诉÷结案”、“败诉÷收案”；以上口径都得出该数，仅凭这一比率无法区分。"
    )


def test_a_figure_that_was_cut_off_says_so() -> None:
    assert which_base("22.9", {"撤诉": 14}, {"结案": 61}).text == (
        "报告所载22.9%只能按舍去尾数复算，口径为“撤诉÷结案”。"
        "逐一试算：14（撤诉）÷61（结案）：四舍五入23.0%，舍去尾数22.9%。"
        "要得出22.9%，以14为分子，基数无整数解（按舍去尾数则只能是61）。"
    )


def test_a_figure_that_nothing_gives_lists_all_that_was_tried_and_the_base_it_needs() -> None:
    assert which_base("83.4", {"审结": 4696}, {"受理": 4955, "未填": 0}).text == (
        "报告所载83.4%不能复算。"
        "逐一试算：4696（审结）÷4955（受理）：四舍五入94.8%，舍去尾数94.7%；4696（审结）÷0（未填）：无基数。"
        "要得出83.4%，以4696为分子，基数应在5628至5634之间（按舍去尾数则应在5624至5630之间）。"
    )


@pytest.mark.parametrize(
    ("printed", "count", "needed"),
    [
        ("19.2", 29, "以29为分子，基数只能是151。"),
        ("35.1", 277, "以277为分子，基数应在789至790之间（按舍去尾数则应在787至789之间）。"),
        ("0.0", 3, "以3为分子，基数应不小于6001（按舍去尾数则应不小于3001）。"),
        ("0.0", 0, "以0为分子，基数不限。"),
        ("4.1", 0, "以0为分子，基数无整数解。"),
        ("95.59", 1, "以1为分子，基数无整数解。"),
    ],
)
def test_the_base_a_count_needs_is_said_even_where_there_is_no_interval(
    printed: str, count: int, needed: str
) -> None:
    assert which_base(printed, {"分子": count}, {"基数": 7}).text.endswith(needed)


def test_a_count_under_two_names_needs_its_base_once() -> None:
    text = which_base("4.1", {"败诉": 209, "改判": 209}, {"结案": 100}).text
    assert text.count("以209为分子") == 1


# Change against the year before


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("74.44", "90.76", "上升16.32个百分点，增长21.92%"),
        ("90.76", "74.44", "下降16.32个百分点，降低17.98%"),
        ("6.88", "10.83", "上升3.95个百分点，增长57.41%"),
        ("20", "50", "上升30个百分点，增长150.00%"),
        ("93.8", "93.85", "上升0.05个百分点，增长0.05%"),
        ("16", "17", "上升1个百分点，增长6.25%"),
        ("32", "33", "上升1个百分点，增长3.13%"),
        ("99.996", "100.000", "上升0.004个百分点，增长0.004%"),
        ("4.1", "0.0", "下降4.1个百分点，降低100.00%"),
        ("0", "4.1", "上升4.1个百分点，前值为0，不计增幅"),
        ("30.8", "30.80", "持平"),
        ("0", "0.0", "持平"),
    ],
)
def test_a_change_is_said_in_points_and_in_per_cent(before: str, after: str, text: str) -> None:
    assert rate_change(printed_rate(before), printed_rate(after)).text == text


def test_points_and_per_cent_are_exact() -> None:
    change = rate_change(printed_rate("74.44"), printed_rate("90.76"))
    assert change == RateChange(Fraction(1632, 10000), Fraction(1632, 7444))


def test_growth_from_nothing_is_not_a_number() -> None:
    assert rate_change(printed_rate("0.0"), printed_rate("4.1")).per_cent is None
    assert rate_change(printed_rate("0.0"), printed_rate("0")).per_cent is None


def test_points_that_are_not_printed_figures_are_said_to_two_places() -> None:
    assert RateChange(Fraction(1, 3), Fraction(1, 6)).text == "上升33.33个百分点，增长16.67%"


@QUIET
@given(before=RATES, after=RATES)
def test_a_change_back_takes_as_many_points_as_the_change_gave(
    before: PrintedRate, after: PrintedRate
) -> None:
    there, back = rate_change(before, after), rate_change(after, before)
    assert there.points == -back.points
    assert before.share + there.points == after.share
    if there.per_cent is not None:
        assert before.share * (1 + there.per_cent) == after.share

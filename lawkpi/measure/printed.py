"""Percentages as reports print them: what a count over a base prints, and what base a print needs.

A printed share stands for the half-open interval of true shares that print so; every answer follows
from it, in fractions. Which counts a report ought to have used is not said here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Literal, SupportsIndex

from lawkpi.errors import UsageError

Rounding = Literal["half_up", "truncate"]

_PRINTED = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,12}))?\s*%?")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width forms only: NFKC as a whole would read the footnote mark of 93.8① as a digit."""


@dataclass(frozen=True)
class PrintedRate:
    """A per cent figure as printed; 30.8 and 30.80 are two different figures.

    `share` is exact (95.59% is 9559/10000), `places` are the printed decimals of the per cent
    figure, `text` is the figure as it was given and is not compared.
    """

    share: Fraction
    places: int
    text: str = field(compare=False)

    @property
    def figure(self) -> str:
        """The figure in one form, its zeros kept: "30.80%"."""
        return rate_text(self.share.numerator, self.share.denominator, places=self.places)

    def interval(self, rounding: Rounding = "half_up") -> tuple[Fraction, Fraction]:
        """The true shares that print so: the first included, the second not."""
        half = Fraction(1, 200 * 10**self.places)
        low = self.share - _halves(rounding) * half
        return max(low, Fraction(0)), low + 2 * half


def printed_rate(text: str) -> PrintedRate:
    """A printed per cent figure, with or without its sign, in half or full width.

    Raises
    ------
    UsageError USAGE_RATE_UNREADABLE : not a figure, or a number that has lost its printed zeros
    """
    plain = text.translate(_HALF_WIDTH).strip() if isinstance(text, str) else ""
    if not (match := _PRINTED.fullmatch(plain)):
        what, expected = f"无法识别为印出的百分比：{text!r:.80}", '加引号的数字，如 "93.8%"'
        todo = "照报告原文录入，末尾的0也要保留；不要用表格里的数值，也不要带脚注号"
        raise UsageError("USAGE_RATE_UNREADABLE", what, expected=expected, todo=todo)
    whole, decimals = match[1], match[2] or ""
    share = Fraction(int(whole + decimals), 100 * 10 ** len(decimals))
    return PrintedRate(share, len(decimals), text)


def rate_text(
    done: int,
    due: int,
    *,
    places: int = 1,
    rounding: Rounding = "half_up",
    trailing_zero: bool = True,
) -> str:
    """A rate as a report prints it: "93.8%"; over nothing "无基数", never 0% and never 100%.

    Parameters
    ----------
    done, due : counts; `done` may be the larger one, and the rate then passes 100%
    places : decimals of the per cent figure
    trailing_zero : False drops zeros at the end of the decimals: 19% for 19.0%

    Raises
    ------
    UsageError USAGE_RATE_COUNT, USAGE_RATE_ROUNDING : no whole number from 0; no such rounding
    """
    done, due, places = _whole("分子", done), _whole("基数", due), _whole("小数位数", places)
    if due == 0:
        return "无基数"
    units = (200 * 10**places * done + _halves(rounding) * due) // (2 * due)
    whole, last = divmod(units, 10**places)
    decimals = f"{last:0{places}}" if places else ""
    decimals = decimals if trailing_zero else decimals.rstrip("0")
    return f"{whole}.{decimals}%" if decimals else f"{whole}%"


def implied_bases(printed: PrintedRate, count: int, rounding: Rounding = "half_up") -> range:
    """Every whole base over which the count prints the figure; empty where there is none.

    Raises
    ------
    UsageError USAGE_COUNT_ZERO : a count of 0 tells nothing about its base
    UsageError USAGE_RATE_ZERO : the figure is 0, so that every larger base fits as well
    """
    return common_bases([(printed, count)], rounding)


def common_bases(parts: Sequence[tuple[PrintedRate, int]], rounding: Rounding = "half_up") -> range:
    """Every whole base that can stand behind all the printed figures, each with its count.

    Raises
    ------
    UsageError USAGE_RATE_COUNT, USAGE_COUNT_ZERO : no figures, or one without a count above 0
    UsageError USAGE_RATE_ZERO : all the figures are 0
    """
    if not parts:
        raise UsageError("USAGE_RATE_COUNT", "没有给出比率和分子", expected="至少一组")
    bounds = [_bounds(printed, count, rounding) for printed, count in parts]
    lowest, beyond = max(low for low, _ in bounds), [end for _, end in bounds if end is not None]
    if not beyond:
        what = f"印出的比率为0，基数不小于{lowest}即可，没有上限"
        raise UsageError("USAGE_RATE_ZERO", what, expected="大于0的比率")
    return range(lowest, min(beyond))


def implied_counts(printed: PrintedRate, base: int, rounding: Rounding = "half_up") -> range:
    """Every count that prints the figure over the base; empty where there is none."""
    low, high = (edge * _whole("基数", base) for edge in printed.interval(rounding))
    return range(ceil(low), ceil(high))


class Verdict(StrEnum):
    """Whether counts give the printed figure; the better verdict first."""

    REPRODUCES = "reproduces"
    BY_TRUNCATION = "reproduces_by_truncation_only"
    NOT = "does_not_reproduce"

    @property
    def label(self) -> str:
        """The words an evaluator reads."""
        return ("可以复算", "只能按舍去尾数复算", "不能复算")[list(Verdict).index(self)]


@dataclass(frozen=True)
class Attempt:
    """One count tried over one base: what it prints half up (`rounded`) and cut off (`cut`)."""

    count_name: str
    count: int
    base_name: str
    base: int
    rounded: str
    cut: str
    verdict: Verdict

    @property
    def text(self) -> str:
        """The division and what it gives."""
        pair = f"{self.count}（{self.count_name}）÷{self.base}（{self.base_name}）"
        both = f"四舍五入{self.rounded}，舍去尾数{self.cut}"
        return f"{pair}：{self.rounded if self.rounded == self.cut else both}"


@dataclass(frozen=True)
class Reproduction:
    """A printed figure and everything that was tried, in the order given."""

    printed: PrintedRate
    attempts: tuple[Attempt, ...]

    @property
    def verdict(self) -> Verdict:
        """The best that any attempt reached: half up comes before cutting off."""
        return min((attempt.verdict for attempt in self.attempts), key=list(Verdict).index)

    @property
    def matches(self) -> tuple[Attempt, ...]:
        """The attempts that give the figure; those by cutting off only where no other does."""
        best = self.verdict
        return tuple(one for one in self.attempts if one.verdict is best is not Verdict.NOT)

    @property
    def is_ambiguous(self) -> bool:
        """Whether different counts or bases give the figure, so that it cannot tell them apart."""
        return len({(one.count, one.base) for one in self.matches}) > 1

    @property
    def text(self) -> str:
        """One paragraph for an analyst: the finding, all that was tried, the bases it needs."""
        tried = "；".join(one.text for one in self.attempts)
        counts = dict.fromkeys(one.count for one in self.attempts)
        needed = "；".join(_needed(self.printed, count) for count in counts)
        return f"{self._finding()}。逐一试算：{tried}。要得出{self.printed.figure}，{needed}。"

    def _finding(self) -> str:
        pairs = "、".join(f"“{one.count_name}÷{one.base_name}”" for one in self.matches)
        doubt = "；以上口径都得出该数，仅凭这一比率无法区分" if self.is_ambiguous else ""
        found = f"报告所载{self.printed.figure}{self.verdict.label}"
        return f"{found}，口径为{pairs}{doubt}" if pairs else found


def which_base(
    printed: str | PrintedRate, counts: Mapping[str, int], bases: Mapping[str, int]
) -> Reproduction:
    """Which counts over which bases give a printed figure: every count is tried on every base.

    Raises
    ------
    UsageError USAGE_RATE_UNREADABLE, USAGE_RATE_COUNT : no figure; nothing to try, no whole numbers
    """
    if not counts or not bases:
        raise UsageError("USAGE_RATE_COUNT", "没有给出分子或基数", expected="至少各有一个")
    rate = printed if isinstance(printed, PrintedRate) else printed_rate(printed)
    pairs = [(count, base) for count in counts.items() for base in bases.items()]
    return Reproduction(rate, tuple(_attempt(rate, count, base) for count, base in pairs))


@dataclass(frozen=True)
class RateChange:
    """A change between two printed shares, in percentage points and in per cent.

    `points` is the difference of the shares (16.32 points are 1632/10000), `per_cent` that
    difference over the former share and None where that was 0; `places` decimals print the points.
    """

    points: Fraction
    per_cent: Fraction | None
    places: int = 2

    @property
    def text(self) -> str:
        """Both changes, each with its unit; reports tend to mix the units up."""
        if self.points == 0:
            return "持平"
        moved, grown = ("上升", "增长") if self.points > 0 else ("下降", "降低")
        points = PrintedRate(abs(self.points), self.places, "").figure.removesuffix("%")
        if self.per_cent is None:
            return f"{moved}{points}个百分点，前值为0，不计增幅"
        growth = PrintedRate(abs(self.per_cent), max(self.places, 2), "").figure
        return f"{moved}{points}个百分点，{grown}{growth}"


def rate_change(before: PrintedRate, after: PrintedRate) -> RateChange:
    """The change from one printed share to a later one, exact on the printed figures."""
    points, places = after.share - before.share, max(before.places, after.places)
    return RateChange(points, points / before.share if before.share else None, places)


def _attempt(printed: PrintedRate, count: tuple[str, int], base: tuple[str, int]) -> Attempt:
    done, due = _whole(*count), _whole(*base)
    rounded = rate_text(done, due, places=printed.places)
    cut = rate_text(done, due, places=printed.places, rounding="truncate")
    verdicts = {cut: Verdict.BY_TRUNCATION, rounded: Verdict.REPRODUCES}
    verdict = verdicts.get(printed.figure, Verdict.NOT)
    return Attempt(count[0], done, base[0], due, rounded, cut, verdict)


def _bounds(printed: PrintedRate, count: int, rounding: Rounding) -> tuple[int, int | None]:
    """The lowest base and the first too large one; None where no base is too large."""
    if not (count := _whole("分子", count)):
        raise UsageError("USAGE_COUNT_ZERO", "分子为0，推不出基数", expected="大于0的分子")
    low, high = printed.interval(rounding)
    return count // high + 1, count // low + 1 if low else None


def _needed(printed: PrintedRate, count: int) -> str:
    rounded, cut = (_base_words(printed, count, each) for each in ("half_up", "truncate"))
    other = "" if cut == rounded else f"（按舍去尾数则{cut}）"
    return f"以{count}为分子，基数{rounded}{other}"


def _base_words(printed: PrintedRate, count: int, rounding: Rounding) -> str:
    if count == 0:
        return "无整数解" if printed.share else "不限"
    lowest, beyond = _bounds(printed, count, rounding)
    if beyond is None:
        return f"应不小于{lowest}"
    if beyond - lowest <= 1:
        return f"只能是{lowest}" if lowest < beyond else "无整数解"
    return f"应在{lowest}至{beyond - 1}之间"


def _halves(rounding: str) -> int:
    """How far below a printed figure its interval begins, in halves of its last unit."""
    if rounding not in ("half_up", "truncate"):
        what = f"没有这种取整方式：{rounding!r:.80}"
        raise UsageError("USAGE_RATE_ROUNDING", what, expected="half_up 或 truncate")
    return 1 if rounding == "half_up" else 0


def _whole(name: str, number: SupportsIndex) -> int:
    """A count as a Python integer, whose products cannot overflow as numpy's do."""
    whole = operator.index(number) if hasattr(number, "__index__") else -1
    if whole < 0:
        what = f"{name}不能是 {number!r:.80}"
        raise UsageError("USAGE_RATE_COUNT", what, expected="不小于0的整数")
    return whole

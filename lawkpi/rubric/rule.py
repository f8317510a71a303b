"""One rule (评分标准): measure x shape x effect, and over which part of the year and whom."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any, Literal

from pydantic import Field, model_validator

from lawkpi.params import Period, Points, Strict, points_text
from lawkpi.rubric.effects import EffectBox
from lawkpi.rubric.expression import WORTH, WORTH_BASE, Ratio
from lawkpi.rubric.measures import Counted, ItemPointsMeasure, MeasureBox
from lawkpi.rubric.predicate import AllOf, AnyOf, Compared, Predicate, Related, compared_parts
from lawkpi.rubric.shapes import Each, Reading, ShapeBox, States, Words

MONTHS_OF_A_YEAR = 12
PART_MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
_PARTS = {"month": "月", "quarter": "季度", "half_year": "半年"}
_COMBINED = {"mean": "取平均值", "sum": "累计", "worst": "取最差的一期", "last": "取最后一期"}
DIVIDING = ("equal", "by_share")
"""Ways to charge a joint record that give each department a part of its points."""


class AppliesTo(Strict):
    """Which departments an item or a rule is for; everyone where nothing is said."""

    groups: tuple[str, ...] = Field(default=(), title="组别")
    departments: tuple[str, ...] = Field(default=(), title="单位代码")

    def includes(self, code: str, group: str) -> bool:
        """Whether a department is scored on it."""
        named = code in self.departments or group in self.groups
        return named or not (self.groups or self.departments)


class Periods(Strict):
    """Points of parts of the year, put together into one figure.

    Each month, quarter or half year is counted and scored by itself, at most `cap` each; a part of the
    year in which nothing applies is left out.
    """

    each: Literal["month", "quarter", "half_year"] = Field(title="分期")
    combine: Literal["mean", "sum", "worst", "last"] = Field(title="合成")
    cap: Points | None = Field(default=None, title="每期上限")

    def most(self, of_a_part: Fraction | None, window: Period | None) -> Fraction | None:
        """The largest amount of the whole time, from that of one part; None without bound."""
        most = _bounded(of_a_part, self.cap)
        if most is None or self.combine != "sum":
            return most
        months = MONTHS_OF_A_YEAR
        if window is not None:
            years = window.end.year - window.start.year
            months = MONTHS_OF_A_YEAR * years + window.end.month - window.start.month + 1
        return most * ceil(Fraction(months, PART_MONTHS[self.each]))

    def text(self, verb: str) -> str:
        """How the parts come together, in words."""
        most = f"，每期最多{verb}{points_text(self.cap)}分" if self.cap is not None else ""
        return f"按{_PARTS[self.each]}分别计分{most}，{_COMBINED[self.combine]}"


def _bounded(most: Fraction | None, cap: Fraction | None) -> Fraction | None:
    """The smaller of two bounds; None where there is none."""
    bounds = [one for one in (most, cap) if one is not None]
    return min(bounds, default=None)


def times_text(times: Fraction) -> str:
    """How many times a record counts, in a word."""
    known = {Fraction(2): "加倍", Fraction(1, 2): "减半"}
    return known.get(times, f"按{points_text(times)}倍计")


class Rule(Strict):
    """One scoring standard: measure x shape x effect.

    `fact` is an optional template over the ledger's columns that states one record's facts; without it
    the columns that the rule looks at are listed with their contents. A veto has no shape. `exempt`
    names the reasons for which a record is let off when the ledger of exemptions lists it.
    """

    id: str = Field(title="规则编号")
    applies_to: AppliesTo = Field(default=AppliesTo(), title="适用对象")
    measure: MeasureBox = Field(title="计数方式")
    shape: ShapeBox | None = Field(default=None, title="计分方式")
    effect: EffectBox = Field(title="计入方式")
    periods: Periods | None = Field(default=None, title="分期计分")
    exempt: tuple[str, ...] = Field(default=(), title="可免予计分的事由")
    fact: str | None = Field(default=None, title="事实表述")

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if (self.shape is None) != (self.effect.kind == "veto"):
            raise ValueError("除 veto 以外，每条规则都应写明 shape；veto 不写 shape")
        if isinstance(self.measure.measure, ItemPointsMeasure) and self.shape is not None:
            raise ValueError("item_points 只用于 veto")
        if self.shape is None:
            self._veto_fits()
            return self
        shape, kind = self.shape.shape, self.measure.kind
        if kind not in shape.kinds:
            kinds = "、".join(shape.kinds)
            raise ValueError(
                f"计分方式 {self.shape.name} 只适用于 {kinds}，不适用于 {self.measure.name}"
            )
        wrong = [line.text for line in shape.lines if line.is_share != (kind == "rate")]
        if wrong:
            wanted = "百分比" if kind == "rate" else "数字"
            raise ValueError(f"{self.shape.name} 的界限 {'、'.join(wrong)} 应为{wanted}")
        return self

    def _veto_fits(self) -> None:
        veto, kind = self.effect.veto, self.measure.kind
        if veto is None or self.measure.item_points is not None:
            if veto is not None and veto.is_written:
                raise ValueError("item_points 的界限写在其 at_most，veto 不另写 at_least、below")
            return
        if kind not in ("count", "rate", "amount"):
            raise ValueError(f"veto 只适用于 count、rate、amount，不适用于 {self.measure.name}")
        if kind != "count" and not veto.is_written:
            raise ValueError("以比率或数额一票否决的，应在 veto 中写明 at_least 或 below")
        if veto.line.is_share != (kind == "rate"):
            wanted = "百分比" if kind == "rate" else "数字"
            raise ValueError(f"veto 的界限 {veto.line.text} 应为{wanted}")

    @model_validator(mode="after")
    def _record_by_record(self) -> Rule:
        needs = self._needs_records()
        shape = self.shape.shape if self.shape else None
        if needs and not (isinstance(shape, Each) and (shape.is_plain or shape.by)):
            raise ValueError(f"{needs}只能与逐条计分的 each（不写 free、per）同写")
        if (needs or (shape and shape.is_by_record)) and self.measure.name not in (
            "count",
            "rate",
            "named_rate",
        ):
            raise ValueError("逐条计分的规则应以 count、rate 计数")
        return self

    def _needs_records(self) -> str:
        """What asks for points record by record, in words; empty if nothing does."""
        amounting, measure = self.effect.amounting, self.measure.measure
        if amounting and amounting.multipliers:
            return "加倍、减半（multipliers）"
        if amounting and amounting.same_matter:
            return "同一事项（same_matter）"
        if isinstance(measure, Counted) and measure.share in DIVIDING:
            return "分担（share）"
        return ""

    @model_validator(mode="after")
    def _periods_dated(self) -> Rule:
        if self.periods and not isinstance(self.measure.measure, Counted):
            raise ValueError("分期计分（periods）只用于按记录计数的规则")
        if self.periods and isinstance(self.shape.shape if self.shape else None, States):
            raise ValueError("按情形计分的规则不分期")
        amounting = self.effect.amounting
        if self.periods and amounting and amounting.same_matter and amounting.same_matter.pool:
            raise ValueError("分期计分（periods）的规则不与其他规则合并比较同一事项（pool）")
        if self.exempt and not isinstance(self.measure.measure, Counted):
            raise ValueError("免予计分（exempt）只用于按记录计数的规则")
        return self

    def is_by_record(self, share: str = "each_full") -> bool:
        """Whether its points are summed record by record; `share` is how its ledger charges."""
        priced = self.shape is not None and self.shape.shape.is_by_record
        measure = self.measure.measure
        own = measure.share if isinstance(measure, Counted) else None
        return priced or bool(self._needs_records()) or (own or share) in DIVIDING

    def ratio(
        self, scale: int = 1, share: str = "each_full", times: Fraction = Fraction(1)
    ) -> Ratio | None:
        """The rule's points as a tree over its counts, its own cap applied; None for a veto.

        Parameters
        ----------
        scale : counts are whole numbers of `1/scale`
        share : how its ledger charges joint records, where the measure does not say
        times : how many times a class's deductions count; before the cap
        """
        if self.shape is None:
            return None
        if self.is_by_record(share):
            whole = Ratio(WORTH, WORTH_BASE)
        else:
            whole = self.shape.shape.amount(self.measure.kind, scale)
        if times != 1:
            whole = whole.times(times)
        return whole if self.periods else whole.capped(self.effect.cap)

    @property
    def is_set_against_a_figure(self) -> bool:
        """Whether it needs a figure that was entered beforehand: last year's, a mean, a quota."""
        compares = self.shape.shape.compares if self.shape else None
        return compares == "baseline" or self.measure.completion is not None

    def reading(self, words: Words, **counted: Any) -> Reading:
        """What its sentences need: its own terms, and the counts of one department if there are."""
        measure = self.measure.measure
        return Reading(
            kind=self.measure.kind,
            unit=measure.unit,
            verb=self.effect.verb,
            is_share=self.measure.is_share,
            is_quota=self.measure.completion is not None,
            words=words,
            **({"done": 0, "due": 0} | counted),
        )

    def text(self, reading: Reading) -> str:
        """The rule in one Chinese clause: its shape, then what binds its points, in their order."""
        verb = self.effect.verb
        if self.effect.veto is not None:
            return f"{self.effect.veto.when_text(reading.unit)}，{self.effect.veto.text}"
        parts = [self.shape.shape.rule_text(reading) if self.shape else ""]
        amounting = self.effect.amounting
        if amounting:
            pairs = zip(reading.words.times, amounting.multipliers, strict=False)
            parts += [f"{when}的{times_text(one.times)}" for when, one in pairs]
            if amounting.combine == "largest":
                parts.append("同时符合的取最大倍数")
            if amounting.same_matter:
                parts.append(f"同一{reading.words.title(amounting.same_matter.by)}只计最高的一次")
        if self.periods:
            parts.append(self.periods.text(verb))
        if self.effect.cap is not None:
            parts.append(f"最多{verb}{points_text(self.effect.cap)}分")
        return "，".join(part for part in parts if part)

    def most(self) -> Fraction | None:
        """The largest amount it can reach; None without bound."""
        most = self.shape.shape.most() if self.shape else None
        if self.periods is not None:
            most = self.periods.most(most, getattr(self.measure.measure, "window", None))
        return _bounded(most, self.effect.cap)

    def most_of_a_part(self) -> Fraction | None:
        """The largest amount of one part of the year; of a rule that looks at it whole, its own."""
        if self.periods is None:
            return self.most()
        return _bounded(self.shape.shape.most() if self.shape else None, self.periods.cap)

    @property
    def counting_rule(self) -> dict[str, str]:
        """The counting rule that its measure was made by, in words; a part of the year is said."""
        measure = self.measure.measure
        named = getattr(measure, "named", None)
        said = dict(named.counting_rule) if named else {}
        window = getattr(measure, "window", None)
        return said | ({"统计期间": window.text} if window else {})

    @property
    def predicates(self) -> list[Predicate]:
        """Every condition over its ledger: the sides of its measure, its multipliers."""
        measure, amounting = self.measure.measure, self.effect.amounting
        sides = [getattr(measure, side, None) for side in ("due", "done", "where")]
        sides += [one.when for one in amounting.multipliers] if amounting else []
        return [side for side in sides if isinstance(side, Compared | AllOf | AnyOf | Related)]

    @property
    def words(self) -> set[str]:
        """The words that its conditions compare by."""
        return {part.word for tree in self.predicates for part in compared_parts(tree)}

    @cached_property
    def columns(self) -> list[str]:
        """The ledger's columns that it looks at, each once: conditions, prices, multipliers."""
        measure = self.measure.measure
        names = [part.column for tree in self.predicates for part in compared_parts(tree)]
        names += list(self.shape.shape.columns) if self.shape else []
        names += [one for one in (getattr(measure, "column", None),) if one]
        return list(dict.fromkeys(names))

    @property
    def rate_title(self) -> str:
        """The name of the named rate it scores by; empty for others."""
        named = getattr(self.measure.measure, "named", None)
        return named.title if named else ""

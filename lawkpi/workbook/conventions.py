"""The conventions of a rubric in words: rounding, caps, floors, ranks, grades, what does not apply."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lawkpi.params import points_text
from lawkpi.params.numbers import percent_text
from lawkpi.rubric.conventions import Band, Quota
from lawkpi.rubric.model import Rubric

_SPREAD = {
    "redistribute_section": "不适用指标的分值在本一级指标内其他指标间按原分值比例重新分配（最大余额法，分值合计不变）",
    "redistribute_rubric": "不适用指标的分值在其他全部指标间按原分值比例重新分配（最大余额法，分值合计不变）",
    "leave_base": "不适用指标的分值不计入满分",
    "full": "不适用指标按满分计",
    "none": "不适用指标的分值不计入满分，也不另行分配",
}
_EMPTY = {
    "redistribute_rubric": "一级指标整体不适用的，其分值在全部指标间重新分配",
    "leave_base": "一级指标整体不适用的，其分值不计入满分",
}
_TIES = {
    "competition": "并列者占用后续名次（1、2、2、4）",
    "dense": "并列者不占用后续名次（1、2、2、3）",
}
_MODES = {"half_up": "四舍五入", "truncate": "舍去尾数"}
_SEATS = {"down": "舍去尾数", "up": "进位取整", "half_up": "四舍五入"}


def convention_rows(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """What is said beside every figure: name and text."""
    yield "舍入", _rounding(rubric)
    yield (
        "扣分上限",
        "先计加倍减半，再计同一事项只计一次，再计规则自身上限和共用上限，然后依规则次序累计，以该项指标分值为限",
    )
    yield "最低分", _floors(rubric)
    yield from _weights(rubric)
    yield from _groups(rubric)
    yield (
        "不适用",
        f"{_SPREAD[rubric.not_applicable.default]}；{_EMPTY[rubric.not_applicable.empty_section]}",
    )
    yield from _own_treatments(rubric)
    if rubric.recusal:
        yield "回避", f"评分单位同时是被考核单位的，该单位的有关项目由{rubric.recusal}评分"
    yield "未报送", "经催报仍未报送的，按该项指标的规定核定；未催报的列为待核"
    yield "待核", "待核指标不计入得分，在封面列明项数和分值"
    yield "排名", _ranking(rubric)
    yield "建议等次", f"{'；'.join(map(_band, rubric.grades))}；有一票否决情形的从其规定"


def _rounding(rubric: Rubric) -> str:
    rounding = rubric.rounding
    how = f"{_MODES[rounding.mode]}至小数点后{rounding.places}位"
    if rounding.at == "total":
        return f"各项指标不作舍入（列示至小数点后{rounding.item_places}位），总分一次{how}"
    return f"每项指标计分完毕后一次{how}；各级合计为各项得分之和，不再舍入"


def _floors(rubric: Rubric) -> str:
    item, total = rubric.floors.item, rubric.floors.total
    said = [_floor("各项指标", item), _floor("总分", total)]
    own = [
        f"第{one.id}项{_floor('', one.floor)}"
        for _, one in rubric.lines
        if one.floor is not None and one.floor != item
    ]
    return "；".join(said + own)


def _floor(what: str, floor: Fraction | str) -> str:
    return (
        f"{what}扣至{points_text(floor)}分为止"
        if isinstance(floor, Fraction)
        else f"{what}可以为负分"
    )


def _weights(rubric: Rubric) -> Iterator[tuple[str, str]]:
    folded = [section for section in rubric.base_sections if section.weight is not None]
    if folded:
        each = "、".join(
            f"{section.title}{percent_text(section.weight or Fraction(0))}" for section in folded
        )
        yield "折算权重", f"各部分得分按权重计入总分：{each}；每部分折算后一次舍入"


def _groups(rubric: Rubric) -> Iterator[tuple[str, str]]:
    if rubric.groups:
        each = "、".join(
            f"{group}组按{points_text(terms.deductions_times)}倍扣分"
            for group, terms in rubric.groups.items()
        )
        yield "分组规定", each


def _own_treatments(rubric: Rubric) -> Iterator[tuple[str, str]]:
    for _, item in rubric.lines:
        own = item.not_applicable
        if own is not None:
            text = f"并入第{own.to}项" if own.to else _SPREAD[own.treatment or "none"]
            yield f"第{item.id}项不适用", text


def _ranking(rubric: Rubric) -> str:
    rank = rubric.rank
    on = "公布的总分" if rank.on == "printed" else "未舍入的总分"
    breakers = "、".join(rank.tie_breakers)
    then = f"；总分相同的，依次比较第{breakers}项（部分）得分" if breakers else ""
    return f"按组排名，以{on}为准{then}；{_TIES[rank.ties]}"


def _band(band: Band) -> str:
    side = "含" if band.above is None else "不含"
    text = f"{band.grade}：{band.text}（{side}）以上"
    return text if band.quota is None else f"{text}，{_quota(band.quota)}"


def _quota(quota: Quota) -> str:
    seats = f"{quota.count}个"
    if quota.share is not None:
        seats = f"{percent_text(quota.share)}（{_SEATS[quota.rounding or 'down']}）"
    ties = "末位同分的一并列入" if quota.ties == "in" else "末位同分的均不列入"
    return f"每组不超过{seats}，{ties}"

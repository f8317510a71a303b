"""Whole assessments drawn at random: rubrics over every measure, shape and effect, and their records."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

from lawkpi.rubric.model import Rubric
from tests.workbook.given import CODES, REGISTER, World, random_rows, settings

Raw = dict[str, Any]
TWO_GROUPS = REGISTER.replace("{one: 甲类单位}", "{one: 甲类单位, two: 乙类单位}").replace(
    "short: 丙字, group: one", "short: 丙字, group: two"
)
EMPTY = ("not_applicable", "full", "pending")
CONDITIONS: tuple[Raw, ...] = (
    {"held": {"is": "yes"}},
    {"held": {"not": "no"}},
    {"who": {"in": ["head", "staff"]}},
    {"who": {"missing": True}},
    {"sent_back": {"at_least": "2"}},
    {"sent_back": {"below": "1"}},
    {"state": {"is": "in_time"}},
    {"state": {"not_in": ["late", "overdue"]}},
    {"any": [{"state": {"is": "late"}}, {"held": {"is": "no"}}]},
    {"all": [{"held": {"is": "yes"}}, {"replied_on": {"missing": False}}]},
    {"replied_on": {"before_column": "served_on"}},
    {"handler": {"same_as": "department"}},
    {"remark": {"missing": False}},
)
PEOPLE: tuple[Raw, ...] = (
    {"rated": {"is": "yes"}},
    {"to": {"on_or_after": "period_end"}},
    {"related": {"ledger": "hours", "by": "person"}},
    {
        "related": {
            "ledger": "hours", "by": "person", "where": {"present": {"is": "yes"}}, "sum": "hours",
            "at_least": "12.5",
        }
    },
)  # fmt: skip
ATTENDED: tuple[Raw, ...] = (
    {"present": {"is": "yes"}},
    {"present": {"not": "no"}},
    {"hours": {"above": "2.5"}},
)


class Draw:
    """Draws rules, items, sections and rubrics."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def points(self, most: int = 9) -> str:
        return f"{self.random.randint(0, most * 100) / 100:g}"

    def some(self, most: int = 9) -> str:
        """Points above nothing."""
        return f"{self.random.randint(1, most * 100) / 100:g}"

    def rows(self, ledger: str) -> Raw:
        """What measures over records share."""
        where = {"cases": CONDITIONS, "people": PEOPLE, "hours": ATTENDED}[ledger]
        measure: Raw = (
            {"ledger": ledger, "where": self.one(*where)}
            if self.chance(0.8)
            else {"ledger": ledger}
        )
        if ledger == "cases" and self.chance(0.3):
            measure |= self.one(
                {"charged_by": "handler"},
                {"charged_by": ["department", "handler"], "share": "each_full"},
                {"charged_by": ["department", "handler"], "share": "lead_only"},
            )
        if ledger == "cases" and self.chance(0.2):
            measure |= self.one(
                {"period_by": "replied_on"},
                {"period_by": "none"},
                {"window": {"from": "2022-03-01", "to": "2022-10-31"}},
            )
        return measure

    def empties(self, *, trims: bool = False) -> Raw:
        base: Raw = {"empty": self.one(*EMPTY)}
        least = 3 if trims else self.one(1, 1, 2, 4)
        return base | ({"min_base": least, "below_base": self.one(*EMPTY)} if least > 1 else {})

    def count(self) -> Raw:
        return {"count": self.rows(self.one("cases", "cases", "hours", "people"))}

    def rate(self) -> Raw:
        measure = self.rows(self.one("cases", "people"))
        where = measure.pop("where", None)
        sides = CONDITIONS if measure["ledger"] == "cases" else PEOPLE
        due = {"due": where} if where else {}
        return {"rate": {**measure, **due, "done": self.one(*sides), **self.empties()}}

    def distinct(self) -> Raw:
        return {"distinct": {**self.rows("hours"), "column": "person"}}

    def sum(self) -> Raw:
        more = {"empty": self.one(*EMPTY)} if self.chance(0.4) else {}
        return {"sum": {**self.rows("hours"), "column": "hours", **more}}

    def mean(self) -> Raw:
        trims = self.chance(0.3)
        trim = {"trim": 1} if trims else {}
        measure = {**self.rows("hours"), "column": "hours", "out_of": "12", **trim}
        return {"mean": {**measure, **self.empties(trims=trims)}}

    def completion(self) -> Raw:
        column = {"column": "hours"} if self.chance(0.5) else {}
        return {"completion": {**self.rows("hours"), **column, "empty": self.one(*EMPTY)}}

    def state(self) -> Raw:
        missing = {"missing": self.one("head", "staff")} if self.chance(0.6) else {}
        several = self.one("worst", "best")
        return {"state": {**self.rows("cases"), "column": "who", "several": several, **missing}}

    def entered(self, gives: str) -> Raw:
        return {
            "entered": {
                "gives": gives,
                **({"empty": self.one(*EMPTY)} if gives in ("rate", "ratio") else {}),
            }
        }

    def judged(self) -> Raw:
        return {"judged": {"at_most": "9"}}

    # Shapes.

    def steps(self) -> str:
        return str(self.one("up", "down", "fraction"))

    def each(self) -> Raw:
        shape: Raw = {"points": self.points(3)}
        if self.chance(0.4):
            shape["free"] = self.one("1", "2")
        if self.chance(0.4):
            shape |= {"per": self.one("2", "3", "0.5"), "steps": self.steps()}
        return {"each": shape}

    def gate(self, kind: str) -> Raw:
        line = (
            f"{self.random.randint(0, 100)}%" if kind == "rate" else str(self.random.randint(0, 9))
        )
        return {
            "gate": {self.one("at_least", "at_most"): line, self.one("then", "else"): self.points()}
        }

    def tiers(self, kind: str) -> Raw:
        sign = "%" if kind == "rate" else ""
        lines = sorted(self.random.sample(range(100 if sign else 12), 3))
        tiers = [
            {"at_least": f"{low}{sign}", "below": f"{high}{sign}", "points": self.points()}
            for low, high in pairwise(lines)
        ]
        return {"steps": {"tiers": tiers}}

    def linear(self) -> Raw:
        shape = {self.one("below", "above"): f"{self.random.randint(1, 99)}%"}
        return {
            "linear": {
                **shape,
                "step": self.one("1%", "3%", "0.5%", "7%"),
                "points": self.points(2),
                "steps": self.steps(),
            }
        }

    def slopes(self) -> Raw:
        lines = sorted(self.random.sample(range(5, 100, 5), 2), reverse=True)
        prices = sorted(self.random.sample(range(1, 90), 2))
        slopes = [
            {"below": f"{line}%", "points": f"{price / 100:g}"}
            for line, price in zip(lines, prices, strict=True)
        ]
        return {
            "slopes": {
                "slopes": slopes,
                "step": "5%",
                "steps": self.steps(),
                "counted": self.one("within", "whole"),
            }
        }

    def proportional(self, kind: str) -> Raw:
        target = {} if kind == "rate" else {"target": str(self.random.randint(1, 20))}
        return {
            "proportional": {"points": self.points(), "of": self.one("done", "missing"), **target}
        }

    def shortfall(self) -> Raw:
        return {"shortfall": {"target": self.random.randint(1, 9), "points": self.points(2)}}

    def versus(self, kind: str) -> Raw:
        reference = self.one("last_year", "last_year", "group_mean", "group_pooled")
        relative = self.chance(0.3)
        sign = "%" if kind == "rate" or relative else ""
        shape = {"reference": reference, "side": self.one("below", "above")}
        shape["difference"] = "relative" if relative else "absolute"
        return {
            "versus": {
                **shape,
                "step": f"{self.one(1, 3)}{sign}",
                "points": self.points(2),
                "steps": self.steps(),
            }
        }

    def by_rank(self) -> Raw:
        shape: Raw = {
            "better": self.one("higher", "lower"),
            "ties": self.one("competition", "dense"),
        }
        way = self.one(
            {"each_place": self.points(2)},
            {"last": 1, "points": self.points()},
            {"places": [self.points(), self.points()], "else": self.points()},
        )
        return {"by_rank": shape | way}

    def shape(self, kind: str) -> Raw:
        """A shape for what a measure hands over."""
        if kind == "state":
            return {
                "states": {
                    "amounts": {
                        one: self.points() for one in ("head", "staff", "lawyer")[: self.one(2, 3)]
                    }
                }
            }
        if kind == "points":
            return {"as_judged": {}}
        makers: list[Callable[[], Raw]] = [
            self.each,
            lambda: self.gate(kind),
            lambda: self.tiers(kind),
            lambda: self.proportional(kind),
            lambda: self.versus(kind),
            self.by_rank,
        ]
        makers += [self.linear, self.slopes] if kind == "rate" else [self.shortfall]
        return self.one(*makers)()

    # Rules.

    def rule(self, effect: str) -> Raw:
        """A rule of any kind, put together so that the rubric takes it."""
        if self.chance(0.25):
            return self.priced(effect)
        kind, measure = self.measure()
        made: Raw = {
            "measure": measure,
            "shape": self.shape(kind),
            "effect": {effect: self.amounting()},
        }
        counted = next(iter(measure.values()))
        if "ledger" in counted and kind != "state" and self.chance(0.2):
            made["periods"] = {
                "each": self.one("quarter", "half_year", "month"),
                "combine": self.one("mean", "sum", "worst", "last"),
            }
            if self.chance(0.3):
                made["periods"]["cap"] = self.some(3)
        if "ledger" in counted and self.chance(0.2):
            made["exempt"] = ["panel_decision"]
        if self.chance(0.1):
            made["applies_to"] = {"departments": [self.one(*CODES)]}
        return made

    def shaped(self, name: str) -> World:
        """A world of one item, one rule of a given shape over records, and an item beside it."""
        while True:
            one = self.rule("deduct")
            counted = next(iter(one["measure"].values()))
            if name in one["shape"] and "ledger" in counted and "exempt" not in one:
                break
        one.pop("applies_to", None)
        item = {**_item("1.1"), "full_points": "12", "rules": [{"id": "a", **one}]}
        beside = {**_item("1.2"), "full_points": "8", "rules": [{"id": "a", **LATE}]}
        section = {"id": "1", "title": "部分", "full_points": "20", "items": [item, beside]}
        rubric = Rubric.model_validate({**TERMS, "full_points": "20", "sections": [section]})
        rows = random_rows(self.random.randint(0, 10**6), most=6) | by_hand(self, rubric)
        return World(rows, rubric, settings(), {})

    def amounting(self) -> Raw:
        return {"cap": self.some(6)} if self.chance(0.5) else {}

    def measure(self) -> tuple[str, Raw]:
        """What is counted, and what kind of figure it is."""
        kind, make = self.one(
            ("count", self.count), ("count", self.count), ("count", self.distinct), ("amount", self.sum),
            ("rate", self.rate), ("rate", self.rate), ("rate", self.rate), ("rate", self.mean),
            ("rate", self.completion),
            ("state", self.state), ("rate", lambda: self.entered("rate")), ("rate", lambda: self.entered("percent")),
            ("amount", lambda: self.entered("amount")), ("points", self.judged),
        )  # fmt: skip
        return str(kind), make()

    def priced(self, effect: str) -> Raw:
        """A rule whose records are not worth the same."""
        measure = self.one(self.count, self.count, self.rate)()
        counted = next(iter(measure.values()))
        shape: Raw = {"points": self.points(3)}
        if counted["ledger"] == "cases":
            shape = self.one(
                shape,
                {
                    "by": {
                        "column": "who",
                        "points": {"head": self.points(), "staff": self.points()},
                    }
                },
                {"by": {"column": "sent_back", "factor": "0.3", "at_most": "3"}},
                {
                    "by": {
                        "column": "sent_back",
                        "tiers": [
                            {"at_least": "0", "below": "2", "points": "0.5"},
                            {"at_least": "2", "points": "1.25"},
                        ],
                    }
                },
            )
        elif counted["ledger"] == "hours":
            shape = {"by": {"column": "hours", "factor": self.one("0.5", "1")}}
        amounting = self.amounting()
        if counted["ledger"] == "cases" and self.chance(0.5):
            times = [
                {"when": {"held": {"is": "yes"}}, "times": "2"},
                {"when": {"state": {"not": "in_time"}}, "times": "1.5"},
            ]
            amounting["multipliers"] = times[: self.one(1, 2)]
            if len(amounting["multipliers"]) > 1:
                amounting["combine"] = self.one("product", "largest")
        if counted["ledger"] == "cases" and self.chance(0.2):
            amounting["same_matter"] = {"by": "remark", "keep": "highest"}
        if counted["ledger"] == "cases" and self.chance(0.3):
            counted |= {"charged_by": ["department", "handler"], "share": "equal"}
        made: Raw = {"measure": measure, "shape": {"each": shape}, "effect": {effect: amounting}}
        if self.chance(0.15):
            made["periods"] = {
                "each": "quarter",
                "combine": self.one("mean", "sum", "worst", "last"),
            }
        return made

    def item(self, number: str, kind: str) -> Raw:
        effects = {"base": ("deduct", "deduct", "award"), "bonus": ("bonus",), "malus": ("malus",)}[
            kind
        ]
        rules = [self.rule(self.one(*effects)) for _ in range(self.one(1, 1, 2, 3))]
        made: Raw = {
            "id": number, "title": f"指标{number}", "clause": f"第{number}项条文。", "scored_by": "考核办",
            "basis": [{"document": "示例〔2022〕9号", "article": number}],
            "rules": [{"id": "abc"[place], **one} for place, one in enumerate(rules)],
        }  # fmt: skip
        if len(rules) > 1 and self.chance(0.4):
            made["caps"] = [
                {"rules": [one["id"] for one in made["rules"][:2]], "cap": self.some(4)}
            ]
        if kind != "base":
            return made | ({"cap": self.some(3)} if self.chance(0.3) else {})
        made["full_points"] = str(self.random.randint(1, 20))
        if self.chance(0.15):
            made["full_points_for"] = {"two": self.one("0", "7")}
        if self.chance(0.15):
            made["starts_at"] = f"{int(made['full_points']) / 2:g}"
        if self.chance(0.15):
            made["floor"] = self.one("none", "0.5")
        if self.chance(0.15):
            made["not_applicable"] = self.one(
                {"treatment": "full"}, {"treatment": "redistribute_rubric"}, {"to": "1.1"}
            )
        if self.chance(0.1):
            made["applies_to"] = {"groups": ["one"]}
        return made

    def section(self, number: str, kind: str) -> Raw:
        items = [self.item(f"{number}.{place}", kind) for place in range(1, self.one(2, 3, 4))]
        made: Raw = {"id": number, "title": f"部分{number}", "kind": kind, "items": items}
        if kind == "base":
            made["full_points"] = str(sum(int(one["full_points"]) for one in items))
        elif self.chance(0.5):
            made["cap"] = self.some(4)
        return made

    def rubric(self) -> Rubric:
        """A whole rubric."""
        base = [self.section(str(number), "base") for number in range(1, self.one(2, 3))]
        if len(base) > 1 and self.chance(0.2):
            for one, weight in zip(base, ("40%", "60%"), strict=True):
                one["weight"] = weight
        outside = [
            self.section(name, kind)
            for name, kind in (("B", "bonus"), ("M", "malus"))
            if self.chance(0.6)
        ]
        at = self.one("item", "item", "item", "total")
        rounding: Raw = {"at": at, "places": 2, "mode": self.one("half_up", "truncate")}
        terms = {
            "default": self.one(
                "redistribute_section",
                "redistribute_section",
                "redistribute_rubric",
                "leave_base",
                "full",
            ),
            "empty_section": self.one("redistribute_rubric", "leave_base"),
        }
        return Rubric.model_validate(
            {
                "id": "drawn", "title": "随机细则", "document_number": "示例〔2022〕9号", "issued_on": "2021-12-01",
                "full_points": str(sum(int(one["full_points"]) for one in base)), "rounding": rounding,
                "floors": {"item": self.one("0", "0", "none"), "total": self.one("0", "0", "none")},
                "rank": {"on": "printed", "ties": "competition"}, "not_applicable": terms,
                "groups": self.one({}, {"two": {"deductions_times": "1.5"}}),
                "grades": [{"grade": "合格", "at_least": "60"}, {"grade": "不合格", "at_least": "0"}],
                "sections": [*base, *outside, *self.vetoes()],
            }
        )  # fmt: skip

    def vetoes(self) -> list[Raw]:
        if not self.chance(0.3):
            return []
        effect = self.one({"total_zero": True}, {"grade_at_most": "不合格"})
        where = {"sent_back": {"at_least": self.one("3", "4")}}
        rule = {
            "id": "a",
            "measure": {"count": {"ledger": "cases", "where": where}},
            "effect": {"veto": effect},
        }
        item = {
            "id": "V.1", "title": "否决", "clause": "否决条文。", "scored_by": "考核办",
            "basis": [{"document": "示例〔2022〕9号"}], "rules": [rule],
        }  # fmt: skip
        return [{"id": "V", "title": "否决", "kind": "veto", "items": [item]}]


LATE: Raw = {
    "measure": {
        "rate": {"ledger": "cases", "done": {"state": {"is": "in_time"}}, "empty": "not_applicable"}
    },
    "shape": {"proportional": {"points": "8", "of": "missing"}},
    "effect": {"deduct": {}},
}
TERMS: Raw = {
    "id": "drawn",
    "title": "随机细则",
    "document_number": "示例〔2022〕9号",
    "rounding": {"at": "item", "places": 2, "mode": "half_up"},
    "floors": {"item": "0", "total": "0"},
    "rank": {"on": "printed", "ties": "competition"},
    "not_applicable": {"default": "redistribute_section", "empty_section": "leave_base"},
    "grades": [{"grade": "合格", "at_least": "60"}, {"grade": "不合格", "at_least": "0"}],
}


def _item(number: str) -> Raw:
    return {
        "id": number,
        "title": f"指标{number}",
        "clause": f"第{number}项条文。",
        "scored_by": "考核办",
        "basis": [{"document": "示例〔2022〕9号", "article": number}],
    }


def world(random: Random) -> World:
    """A rubric, and records that it can be scored by."""
    draw = Draw(random)
    rubric = draw.rubric()
    rows = random_rows(random.randint(0, 10**6), most=random.choice([3, 6, 9]))
    rows |= by_hand(draw, rubric)
    unknown = {}
    if rows["cases"] and draw.chance(0.3):
        places = sorted({random.randrange(len(rows["cases"])) for _ in range(2)})
        unknown = {"cases": {random.choice(["held", "who", "replied_on", "sent_back"]): places}}
    register = random.choice([REGISTER, TWO_GROUPS])
    return World(rows, rubric, settings(), unknown, register)


def by_hand(draw: Draw, rubric: Rubric) -> dict[str, list[Raw]]:
    """What offices entered and judged; now and then nothing."""
    lines: dict[str, list[Raw]] = {"entered": [], "judged": [], "baselines": [], "exemptions": []}
    for _, item in rubric.lines:
        for rule in item.rules:
            for code in CODES:
                named = {"item": item.id, "rule": rule.id, "department": code}
                if draw.chance(0.93):
                    _entries(draw, rule, named, lines)
    for row in draw.random.sample(range(9), 2):
        lines["exemptions"].append(
            {"ledger": "cases", "record": f"案{row:03}号{draw.one(*CODES)}", "department": draw.one(*CODES),
             "reason": "panel_decision", "decision": "纪要1号"}
        )  # fmt: skip
    return lines


def _entries(draw: Draw, rule: Any, named: Raw, lines: dict[str, list[Raw]]) -> None:
    measure = rule.measure
    if measure.entered is not None:
        due = draw.random.randint(0, 9)
        lines["entered"].append(
            {**named, "due": due, "done": draw.random.randint(0, due), "value": draw.random.randint(0, 9000) / 100,
             "source": "档案"}
        )  # fmt: skip
    if measure.judged is not None:
        points = draw.random.randint(0, 900) / 100
        lines["judged"].append({**named, "points": points, "reason": "核定"})
    shape = rule.shape.shape if rule.shape else None
    if measure.completion is not None:
        lines["baselines"].append(
            {**named, "reference": "quota", "value": float(draw.random.randint(0, 30))}
        )
    if getattr(shape, "reference", "") == "last_year":
        lines["baselines"].append(
            {**named, "reference": "last_year", "value": draw.random.randint(1, 900) / 100}
        )

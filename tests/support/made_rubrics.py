"""Rubrics made by hypothesis: valid by construction, over the ledgers and rates that ship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from lawkpi.params import points_text
from lawkpi.rubric.measures import RATES
from lawkpi.rubric.model import Rubric
from lawkpi.rubric.rates import NamedRate, load_rates
from tests.support.tiny import PARAMS, SCHEMAS

Plain = dict[str, Any]
Made = st.SearchStrategy[Any]
MADE_RATES = load_rates(PARAMS / RATES)
SCORED = [rate for rate in MADE_RATES.by_id.values() if not rate.apart]
LEDGERS = ("litigation", "enforcers", "training", "contracts", "duty_reports", "daily_log")
NUMBERED = [
    name
    for name in LEDGERS
    if any(t in ("number", "integer") for t in SCHEMAS[name].all_types.values())
]

TEXT = (
    st.text(
        alphabet='甲乙丙扣分率 a1=+-@，、；：:|\\（）《》〔〕第条“”"{#%_\n', min_size=1, max_size=12
    )
    .map(str.strip)
    .filter(lambda text: text and "{" not in text and "." not in text)
)
WORD = st.text(alphabet="甲乙丙丁人件次abc", min_size=1, max_size=4)
NAME = st.one_of(WORD, TEXT)
AMOUNT = st.one_of(
    st.integers(0, 10**6).map(lambda number: points_text(Fraction(number, 100))),
    st.decimals(0, 10**6, places=7, allow_nan=False).map(
        lambda one: points_text(Fraction(Decimal(one)))
    ),
)
POSITIVE = st.integers(1, 10**5).map(lambda number: points_text(Fraction(number, 1000)))
PERCENT = st.integers(1, 10**5).map(lambda number: points_text(Fraction(number, 1000)) + "%")
DAYS = st.dates(min_value=dt.date(1890, 1, 1)).map(lambda day: day.isoformat())
PLACES = st.sampled_from(["0", "1", "59.5", "60"])


def optional(**fields: Made) -> Made:
    """Some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def merged(*parts: Made) -> Made:
    """Several mappings as one."""
    return st.tuples(*parts).map(lambda all_: {key: one[key] for one in all_ for key in one})


def joined(one: Made, most: int) -> Made:
    """One condition, or several joined; a join of one too."""
    parts = st.lists(one, min_size=1, max_size=most)
    return st.one_of(
        one, st.builds(lambda word, own: {word: own}, st.sampled_from(["all", "any"]), parts)
    )


def columns_of(ledger: str, *kinds: str) -> list[str]:
    types = SCHEMAS[ledger].all_types
    return [name for name, kind in types.items() if not kinds or kind in kinds]


@st.composite
def compared(draw: Any, ledger: str) -> Plain:
    """One comparison that fits its column."""
    schema = SCHEMAS[ledger]
    column = draw(st.sampled_from(columns_of(ledger)))
    kind, labels = schema.all_types[column], list(schema.labels_of(column))
    words = {"date": dated(), "integer": ordered(), "number": ordered()}.get(kind, named(labels))
    others = [name for name in columns_of(ledger) if name != column]
    beside = st.builds(
        lambda word, other: {word: other},
        st.sampled_from(["same_as", "before_column", "after_column"]),
        st.sampled_from(others),
    )
    missing = st.booleans().map(lambda value: {"missing": value})
    return {column: draw(st.one_of(words, words, missing, beside))}


def dated() -> Made:
    days = st.one_of(st.sampled_from(["period_start", "period_end", "as_of"]), DAYS)
    return st.builds(
        lambda word, day: {word: day}, st.sampled_from(["on_or_before", "on_or_after"]), days
    )


def ordered() -> Made:
    words = st.sampled_from(["below", "at_most", "above", "at_least"])
    return st.builds(lambda word, number: {word: number}, words, PLACES)


def named(labels: Sequence[str]) -> Made:
    one = st.sampled_from(labels) if labels else NAME
    several = st.lists(one, min_size=1, max_size=3, unique=True)
    return st.one_of(
        st.builds(lambda word, text: {word: text}, st.sampled_from(["is", "not"]), one),
        st.builds(lambda word, texts: {word: texts}, st.sampled_from(["in", "not_in"]), several),
    )


@st.composite
def related(draw: Any, ledger: str) -> Plain:
    """Records of another ledger, with or without conditions of their own."""
    other = draw(st.sampled_from(NUMBERED))
    found: Plain = {
        "ledger": other,
        "by": draw(st.sampled_from(columns_of(ledger))),
        "to": draw(st.sampled_from(columns_of(other))),
    }
    if draw(st.booleans()):
        found["where"] = draw(joined(compared(other), 2))
    if draw(st.booleans()):
        found["sum"] = draw(st.sampled_from(columns_of(other, "number", "integer")))
        found["at_least"] = draw(PLACES)
    return {"related": found}


def conditions(ledger: str) -> Made:
    """A whole condition: two levels, related records in either."""
    one = st.one_of(compared(ledger), compared(ledger), related(ledger), st.just({"all": []}))
    inner = st.one_of(compared(ledger), related(ledger))
    group = st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=2),
    )
    return st.one_of(one, joined(st.one_of(inner, group), 3))


@st.composite
def counted(draw: Any, ledger: str) -> Plain:
    """What measures over records share."""
    columns = columns_of(ledger)
    extra = optional(
        period_by=st.sampled_from(["none", *columns]),
        charged_by=st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True),
        share=st.sampled_from(["each_full", "lead_only"]),
        window=st.just({"from": "2022-05-01", "to": "2022-12-31"}),
        unit=WORD,
    )
    return {"ledger": ledger, **draw(extra)}


GIVES = {
    "rate": "rate",
    "ratio": "rate",
    "percent": "rate",
    "count": "count",
    "amount": "amount",
    "state": "state",
    "points": "points",
}
EMPTY = st.sampled_from(["not_applicable", "full", "pending"])
BASE = st.one_of(
    st.just({}),
    st.builds(
        lambda least, below: {"min_base": least, "below_base": below}, st.integers(2, 9), EMPTY
    ),
)


def where(ledger: str) -> Made:
    return optional(where=conditions(ledger))


@st.composite
def measures(draw: Any) -> tuple[str, Plain]:
    """A measure, with what it hands to a shape."""
    ledger = draw(st.sampled_from(NUMBERED))
    own = draw(counted(ledger))
    column = draw(st.sampled_from(columns_of(ledger)))
    number = draw(st.sampled_from(columns_of(ledger, "number", "integer")))
    chosen = draw(where(ledger))
    empty = draw(EMPTY)
    two = {"empty": empty, **draw(BASE)}
    sides = {"done": draw(conditions(ledger)), **draw(optional(due=conditions(ledger)))}
    kinds: dict[str, tuple[str, Plain]] = {
        "count": ("count", own | chosen),
        "distinct": ("count", own | chosen | {"column": column}),
        "sum": ("amount", own | chosen | {"column": number} | draw(optional(empty=EMPTY))),
        "completion": ("rate", own | chosen | {"empty": empty}),
        "mean": ("rate", own | chosen | two | {"column": number, "out_of": draw(POSITIVE)}),
        "rate": ("rate", own | sides | two),
        "named_rate": ("rate", named_rate(draw) | two),
        "state": ("state", own | chosen | {"column": column}),
        "entered": entered(draw),
        "judged": ("points", judged(draw, ledger)),
    }
    name = draw(st.sampled_from(sorted(kinds)))
    kind, content = kinds[name]
    return kind, {name: content}


def entered(draw: Any) -> tuple[str, Plain]:
    gives = draw(st.sampled_from(list(GIVES)))
    return GIVES[gives], {"gives": gives, "proof": draw(st.booleans())}


def named_rate(draw: Any) -> Plain:
    rate: NamedRate = draw(st.sampled_from(SCORED))
    chosen = draw(st.sampled_from(list(rate.every_choice())))
    return {"rate": rate.id} | ({"counting_rule": chosen} if chosen else {})


def judged(draw: Any, ledger: str) -> Plain:
    trigger = merged(counted(ledger), where(ledger), st.just({"at_least": 1}))
    panel = st.sampled_from(
        [{}, {"persons": 3, "combine": "trimmed_mean"}, {"second_person": True}]
    )
    return {"at_most": draw(POSITIVE), **draw(panel), **draw(optional(only_when=trigger))}


def tiers(line: Made, *, low: bool = False) -> Made:
    """Tiers in no particular nesting: each closed on both sides."""

    def made(lines: list[str], points: list[str]) -> list[Plain]:
        ranked = sorted(set(lines), key=lambda one: Decimal(one.removesuffix("%")))
        pairs = zip(ranked, ranked[1:], points, strict=False)
        return [{"at_least": low_, "below": high, "points": worth} for low_, high, worth in pairs]

    return st.builds(
        made,
        st.lists(line, min_size=3, max_size=4, unique=True),
        st.lists(AMOUNT, min_size=3, max_size=3),
    ).filter(bool)


STEPS = st.sampled_from(["up", "down", "fraction"])


def shapes(kind: str, measure: str, labels: Sequence[str]) -> Made:
    """A shape that follows what a measure hands over."""
    if kind == "points":
        return (
            st.just({"as_judged": {}})
            if measure == "judged"
            else st.builds(lambda factor: {"as_entered": {"factor": factor}}, POSITIVE)
        )
    if kind == "state":
        names = st.sampled_from(list(labels)) if labels else NAME
        return st.dictionaries(names, AMOUNT, min_size=1, max_size=3).map(
            lambda one: {"states": {"amounts": one}}
        )
    line = PERCENT if kind == "rate" else AMOUNT
    common = [
        AMOUNT.map(lambda points: {"each": {"points": points}}),
        st.builds(
            lambda points, per, steps: {"each": {"points": points, "per": per, "steps": steps}},
            AMOUNT,
            st.just("3"),
            STEPS,
        ),
        st.builds(lambda one, points: {"gate": {"at_least": one, "else": points}}, line, AMOUNT),
        st.builds(lambda one, points: {"gate": {"at_most": one, "then": points}}, line, AMOUNT),
        tiers(line).map(lambda own: {"steps": {"tiers": own}}),
        st.builds(
            lambda points, of: {"proportional": {"points": points, "of": of}},
            AMOUNT,
            st.sampled_from(["done", "missing"]),
        ),
        ranked(),
        st.builds(
            versus, line, AMOUNT, STEPS, st.sampled_from(["group_mean", "last_year", "quota"])
        ),
    ]
    if kind == "rate":
        common.append(
            st.builds(
                lambda one, step, points, steps: {
                    "linear": {"below": one, "step": step, "points": points, "steps": steps}
                },
                PERCENT,
                PERCENT,
                AMOUNT,
                STEPS,
            )
        )
        common.append(
            STEPS.map(
                lambda steps: {
                    "slopes": {
                        "slopes": [
                            {"below": "96%", "points": "0.25"},
                            {"below": "90%", "points": "0.5"},
                        ],
                        "step": "1%",
                        "steps": steps,
                        "counted": "within",
                    }
                }
            )
        )
    else:
        common.append(
            st.builds(
                lambda target, points: {"shortfall": {"target": target, "points": points}},
                st.integers(1, 99),
                AMOUNT,
            )
        )
    return st.one_of(common)


def ranked() -> Made:
    ways = st.one_of(
        AMOUNT.map(lambda points: {"each_place": points}),
        AMOUNT.map(lambda points: {"last": 2, "points": points}),
        st.builds(
            lambda places, other: {"places": places, "else": other},
            st.lists(AMOUNT, min_size=1, max_size=3),
            AMOUNT,
        ),
    )
    fixed = st.builds(
        lambda better, ties: {"better": better, "ties": ties},
        st.sampled_from(["higher", "lower"]),
        st.sampled_from(["competition", "dense"]),
    )
    return merged(fixed, ways).map(lambda one: {"by_rank": one})


def versus(step: str, points: str, steps: str, reference: str) -> Plain:
    if step in ("0", "0%"):
        step = "1" if step == "0" else "1%"
    return {
        "versus": {
            "reference": reference,
            "side": "below",
            "difference": "absolute",
            "step": step,
            "points": points,
            "steps": steps,
        }
    }


@st.composite
def rules(draw: Any, number: int, effects: Sequence[str]) -> Plain:
    """A rule of an item."""
    effect = draw(st.sampled_from(list(effects)))
    found: Plain = {"id": f"{'abc'[number]}"}
    found |= draw(optional(applies_to=applies(), fact=TEXT))
    if effect == "veto":
        ledger = draw(st.sampled_from(LEDGERS))
        found["measure"] = {"count": draw(merged(counted(ledger), where(ledger)))}
        found["effect"] = {
            "veto": draw(
                st.sampled_from(
                    [{"total_zero": True}, {"cancels": "取消评先"}, {"grade_at_most": "优"}]
                )
            )
        }
        return found
    kind, found["measure"] = draw(measures())
    ((name, content),) = found["measure"].items()
    schema = SCHEMAS.get(content.get("ledger", ""))
    labels = list(schema.labels_of(content["column"])) if schema and name == "state" else []
    found["shape"] = draw(shapes(kind, name, labels))
    found["effect"] = {effect: draw(optional(cap=AMOUNT))}
    if name in ("count", "rate") and "each" in found["shape"]:
        _record_by_record(draw, found, effect, content["ledger"])
    elif name == "rate" and draw(st.booleans()):
        found["periods"] = draw(
            st.sampled_from(
                [
                    {"each": "month", "combine": "mean"},
                    {"each": "quarter", "combine": "worst", "cap": "2"},
                ]
            )
        )
    return found


def _record_by_record(draw: Any, found: Plain, effect: str, ledger: str) -> None:
    """Prices by column, multipliers, same matter: only where records are priced one by one."""
    columns = columns_of(ledger)
    labelled = [name for name in columns if SCHEMAS[ledger].labels_of(name)]
    if "steps" in found["shape"]["each"]:
        return
    if draw(st.booleans()):
        column = draw(st.sampled_from(labelled))
        prices = st.dictionaries(
            st.sampled_from(list(SCHEMAS[ledger].labels_of(column))), AMOUNT, min_size=1
        )
        ways = st.one_of(
            prices.map(lambda one: {"points": one}),
            tiers(AMOUNT).map(lambda one: {"tiers": one}),
            st.builds(lambda one: {"factor": one, "at_most": "9"}, AMOUNT),
        )
        found["shape"] = {"each": {"by": {"column": column, **draw(ways)}}}
    many = st.lists(
        st.fixed_dictionaries({"when": conditions(ledger), "times": AMOUNT}), max_size=3
    )
    multipliers = draw(many)
    if multipliers:
        found["effect"][effect]["multipliers"] = multipliers
    if len(multipliers) > 1:
        found["effect"][effect]["combine"] = draw(st.sampled_from(["product", "largest"]))
    if draw(st.booleans()):
        found["effect"][effect]["same_matter"] = {
            "by": draw(st.sampled_from(columns)),
            "keep": "highest",
            **draw(optional(pool=NAME)),
        }


def applies() -> Made:
    return optional(
        groups=st.lists(NAME, min_size=1, max_size=2, unique=True),
        departments=st.lists(st.sampled_from(["007", "01", "二"]), min_size=1, unique=True),
    )


REFERENCES = st.fixed_dictionaries(
    {"document": NAME}, optional={"article": WORD, "note": NAME, "body": NAME}
)


@st.composite
def items(draw: Any, number: str, kind: str) -> Plain:
    """An item of a section of some kind."""
    effects = {
        "base": ["deduct", "award"],
        "bonus": ["bonus"],
        "malus": ["malus"],
        "veto": ["veto"],
    }[kind]
    own = [draw(rules(place, effects)) for place in range(draw(st.integers(1, 3)))]
    found: Plain = {
        "id": number,
        "title": draw(NAME),
        "clause": draw(TEXT),
        "scored_by": draw(NAME),
        "basis": draw(st.lists(REFERENCES, min_size=1, max_size=3)),
        "rules": own,
    }
    if kind == "base":
        found["full_points"] = draw(POSITIVE)
    found |= draw(
        optional(
            full_points_for=st.dictionaries(NAME, AMOUNT, min_size=1, max_size=2),
            starts_at=AMOUNT,
            floor=st.one_of(AMOUNT, st.just("none")),
            cap=AMOUNT,
            applies_to=applies(),
            not_applicable=st.sampled_from([{"treatment": "full"}, {"to": "1.1"}]),
            counting_rule=st.dictionaries(
                NAME.map(lambda one: f"口{one}"), NAME, min_size=1, max_size=3
            ),
            not_reported=AMOUNT.map(lambda points: {"deduct": points}),
        )
    )
    if len(own) > 1 and draw(st.booleans()):
        found["caps"] = [{"rules": [one["id"] for one in own], "cap": draw(AMOUNT)}]
    return found


@st.composite
def plain_rubrics(draw: Any) -> Plain:
    """A whole rubric in plain form."""
    kinds = [
        "base",
        *draw(st.lists(st.sampled_from(["base", "bonus", "malus", "veto"]), max_size=2)),
    ]
    sections = []
    for place, kind in enumerate(kinds, 1):
        own = [
            draw(items(f"{place}.{inner}", kind)) for inner in range(1, draw(st.integers(1, 2)) + 1)
        ]
        section: Plain = {"id": str(place), "title": draw(NAME), "items": own}
        section |= {"full_points": draw(POSITIVE)} if kind == "base" else {"kind": kind}
        sections.append(section | draw(optional(cap=AMOUNT, weight=PERCENT)))
    rest = optional(
        issued_on=DAYS,
        source=st.fixed_dictionaries(
            {"publisher": NAME, "extent": NAME}, optional={"address": WORD}
        ),
        groups=st.dictionaries(
            NAME, AMOUNT.map(lambda times: {"deductions_times": times}), max_size=2
        ),
    )
    return {
        "id": "made",
        "title": draw(NAME),
        "document_number": draw(NAME),
        "full_points": draw(POSITIVE),
        "rounding": {
            "at": draw(st.sampled_from(["item", "total"])),
            "places": draw(st.integers(0, 4)),
            "mode": draw(st.sampled_from(["half_up", "truncate"])),
        },
        "floors": {"item": draw(st.one_of(AMOUNT, st.just("none"))), "total": "none"},
        "rank": {
            "on": "printed",
            "ties": "dense",
            **draw(optional(tie_breakers=st.just(["1", "1.1"]))),
        },
        "not_applicable": {
            "default": draw(st.sampled_from(["leave_base", "full", "none"])),
            **draw(optional(empty_section=st.just("redistribute_rubric"))),
        },
        "grades": draw(st.lists(grades(), min_size=1, max_size=3)),
        "sections": sections,
        **draw(rest),
    }


def grades() -> Made:
    line = st.one_of(
        AMOUNT.map(lambda one: {"at_least": one}), AMOUNT.map(lambda one: {"above": one})
    )
    quota = st.sampled_from(
        [{"share": "30%", "rounding": "down", "ties": "in"}, {"count": 3, "ties": "out"}]
    )
    return merged(NAME.map(lambda one: {"grade": one}), line, optional(quota=quota))


def made_rubrics() -> Made:
    """Whole rubrics."""
    return plain_rubrics().map(
        lambda plain: Rubric.model_validate(plain, context={RATES: MADE_RATES})
    )

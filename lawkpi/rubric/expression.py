"""Integer expression trees: the one form of a rule's arithmetic.

A tree is written once by a shape. Scoring evaluates it exactly; the workbook prints it as a
formula of integers. There are no floats and no division but the whole quotient.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


class Expression:
    """A whole-number expression; the operators build larger trees."""

    def __add__(self, other: Operand) -> Expression:
        return Sum(self, lift(other))

    def __sub__(self, other: Operand) -> Expression:
        return Difference(self, lift(other))

    def __mul__(self, other: Operand) -> Expression:
        right = lift(other)
        if isinstance(self, Const) and isinstance(right, Const):
            return Const(self.value * right.value)
        if right == Const(1):
            return self
        return right if self == Const(1) else Product(self, right)

    __rmul__ = __mul__


Operand = Expression | int


@dataclass(frozen=True)
class Const(Expression):
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Count(Expression):
    """A whole number that the measure hands over: see the names below the classes."""

    name: str


@dataclass(frozen=True)
class Binary(Expression):
    """An operation on two numbers."""

    left: Expression
    right: Expression


class Sum(Binary):
    """left + right."""


class Difference(Binary):
    """left - right."""


class Product(Binary):
    """left x right."""


class Quotient(Binary):
    """The whole quotient of two numbers, left >= 0 and right > 0."""


class Smaller(Binary):
    """The smaller of two numbers."""


class Larger(Binary):
    """The larger of two numbers."""


class Divisor(Binary):
    """The greatest common divisor of two numbers, both >= 0 and not both 0."""


@dataclass(frozen=True)
class When(Expression):
    """`then` where left >= right (or left == right), `otherwise` elsewhere."""

    left: Expression
    right: Expression
    then: Expression
    otherwise: Expression
    equal: bool = False


@dataclass(frozen=True)
class Ratio:
    """Points as an integer numerator over a positive integer denominator."""

    numerator: Expression
    denominator: Expression

    def times(self, factor: Fraction) -> Ratio:
        """The ratio multiplied by an exact factor."""
        return Ratio(self.numerator * factor.numerator, self.denominator * factor.denominator)

    def capped(self, cap: Fraction | None) -> Ratio:
        """The ratio, at most `cap`."""
        if cap is None:
            return self
        scaled = self.times(Fraction(1, 1))
        limit = scaled.denominator * cap.numerator
        return Ratio(
            Smaller(scaled.numerator * cap.denominator, limit),
            scaled.denominator * cap.denominator,
        )


def lift(value: Operand) -> Expression:
    """A number as an expression."""
    return Const(value) if isinstance(value, int) else value


def constant(points: Fraction) -> Ratio:
    """Fixed points."""
    return Ratio(Const(points.numerator), Const(points.denominator))


def folded(tree: Expression, known: Mapping[str, Operand]) -> Expression:
    """The same tree with something in the place of some counts; constants are multiplied out."""
    match tree:
        case Count(name):
            return lift(known[name]) if name in known else tree
        case Const():
            return tree
        case Product(left, right):
            return folded(left, known) * folded(right, known)
        case When(left, right, then, otherwise, equal):
            compared = folded(left, known), folded(right, known)
            return When(*compared, folded(then, known), folded(otherwise, known), equal)
        case Binary(left, right):
            return type(tree)(folded(left, known), folded(right, known))
    raise TypeError(type(tree).__name__)


def names_in(tree: Expression) -> set[str]:
    """The counts that a tree asks for."""
    match tree:
        case Count(name):
            return {name}
        case Const():
            return set()
        case When(left, right, then, otherwise):
            return set().union(*(names_in(one) for one in (left, right, then, otherwise)))
        case Binary(left, right):
            return names_in(left) | names_in(right)
    raise TypeError(type(tree).__name__)


def upward(left: Expression, right: Expression) -> Expression:
    """The quotient rounded up, left >= 0 and right > 0."""
    return Quotient(left + right - 1, right)


DONE, DUE, STATE = Count("done"), Count("due"), Count("state")
"""The two sides of a measure (a plain count is `done`), and the place of a state in its shape."""
WORTH, WORTH_BASE = Count("worth"), Count("worth_base")
"""What the records are worth together, each by its own cells, over one base."""
RANK, LAST = Count("rank"), Count("last")
"""The place in the group, from the first and from the last."""
REFERENCE, REFERENCE_BASE = Count("reference"), Count("reference_base")
"""What a figure is compared with, over its base."""

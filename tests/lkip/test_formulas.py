"""The arithmetic of the report, against numbers that can be checked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formats
from lkip import formulas
from lkip.enums import Direction, Status

positive = st.fractions(min_value=Fraction(1, 1000), max_value=10**9)
any_value = st.fractions(min_value=-(10**6), max_value=10**6)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "shown"),
    [
        (Fraction(183500, 2047), 78, Direction.UP, "114,93\u00a0%"),
        (Fraction(176500, 2047), 78, Direction.UP, "110,54\u00a0%"),
        (Fraction(82500, 2047), 15, Direction.UP, "268,69\u00a0%"),
        (Fraction("7.82"), "8.55", Direction.DOWN, "108,54\u00a0%"),
        (Fraction("64.17"), 65, Direction.UP, "98,72\u00a0%"),
        (Fraction(80), 80, Direction.UP, "100,00\u00a0%"),
        (Fraction("10.52"), "12.61", Direction.DOWN, "116,57\u00a0%"),
    ],
)
def test_achievement_is_rounded_once_from_unrounded_parts(actual, target, direction, shown):
    assert formats.percent(formulas.achievement(actual, Fraction(target), direction)) == shown


def test_efficiency_uses_unrounded_parts():
    reached = formulas.achievement(Fraction(100), Fraction(90), Direction.UP)
    absorbed = formulas.absorption(3_764_725_407, 3_403_156_536)
    assert formats.signed(formulas.efficiency(reached, absorbed)) == "+20,72"


@pytest.mark.parametrize(
    ("actual", "target", "direction", "word"),
    [
        (None, Fraction(60), Direction.UP, Status.WAITING),
        (Fraction(5), None, Direction.UP, Status.NO_TARGET),
        (Fraction(5), Fraction(0), Direction.UP, Status.ZERO_TARGET),
        (Fraction(90), Fraction(90), Direction.UP, Status.REACHED),
        (Fraction(89), Fraction(90), Direction.UP, Status.MISSED),
        (Fraction(9), Fraction(8), Direction.DOWN, Status.MISSED),
        (Fraction(7), Fraction(8), Direction.DOWN, Status.REACHED),
    ],
)
def test_status_says_what_the_number_means(actual, target, direction, word):
    assert formulas.status(actual, target, direction) == word


@given(any_value, positive)
def test_reached_exactly_when_achievement_is_at_least_100(actual, target):
    for direction in (Direction.UP, Direction.DOWN):
        better = actual >= target if direction == Direction.UP else actual <= target
        assert (formulas.status(actual, target, direction) == Status.REACHED) is better


@given(any_value, positive)
def test_up_and_down_mirror_each_other_at_the_target(actual, target):
    up = formulas.achievement(actual, target, Direction.UP)
    down = formulas.achievement(actual, target, Direction.DOWN)
    assert up + down == 200


def test_nothing_to_divide_by_gives_no_number():
    assert formulas.achievement(Fraction(5), Fraction(0), Direction.UP) is None
    assert formulas.absorption(0, 0) is None
    assert formulas.efficiency(None, Fraction(5)) is None
    assert formulas.change(Fraction(83), Fraction(0)) is None


def test_change_keeps_its_sign_once():
    assert formats.signed(formulas.change(Fraction(83), Fraction(110))) == "–24,55"


@given(any_value, st.integers(-50, 0), st.integers(1, 150))
def test_clamp_holds_between_its_bounds(value, low, high):
    held = formulas.clamped(value, Fraction(low), Fraction(high))
    assert low <= held <= high
    assert held == value or value < low or value > high

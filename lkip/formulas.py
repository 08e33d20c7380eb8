"""The arithmetic of the performance report, exact and free of any city.

All arguments and results are `Fraction` (or None, when there is no value); nothing is rounded here. Legal frame:
PermenPAN-RB 53/2014; the formula for "the lower the better" is the one that Perangkat Daerah print in their own
reports: (2 × target – realisasi) ÷ target.
"""

from fractions import Fraction

from lkip.enums import Direction, EfficiencyLabel, Status

HUNDRED = Fraction(100)


def achievement(actual: Fraction | None, target: Fraction | None, direction: str) -> Fraction | None:
    """Return capaian in per cent, unbounded.

    UP: actual ÷ target × 100. DOWN: (2 × target – actual) ÷ target × 100. A target below zero (a growth) is divided by
    its size, so that better stays better: 100 + (how much better than the target) ÷ |target| × 100, which for targets
    above zero is the same. None without a value, a target or a direction of numbers, or with target zero: there is
    nothing to divide by, and no number says that better.
    """
    if actual is None or not target or direction not in (Direction.UP, Direction.DOWN):
        return None
    better = target - actual if direction == Direction.DOWN else actual - target
    return HUNDRED + better / abs(target) * HUNDRED


def clamped(value: Fraction | None, low: Fraction | None, high: Fraction | None) -> Fraction | None:
    """Return `value` held between `low` and `high`; a bound that is None does not bind."""
    if value is None:
        return None
    if low is not None and value < low:
        return low
    if high is not None and value > high:
        return high
    return value


def status(actual: Fraction | None, target: Fraction | None, direction: str) -> Status:
    """Say in one word what the achievement means."""
    if target is None or direction == Direction.NONE:
        return Status.NO_TARGET if actual is not None else Status.WAITING
    if actual is None:
        return Status.WAITING
    if target == 0:
        return Status.ZERO_TARGET
    return Status.REACHED if achievement(actual, target, direction) >= HUNDRED else Status.MISSED


def absorption(ceiling: int, realised: int) -> Fraction | None:
    """Return serapan in per cent: realised ÷ ceiling × 100; None when nothing was budgeted."""
    return Fraction(realised, ceiling) * HUNDRED if ceiling else None


def efficiency(achieved: Fraction | None, absorbed: Fraction | None) -> Fraction | None:
    """Return efisiensi sumber daya in percentage points: capaian – serapan, both unrounded."""
    return None if achieved is None or absorbed is None else achieved - absorbed


def efficiency_label(
    achieved: Fraction | None, ceiling: Fraction | int, realised: Fraction | int, margin: Fraction
) -> EfficiencyLabel:
    """Say what capaian – serapan means. Every case has its word; no case without both numbers is called efficient.

    A target that was missed is never efficient, whatever was saved. Above ``margin`` (points) the difference is
    *efisien*, within ±margin *cukup efisien*, below *belum efisien*. Nothing budgeted and nothing spent was not
    carried out; spending without a ceiling has no absorption.
    """
    if not ceiling:
        return EfficiencyLabel.UNBUDGETED if realised else EfficiencyLabel.NOT_STARTED
    if achieved is None:
        return EfficiencyLabel.UNKNOWN
    if achieved < HUNDRED:
        return EfficiencyLabel.TARGET_MISSED
    difference = achieved - Fraction(realised) / Fraction(ceiling) * HUNDRED
    if difference > margin:
        return EfficiencyLabel.EFFICIENT
    return EfficiencyLabel.FAIR if difference >= -margin else EfficiencyLabel.INEFFICIENT


def change(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Return the relative change against the year before, per cent; None when there was nothing before."""
    return None if now is None or not before else (now - before) / before * HUNDRED

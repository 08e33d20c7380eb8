"""The action plan by quarter: what a year's target means at the end of each quarter.

Only a count that adds up over the year (`Aggregation.SUM`) is split; a level, a share or an index states in each
quarter the value that should stand then. An index of 80 is not 20 in March.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from lkip.enums import Aggregation

QUARTERS = (1, 2, 3, 4)


def propose(target: Decimal, aggregation: str, decimals: int = 0) -> list[Decimal]:
    """Return four quarter targets for a year's target.

    A sum is cut at the rounded running quarters (half up, in the indicator's decimals), so that the parts add up to
    the target exactly and differ by one last digit at most; others repeat the target.
    """
    if aggregation != Aggregation.SUM:
        return [target] * 4
    step = Decimal(1).scaleb(-decimals)
    marks = [(target * n / 4).quantize(step, ROUND_HALF_UP) for n in (0, 1, 2, 3)] + [target]
    return [marks[n + 1] - marks[n] for n in range(4)]


def until(values: Sequence[Decimal], aggregation: str) -> list[Decimal]:
    """Return what should stand at the end of each quarter: the running sum of a SUM, else the value itself."""
    if aggregation != Aggregation.SUM:
        return list(values)
    return [sum(values[: n + 1], Decimal(0)) for n in range(len(values))]


def disagreement(values: Sequence[Decimal], target: Decimal, aggregation: str) -> str:
    """Say how four quarter targets contradict the year's target, or return ""."""
    if aggregation == Aggregation.SUM:
        return "" if sum(values) == target else "Jumlah keempat triwulan tidak sama dengan target setahun."
    if aggregation == Aggregation.AVERAGE:
        return (
            ""
            if sum(values) == 4 * target
            else "Rata-rata keempat triwulan tidak sama dengan target setahun."
        )
    if values[-1] == target:
        return ""
    if sum(values) == target:
        return (
            "Target setahun tampak dibagi empat, padahal indikator ini tidak dijumlahkan. Tulis nilai yang "
            "diharapkan pada akhir tiap triwulan."
        )
    return "Target triwulan IV tidak sama dengan target setahun, padahal nilai terakhir yang dihitung."

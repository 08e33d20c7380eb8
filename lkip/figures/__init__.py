"""Figures: the numbers of a year with their parts, targets and achievements, all from one snapshot.

`compute` is the only way to a figure; page, PDF, export and command print what it returns. A measure is asked once
for each period and set of filters; indicators that differ only in the value of a filter share one statement.
"""

from lkip.figures.evaluate import period_of
from lkip.figures.model import Efficiency, Figure, NoSuchYear, Part, YearFigures, display
from lkip.figures.past import past
from lkip.figures.periods import NoSuchPeriod, Span
from lkip.figures.year import compute, compute_spans, compute_years, in_use, settings_of

__all__ = [
    "Efficiency",
    "Figure",
    "NoSuchPeriod",
    "NoSuchYear",
    "Part",
    "Span",
    "YearFigures",
    "compute",
    "compute_spans",
    "compute_years",
    "display",
    "in_use",
    "past",
    "period_of",
    "settings_of",
]

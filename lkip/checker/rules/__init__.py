"""The rules R1–R21 as functions from a report to findings; none knows a city, a line or a number of a report."""

from collections.abc import Callable, Iterator

from lkip.checker.context import Report
from lkip.checker.model import Finding
from lkip.checker.rules import (
    bands,
    counts,
    cover,
    formats,
    names,
    ratios,
    same,
    staff,
    sums,
    targets,
    traces,
    years,
)

ALL: tuple[Callable[[Report], Iterator[Finding]], ...] = (
    same.rules,
    sums.rules,
    ratios.rules,
    targets.rules,
    bands.rules,
    counts.rules,
    years.rules,
    formats.rules,
    cover.rules,
    traces.rules,
    staff.rules,
    names.rules,
)
"""In the order in which they run."""

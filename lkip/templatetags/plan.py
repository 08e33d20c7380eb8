"""How the plan's tables write a target, a baseline, and two rows of cells beside each other."""

from collections.abc import Iterable

from django import template

from lkip.models import Indicator, IndicatorTarget
from lkip.plan_tables import Promise, promised_text

register = template.Library()


@register.filter
def target_text(target: IndicatorTarget | None, indicator: Indicator) -> str:
    """A target with the decimals that it has, a predicate by its name, – where there is none."""
    return promised_text(target.value, indicator, target.category) if target else "–"


@register.filter
def baseline_text(promise: Promise) -> str:
    """The value from which the document starts."""
    return promised_text(promise.baseline.value, promise.indicator) if promise.baseline else "–"


@register.filter
def beside(first: Iterable, second: Iterable) -> list[tuple]:
    """Pairs of two rows of the same length."""
    return list(zip(first, second, strict=True))

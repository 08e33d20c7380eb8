"""What figures were in years before, by the definitions that were in force then.

The engine is that of the year itself. Of a year that was not prepared here, a register that was not complete through it
gives no value, never a zero (`lkip.registers`); and what was published for it may be recorded with its source.
"""

from collections.abc import Iterable

from lkip.figures.definitions import Definitions
from lkip.figures.evaluate import Evaluator
from lkip.figures.model import Part
from lkip.figures.periods import Span
from lkip.models import Indicator, IndicatorVersion


def past(indicators: Iterable[Indicator], years: Iterable[int]) -> dict[tuple[str, int], Part]:
    """Return {(code, year): value with its parts} of these indicators; a fixed number of statements."""
    chosen, spans = list(indicators), [Span(year) for year in years]
    evaluator = Evaluator(Definitions(Indicator.objects.all(), IndicatorVersion.objects.all()))
    evaluator.prepare(spans, only=[indicator.pk for indicator in chosen])
    return {
        (indicator.code, span.year): evaluator.part(indicator.pk, span)
        for indicator in chosen
        for span in spans
    }

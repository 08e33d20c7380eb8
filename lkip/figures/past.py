"""What figures were in years before, by the definitions that were in force then.

The engine is that of the year itself. One thing differs: a register that holds no record of a past year was not kept
then, so it gives no value, never a zero.
"""

from collections.abc import Iterable

from lkip.enums import Formula
from lkip.figures.definitions import Definitions
from lkip.figures.evaluate import Evaluator, answer, period_of
from lkip.figures.model import Part
from lkip.figures.periods import Span
from lkip.models import Indicator, IndicatorVersion


class _Past(Evaluator):
    """An evaluator for which an empty register is an unknown one."""

    def prepare(self, spans: Iterable[Span], only: Iterable[int] | None = None) -> None:
        """Ask what is needed, and of each measure whether its register holds anything at all of the period."""
        super().prepare(spans, only)
        whole = answer([(code, period, ()) for code, period, _ in self.answers])
        self.unkept = {(code, period) for (code, period, _), part in whole.items() if not part.value}

    def _over(self, pk: int, span: Span) -> Part:
        indicator = self.by_pk[pk]
        if indicator.formula == Formula.MEASURE:
            question = (indicator.measure, period_of(indicator, span.year, span))
            if question in self.unkept:
                return Part(None, why=f"Register belum memuat catatan {span.words}.")
        return super()._over(pk, span)


def past(indicators: Iterable[Indicator], years: Iterable[int]) -> dict[tuple[str, int], Part]:
    """Return {(code, year): value with its parts} of these indicators; a fixed number of statements."""
    chosen, spans = list(indicators), [Span(year) for year in years]
    evaluator = _Past(Definitions(Indicator.objects.all(), IndicatorVersion.objects.all()))
    evaluator.prepare(spans, only=[indicator.pk for indicator in chosen])
    return {
        (indicator.code, span.year): evaluator.part(indicator.pk, span)
        for indicator in chosen
        for span in spans
    }

"""What figures were in years before, by the definitions that were in force then.

The engine is that of the year itself. Two things differ. A register of which nobody said since when it is complete,
and that holds no record of a past year or began after its first month, was not kept through that year, so it gives no
value, never a zero. And what was published for a year before this system was used may be recorded with its source; it
stands until that year is prepared here.
"""

from collections.abc import Iterable
from fractions import Fraction

from core.formats import date_long
from core.measures import Period
from lkip.figures.definitions import Definitions
from lkip.figures.evaluate import TYPED, Evaluator, answer
from lkip.figures.model import Part
from lkip.figures.periods import Span
from lkip.models import Indicator, IndicatorVersion
from lkip.registers import first_record

LATEST_BEGIN = 31
"""A register of which the first record lies in January was kept through the year, as far as anybody can tell."""


class _Past(Evaluator):
    """An evaluator for which a register that was not kept is an unknown one, and what was published then counts."""

    def prepare(self, spans: Iterable[Span], only: Iterable[int] | None = None) -> None:
        """Ask what is needed, and of each measure whether its register holds anything at all of the period."""
        super().prepare(spans, only)
        whole = answer([(code, period, ()) for code, period, _ in self.answers])
        self.unkept |= {
            (code, period): why
            for (code, period, _), part in whole.items()
            if not self.completeness.declared(code) and (why := _unkept(code, period, part.value))
        }

    def _evaluate(self, pk: int, span: Span) -> Part:
        published = self.statistics.get((pk, span.year))
        if published is None or self.by_pk[pk].formula in TYPED or span.year in self.completeness.prepared:
            return super()._evaluate(pk, span)
        return Part(Fraction(published.value), source=published.source)


def _unkept(code: str, period: Period, value: Fraction | None) -> str:
    """Why the register was not kept through the period; nothing when it was."""
    if not value:
        return f"Register belum memuat catatan tahun {period.start.year}."
    began = first_record(code)
    if began is not None and began > period.start.replace(day=LATEST_BEGIN):
        return f"Register baru dimulai {date_long(began)}."
    return ""


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

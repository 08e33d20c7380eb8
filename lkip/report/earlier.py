"""What the report compares: figures of the years before, and where the medium-term plan wants them to end."""

from fractions import Fraction

from lkip.enums import Formula, Level, TargetDocument
from lkip.figures import YearFigures, past
from lkip.models import IndicatorTarget
from lkip.report.book import Earlier

YEARS = 3
"""So many years before the report's are compared."""
LEVELS = (Level.GOAL, Level.IKU, Level.PROGRAMME, Level.COMPANION, Level.OUTCOME)
COMPARED = (Formula.STATISTIC, Formula.SCORE, Formula.MEASURE)


def earlier_values(figures: YearFigures) -> dict[tuple[str, int], Earlier]:
    """Return {(code, year): value} for the compared years."""
    chosen = [
        figure.indicator
        for figure in figures.figures.values()
        if figure.level in LEVELS or figure.indicator.formula in COMPARED
    ]
    years = range(figures.year - YEARS, figures.year)
    return {
        key: Earlier(part.value, part.numerator, part.denominator, part.source, part.published)
        for key, part in past(chosen, years).items()
    }


def final_targets(figures: YearFigures) -> dict[str, tuple[int, Fraction]]:
    """Return {code: (last year, target)} of the medium-term plan."""
    found: dict[str, tuple[int, Fraction]] = {}
    codes = {figure.indicator.pk: figure.code for figure in figures.figures.values()}
    rows = IndicatorTarget.objects.filter(
        document=TargetDocument.RENSTRA, year__gte=figures.year, category=""
    )
    for row in rows.order_by("year"):
        if row.indicator_id in codes:
            found[codes[row.indicator_id]] = (row.year, Fraction(row.value))
    return found

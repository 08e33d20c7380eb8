"""The figure of one indicator as it is being composed, before it is saved."""

import copy

from core.db import snapshot
from lkip import bands
from lkip.figures.definitions import Definitions
from lkip.figures.evaluate import Evaluator
from lkip.figures.model import Figure
from lkip.figures.periods import Span
from lkip.figures.year import Making, targets
from lkip.models import Indicator, IndicatorVersion, ReportYear

NOT_SAVED = 0


def preview(indicator: Indicator, span: Span) -> Figure:
    """Compute the figure that this indicator, saved or not, gives for a span; nothing is written.

    Only what it is made of is asked. A year without settings is counted by the usual ones.
    """
    draft = copy.copy(indicator)
    draft.pk = indicator.pk or NOT_SAVED
    with snapshot():
        settings = ReportYear.objects.filter(year=span.year).first() or ReportYear(year=span.year)
        others = [row for row in Indicator.objects.all() if row.pk != draft.pk]
        definitions = Definitions([*others, draft], IndicatorVersion.objects.all())
        scales = bands.load({key for key in (draft.scale_id, settings.scale_id) if key is not None})
        evaluator = Evaluator(definitions)
        evaluator.prepare([span], only=[draft.pk])
        making = Making(span, settings, definitions, scales, targets(span, settings))
        return making.figure(draft, evaluator.part(draft.pk, span))

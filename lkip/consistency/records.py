"""Rules on what is counted: R7, R9, R18."""

from collections.abc import Iterator
from fractions import Fraction

from django.urls import reverse

from core import formats, measures
from core.measures import Period
from lkip.consistency.found import Found, Sight, rule
from lkip.consistency.plan import figure_url
from lkip.enums import Formula, Severity
from lkip.freezing import read_exact
from lkip.models import BandScale

PARTS = (
    ("disputes.settled", {"outcome": "SETTLEMENT_AGREEMENT"}, "disputes.settled", {}),
    ("disputes.settled", {}, "disputes.registered", {}),
    ("placements.placed_persons", {}, "placements.placement_reports", {}),
)
"""What can never be more than another count of the same year: (part, its filters, whole, its filters)."""


@rule("R7")
def scales_complete(sight: Sight) -> Iterator[Found]:
    """A scale in use has a lowest band without bound: no value is left without a predicate."""
    used = {sight.figures.settings.scale_id, *(i.scale_id for i in sight.indicators)} - {None}
    for scale in BandScale.objects.filter(pk__in=used).prefetch_related("bands"):
        bands = list(scale.bands.all())
        if not any(band.lower is None for band in bands):
            yield Found(
                "R7",
                Severity.ERROR,
                f"Skala {scale.name} tidak lengkap",
                "Tidak ada predikat untuk nilai di bawah batas terendah.",
                (scale.code,),
                reverse("lkip:year", args=[sight.year]),
                "Buka LKIP",
            )


@rule("R9")
def parts_within_wholes(sight: Sight) -> Iterator[Found]:
    """A part is never more than its whole."""
    period, known = Period.year(sight.year), set(measures.codes())
    for part, part_filters, whole, whole_filters in PARTS:
        if part not in known or whole not in known:
            continue
        less, more = measures.value(part, period, part_filters), measures.value(whole, period, whole_filters)
        if less > more:
            yield Found(
                "R9",
                Severity.ERROR,
                f"{measures.get(part).label} lebih banyak daripada {measures.get(whole).label.lower()}",
                f"{formats.number(less)} > {formats.number(more)}.",
                (part, whole),
                reverse("lkip:year", args=[sight.year]),
                "Buka LKIP",
            )


@rule("R9")
def certified_within_trained(sight: Sight) -> Iterator[Found]:
    """In each course no more people are certified by one scheme than were trained."""
    known = set(measures.codes())
    if not {"training.certificates", "training.trainees"} <= known:
        return
    period = Period.year(sight.year)
    trained = {name: value for (name,), value in measures.cells("training.trainees", period, ["programme"])}
    for (scheme, name), value in measures.cells("training.certificates", period, ["scheme", "programme"]):
        if value > trained.get(name, 0):
            yield Found(
                "R9",
                Severity.ERROR,
                f"{name}: sertifikat lebih banyak daripada peserta",
                f"{formats.number(value)} sertifikat ({scheme}) > {formats.number(trained.get(name, 0))} peserta.",
                (name,),
                reverse("lkip:year", args=[sight.year]),
                "Buka LKIP",
            )


@rule("R9")
def shares_of_a_part(sight: Sight) -> Iterator[Found]:
    """A ratio whose numerator is counted among its denominator does not exceed a hundred per cent."""
    for figure in sight.figures.figures.values():
        own = figure.indicator
        if own.formula != Formula.RATIO or figure.value is None or own.factor != 100:
            continue
        above, below = own.numerator, own.denominator
        same = above.formula == below.formula == Formula.MEASURE and above.measure == below.measure
        if same and figure.value > 100:
            yield Found(
                "R9",
                Severity.ERROR,
                f"{figure.label} lebih dari 100 persen",
                f"{formats.number(figure.numerator)} ÷ {formats.number(figure.denominator)} = {figure.value_display}.",
                (figure.code,),
                figure_url(sight, figure.code),
                "Buka angka",
            )


@rule("R18")
def same_statistic_elsewhere(sight: Sight) -> Iterator[Found]:
    """A published report of another year prints another value for the same statistic and year."""
    held = {
        (row.indicator_id, row.year): Fraction(row.value)
        for figure in sight.figures.figures.values()
        if figure.indicator.formula in (Formula.STATISTIC, Formula.SCORE)
        for row in figure.indicator.statistics.all()
    }
    for edition in sight.published:
        for row in edition.content["figures"]:
            figure = sight.figures.figures.get(row["code"])
            if figure is None or row["formula"] not in (Formula.STATISTIC, Formula.SCORE):
                continue
            then, now = read_exact(row["value"]), held.get((figure.indicator.pk, edition.year))
            if then is not None and now is not None and then != now:
                yield Found(
                    "R18",
                    Severity.WARNING,
                    f"{figure.label} {edition.year} berbeda dengan laporan {edition.year} yang terbit",
                    f"Laporan itu mencetak {row['value_display']}, sekarang tercatat "
                    f"{formats.number(now, figure.decimals)}.",
                    (figure.code,),
                    figure_url(sight, figure.code),
                    "Buka angka",
                )

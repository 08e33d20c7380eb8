"""Indicators and their targets."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from core import measures
from core.models.base import Record
from core.models.reference import Nomenclature
from lkip import chains
from lkip.enums import Aggregation, Direction, Formula, Level, TargetDocument
from lkip.models.plan import Objective
from lkip.models.scale import BandScale


class Indicator(Record):
    """A named number of the plan, or one that stands beside it.

    ``code`` is its identity for good; the name may change. The value is a measure over records (with filters
    by its dimensions), an external statistic, an evaluator's score, or made of two other indicators: their ratio
    times ``factor``, their difference, or the change of one against the year before, per cent.
    A stock may be read inside the year by ``as_of_month`` (end of that month). `IndicatorVersion` tells what it was
    called, or made of, in another period. ``aggregation`` says how quarters make a year, ``clamp_low``/``clamp_high``
    bound this indicator's achievement otherwise than the year's rule, ``scale`` gives its value a predicate.
    ``waits_for`` names the register that will give an interim number one day. ``section`` is the bidang that answers
    for it, ``nomenclature`` the node whose output or outcome it is.
    """

    code = models.SlugField("kode", max_length=60, unique=True)
    name = models.CharField("nama", max_length=250)
    level = models.CharField("jenjang", max_length=12, choices=Level)
    objective = models.ForeignKey(
        Objective,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name="sasaran",
    )
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField("satuan", max_length=30)
    decimals = models.PositiveSmallIntegerField("desimal", default=0)
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.NONE)
    formula = models.CharField("cara hitung", max_length=10, choices=Formula)
    measure = models.CharField("ukuran", max_length=80, blank=True)
    filters = models.JSONField("saringan", default=dict, blank=True)
    as_of_month = models.PositiveSmallIntegerField("keadaan akhir bulan", null=True, blank=True)
    numerator = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="as_numerator",
        verbose_name="pembilang",
    )
    denominator = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="as_denominator",
        verbose_name="penyebut",
    )
    factor = models.PositiveSmallIntegerField("faktor", default=100)
    programmes = models.ManyToManyField(
        Nomenclature, blank=True, related_name="+", verbose_name="program pendukung"
    )
    definition = models.TextField("definisi", blank=True)
    source = models.CharField("sumber", max_length=250, blank=True)
    waits_for = models.CharField("menunggu register", max_length=150, blank=True)
    owner = models.CharField("pemilik", max_length=150, blank=True)
    section = models.ForeignKey(
        "accounts.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="bidang",
    )
    nomenclature = models.ForeignKey(
        Nomenclature,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name="program, kegiatan, atau sub kegiatan",
    )
    aggregation = models.CharField(
        "penjumlahan triwulan", max_length=8, choices=Aggregation, default=Aggregation.LAST
    )
    clamp_low = models.DecimalField(
        "batas bawah capaian", max_digits=7, decimal_places=2, null=True, blank=True
    )
    clamp_high = models.DecimalField(
        "batas atas capaian", max_digits=7, decimal_places=2, null=True, blank=True
    )
    scale = models.ForeignKey(
        BandScale,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="skala predikat",
    )
    reason = models.TextField("alasan pemilihan", blank=True)
    formula_text = models.TextField("rumus dengan kata", blank=True)
    collection_note = models.TextField("cara pengumpulan data", blank=True)
    comparator = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pembanding nasional",
    )
    from_year = models.PositiveSmallIntegerField("dipakai mulai tahun", null=True, blank=True)
    to_year = models.PositiveSmallIntegerField("dipakai sampai tahun", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(formula=Formula.MEASURE) & ~models.Q(measure=""))
                | (~models.Q(formula=Formula.MEASURE) & models.Q(measure="")),
                name="indicator_measure_named",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    formula__in=[Formula.RATIO, Formula.DIFFERENCE],
                    numerator__isnull=False,
                    denominator__isnull=False,
                )
                | models.Q(formula=Formula.CHANGE, numerator__isnull=False, denominator__isnull=True)
                | models.Q(
                    formula__in=[Formula.MEASURE, Formula.STATISTIC, Formula.SCORE, Formula.INTERIM],
                    numerator__isnull=True,
                    denominator__isnull=True,
                ),
                name="indicator_parts_fit_formula",
            ),
            models.CheckConstraint(
                condition=models.Q(as_of_month=None) | models.Q(as_of_month__gte=1, as_of_month__lte=12),
                name="indicator_month_exists",
            ),
            models.CheckConstraint(
                condition=models.Q(clamp_low=None)
                | models.Q(clamp_high=None)
                | models.Q(clamp_high__gt=models.F("clamp_low")),
                name="indicator_clamp_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(from_year=None)
                | models.Q(to_year=None)
                | models.Q(to_year__gte=models.F("from_year")),
                name="indicator_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an unknown measure or dimension, a number over itself, a circle, and a chain of more than three."""
        if self.formula == Formula.MEASURE:
            try:
                known = measures.get(self.measure).dimensions
            except measures.UnknownMeasure:
                raise ValidationError({"measure": f"Ukuran “{self.measure}” tidak dikenal."}) from None
            unknown = set(self.filters) - set(known)
            if unknown:
                raise ValidationError({"filters": f"Saringan tidak dikenal: {', '.join(sorted(unknown))}."})
        check_parts(self.numerator_id, self.denominator_id)
        check_chains(self.pk or 0, self.name, {self.numerator_id, self.denominator_id})


def check_parts(numerator: int | None, denominator: int | None) -> None:
    """Raise ValidationError for a number that would be held against itself: it would say nothing."""
    if numerator is not None and numerator == denominator:
        raise ValidationError(
            {"denominator": "Kedua angkanya sama, jadi hasilnya selalu sama. Pilih angka lain."}
        )


def check_chains(pk: int, name: str, made_of: set) -> None:
    """Raise ValidationError when an indicator that is made of these closes a circle or makes a chain too long.

    Looks at every indicator whose definition would run through this one, in the versions of all years together;
    one statement each for indicators and versions. `pk` is 0 for an indicator that is not stored yet; `name` is what
    it is called now.
    """
    parts: dict[int, set] = {pk: {part for part in made_of if part is not None}}
    names = {pk: name}
    for key, known, *made in Indicator.objects.values_list("pk", "name", "numerator_id", "denominator_id"):
        names.setdefault(key, known)
        if key != pk:
            parts.setdefault(key, set()).update(part for part in made if part is not None)
    for key, *made in IndicatorVersion.objects.values_list("indicator_id", "numerator_id", "denominator_id"):
        parts.setdefault(key, set()).update(part for part in made if part is not None)
    for key in parts:
        try:
            chains.check(key, lambda each: sorted(parts.get(each, ())))
        except chains.BrokenChain as error:
            if pk in error.path:
                raise ValidationError(error.words(lambda each: f"“{names[each]}”")) from error


class IndicatorVersion(Record):
    """What an indicator was called, and made of, from a year on. Empty columns mean: as the indicator says.

    A change of definition breaks the series: the report says so where it compares years (rule R11).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    from_year = models.PositiveSmallIntegerField("mulai tahun")
    to_year = models.PositiveSmallIntegerField("sampai tahun", null=True, blank=True)
    name = models.CharField("nama", max_length=250, blank=True)
    definition = models.TextField("definisi", blank=True)
    numerator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="pembilang"
    )
    denominator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="penyebut"
    )
    note = models.CharField("sebab perubahan", max_length=250, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["from_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "from_year"], name="one_indicator_version_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.from_year}"

    def clean(self) -> None:
        """Refuse parts where the indicator has none, years in the wrong order, circles and too deep chains."""
        if self.to_year is not None and self.to_year < self.from_year:
            raise ValidationError({"to_year": "Tahun akhir tidak boleh sebelum tahun mulai."})
        if self.numerator_id and not self.indicator.numerator_id:
            raise ValidationError({"numerator": "Indikator ini tidak dihitung dari angka lain."})
        if self.denominator_id and not self.indicator.denominator_id:
            raise ValidationError({"denominator": "Indikator ini tidak punya penyebut."})
        check_parts(
            self.numerator_id or self.indicator.numerator_id,
            self.denominator_id or self.indicator.denominator_id,
        )
        own = {self.indicator.numerator_id, self.indicator.denominator_id}
        check_chains(self.indicator_id, self.indicator.name, own | {self.numerator_id, self.denominator_id})


class IndicatorTarget(Record):
    """What a document promises for an indicator in a year. The result is never typed; the target always is.

    ``category`` is the promised predicate where the indicator is one; ``reason`` says why a target changed.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("tahun")
    document = models.CharField("dokumen", max_length=12, choices=TargetDocument)
    value = models.DecimalField("target", max_digits=20, decimal_places=6)
    decree = models.CharField("nomor dokumen", max_length=150, blank=True)
    category = models.CharField("predikat", max_length=60, blank=True)
    reason = models.CharField("alasan", max_length=250, blank=True)
    entered_on = models.DateField("ditetapkan tanggal", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "document"], name="one_target_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year} {self.document}"

"""The list of indicators: page and export."""

from django.urls import reverse

from core import measures
from core.tables import Column, Filter, Table
from lkip.enums import Direction, Formula, Level
from lkip.models import Indicator
from lkip.permissions import can_see_report


def measure_words(code: str) -> str:
    """How a measure is called; its code where it is gone."""
    try:
        return measures.get(code).label if code else ""
    except measures.UnknownMeasure:
        return code


class IndicatorTable(Table):
    """All indicators of the office with what they are made of."""

    slug = "indikator"
    title = "Indikator"
    noun = "indikator"
    permission = can_see_report
    columns = [
        Column("name", "Indikator", sort="name", width=60),
        Column("code", "Kode", sort="code", width=30, listed=False),
        Column("level", "Jenjang", choices=Level.choices, sort="level", width=24),
        Column("objective", "Sasaran", value="objective__text", width=44, listed=False),
        Column("unit", "Satuan", width=12),
        Column("direction", "Arah", choices=Direction.choices, width=24, listed=False),
        Column("formula", "Cara hitung", choices=Formula.choices, sort="formula", width=26),
        Column("measure", "Ukuran", convert=measure_words, width=40),
        Column("numerator", "Pembilang", value="numerator__name", width=40, listed=False),
        Column("denominator", "Penyebut", value="denominator__name", width=40, listed=False),
        Column("owner", "Penanggung jawab", width=30, listed=False),
    ]
    filters = [
        Filter("jenjang", "Jenjang", field="level", choices=Level.choices),
        Filter("hitung", "Cara hitung", field="formula", choices=Formula.choices),
    ]
    search_fields = ("name__icontains", "code__icontains")
    search_label = "Cari nama atau kode indikator"
    default_sort = ("position",)
    empty_text = "Perencana menyusun indikator pertama."

    def queryset(self, user):
        """Every indicator; its definition is no secret to staff."""
        return Indicator.objects.select_related("objective", "numerator", "denominator")

    def row_url(self, row):
        """The indicator's page."""
        return reverse("lkip:indicator", args=[row.uid])

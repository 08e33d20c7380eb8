"""The way between the areas of one year of the report."""

from django import template
from django.urls import reverse

from lkip.permissions import can_plan

register = template.Library()

AREAS = (
    ("tahun", "Angka", "lkip:year", ()),
    ("rencana", "Rencana", "lkip:plan", ()),
    ("anggaran", "Anggaran", "lkip:budget", ()),
    ("triwulan", "Triwulan", "lkip:quarter", (1,)),
    ("naskah", "Naskah", "lkip:narrative_outline", ()),
    ("laporan", "Laporan", "lkip:paper", ()),
    ("periksa", "Pemeriksaan", "lkip:consistency", ()),
    ("edisi", "Edisi", "lkip:editions", ()),
    ("evaluasi", "Lembar evaluasi", "lkip:assessment", ()),
)
"""(name, label, URL name, arguments after the year), in the order in which a year is worked on."""
BESIDE = (
    ("indikator", "Indikator", "lkip:indicator_list"),
    ("antartahun", "Antartahun", "lkip:compare"),
    ("lain", "Periksa LKIP lain", "lkip:check"),
)
"""(name, label, URL name) of what belongs to no year."""


@register.inclusion_tag("lkip/_areas.html", takes_context=True)
def areas(context: dict, year: int, here: str = "") -> dict:
    """Show the links of the year's areas; `here` is the one that is open. Foreign reports are the planner's."""
    own = [(name, label, reverse(url, args=[year, *more])) for name, label, url, more in AREAS]
    beside = BESIDE if can_plan(context["request"].user) else BESIDE[:-1]
    every = own + [(name, label, reverse(url)) for name, label, url in beside]
    return {
        "year": year,
        "here": here,
        "label": next((label for name, label, _ in every if name == here), ""),
        "areas": every,
    }

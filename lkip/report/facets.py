"""The sides of a figure: written digits, differences, parts, formula in words."""

from fractions import Fraction

from core import formats, measures
from lkip import budget, formulas
from lkip.enums import Formula
from lkip.figures import Efficiency, Figure
from lkip.report.model import Facet
from lkip.text import VALUE

NO_VALUE = "belum tersedia"


POINTS = {"persen": "poin persen", "nilai": "poin", "indeks": "poin"}


def written(value: Fraction | int | None, unit: str = "", decimals: int = 0) -> str:
    """The digits of a number without its unit; money with Rp, points with their sign, nothing known in words."""
    if value is None:
        return NO_VALUE
    if unit == "rupiah":
        return formats.rupiah(value, 0)
    if unit == "poin":
        return formats.signed(value, 2)
    return formats.number(value, decimals)


def difference_unit(unit: str) -> str:
    """The unit in which two values of a unit differ."""
    return POINTS.get(unit, unit)


def money_facets(ceiling: int | Fraction, realised: int | Fraction) -> dict[str, Facet]:
    """Ceiling, realisation, rest and absorption of an amount."""
    ceiling, realised = Fraction(ceiling), Fraction(realised)
    absorbed = formulas.absorption(ceiling, realised) if ceiling else None
    text = budget.absorption_text(ceiling, realised)
    return {
        VALUE: Facet(absorbed, text, "persen" if ceiling else ""),
        "pagu": Facet(ceiling, written(ceiling, "rupiah"), "rupiah"),
        "realisasi": Facet(realised, written(realised, "rupiah"), "rupiah"),
        "sisa": Facet(ceiling - realised, written(ceiling - realised, "rupiah"), "rupiah"),
        "serapan": Facet(absorbed, text, "persen" if ceiling else ""),
    }


def efficiency_facets(each: Efficiency) -> dict[str, Facet]:
    """Money of the programmes that serve an indicator, and its efficiency."""
    facets = money_facets(each.ceiling, each.realised)
    facets.pop(VALUE)
    value = each.figure.value
    facets["efisiensi"] = Facet(value, written(value, "poin"), "poin")
    size = None if value is None else abs(value)
    facets["selisih_serapan"] = Facet(value, written(size, "", 2), "poin persen")
    return facets


def gap(value: Fraction | None, other: Fraction | None, unit: str, decimals: int) -> Facet:
    """A difference: the sign is kept in the value, the text is without it, for the verb says it."""
    if value is None or other is None:
        return Facet(None, NO_VALUE, difference_unit(unit))
    exact = value - other
    return Facet(exact, written(abs(exact), "" if unit == "poin" else unit, decimals), difference_unit(unit))


def part_units(figure: Figure) -> tuple[tuple[str, int], tuple[str, int]]:
    """(unit, decimals) of numerator and denominator."""
    indicator = figure.indicator
    if indicator is None:
        return ("", 0), ("", 0)
    first = getattr(figure, "numerator_of", None) or indicator.numerator
    second = getattr(figure, "denominator_of", None) or indicator.denominator or first
    return (first.unit, first.decimals), (second.unit, second.decimals)


def parts_words(figure: Figure) -> str:
    """The names of numerator and denominator with the sign between them."""
    indicator = figure.indicator
    first = getattr(figure, "numerator_of", None) or indicator.numerator
    second = getattr(figure, "denominator_of", None) or indicator.denominator
    sign = {"RATIO": "÷", "DIFFERENCE": "–"}.get(indicator.formula, "dibanding")
    other = second.name if second is not None else f"{first.name}, tahun sebelumnya"
    return f"{first.name} {sign} {other}"


def formula_words(figure: Figure) -> str:
    """How the figure comes about, in words."""
    indicator = figure.indicator
    if indicator is None:
        return ""
    if indicator.formula_text:
        return indicator.formula_text
    words = {
        "MEASURE": "Dihitung dari rekaman",
        "STATISTIC": "Diterbitkan oleh sumbernya, tidak dihitung dinas",
        "SCORE": "Nilai dari penilai, tidak dihitung dinas",
        "INTERIM": "Masukan sementara",
        "CHANGE": "Perubahan terhadap tahun sebelumnya, dalam persen",
        "DIFFERENCE": "Angka pertama dikurangi angka kedua",
    }
    if indicator.formula == Formula.RATIO:
        return f"Pembilang dibagi penyebut, dikali {formats.terbilang(indicator.factor)}"
    return words[indicator.formula]


def interim_words(figure: Figure) -> str:
    """The register that the figure waits for; empty when it is not an interim one."""
    return getattr(figure, "interim", "")


def register_words(figure: Figure) -> str:
    """The register whose records are counted."""
    indicator = figure.indicator
    if indicator is None or indicator.formula != Formula.MEASURE:
        return ""
    try:
        return measures.get(indicator.measure).register
    except measures.UnknownMeasure:
        return ""

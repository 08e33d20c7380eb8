"""The figures of a report: every number in it is asked for here, and comes as a run that names its entry.

An entry is one figure of one year (``placement_rate@2023``) with its sides: value, target, capaian, parts, differences.
Indicators, money and counts of the report's own tables all have entries; the same figure is the same entry wherever
it stands.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from core import formats, measures
from lkip import budget, formulas
from lkip.budget import Row
from lkip.enums import Formula, Status
from lkip.figures import Figure, YearFigures
from lkip.report.facets import (
    NO_VALUE,
    efficiency_facets,
    formula_words,
    gap,
    interim_words,
    money_facets,
    part_units,
    parts_words,
    register_words,
    written,
)
from lkip.report.model import FIGURE, Cell, Derive, Entry, Facet, Run
from lkip.text import VALUE

ALIASES = {
    "budget_ceiling": ("budget_total", "pagu"),
    "budget_realised": ("budget_total", "realisasi"),
    "budget_remaining": ("budget_total", "sisa"),
    "income_target": ("income", "pagu"),
    "income_realised": ("income", "realisasi"),
}
"""Marks that name one amount of a row by a code of its own: the same figure, so the same entry."""


PUBLISHED = "Nilai terbit dari tahun sebelum sistem ini, tidak dihitung di sini"


class UnknownFigure(LookupError):
    """The year has no figure of this code, or the figure has no such side."""


@dataclass(frozen=True)
class Earlier:
    """What a figure was in another year, with its parts; or what was published of it before this system."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    source: str = ""
    published: bool = False


@dataclass
class Book:
    """Gives runs and cells of figures, and keeps their entries."""

    year: YearFigures
    earlier: dict[tuple[str, int], Earlier] = field(default_factory=dict)
    final_targets: dict[str, tuple[int, Fraction]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what the year has."""
        self.by_code = {figure.code: figure for figure in self.year.all()}
        self.efficiency = {each.indicator.code: each for each in self.year.efficiencies}
        self.rows: dict[str, Row] = {f"budget_{row.key}": row for row in [*self.year.tree, self.year.office]}
        self.rows["budget_total"] = self.year.total
        self.rows |= {f"spending_{row.key}": row for row in self.year.by_type}
        self.rows |= {f"income_{row.key}": row for row in self.year.income}
        if self.year.income:
            self.rows["income"] = budget.total(self.year.income, "Jumlah pendapatan", "income")
        self.by_question = {
            (i.measure, tuple(sorted((k, str(v)) for k, v in i.filters.items()))): figure.code
            for figure in self.year.figures.values()
            if (i := figure.indicator) is not None and i.formula == Formula.MEASURE and i.as_of_month is None
        }

    @property
    def reached(self) -> str:
        """The side of a figure that this city calls its achievement: as it is, or within its bounds."""
        return "capaian_batas" if self.year.settings.options.get("capaian") == "clamped" else "capaian"

    # --- asking ---

    def key(self, code: str, year: int | None = None) -> str:
        """Return the key of the entry, made when it is asked for the first time; raises UnknownFigure."""
        code = ALIASES.get(code, (code,))[0]
        wanted = self.year.year if year is None else year
        key = f"{code}@{wanted}"
        if key not in self.entries:
            self.entries[key] = self._entry(code, wanted, key)
        return key

    def facet(self, code: str, facet: str = VALUE, year: int | None = None) -> Facet:
        """Return one side of a figure; raises UnknownFigure."""
        if code in ALIASES and facet == VALUE:
            code, facet = ALIASES[code]
        if facet == "sebelumnya":
            return self.facet(code, VALUE, (year or self.year.year) - 1)
        entry = self.entries[self.key(code, year)]
        if facet not in entry.facets:
            raise UnknownFigure(f"Angka “{code}” tidak punya sisi “{facet}”.")
        return entry.facets[facet]

    def run(
        self,
        code: str,
        facet: str = VALUE,
        year: int | None = None,
        *,
        strong: bool = False,
        bare: bool = False,
    ) -> Run:
        """Return the number as a run; ``bare`` writes money without Rp and a missing number as a dash, for tables."""
        if code in ALIASES and facet == VALUE:
            code, facet = ALIASES[code]
        if facet == "sebelumnya":
            return self.run(code, VALUE, (year or self.year.year) - 1, strong=strong, bare=bare)
        side = self.facet(code, facet, year)
        text = side.text
        if bare and side.value is None and text == NO_VALUE:
            text = formats.DASH
        elif bare and side.unit == "rupiah":
            text = formats.number(side.value)
        return Run(text, FIGURE, self.key(code, year), facet, strong=strong)

    def cell(
        self, code: str, facet: str = VALUE, year: int | None = None, *, derive: Derive | None = None
    ) -> Cell:
        """Return the number as a cell with its exact value."""
        side = self.facet(code, facet, year)
        return Cell((self.run(code, facet, year, bare=True),), side.value, derive)

    def unit(self, code: str, facet: str = VALUE) -> str:
        """The unit of a side, as it follows the number in a sentence."""
        unit = self.facet(code, facet).unit
        return "" if unit == "rupiah" else unit

    def owner(self, figure: Figure) -> str:
        """What tells a figure apart from others of its name: the sub kegiatan it belongs to; nothing for one alone."""
        node = getattr(figure.indicator, "nomenclature", None)
        alike = sum(other.label == figure.label for other in self.by_code.values())
        return node.name if node is not None and alike > 1 else ""

    def has(self, code: str) -> bool:
        """Whether the year knows the code."""
        return code in self.by_code or code in ALIASES or f"{code}@{self.year.year}" in self.entries

    # --- own figures of the report's tables ---

    def add(
        self, code: str, label: str, facets: dict[str, Facet], *, year: int | None = None, **words
    ) -> str:
        """Keep a figure that only the report's own tables have; return its code."""
        wanted = self.year.year if year is None else year
        key = f"{code}@{wanted}"
        if key not in self.entries:
            self.entries[key] = Entry(key, code, wanted, label, facets, **words)
        return code

    def count(
        self,
        code: str,
        label: str,
        value: int | Fraction | None,
        *,
        unit: str = "",
        decimals: int = 0,
        **words,
    ) -> str:
        """Keep a single number."""
        exact = None if value is None else Fraction(value)
        return self.add(code, label, {VALUE: Facet(exact, written(exact, unit, decimals), unit)}, **words)

    def measured(
        self, measure: str, filters: dict, label: str, value: int, *, year: int | None = None
    ) -> str:
        """Keep a cell of a measure; where an indicator asks the same question it is that indicator's figure."""
        question = (measure, tuple(sorted((k, str(v)) for k, v in filters.items())))
        known = self.by_question.get(question) if year in (None, self.year.year) else None
        if known is not None:
            return known
        about = measures.get(measure)
        code = ".".join([measure, *(f"{name}={value}" for name, value in sorted(filters.items()))])
        return self.count(
            code,
            label,
            value,
            unit=about.unit,
            year=year,
            definition=about.definition,
            formula="Banyaknya rekaman"
            if isinstance(about.value, measures.Count)
            else "Jumlah menurut rekaman",
            source=about.register,
            register=about.register,
            derived=True,
        )

    # --- entries ---

    def _entry(self, code: str, year: int, key: str) -> Entry:
        if code in self.rows:
            return self._money(code, key) if year == self.year.year else self._lost(code, year)
        figure = self.by_code.get(code)
        if figure is None:
            return self._lost(code, year)
        if year != self.year.year:
            return self._earlier(figure, year, key)
        if figure.level == "EFFICIENCY":
            return self._efficiency(figure, key)
        if figure.level == "MEAN":
            return self._mean(figure, key)
        return self._indicator(figure, key)

    def _lost(self, code: str, year: int) -> Entry:
        raise UnknownFigure(f"Angka “{code}” tidak ada pada tahun {year}.")

    def _base(self, figure: Figure, key: str, year: int) -> Entry:
        indicator, owner = figure.indicator, self.owner(figure)
        return Entry(
            key,
            figure.code,
            year,
            f"{figure.label} ({owner})" if owner else figure.label,
            {},
            definition=getattr(figure, "definition", "") or (indicator.definition if indicator else ""),
            formula=formula_words(figure),
            source=figure.source,
            interim=interim_words(figure),
            register=register_words(figure),
            derived=indicator is not None and indicator.formula not in ("STATISTIC", "SCORE", "INTERIM"),
        )

    def _indicator(self, figure: Figure, key: str) -> Entry:
        unit, decimals = figure.unit, figure.decimals
        shown = getattr(figure, "category", "") or written(figure.value, unit, decimals)
        aim = getattr(figure, "target_category", "") or written(figure.target, unit, decimals)
        facets = {
            VALUE: Facet(figure.value, shown, unit),
            "target": Facet(figure.target, aim, unit),
            "capaian": Facet(figure.capaian, written(figure.capaian, "persen", 2), "persen"),
            "capaian_batas": Facet(
                figure.capaian_clamped, written(figure.capaian_clamped, "persen", 2), "persen"
            ),
            "status": Facet(None, Status(figure.status).label.lower(), ""),
            "selisih_target": gap(figure.value, figure.target, unit, decimals),
        }
        parts = ""
        if figure.numerator is not None or figure.denominator is not None:
            first, second = part_units(figure)
            facets["pembilang"] = Facet(figure.numerator, written(figure.numerator, *first), first[0])
            facets["penyebut"] = Facet(figure.denominator, written(figure.denominator, *second), second[0])
            parts = parts_words(figure)
        facets |= self._compared(figure)
        facets |= self._money_of(figure.code)
        return replace(self._base(figure, key, self.year.year), facets=facets, parts=parts)

    def _compared(self, figure: Figure) -> dict[str, Facet]:
        """Differences from the year before, the end of the Renstra, and the national value."""
        unit, decimals = figure.unit, figure.decimals
        before = self.earlier.get((figure.code, self.year.year - 1), Earlier(None)).value
        change = formulas.change(figure.value, before)
        found = {
            "selisih": gap(figure.value, before, unit, decimals),
            "perubahan": Facet(
                change, written(None if change is None else abs(change), "persen", 2), "persen"
            ),
        }
        final = self.final_targets.get(figure.code)
        if final is not None:
            reached = formulas.achievement(figure.value, final[1], figure.direction)
            found["akhir"] = Facet(final[1], written(final[1], unit, decimals), unit)
            found["selisih_akhir"] = gap(figure.value, final[1], unit, decimals)
            found["capaian_akhir"] = Facet(reached, written(reached, "persen", 2), "persen")
        comparator = figure.indicator.comparator_id if figure.indicator else None
        other = (
            next((f for f in self.year.figures.values() if f.indicator.pk == comparator), None)
            if comparator
            else None
        )
        if other is not None:
            found["pembanding"] = Facet(other.value, written(other.value, unit, decimals), unit)
            found["selisih_pembanding"] = gap(figure.value, other.value, unit, decimals)
        return found

    def _money_of(self, code: str) -> dict[str, Facet]:
        each = self.efficiency.get(code)
        return efficiency_facets(each) if each is not None else {}

    def _efficiency(self, figure: Figure, key: str) -> Entry:
        each = self.efficiency[figure.code.removeprefix("efficiency_")]
        facets = {
            VALUE: Facet(figure.value, written(figure.value, "poin"), "poin"),
            **efficiency_facets(each),
        }
        return replace(
            self._base(figure, key, self.year.year),
            facets=facets,
            formula="Capaian dikurangi serapan anggaran, keduanya belum dibulatkan",
            parts="capaian – serapan",
            derived=True,
        )

    def _mean(self, figure: Figure, key: str) -> Entry:
        facets = {VALUE: Facet(figure.value, written(figure.value, "persen", 2), "persen")}
        if figure.value is not None:
            total, count = figure.numerator, figure.denominator
            facets["pembilang"] = Facet(total, written(total, "persen", 2), "persen")
            facets["penyebut"] = Facet(count, written(count), "indikator")
        return replace(
            self._base(figure, key, self.year.year),
            facets=facets,
            parts="jumlah capaian ÷ banyaknya indikator",
            derived=True,
        )

    def _money(self, code: str, key: str) -> Entry:
        row = self.rows[code]
        is_income = row.level == "INCOME" or code == "income"
        source = self.year.settings.budget_source or "Laporan realisasi anggaran"
        facets = money_facets(row.ceiling, row.realised)
        if row.initial_ceiling is not None:
            facets["pagu_murni"] = Facet(
                Fraction(row.initial_ceiling), written(row.initial_ceiling, "rupiah"), "rupiah"
            )
        if row.physical is not None:
            facets["fisik"] = Facet(row.physical, written(row.physical, "persen", 2), "persen")
        kind = "Pendapatan" if is_income else "Belanja"
        return Entry(
            key,
            code,
            self.year.year,
            f"{kind}: {row.name}",
            facets,
            formula="" if row.leaf else "Jumlah rincian di bawahnya",
            parts="realisasi ÷ anggaran" if is_income else "realisasi ÷ pagu",
            source=source,
            derived=not row.leaf,
        )

    def _earlier(self, figure: Figure, year: int, key: str) -> Entry:
        known = self.earlier.get((figure.code, year), Earlier(None))
        unit, decimals = figure.unit, figure.decimals
        facets = {VALUE: Facet(known.value, written(known.value, unit, decimals), unit)}
        parts = ""
        if known.numerator is not None and known.denominator is not None:
            first, second = part_units(figure)
            facets["pembilang"] = Facet(known.numerator, written(known.numerator, *first), first[0])
            facets["penyebut"] = Facet(known.denominator, written(known.denominator, *second), second[0])
            parts = parts_words(figure)
        base = self._base(figure, key, year)
        if known.published:
            base = replace(base, formula=PUBLISHED, register="", derived=False)
        return replace(base, facets=facets, parts=parts, source=known.source or figure.source, interim="")

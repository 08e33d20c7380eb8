"""Indicators in the browser: list, page, composer with its preview, versions, measures to choose from, scales."""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from lkip import bands, composer, evidence, selectors
from lkip.enums import PART_TITLES, Formula
from lkip.figures import Span, period_of
from lkip.forms.indicator import (
    EMPTY,
    MONTHS,
    IndicatorForm,
    ScaleForm,
    VersionForm,
    initial_of,
    steps_text,
)
from lkip.models import BandScale, Indicator, IndicatorVersion
from lkip.permissions import can_plan, can_see_evidence, can_see_report
from lkip.services import indicators, scales
from lkip.tables_indicators import IndicatorTable, measure_words
from lkip.views.composing import UNTIL, Asked, shown, usual_year


class IndicatorList(ListView):
    """All indicators."""

    table = IndicatorTable

    def primary_action(self) -> Link | None:
        """Compose a new one."""
        if can_plan(self.request.user):
            return Link("Susun indikator", reverse("lkip:indicator_new"))
        return None


class IndicatorPage(DetailView):
    """One indicator: how it is counted, its IKU sheet, its versions."""

    table = IndicatorTable

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("lkip:indicator_list"), "Indikator"

    def subtitle(self, record: Indicator) -> str:
        """Where it stands."""
        return record.get_level_display()

    def sections(self, record: Indicator) -> list[Section]:
        """Counting, figures of the years, sheet, versions."""
        return [
            Section("Cara hitung", _counting(record)),
            Section("Lembar indikator", _sheet(record)),
            Section(
                "Versi",
                head=["Mulai", "Sampai", "Yang berubah", "Sebab"],
                rows=[
                    _version_row(row)
                    for row in record.versions.select_related("indicator", "numerator", "denominator")
                ],
                empty_text="Nama dan definisinya belum pernah berubah.",
            ),
        ]

    def side(self, record: Indicator) -> list[Section]:
        """The way to its figures."""
        years = [
            Fact(str(year), "Buka angka", url=reverse("lkip:figure", args=[year, record.code]))
            for year in selectors.report_years()
        ]
        return [Section("Angka menurut tahun", years)] if years else []

    def actions(self, record: Indicator) -> list[Action]:
        """Change it, or say what changes from a year on."""
        if not can_plan(self.request.user):
            return []
        return [
            Action("edit", "Ubah", url=reverse("lkip:indicator_edit", args=[record.uid]), main=True),
            Action("version", "Tambah versi", url=reverse("lkip:indicator_version", args=[record.uid])),
        ]


def _counting(record: Indicator) -> list[Fact]:
    facts = [Fact("Kode", record.code), Fact("Cara hitung", record.get_formula_display())]
    if record.formula == Formula.MEASURE:
        facts.append(Fact("Ukuran", measure_words(record.measure)))
        facts += [Fact(name, said) for name, said in composer.filter_words(record.measure, record.filters)]
        if record.as_of_month:
            facts.append(Fact("Dibaca pada akhir bulan", dict(MONTHS)[record.as_of_month]))
    titles = PART_TITLES.get(record.formula, ())
    for title, part in zip(titles, (record.numerator, record.denominator), strict=False):
        if part is not None:
            facts.append(Fact(title, part.name, url=reverse("lkip:indicator", args=[part.uid])))
    if record.formula == Formula.RATIO:
        facts.append(Fact("Pengali", record.factor, kind="int"))
    bounds = [record.clamp_low, record.clamp_high]
    facts += [
        Fact("Satuan", record.unit),
        Fact("Arah", record.get_direction_display()),
        Fact("Penjumlahan triwulan", record.get_aggregation_display()),
        Fact("Skala predikat", record.scale.name if record.scale else ""),
    ]
    if any(bound is not None for bound in bounds):
        facts += [
            Fact("Batas bawah capaian", bounds[0], kind="percent"),
            Fact("Batas atas capaian", bounds[1], kind="percent"),
        ]
    return facts


def _sheet(record: Indicator) -> list[Fact]:
    programmes = "; ".join(f"{row.name} ({row.year})" for row in record.programmes.all())
    return [
        Fact("Sasaran", record.objective.text if record.objective else ""),
        Fact("Definisi", record.definition),
        Fact("Alasan pemilihan", record.reason),
        Fact("Rumus dengan kata", record.formula_text),
        Fact("Cara pengumpulan data", record.collection_note),
        Fact("Sumber data", record.source),
        Fact("Penanggung jawab", record.owner),
        Fact("Bidang", record.section.name if record.section else ""),
        Fact("Program pendukung", programmes),
    ]


def _version_row(row: IndicatorVersion) -> list[str]:
    said = [f"nama: {row.name}"] if row.name else []
    said += [f"definisi: {row.definition}"] if row.definition else []
    titles = PART_TITLES.get(row.indicator.formula, ())
    said += [
        f"{title[:1].lower()}{title[1:]}: {part.name}"
        for title, part in zip(titles, (row.numerator, row.denominator), strict=False)
        if part is not None
    ]
    return [str(row.from_year), str(row.to_year or "seterusnya"), "; ".join(said), row.note]


class _Composer(FormView):
    """What composing and changing have in common: the form, and the figure that it gives at once."""

    table = IndicatorTable
    form_class = IndicatorForm
    template_name = "lkip/indicator_form.html"

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def form_kwargs(self, record: Indicator | None) -> dict:
        """The indicator that is changed."""
        return {"record": record}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Save; or with ``langkah=lihat`` show what the form gives so far, and save nothing."""
        if request.POST.get("langkah") != "lihat":
            return super().post(request, *args, **kwargs)
        # The multiplier is asked for once the kind is known, so it can't have been typed yet.
        usual = {"factor": EMPTY["factor"]}
        return self._show(IndicatorForm(initial=usual | _typed(request.POST), record=self.record))

    def extra_context(self, record: Indicator | None) -> dict:
        """The preview, and the periods it can be asked for."""
        sent = self.request.POST
        form = None
        if sent or record is None:
            form = IndicatorForm(sent or self.initial(None), record=record)
        asked = Asked.of(sent)
        may_open = can_see_evidence(self.request.user)
        return {
            "preview": shown(asked, form=form, record=record, may_open=may_open),
            "asked": asked,
            "until_choices": UNTIL,
        }


def _typed(sent: QueryDict) -> dict:
    """What was typed, as a form starts with it: several values of a name stay several."""
    many = {name for name in sent if name == "programmes" or name.startswith("saringan-")}
    return {name: sent.getlist(name) if name in many else sent.get(name) for name in sent}


class IndicatorNew(_Composer):
    """Compose an indicator; ``?ukuran=`` starts with a measure."""

    page_title = "Susun indikator"
    submit_label = "Simpan indikator"
    success_message = "Indikator sudah disimpan."

    def initial(self, record: None) -> dict:
        """A number counted from records, unless a link says which."""
        found = {"decimals": 0, "factor": 100, "aggregation": "LAST", "direction": "NONE"}
        chosen = self.request.GET.get("ukuran", "")
        if chosen in dict(composer.measure_choices()):
            found |= {"formula": Formula.MEASURE, "measure": chosen}
        return found

    def back_url(self, record: None) -> str:
        """The list."""
        return reverse("lkip:indicator_list")

    def perform(self, form: IndicatorForm, record: None, version: int) -> Indicator:
        """Make it."""
        programmes = form.cleaned_data["programmes"]
        return indicators.compose(self.request.user, programmes=programmes, **form.values())

    def success_url(self, record: Indicator) -> str:
        """Its page."""
        return reverse("lkip:indicator", args=[record.uid])


class IndicatorEdit(_Composer):
    """Change an indicator."""

    page_title = "Ubah indikator"
    success_message = "Indikator sudah diubah."
    editing = True

    def initial(self, record: Indicator) -> dict:
        """Its values."""
        return initial_of(record)

    def back_url(self, record: Indicator) -> str:
        """Its page."""
        return self.success_url(record)

    def perform(self, form: IndicatorForm, record: Indicator, version: int) -> Indicator:
        """Change it."""
        programmes = form.cleaned_data["programmes"]
        return indicators.recompose(
            self.request.user, indicator=record, version=version, programmes=programmes, **form.values()
        )

    def success_url(self, record: Indicator) -> str:
        """Its page."""
        return reverse("lkip:indicator", args=[record.uid])


class IndicatorVersionNew(FormView):
    """Say what an indicator is called, or made of, from a year on."""

    table = IndicatorTable
    form_class = VersionForm
    page_title = "Nama atau definisi baru"
    success_message = "Versi sudah disimpan."
    editing = True

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def form_kwargs(self, record: Indicator) -> dict:
        """Whose version it is."""
        return {"record": record}

    def back_url(self, record: Indicator) -> str:
        """The indicator's page."""
        return reverse("lkip:indicator", args=[record.uid])

    def perform(self, form: VersionForm, record: Indicator, version: int) -> Indicator:
        """Save it."""
        indicators.save_version(self.request.user, indicator=record, **form.cleaned_data)
        return record

    success_url = back_url


class MeasureList(View):
    """Every measure with its definition, to choose one by words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the measures that hold every word of ``q``."""
        if not can_see_report(request.user):
            raise PermissionDenied("Daftar ukuran dibuka untuk petugas dinas.")
        words = request.GET.get("q", "")[:100]
        span = Span(usual_year())
        rows = []
        for measure in composer.described(words):
            usual = SimpleNamespace(as_of_month=None)
            rows.append(
                {
                    "measure": measure,
                    "dimensions": ", ".join(each.label.lower() for each in measure.dimensions.values()),
                    "evidence": evidence.url(measure.code, period_of(usual, span.year), {})
                    if can_see_evidence(request.user)
                    else "",
                }
            )
        context = {"rows": rows, "words": words, "year": span.year, "may_plan": can_plan(request.user)}
        return render(request, "lkip/measures.html", context)


class ScaleList(View):
    """Every scale with its bands in words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the scales."""
        if not can_see_report(request.user):
            raise PermissionDenied("Skala predikat dibuka untuk petugas dinas.")
        rows = [
            {"row": row, "rules": bands.read(row).rules()}
            for row in BandScale.objects.prefetch_related("bands").order_by("name")
        ]
        return render(request, "lkip/scales.html", {"rows": rows, "may_plan": can_plan(request.user)})


class _ScaleForm(FormView):
    """What a new scale and a changed one have in common."""

    form_class = ScaleForm

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def get_queryset(self):
        """All scales."""
        return BandScale.objects.all()

    def back_url(self, record: BandScale | None) -> str:
        """The list of scales."""
        return reverse("lkip:scale_list")

    success_url = back_url

    def perform(self, form: ScaleForm, record: BandScale | None, version: int) -> BandScale:
        """Save it with all its steps."""
        code = record.code if record else scales.free_code(form.cleaned_data["name"])
        return scales.save_scale(
            self.request.user, code=code, version=version if record else None, **form.cleaned_data
        )


class ScaleNew(_ScaleForm):
    """A scale of the office's own."""

    page_title = "Skala predikat baru"
    success_message = "Skala sudah disimpan."


class ScaleEdit(_ScaleForm):
    """Change a scale."""

    page_title = "Ubah skala predikat"
    success_message = "Skala sudah diubah."
    editing = True

    def initial(self, record: BandScale) -> dict:
        """Its steps as lines."""
        names = ("name", "source", "lower_belongs")
        return {name: getattr(record, name) for name in names} | {"steps": steps_text(bands.read(record))}

"""The budget of a year: spending, income, months, the money behind objectives; forms for lines, months, shares."""

from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import View

from core import clock, formats
from core.models.reference import Nomenclature, NomenclatureLevel
from core.pages import FormView
from core.workflow import timeline
from lkip import budget as budget_tree
from lkip.enums import FundingSource
from lkip.figures import NoSuchYear, YearFigures, settings_of
from lkip.forms.budget import IncomeForm, LineForm, MonthForm, NewLineForm, ShareForm
from lkip.models import BudgetLine, BudgetProgress, IncomeLine, Objective
from lkip.permissions import can_plan
from lkip.services import budget
from lkip.views.report import figures_or_404


class BudgetPage(View):
    """Spending by type and by programme, months, income, and what stands behind each objective."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the year's budget; ``?sumber=`` shows what one source pays."""
        figures = figures_or_404(request, year)
        source = request.GET.get("sumber", "")
        if source and source not in FundingSource.values:
            raise Http404("Sumber dana ini tidak dikenal.")
        context = {
            "figures": figures,
            "year": year,
            "tree": _rows(figures, source),
            "source": FundingSource(source) if source else None,
            "sources": _sources(figures, source),
            "months": _months(figures),
            "income_total": budget_tree.total(figures.income, "Jumlah pendapatan", "income"),
            "differs": _differs(figures),
            "may_plan": can_plan(request.user),
        }
        return render(request, "lkip/budget.html", context)


def _rows(figures: YearFigures, source: str) -> list[dict]:
    low = Fraction(figures.settings.low_absorption)
    return [
        {
            "row": row,
            "low": row.absorption is not None and row.absorption < low,
            "part": row.funding.get(source, 0),
            "printed": _printed(row),
        }
        for row in figures.tree
        if not source or row.funding.get(source)
    ]


def _printed(row: budget_tree.Row) -> str:
    """What a source document prints for the row, in words; "" when it does not contradict."""
    printed = row.printed
    if printed is None:
        return ""
    said = []
    if printed.ceiling is not None and printed.ceiling != row.ceiling:
        said.append(f"pagu {formats.number(printed.ceiling)}")
    if printed.realised is not None and printed.realised != row.realised:
        said.append(f"realisasi {formats.number(printed.realised)}")
    shown = None if printed.percent is None else formats.number(printed.percent, 2)
    if shown is not None and shown != row.absorption_display:
        said.append(f"{shown} %")
    return f"Tercetak: {', '.join(said)}." if said else ""


def _sources(figures: YearFigures, chosen: str) -> list[dict]:
    """Links to what each source pays; only sources that pay something."""
    url = reverse("lkip:budget", args=[figures.year])
    paid = figures.total.funding
    if not paid:
        return []
    links = [{"label": "Semua sumber", "url": url, "current": not chosen}]
    return links + [
        {"label": label, "url": f"{url}?sumber={value}", "current": value == chosen}
        for value, label in FundingSource.choices
        if paid.get(value)
    ]


def _months(figures: YearFigures) -> list[dict]:
    """Cumulative realisation at the end of each recorded month, with its share of the ceiling."""
    total = figures.total
    return [
        {
            "label": formats.MONTHS[month],
            "value": amount,
            "display": f"{formats.rupiah(amount)} ({budget_tree.absorption_text(total.ceiling, amount)}"
            f"{' %' if total.ceiling else ''})",
        }
        for month, amount in enumerate(total.months)
        if amount is not None
    ]


def _differs(figures: YearFigures) -> str:
    """Say when the two breakdowns of the spending don't come to the same."""
    if not figures.by_type or not figures.tree:
        return ""
    types = budget_tree.total(figures.by_type, "", "")
    said = [
        f"{title} menurut jenis {formats.rupiah(one)}, menurut program {formats.rupiah(other)}"
        for title, one, other in (
            ("pagu", types.ceiling, figures.total.ceiling),
            ("realisasi", types.realised, figures.total.realised),
        )
        if one != other
    ]
    return f"Dua rincian belanja berbeda: {'; '.join(said)}." if said else ""


class PlannerForm(FormView):
    """A form of the planner in a prepared year."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse everybody but the planner, then a year without settings."""
        if not self.allowed():
            raise PermissionDenied("Anggaran diisi oleh perencana.")
        self.year = kwargs["year"]
        try:
            settings_of(self.year)
        except NoSuchYear as error:
            raise Http404(str(error)) from error
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def back_url(self, record) -> str:
        """The year's budget."""
        return reverse("lkip:budget", args=[self.year])

    def success_url(self, record) -> str:
        """The year's budget."""
        return self.back_url(record)


def _saved(line: BudgetLine, done: str) -> str:
    """What is said of a saved line; more spent than its ceiling is allowed, but never passes without a word."""
    if line.realised <= line.ceiling:
        return done
    more = formats.rupiah(line.realised - line.ceiling)
    return f"{done} Realisasinya melebihi pagu sebesar {more}; periksa kedua angkanya."


class LineEdit(PlannerForm):
    """Amounts and sources of one line."""

    form_class = LineForm
    template_name = "lkip/budget_line.html"
    success_message = "Baris anggaran disimpan."
    editing = True

    @property
    def page_title(self) -> str:
        """The sub kegiatan's name."""
        return self.record.nomenclature.name

    def get_queryset(self):
        """The lines of the year."""
        return BudgetLine.objects.filter(nomenclature__year=self.kwargs["year"]).select_related(
            "nomenclature"
        )

    def form_kwargs(self, record: BudgetLine) -> dict:
        """Realisation follows the months where there are some."""
        return {"by_month": record.progress.exists()}

    def initial(self, record: BudgetLine) -> dict:
        """What is stored."""
        found = {
            name: getattr(record, name) for name in ("initial_ceiling", "ceiling", "realised", "physical")
        }
        sources = {f"source_{f.source}": f.ceiling for f in record.funding.all() if f.ceiling}
        return found | sources

    def perform(self, form: LineForm, record: BudgetLine, version: int) -> BudgetLine:
        """Write the line, then its sources."""
        data = form.cleaned_data
        line = budget.save_line_with_sources(
            self.request.user,
            line=record,
            version=version,
            sources=form.sources(),
            ceiling=data["ceiling"],
            realised=data["realised"],
            initial_ceiling=data["initial_ceiling"],
            physical=data["physical"],
            comment=data["reason"],
        )
        self.success_message = _saved(line, self.success_message)
        return line

    def extra_context(self, record: BudgetLine) -> dict:
        """Its months and its history."""
        return {
            "year": self.year,
            "steps": [
                {"step": step, "name": formats.MONTHS[step.month - 1]} for step in record.progress.all()
            ],
            "history": timeline(record),
        }


class LineNew(PlannerForm):
    """A line for a sub kegiatan that has none."""

    form_class = NewLineForm
    page_title = "Tambah baris anggaran"
    success_message = "Baris anggaran ditambahkan."

    def form_kwargs(self, record: None) -> dict:
        """The year's sub kegiatan."""
        return {"year": self.year}

    def perform(self, form: NewLineForm, record: None, version: int) -> BudgetLine:
        """Write it."""
        line = budget.save_line(self.request.user, **form.cleaned_data)
        self.success_message = _saved(line, self.success_message)
        return line


class MonthEdit(PlannerForm):
    """How far one line stood at the end of a month."""

    form_class = MonthForm
    page_title = "Catat realisasi bulanan"
    template_name = "lkip/budget_month.html"
    success_message = "Realisasi bulan itu disimpan."
    editing = True

    get_queryset = LineEdit.get_queryset

    def _step(self) -> BudgetProgress | None:
        month = self.request.POST.get("month") or self.request.GET.get("bulan", "")
        return self.record.progress.filter(month=int(month)).first() if month in _MONTH_NUMBERS else None

    def initial(self, record: BudgetLine) -> dict:
        """The month that was asked for, or the one that has ended last."""
        asked, today = self.request.GET.get("bulan", ""), clock.today()
        step = self._step()
        if asked not in _MONTH_NUMBERS:
            asked = str(max(1, today.month - 1) if today.year == self.year else 12)
        if step is None:
            return {"month": asked}
        return {"month": asked, "realised": step.realised, "physical": step.physical}

    def perform(self, form: MonthForm, record: BudgetLine, version: int) -> BudgetLine:
        """Write the month; two writers of the same line are told of each other by the line's version."""
        data = form.cleaned_data
        budget.record_progress(
            self.request.user,
            line=record,
            month=int(data["month"]),
            realised=data["realised"],
            physical=data["physical"],
            reason=data["reason"],
            line_version=version,
        )
        return record

    def success_url(self, record: BudgetLine) -> str:
        """The line."""
        return reverse("lkip:budget_line", args=[self.year, record.uid])

    back_url = success_url

    def extra_context(self, record: BudgetLine) -> dict:
        """The line and what is known of its months."""
        steps = [{"step": step, "name": formats.MONTHS[step.month - 1]} for step in record.progress.all()]
        return {"year": self.year, "steps": steps}


_MONTH_NUMBERS = frozenset(str(i) for i in range(1, 13))


class IncomeEdit(PlannerForm):
    """A row of the income, new or known."""

    form_class = IncomeForm
    success_message = "Pendapatan disimpan."

    @property
    def page_title(self) -> str:
        """The row's name, or what is being done."""
        return self.record.name if self.record else "Tambah pendapatan"

    def get_queryset(self):
        """The year's income."""
        return IncomeLine.objects.filter(year=self.kwargs["year"])

    def form_kwargs(self, record: IncomeLine | None) -> dict:
        """The year's rows without amounts."""
        return {"year": self.year}

    def initial(self, record: IncomeLine | None) -> dict:
        """What is stored."""
        if record is None:
            return {}
        return {name: getattr(record, name) for name in ("name", "code", "target", "realised", "parent")}

    def perform(self, form: IncomeForm, record: IncomeLine | None, version: int) -> IncomeLine:
        """Write it."""
        data = form.cleaned_data
        key, position = (record.key, record.position) if record else self._new_place(data["name"])
        return budget.save_income(
            self.request.user,
            year=self.year,
            key=key,
            position=position,
            version=version if record else None,
            **data,
        )

    def _new_place(self, name: str) -> tuple[str, int]:
        used = set(self.get_queryset().values_list("key", flat=True))
        base = slugify(name)[:70] or "pendapatan"
        key = next(k for k in (base, *(f"{base}-{i}" for i in range(2, len(used) + 3))) if k not in used)
        return key, len(used)


class SharesPage(View):
    """Which programme serves which objective, and what that comes to."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the shares and the money of every objective with the computed total."""
        figures = figures_or_404(request, year)
        states = figures.shares.states()
        keys = dict(
            Nomenclature.objects.filter(pk__in=[s.row.nomenclature_id for s in states]).values_list(
                "pk", "key"
            )
        )
        context = {
            "figures": figures,
            "year": year,
            "objectives": figures.shares.by_objective(),
            "total": figures.shares.total(),
            "states": [{"state": s, "key": keys[s.row.nomenclature_id]} for s in states],
            "may_plan": can_plan(request.user),
        }
        return render(request, "lkip/budget_shares.html", context)


class ShareEdit(PlannerForm):
    """How one programme is dealt out."""

    form_class = ShareForm
    success_message = "Pembagian program disimpan."

    @property
    def page_title(self) -> str:
        """The programme."""
        return f"Bagian {self.programme().name}"

    def programme(self) -> Nomenclature:
        """The programme of the URL, or 404."""
        found = Nomenclature.objects.filter(
            year=self.year, key=self.kwargs["key"], level=NomenclatureLevel.PROGRAMME
        ).first()
        if found is None:
            raise Http404("Program ini tidak ada pada tahun tersebut.")
        return found

    def form_kwargs(self, record: None) -> dict:
        """All objectives in order."""
        return {"objectives": list(Objective.objects.order_by("goal__position", "goal_id", "position", "pk"))}

    def initial(self, record: None) -> dict:
        """What is stored."""
        return {f"share_{s.objective_id}": s.share for s in self.programme().shares.all()}

    def perform(self, form: ShareForm, record: None, version: int) -> None:
        """Write the shares."""
        budget.set_shares(self.request.user, nomenclature=self.programme(), shares=form.shares())

    def back_url(self, record: None) -> str:
        """The shares of the year."""
        return reverse("lkip:budget_shares", args=[self.year])

"""Numbers from outside: the page of a year, the neighbours' ranking, forms and uploads."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.errors import Refused
from core.files import erase_file, store_document
from core.uploading import UploadView
from lkip import plan_selectors, regional, registers
from lkip.enums import Formula
from lkip.files import STATISTIC
from lkip.forms.targets import RegionalForm, RegisterStartForm, StatisticEditForm, StatisticForm, WithdrawForm
from lkip.imports import RegionalUpload, StatisticUpload
from lkip.models import ExternalStatistic, Indicator, RegionalStatistic, RegisterStart
from lkip.plan_tables import promised_text
from lkip.services import statistics
from lkip.views.plan import PlanView, year_or_404
from lkip.views.planning import PlanFormView


class StatisticsPage(PlanView):
    """Every number from outside: value, day, source, document; interim entries are marked."""

    template_name = "lkip/plan_statistics.html"
    tab = "statistics"

    def context(self, year: int) -> dict:
        """Official numbers first, then the interim entries that have or await a value."""
        rows = [
            {
                "row": row,
                "value": promised_text(row.current.value, row.indicator, row.current.category)
                if row.current
                else "belum tersedia",
                "before": promised_text(row.before.value, row.indicator, row.before.category)
                if row.before
                else "–",
            }
            for row in plan_selectors.outside_rows(year)
        ]
        return {
            "official": [r for r in rows if not r["row"].interim],
            "interim": [r for r in rows if r["row"].interim],
            "registers": registers.registers(),
            "published": [
                (row, promised_text(row.value, row.indicator)) for row in plan_selectors.published_before()
            ],
        }


class RegionalPage(PlanView):
    """A statistic of the neighbours: table by year and ranked chart, the own region marked."""

    template_name = "lkip/plan_regional.html"
    tab = "statistics"

    def context(self, year: int, code: str) -> dict:
        """The ranking, or 404 for a number that is computed."""
        indicator = get_object_or_404(Indicator, code=code, formula__in=statistics.OUTSIDE)
        history = indicator.statistics.filter(year__lte=year).select_related("file").order_by("-year")
        return {
            "indicator": indicator,
            "ranking": regional.ranking(indicator, year),
            "history": [(row, promised_text(row.value, indicator, row.category)) for row in history],
            "takes_regions": indicator.formula == Formula.STATISTIC,
        }


class _OutsideForm(PlanFormView):
    """What writing and changing an outside number have in common."""

    leads_to = "statistics"

    def perform(
        self, form: StatisticForm, record: ExternalStatistic | None, version: int
    ) -> ExternalStatistic:
        """Keep the file before the transaction starts, then write; a refusal takes the file with it."""
        values = dict(form.cleaned_data)
        upload = values.pop("file", None)
        if not upload:
            return self.write(values, record, version)
        stored = store_document(upload, actor=self.request.user, kind=STATISTIC)
        try:
            return self.write(values | {"file": stored}, record, version)
        except (Refused, ValidationError):
            erase_file(stored)
            raise

    def write(self, values: dict, record: ExternalStatistic | None, version: int) -> ExternalStatistic:
        """Call the service."""
        raise NotImplementedError


class StatisticNew(_OutsideForm):
    """Record a number from outside."""

    form_class = StatisticForm
    page_title = "Catat nilai dari luar"
    success_message = "Nilai sudah dicatat."

    def prepare(self) -> None:
        """Find the indicator; of one that is computed, a value of the years before this system."""
        self.indicator = get_object_or_404(Indicator, code=self.kwargs["code"])
        self.computed = self.indicator.formula not in statistics.OUTSIDE
        self.page_title = f"Catat nilai{' terbit' if self.computed else ''}: {self.indicator.name}"

    def form_kwargs(self, record: None) -> dict:
        """The form follows the indicator."""
        return {"indicator": self.indicator}

    def initial(self, record: None) -> dict:
        """The open year, or the one before it for what is computed."""
        if self.computed:
            return {"year": self.year - 1}
        return {"year": self.year, "source": self.indicator.source}

    def write(self, values: dict, record: None, version: int) -> ExternalStatistic:
        """Write it."""
        return statistics.add_statistic(self.request.user, indicator=self.indicator, **values)


class StatisticEdit(_OutsideForm):
    """Change a number from outside."""

    model = ExternalStatistic
    form_class = StatisticEditForm
    editing = True
    page_title = "Ubah nilai dari luar"
    fields = ("value", "category", "as_of", "source", "document", "waits_for")

    def form_kwargs(self, record: ExternalStatistic) -> dict:
        """The form follows the indicator."""
        return {"indicator": record.indicator}

    def write(self, values: dict, record: ExternalStatistic, version: int) -> ExternalStatistic:
        """Write it."""
        return statistics.amend_statistic(record, actor=self.request.user, version=version, **values)


class StatisticWithdraw(PlanFormView):
    """Take a number from outside back, with the reason."""

    model = ExternalStatistic
    form_class = WithdrawForm
    editing = True
    page_title = "Tarik nilai dari luar"
    submit_label = "Tarik nilai"
    success_message = "Nilai sudah ditarik."
    leads_to = "statistics"

    def form_kwargs(self, record: ExternalStatistic) -> dict:
        """What is taken back."""
        return {"row": record}

    def perform(self, form: WithdrawForm, record: ExternalStatistic, version: int) -> None:
        """Take it back."""
        reason = form.cleaned_data["reason"]
        statistics.withdraw_statistic(record, actor=self.request.user, version=version, reason=reason)


class RegionalNew(PlanFormView):
    """Write a neighbour's value."""

    form_class = RegionalForm
    page_title = "Catat nilai wilayah lain"
    success_message = "Nilai wilayah sudah dicatat."

    def prepare(self) -> None:
        """Find the official statistic."""
        self.indicator = get_object_or_404(Indicator, code=self.kwargs["code"], formula=Formula.STATISTIC)

    def initial(self, record: None) -> dict:
        """The open year and the statistic's own source."""
        return {"year": self.year, "source": self.indicator.source}

    def back_url(self, record) -> str:
        """The ranking."""
        return reverse("lkip:regional", args=[self.year, self.indicator.code])

    def perform(self, form: RegionalForm, record: None, version: int) -> RegionalStatistic:
        """Write it."""
        return statistics.set_regional(self.request.user, indicator=self.indicator, **form.cleaned_data)


class RegisterEdit(PlanFormView):
    """Say since when a register is complete."""

    form_class = RegisterStartForm
    success_message = "Awal register sudah dicatat."
    leads_to = "statistics"

    def prepare(self) -> None:
        """Find the register that the address names."""
        self.register = registers.named(self.kwargs["key"])
        if self.register is None:
            raise Http404("Register ini tidak ada.")
        self.page_title = f"Sejak kapan lengkap: {self.register}"

    def initial(self, record: None) -> dict:
        """What is declared."""
        held = RegisterStart.objects.filter(register=self.register).first()
        return {"complete_from": held.complete_from, "note": held.note} if held else {}

    def perform(self, form: RegisterStartForm, record: None, version: int) -> RegisterStart:
        """Write it."""
        return statistics.declare_register(self.request.user, register=self.register, **form.cleaned_data)


class _StatisticUploads(UploadView):
    """Uploads that lead back to the statistics of the year."""

    def dispatch(self, request, *args, year: int, **kwargs):
        """The year of the address is only where the page leads back to."""
        year_or_404(request, year)
        self.year = year
        return super().dispatch(request, *args, **kwargs)

    def done_url(self) -> str:
        """The statistics."""
        return reverse("lkip:statistics", args=[self.year])


class StatisticUploadPage(_StatisticUploads):
    """Outside numbers from a file."""

    upload = StatisticUpload


class RegionalUploadPage(_StatisticUploads):
    """The neighbours' values from a file."""

    upload = RegionalUpload

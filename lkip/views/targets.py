"""Targets: their lineage, and the forms that write them, baselines, quarters and planned money."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.models.reference import Nomenclature
from core.uploading import UploadView
from lkip import action_plan, lineage, plan_tables
from lkip.enums import TargetDocument
from lkip.forms.targets import BaselineForm, PlannedBudgetForm, QuartersForm, TargetEditForm, TargetForm
from lkip.imports import TargetUpload
from lkip.models import Baseline, Indicator, IndicatorTarget, PlanDocument, PlannedBudget, QuarterTarget
from lkip.plan_tables import promised_text
from lkip.services import documents
from lkip.services.plan import InvalidPlan
from lkip.views.plan import PlanView, year_or_404
from lkip.views.planning import PlanFormView


class LineagePage(PlanView):
    """All targets of an indicator: who, when, why; one that came after its result is marked."""

    template_name = "lkip/plan_lineage.html"

    def context(self, year: int, code: str) -> dict:
        """Targets by year and document, each with its whole way."""
        indicator = get_object_or_404(Indicator.objects.select_related("nomenclature"), code=code)
        targets = indicator.targets.order_by("year", "pk")
        renstra = PlanDocument.objects.filter(
            kind=TargetDocument.RENSTRA, unit=None, year__lte=year, to_year__gte=year
        ).last()
        return {
            "indicator": indicator,
            "ways": [
                {
                    "way": way,
                    "target": promised_text(way.target.value, indicator, way.target.category),
                    "steps": [
                        (step, promised_text(step.value, indicator, step.category)) for step in way.steps
                    ],
                }
                for way in lineage.lineages(targets)
            ],
            "baselines": [
                (row, promised_text(row.value, indicator))
                for row in indicator.baselines.select_related("document")
            ],
            "renstra": renstra,
        }


class _IndicatorForm(PlanFormView):
    """A form about the indicator that the address names."""

    def prepare(self) -> None:
        """Find the indicator; 404 when there is none."""
        self.indicator = get_object_or_404(Indicator, code=self.kwargs["code"])

    def form_kwargs(self, record) -> dict:
        """The form follows the indicator's unit and kind."""
        return {"indicator": self.indicator}

    def back_url(self, record) -> str:
        """The lineage of the indicator."""
        return reverse("lkip:lineage", args=[self.year, self.indicator.code])


class TargetNew(_IndicatorForm):
    """Write a target."""

    form_class = TargetForm
    page_title = "Catat target"
    success_message = "Target sudah dicatat."

    def initial(self, record: None) -> dict:
        """The open year."""
        return {"year": self.year}

    def perform(self, form: TargetForm, record: None, version: int) -> IndicatorTarget:
        """Write it."""
        return documents.add_target(self.request.user, indicator=self.indicator, **form.cleaned_data)


class TargetEdit(PlanFormView):
    """Change a target, with a reason."""

    model = IndicatorTarget
    form_class = TargetEditForm
    editing = True
    page_title = "Ubah target"
    success_message = "Target sudah diubah; nilai lamanya tetap ada pada riwayat."

    def initial(self, record: IndicatorTarget) -> dict:
        """What is stored; the reason is new each time."""
        names = ("value", "category", "entered_on", "decree")
        return {name: getattr(record, name) for name in names}

    def form_kwargs(self, record: IndicatorTarget) -> dict:
        """The form follows the indicator's unit and kind."""
        return {"indicator": record.indicator}

    def back_url(self, record: IndicatorTarget) -> str:
        """The lineage of the indicator."""
        return reverse("lkip:lineage", args=[self.year, record.indicator.code])

    def perform(self, form: TargetEditForm, record: IndicatorTarget, version: int) -> IndicatorTarget:
        """Write it."""
        return documents.amend_target(record, actor=self.request.user, version=version, **form.cleaned_data)


class TargetUploadPage(UploadView):
    """Targets from a file."""

    upload = TargetUpload

    def dispatch(self, request, *args, year: int, **kwargs):
        """The year of the address is only where the page leads back to."""
        year_or_404(request, year)
        self.year = year
        return super().dispatch(request, *args, **kwargs)

    def done_url(self) -> str:
        """The documents."""
        return reverse("lkip:plan_documents", args=[self.year])


class BaselineEdit(_IndicatorForm):
    """Where the Renstra starts."""

    form_class = BaselineForm
    page_title = "Keadaan awal Renstra"
    success_message = "Keadaan awal sudah dicatat."

    def prepare(self) -> None:
        """Find the indicator and the Renstra."""
        super().prepare()
        self.document = get_object_or_404(
            PlanDocument, uid=self.kwargs["uid"], kind=TargetDocument.RENSTRA, unit=None
        )

    def form_kwargs(self, record) -> dict:
        """Nothing more."""
        return {}

    def initial(self, record: None) -> dict:
        """What is stored."""
        held = Baseline.objects.filter(indicator=self.indicator, document=self.document).first()
        return {"value": held.value, "year": held.year} if held else {}

    def perform(self, form: BaselineForm, record: None, version: int) -> Baseline:
        """Write it."""
        return documents.set_baseline(
            self.request.user, indicator=self.indicator, document=self.document, **form.cleaned_data
        )


class QuartersEdit(_IndicatorForm):
    """The action plan of one indicator; a plan that is not there yet is proposed."""

    form_class = QuartersForm
    page_title = "Rencana aksi"
    success_message = "Target triwulan sudah dicatat."
    template_name = "lkip/plan_quarters.html"

    def prepare(self) -> None:
        """Find the indicator and the target that the quarters have to agree with."""
        super().prepare()
        self.target = plan_tables.in_force(self.year).get(self.indicator.pk)

    def initial(self, record: None) -> dict:
        """What is stored, else the proposal."""
        held = {
            row.quarter: row for row in QuarterTarget.objects.filter(indicator=self.indicator, year=self.year)
        }
        proposed: list[Decimal | None] = [None] * 4
        if self.target is not None:
            proposed = action_plan.propose(
                self.target.value, self.indicator.aggregation, self.indicator.decimals
            )
        found: dict = {}
        for quarter, value in zip(action_plan.QUARTERS, proposed, strict=True):
            row = held.get(quarter)
            found[f"value_{quarter}"] = row.value if row else value
            found[f"action_{quarter}"] = row.action if row else ""
        return found

    def extra_context(self, record: None) -> dict:
        """The year's target beside the form."""
        shown = promised_text(self.target.value, self.indicator, self.target.category) if self.target else ""
        return {"indicator": self.indicator, "target": self.target, "target_text": shown}

    def back_url(self, record) -> str:
        """The action plan."""
        return reverse("lkip:action_plan", args=[self.year])

    def perform(self, form: QuartersForm, record: None, version: int) -> Indicator:
        """Write the four quarters."""
        if self.target is None:
            raise InvalidPlan("Catat target setahun lebih dulu; triwulan dibandingkan dengannya.")
        data = form.cleaned_data
        documents.set_quarter_targets(
            self.request.user,
            indicator=self.indicator,
            year=self.year,
            target=self.target.value,
            values=[data[f"value_{quarter}"] for quarter in action_plan.QUARTERS],
            actions=[data[f"action_{quarter}"] for quarter in action_plan.QUARTERS],
        )
        return self.indicator


class PlannedBudgetEdit(PlanFormView):
    """The money of one node of the tree, for each year of the document."""

    form_class = PlannedBudgetForm
    page_title = "Pagu indikatif"
    success_message = "Pagu indikatif sudah dicatat."

    def prepare(self) -> None:
        """Find document and node."""
        self.document = get_object_or_404(PlanDocument, uid=self.kwargs["uid"], unit=None)
        if not self.document.year <= self.year <= self.document.to_year:
            raise Http404("Dokumen ini tidak memuat tahun tersebut.")
        self.node = get_object_or_404(Nomenclature, year=self.document.year, key=self.kwargs["key"])
        self.page_title = f"Pagu indikatif: {self.node.name}"

    def form_kwargs(self, record) -> dict:
        """One box a year."""
        return {"years": plan_tables.years_of(self.document)}

    def initial(self, record: None) -> dict:
        """What is stored."""
        rows = PlannedBudget.objects.filter(document=self.document, nomenclature=self.node)
        return {f"amount_{row.year}": row.amount for row in rows}

    def back_url(self, record) -> str:
        """The tree, or the agreement."""
        tree = {TargetDocument.RENSTRA: "lkip:renstra", TargetDocument.RKT: "lkip:rkt"}.get(
            self.document.kind
        )
        if tree:
            return reverse(tree, args=[self.year])
        return reverse("lkip:plan_document", args=[self.year, self.document.uid])

    def perform(self, form: PlannedBudgetForm, record: None, version: int) -> PlanDocument:
        """Write what was filled in."""
        amounts = {year: form.cleaned_data[f"amount_{year}"] for year in plan_tables.years_of(self.document)}
        documents.plan_budgets(
            self.request.user, nomenclature=self.node, document=self.document, amounts=amounts
        )
        return self.document

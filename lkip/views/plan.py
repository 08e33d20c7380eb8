"""The pages of a year's plan: strategy, organisation, documents, action plan, IKU, shared programmes."""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.generic import View

from core import clock
from core.formfields import DayField
from core.listing import Link
from core.widgets import typed_day
from lkip import action_plan, lineage, plan_selectors, plan_tables, staff_tables
from lkip.documents.agreement import AgreementSheet
from lkip.enums import StatementKind, TargetDocument
from lkip.models import CrossCutting, PlanDocument, ReportYear
from lkip.permissions import can_plan, can_see_report

CONTRACTS = (TargetDocument.PK, TargetDocument.PK_REVISED)
TABS = (
    ("plan", "Strategi"),
    ("organisation", "Organisasi"),
    ("plan_documents", "Dokumen"),
    ("renstra", "Renstra"),
    ("rkt", "RKT"),
    ("action_plan", "Rencana aksi"),
    ("iku_sheet", "IKU"),
    ("cross_cutting", "Lintas program"),
    ("statistics", "Statistik"),
)


def year_or_404(request: HttpRequest, year: int) -> ReportYear:
    """Return the settings of a prepared year to a reader who may see it; 403 without the right, 404 without it."""
    if not can_see_report(request.user):
        raise PermissionDenied("Rencana kinerja dibuka untuk petugas dinas.")
    return get_object_or_404(ReportYear, year=year)


class PlanView(View):
    """Base of the plan's pages: the year, the tabs, whether this reader plans."""

    template_name = ""
    tab = ""

    def get(self, request: HttpRequest, year: int, **kwargs) -> HttpResponse:
        """Show the page."""
        self.settings = year_or_404(request, year)
        context = {
            "year": year,
            "tabs": [Link(label, name, name == self.tab) for name, label in TABS],
            "may_plan": can_plan(request.user),
            **self.context(year, **kwargs),
        }
        return render(request, self.template_name, context)

    def context(self, year: int, **kwargs) -> dict:
        """What the page shows."""
        raise NotImplementedError


class PlanPage(PlanView):
    """Vision, mission, issues, legal basis, duties, and the matrix tujuan – sasaran – strategi – arah kebijakan."""

    template_name = "lkip/plan_strategy.html"
    tab = "plan"

    def context(self, year: int) -> dict:
        """Everything of the strategy that holds in the year."""
        held = plan_selectors.statements(year)
        lists = [
            (kind, kind.label, held.get(kind, []))
            for kind in (
                StatementKind.ISSUE,
                StatementKind.LEGAL_BASIS,
                StatementKind.DUTY,
                StatementKind.FUNCTION,
            )
        ]
        return {
            "visions": held.get(StatementKind.VISION, []),
            "missions": held.get(StatementKind.MISSION, []),
            "lists": lists,
            "matrix": plan_selectors.matrix(held),
        }


class OrganisationPage(PlanView):
    """The organisation chart as a list, and the staff tables of a day."""

    template_name = "lkip/plan_organisation.html"
    tab = "organisation"

    def context(self, year: int) -> dict:
        """The chart, and the tables of the asked day (the year's end, or today when the year still runs).

        A day that does not exist stays in its boxes with what is wrong, and no other day is shown instead.
        """
        last = clock.dt.date(year, 12, 31)
        day, problem = min(last, max(clock.today(), clock.dt.date(year, 1, 1))), ""
        asked = typed_day(self.request.GET, "tanggal") or self.request.GET.get("tanggal", "")
        if asked:
            try:
                day = DayField("Tanggal").clean(asked)
            except ValidationError as error:
                problem = " ".join(error.messages)
        return {
            "chart": plan_selectors.chart(),
            "day": day,
            "typed": asked if problem else day,
            "problem": problem,
            "tables": [] if problem else staff_tables.tables(day),
        }


class DocumentsPage(PlanView):
    """The documents that promise something for the year."""

    template_name = "lkip/plan_documents.html"
    tab = "plan_documents"

    def context(self, year: int) -> dict:
        """Documents whose years cover this one; the office's before the units'."""
        found = PlanDocument.objects.filter(year__lte=year, to_year__gte=year).select_related("unit")
        return {
            "office": [d for d in found if d.unit_id is None],
            "sheets": [d for d in found if d.unit_id is not None],
        }


@dataclass(frozen=True)
class AimRow:
    """One line of an agreement as the page shows it."""

    aim: plan_tables.Aim
    target: str
    late: str


def aim_rows(agreement: plan_tables.Agreement) -> list[AimRow]:
    """Return the aims with their target written out, and whether it came too late."""
    ways = lineage.lineages(aim.target for aim in agreement.aims)
    return [
        AimRow(aim, plan_tables.promised_text(aim.target.value, aim.indicator, aim.target.category), way.late)
        for aim, way in zip(agreement.aims, ways, strict=True)
    ]


def _document(year: int, uid) -> PlanDocument:
    found = PlanDocument.objects.select_related("unit__parent").filter(
        uid=uid, year__lte=year, to_year__gte=year
    )
    return get_object_or_404(found)


class DocumentPage(PlanView):
    """One document: who signed it and when, its aims and its money."""

    template_name = "lkip/plan_document.html"
    tab = "plan_documents"

    def context(self, year: int, uid) -> dict:
        """The agreement's sheet, or the tree of a Renstra or RKT."""
        document = _document(year, uid)
        contract = document.kind in CONTRACTS
        agreement = plan_tables.agreement(document) if contract else None
        return {
            "document": document,
            "agreement": agreement,
            "aims": aim_rows(agreement) if agreement else [],
            "contract": contract,
            "tree_url": {"RENSTRA": "lkip:renstra", "RKT": "lkip:rkt"}.get(document.kind),
        }


def agreement_sheet(request: HttpRequest, year: int, uid) -> HttpResponse:
    """Return the printable sheet of a performance agreement."""
    year_or_404(request, year)
    document = _document(year, uid)
    if document.kind not in CONTRACTS:
        raise Http404("Lembar cetak hanya ada untuk perjanjian kinerja.")
    body = AgreementSheet(plan_tables.agreement(document)).render()
    response = HttpResponse(body, content_type="application/pdf")
    name = re.sub(r"-+", "-", slugify(document.title))[:80]
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


class TreePage(PlanView):
    """The tree of a Renstra (baseline, targets and money by year) or of an RKT (input, output, outcome)."""

    template_name = "lkip/plan_tree.html"
    kind = ""

    @property
    def tab(self) -> str:
        """The tab of this kind."""
        return self.kind.lower()

    def context(self, year: int) -> dict:
        """The office's document of this kind that covers the year."""
        document = PlanDocument.objects.filter(
            kind=self.kind, unit=None, year__lte=year, to_year__gte=year
        ).last()
        tree = plan_tables.document_tree(document) if document else None
        return {"kind": TargetDocument(self.kind).label, "tree": tree, "is_renstra": self.kind == "RENSTRA"}


class ActionPage(PlanView):
    """The action plan: what is expected by the end of each quarter."""

    template_name = "lkip/plan_action.html"
    tab = "action_plan"

    def context(self, year: int) -> dict:
        """Indicators with quarter targets, and main indicators that still lack them."""
        return {"rows": plan_selectors.action_rows(year), "quarters": action_plan.QUARTERS}


class IkuPage(PlanView):
    """The sheet of main indicators: definition, reason, formula, source, owner."""

    template_name = "lkip/plan_iku.html"
    tab = "iku_sheet"

    def context(self, year: int) -> dict:
        """Goal and main indicators with the target in force."""
        return {"rows": plan_selectors.iku_rows(year)}


class CrossCuttingPage(PlanView):
    """Programmes to which other offices contribute."""

    template_name = "lkip/plan_cross_cutting.html"
    tab = "cross_cutting"

    def context(self, year: int) -> dict:
        """The map by programme."""
        rows = CrossCutting.objects.filter(nomenclature__year=year).select_related("nomenclature")
        return {"rows": rows.order_by("nomenclature__order", "position", "pk")}

"""Forms of the strategy, the organisation, shared programmes, documents, and of a new year."""

from django.urls import reverse

from lkip.enums import StatementKind
from lkip.forms.plan import (
    CrossCuttingForm,
    DocumentEditForm,
    DocumentForm,
    PrepareForm,
    StatementEditForm,
    StatementForm,
    UnitEditForm,
    UnitForm,
)
from lkip.models import CrossCutting, PlanDocument, ReportYear, Statement, Unit
from lkip.services import documents, strategy, year_setup
from lkip.views.planning import PlanFormView


class StatementNew(PlanFormView):
    """Write a statement of the strategy."""

    form_class = StatementForm
    page_title = "Catat pernyataan strategi"
    success_message = "Pernyataan sudah dicatat."

    def initial(self, record: None) -> dict:
        """The kind that was asked for, from this year on."""
        kind = self.request.GET.get("jenis", "")
        return {"kind": kind if kind in StatementKind.values else "", "from_year": self.year, "position": 0}

    def perform(self, form: StatementForm, record: None, version: int) -> Statement:
        """Write it."""
        return strategy.save_statement(self.request.user, **form.cleaned_data)


class StatementEdit(PlanFormView):
    """Change or end a statement."""

    model = Statement
    form_class = StatementEditForm
    editing = True
    page_title = "Ubah pernyataan strategi"
    fields = ("text", "objective", "parent", "from_year", "to_year", "reference", "position")

    def perform(self, form: StatementEditForm, record: Statement, version: int) -> Statement:
        """Write it."""
        return strategy.amend_statement(record, actor=self.request.user, version=version, **form.cleaned_data)


class UnitNew(PlanFormView):
    """Add a box to the chart."""

    form_class = UnitForm
    page_title = "Catat unit"
    success_message = "Unit sudah dicatat."
    leads_to = "organisation"

    def perform(self, form: UnitForm, record: None, version: int) -> Unit:
        """Write it."""
        return strategy.save_unit(self.request.user, **form.cleaned_data)


class UnitEdit(PlanFormView):
    """Change a box of the chart."""

    model = Unit
    form_class = UnitEditForm
    editing = True
    page_title = "Ubah unit"
    leads_to = "organisation"
    fields = ("name", "parent", "head_post", "duty", "position")

    def perform(self, form: UnitEditForm, record: Unit, version: int) -> Unit:
        """Write it."""
        return strategy.amend_unit(record, actor=self.request.user, version=version, **form.cleaned_data)


class _CrossCuttingForm(PlanFormView):
    form_class = CrossCuttingForm
    leads_to = "cross_cutting"

    def form_kwargs(self, record) -> dict:
        """The programmes of the year."""
        return {"year": self.year}


class CrossCuttingNew(_CrossCuttingForm):
    """Record a partner of a programme."""

    page_title = "Catat perangkat daerah yang ikut berperan"
    success_message = "Peran sudah dicatat."

    def perform(self, form: CrossCuttingForm, record: None, version: int) -> CrossCutting:
        """Write it."""
        return strategy.save_cross_cutting(self.request.user, **form.cleaned_data)


class CrossCuttingEdit(_CrossCuttingForm):
    """Change a partner's part."""

    model = CrossCutting
    editing = True
    page_title = "Ubah peran perangkat daerah"
    fields = ("nomenclature", "partner", "contribution", "position")

    def perform(self, form: CrossCuttingForm, record: CrossCutting, version: int) -> CrossCutting:
        """Write it."""
        return strategy.amend_cross_cutting(
            record, actor=self.request.user, version=version, **form.cleaned_data
        )


class DocumentNew(PlanFormView):
    """Record a document of the plan."""

    form_class = DocumentForm
    page_title = "Catat dokumen perencanaan"
    success_message = "Dokumen sudah dicatat."

    def initial(self, record: None) -> dict:
        """The open year."""
        return {"year": self.year}

    def back_url(self, record: PlanDocument | None) -> str:
        """The documents."""
        return reverse("lkip:plan_documents", args=[self.year])

    def perform(self, form: DocumentForm, record: None, version: int) -> PlanDocument:
        """Write it."""
        return documents.save_document(self.request.user, **form.cleaned_data)


class DocumentEdit(PlanFormView):
    """Change decree, date or signatories."""

    model = PlanDocument
    form_class = DocumentEditForm
    editing = True
    page_title = "Ubah dokumen perencanaan"
    fields = (
        "title", "to_year", "decree", "signed_on", "reason",
        "first_name", "first_post", "second_name", "second_post",
    )  # fmt: skip

    def back_url(self, record: PlanDocument) -> str:
        """The document's page."""
        return reverse("lkip:plan_document", args=[self.year, record.uid])

    def perform(self, form: DocumentEditForm, record: PlanDocument, version: int) -> PlanDocument:
        """Write it; an empty end is the document's own year."""
        values = dict(form.cleaned_data)
        values["to_year"] = values["to_year"] or record.year
        return documents.amend_document(record, actor=self.request.user, version=version, **values)


class PrepareYear(PlanFormView):
    """Set up a new year from the open one."""

    form_class = PrepareForm
    page_title = "Siapkan tahun baru"
    submit_label = "Siapkan"
    template_name = "lkip/plan_prepare.html"

    def initial(self, record: None) -> dict:
        """The next year."""
        return {"year": self.year + 1}

    def perform(self, form: PrepareForm, record: None, version: int) -> ReportYear:
        """Copy the plan, never results."""
        made = year_setup.prepare_from(self.request.user, source=self.year, year=form.cleaned_data["year"])
        self.success_message = made.words()
        return made.settings

    def success_url(self, record: ReportYear) -> str:
        """The new year's plan."""
        return reverse("lkip:plan", args=[record.year])

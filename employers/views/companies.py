"""Companies: list, page, forms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.enums import Role
from core.formats import date_long
from core.formats import number as number_text
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from employers import permissions, selectors
from employers.enums import ReportSource
from employers.exports import CompanyTable
from employers.forms import CompanyForm, EndOperationForm, OwnReportForm, ReportForm
from employers.models import Company, ForeignWorker
from employers.services import companies, reports
from employers.views.reports import report_sections

SHOWN = 5


class CompanyList(ListView):
    """The register of companies; an operator finds the own company in it."""

    table = CompanyTable

    def primary_action(self) -> Link | None:
        """Take a company in."""
        if permissions.can_keep_register(self.request.user):
            return Link("Catat perusahaan", reverse("employers:company_new"))
        return None


def own_company(request: HttpRequest) -> HttpResponse:
    """Lead an operator to the own company's page, or to the list of several."""
    if not permissions.has_role(request.user, Role.COMPANY_OPERATOR):
        raise Http404("Halaman ini untuk operator perusahaan.")
    own = list(Company.objects.visible_to(request.user)[:2])
    if len(own) == 1:
        return redirect("employers:company_detail", uid=own[0].uid)
    return redirect("employers:company_list")


class CompanyDetail(DetailView):
    """One company: its particulars, what it reports, and what it has to do with the office."""

    table = CompanyTable

    def back(self) -> tuple[str, str]:
        """The register."""
        return reverse("employers:company_list"), "Perusahaan"

    def title(self, record: Company) -> str:
        """Its name."""
        return record.name

    def sections(self, record: Company) -> list[Section]:
        """Particulars, then the report that holds."""
        report = selectors.current_report(record)
        found = [Section("Data perusahaan", self.facts(record))]
        if report is None:
            return [*found, Section("Laporan yang berlaku", empty_text="Perusahaan ini belum melapor.")]
        return found + report_sections(report)

    def facts(self, record: Company) -> list[Fact]:
        """Particulars."""
        place = record.institution
        return [
            Fact("NIB", record.nib),
            Fact("Lapangan usaha (KBLI)", str(record.industry) if record.industry else ""),
            Fact("Status permodalan", record.get_ownership_display()),
            Fact("Golongan pemberi kerja", record.get_employer_class_display()),
            Fact("Wilayah", place.region.name if place.region else ""),
            Fact("Alamat", place.address),
            Fact("Telepon", place.phone),
            Fact("E-mail", place.email),
            Fact("Beroperasi sejak", record.operating_from, kind="date"),
            Fact("Beroperasi sampai", record.operating_until or "Masih beroperasi", kind="date")
            if record.operating_until
            else Fact("Beroperasi sampai", "Masih beroperasi"),
        ]

    def side(self, record: Company) -> list[Section]:
        """Reports, vacancies, and foreign workers for those who may see them."""
        boxes = [self._reports(record), self._vacancies(record)]
        if permissions.can_read_foreign_workers(self.request.user):
            boxes.append(self._foreign_workers(record))
        return boxes

    def _reports(self, record: Company) -> Section:
        rows = [
            [_link("employers:report_detail", row, date_long(row.valid_from)), number_text(row.workers_total)]
            for row in record.reports.order_by("-valid_from")[:SHOWN]
        ]
        return Section(
            "Laporan", head=["Berlaku sejak", "Pekerja"], rows=rows, empty_text="Belum ada laporan."
        )

    def _vacancies(self, record: Company) -> Section:
        rows = [
            [_link("employers:vacancy_detail", row, row.title), row.get_state_display()]
            for row in record.vacancies.order_by("-created_at", "-pk")[:SHOWN]
        ]
        return Section("Lowongan", head=["Jabatan", "Keadaan"], rows=rows, empty_text="Belum ada lowongan.")

    def _foreign_workers(self, record: Company) -> Section:
        found = (
            ForeignWorker.objects.visible_to(self.request.user)
            .filter(company=record)
            .order_by("-valid_until", "pk")
        )
        rows = [
            [_link("employers:foreign_worker_detail", row, row.name), date_long(row.valid_until)]
            for row in found[:SHOWN]
        ]
        return Section("Tenaga kerja asing", head=["Nama", "Izin sampai"], rows=rows, empty_text="Tidak ada.")

    def actions(self, record: Company) -> list[Action]:
        """What may be done here."""
        user, found = self.request.user, []
        if permissions.can_report(user, record):
            url = reverse("employers:report_new", args=[record.uid])
            found.append(Action("report", "Isi laporan", url=url, main=True))
        if permissions.can_keep_register(user):
            found.append(
                Action("edit", "Ubah data", url=reverse("employers:company_edit", args=[record.uid]))
            )
            if record.operating_until is None:
                url = reverse("employers:company_end", args=[record.uid])
                found.append(Action("end", "Catat berhenti beroperasi", url=url, danger=True))
        return found


def _link(name: str, record, text: str) -> str:
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse(name, args=[record.uid]), text)


class _CompanyFormView(FormView):
    """What the forms of a company have in common."""

    table = CompanyTable

    def back_url(self, record: Company | None) -> str:
        """The company, or the register."""
        return self.success_url(record) if record else reverse("employers:company_list")

    def success_url(self, record: Company) -> str:
        """The company's page."""
        return reverse("employers:company_detail", args=[record.uid])


class CompanyNew(_CompanyFormView):
    """Take a company into the register."""

    form_class = CompanyForm
    page_title = "Catat perusahaan"
    success_message = "Perusahaan sudah dicatat."

    def allowed(self) -> bool:
        """Keepers of the register."""
        return permissions.can_keep_register(self.request.user)

    def perform(self, form: CompanyForm, record: None, version: int) -> Company:
        """Register it."""
        values = {name: value for name, value in form.cleaned_data.items() if name != "institution_version"}
        return companies.register_company(actor=self.request.user, **values)


class CompanyEdit(_CompanyFormView):
    """Change a company's particulars."""

    form_class = CompanyForm
    page_title = "Ubah data perusahaan"
    editing = True

    def allowed(self) -> bool:
        """Keepers of the register."""
        return permissions.can_keep_register(self.request.user)

    def initial(self, record: Company) -> dict:
        """What is stored."""
        found = {name: getattr(record, name) for name in companies.COMPANY_FIELDS}
        found |= {name: getattr(record.institution, name) for name in companies.INSTITUTION_FIELDS}
        return found | {"institution_version": record.institution.version}

    def perform(self, form: CompanyForm, record: Company, version: int) -> Company:
        """Write it."""
        values = dict(form.cleaned_data)
        shown = values.pop("institution_version") or 0
        return companies.update_company(
            record, actor=self.request.user, version=version, institution_version=shown, **values
        )


class CompanyEnd(_CompanyFormView):
    """Note that a company no longer operates."""

    form_class = EndOperationForm
    page_title = "Catat berhenti beroperasi"
    submit_label = "Catat"
    editing = True

    def allowed(self) -> bool:
        """Keepers of the register."""
        return permissions.can_keep_register(self.request.user)

    def perform(self, form: EndOperationForm, record: Company, version: int) -> Company:
        """Write it."""
        return companies.end_operation(record, actor=self.request.user, version=version, **form.cleaned_data)


class ReportNew(_CompanyFormView):
    """File the yearly report of a company."""

    page_title = "Laporan perusahaan"
    submit_label = "Kirim laporan"
    success_message = "Laporan sudah diterima."
    editing = True

    @property
    def form_class(self) -> type:
        """Operators report for themselves; staff also name the source."""
        return ReportForm if permissions.can_keep_register(self.request.user) else OwnReportForm

    def allowed(self) -> bool:
        """Keepers of the register and operators; whose company it is, `get_record` and the service decide."""
        return permissions.can_keep_register(self.request.user) or permissions.has_role(
            self.request.user, Role.COMPANY_OPERATOR
        )

    def initial(self, record: Company) -> dict:
        """What the last report said, so that only changes are typed."""
        last = record.reports.order_by("-valid_from").first()
        return {name: getattr(last, name) for name in reports.NUMBERS} if last else {}

    def perform(self, form: ReportForm, record: Company, version: int) -> Company:
        """File it."""
        values = {"source": ReportSource.OPERATOR} | form.cleaned_data
        reports.file_report(actor=self.request.user, company=record, **values)
        return record

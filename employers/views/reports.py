"""Yearly reports of companies: list, page, correction."""

from django.urls import reverse

from accounts.enums import Role
from core.listing import Action, DetailView, Fact, FormView, ListView, Section
from employers import permissions
from employers.exports import CompanyReportTable
from employers.forms import CorrectReportForm
from employers.models import CompanyReport
from employers.services import reports


def report_sections(report: CompanyReport) -> list[Section]:
    """What a report says, as boxes of facts."""
    validity = Fact(
        "Berlaku",
        report.valid_from,
        kind="date",
        note="" if report.valid_until is None else "Sudah diganti laporan baru.",
    )
    return [
        Section(
            "Laporan: pekerja",
            [
                validity,
                Fact("Sumber", report.get_source_display()),
                Fact("Pekerja", report.workers_total, kind="int"),
                Fact("Laki-laki", report.workers_male, kind="int"),
                Fact("Perempuan", report.workers_female, kind="int"),
                Fact("Tenaga kerja asing", report.foreign_workers_total, kind="int"),
                Fact("Penyandang disabilitas", report.workers_disabled, kind="int"),
            ],
        ),
        Section(
            "Laporan: BPJS Ketenagakerjaan, upah, hubungan kerja",
            [
                Fact("Terdaftar BPJS", report.bpjs_registered, kind="bool"),
                Fact("Peserta BPJS", report.bpjs_members, kind="int"),
                Fact("Semua pekerja peserta BPJS", report.all_workers_insured, kind="bool"),
                Fact("Upah sesuai UMK", report.pays_minimum_wage, kind="bool"),
                Fact("Struktur dan skala upah", report.has_wage_scale, kind="bool"),
                Fact("Peraturan perusahaan (PP)", report.has_company_regulation, kind="bool"),
                Fact("Perjanjian kerja bersama (PKB)", report.has_collective_agreement, kind="bool"),
                Fact("LKS bipartit", report.has_lks_bipartite, kind="bool"),
                Fact("Tata kelola kerja layak", report.meets_decent_work, kind="bool"),
            ],
            note="Tata kelola kerja layak: PP atau PKB, skala upah, LKS bipartit, dan semua pekerja peserta BPJS.",
        ),
    ]


class ReportList(ListView):
    """Reports that the user may see."""

    table = CompanyReportTable


class ReportDetail(DetailView):
    """One report."""

    table = CompanyReportTable

    def back(self) -> tuple[str, str]:
        """All reports."""
        return reverse("employers:report_list"), "Laporan perusahaan"

    def title(self, record: CompanyReport) -> str:
        """The company's name."""
        return f"Laporan {record.company.name}"

    def sections(self, record: CompanyReport) -> list[Section]:
        """What it says."""
        company = Fact(
            "Perusahaan",
            record.company.name,
            url=reverse("employers:company_detail", args=[record.company.uid]),
        )
        return [Section("Laporan", [company]), *report_sections(record)]

    def actions(self, record: CompanyReport) -> list[Action]:
        """Correct it."""
        if permissions.can_report(self.request.user, record.company):
            return [
                Action(
                    "correct", "Betulkan", url=reverse("employers:report_edit", args=[record.uid]), main=True
                )
            ]
        return []


class ReportEdit(FormView):
    """Correct a report; the history keeps what it said before."""

    table = CompanyReportTable
    form_class = CorrectReportForm
    page_title = "Betulkan laporan"
    success_message = "Laporan sudah dibetulkan."
    editing = True

    def allowed(self) -> bool:
        """Keepers of the register and operators; whose report it is, `get_record` and the service decide."""
        return permissions.can_keep_register(self.request.user) or permissions.has_role(
            self.request.user, Role.COMPANY_OPERATOR
        )

    def initial(self, record: CompanyReport) -> dict:
        """What is stored."""
        return {name: getattr(record, name) for name in reports.NUMBERS}

    def perform(self, form: CorrectReportForm, record: CompanyReport, version: int) -> CompanyReport:
        """Write it."""
        return reports.correct_report(record, actor=self.request.user, version=version, **form.cleaned_data)

    def back_url(self, record: CompanyReport) -> str:
        """The report."""
        return self.success_url(record)

    def success_url(self, record: CompanyReport) -> str:
        """The report."""
        return reverse("employers:report_detail", args=[record.uid])

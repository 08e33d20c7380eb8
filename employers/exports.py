"""The tables of the employers app: list pages and their exports."""

from django.db.models import F, Q
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from employers import permissions
from employers.enums import ContractType, EmployerClass, Ownership, ReportSource, VacancyState
from employers.models import Company, CompanyReport, ForeignWorker, Vacancy

VACANCY_COLOURS = {"SUBMITTED": "yellow", "REJECTED": "red", "CLOSED": "grey", "DRAFT": "grey"}


def _date(key: str, title: str, **kwargs) -> Column:
    return Column(key, title, kind="date", width=14, sort=key, **kwargs)


def _yes(key: str, title: str, explain: str = "") -> Column:
    return Column(key, title, kind="bool", width=10, listed=False, explain=explain)


class CompanyTable(Table):
    """The register of companies."""

    slug = "perusahaan"
    title = "Perusahaan"
    noun = "perusahaan"
    permission = permissions.can_read_companies
    columns = [
        Column("name", "Nama", value="institution__name", sort="institution__name", width=36),
        Column("nib", "NIB", width=16, explain="Nomor induk berusaha, 13 angka."),
        Column("industry", "Lapangan usaha", value="industry__title", sort="industry__code", width=36),
        Column("industry_code", "Kode KBLI", value="industry__code", width=10, listed=False),
        Column(
            "region", "Wilayah", value="institution__region__name", sort="institution__region__name", width=20
        ),
        Column("address", "Alamat", value="institution__address", width=40, listed=False),
        Column("ownership", "Permodalan", choices=Ownership.choices, width=20, listed=False),
        Column("employer_class", "Golongan", choices=EmployerClass.choices, width=20, sort="employer_class"),
        _date("operating_from", "Beroperasi sejak"),
        _date("operating_until", "Sampai", explain="Kosong berarti masih beroperasi."),
    ]
    filters = [
        Filter("golongan", "Golongan", field="employer_class", choices=EmployerClass.choices),
        Filter("permodalan", "Permodalan", field="ownership", choices=Ownership.choices),
        Filter("mulai", "Beroperasi", field="operating_from", kind="date"),
    ]
    chips = [
        Chip("beroperasi", "Masih beroperasi", Q(operating_until__isnull=True)),
        Chip("berhenti", "Sudah berhenti", Q(operating_until__isnull=False)),
    ]
    search_fields = ("institution__name__icontains", "nib__startswith", "institution__address__icontains")
    search_label = "Cari nama, NIB, atau alamat"
    default_sort = ("institution__name",)
    empty_text = "Perusahaan muncul di sini setelah dicatat."

    def queryset(self, user):
        """Companies that the user may see."""
        return Company.objects.visible_to(user).select_related("institution__region", "industry")

    def row_url(self, row):
        """The company's page."""
        return reverse("employers:company_detail", args=[row.uid])


class CompanyReportTable(Table):
    """Yearly data of companies."""

    slug = "laporan-perusahaan"
    title = "Laporan perusahaan"
    noun = "laporan"
    permission = permissions.can_read_companies
    columns = [
        Column(
            "company",
            "Perusahaan",
            value="company__institution__name",
            sort="company__institution__name",
            width=36,
        ),
        _date("valid_from", "Berlaku sejak"),
        _date("valid_until", "Sampai", explain="Kosong berarti masih berlaku."),
        Column("workers_male", "Pekerja laki-laki", kind="int", sort="workers_male"),
        Column("workers_female", "Pekerja perempuan", kind="int", sort="workers_female"),
        Column("foreign_workers_male", "TKA laki-laki", kind="int", listed=False),
        Column("foreign_workers_female", "TKA perempuan", kind="int", listed=False),
        Column("workers_disabled", "Penyandang disabilitas", kind="int", sort="workers_disabled"),
        Column("bpjs_members", "Peserta BPJS", kind="int", sort="bpjs_members"),
        _yes("bpjs_registered", "Terdaftar BPJS"),
        _yes("all_workers_insured", "Semua peserta BPJS"),
        _yes("pays_minimum_wage", "Upah sesuai UMK"),
        _yes("has_company_regulation", "PP", "Peraturan perusahaan."),
        _yes("has_collective_agreement", "PKB", "Perjanjian kerja bersama."),
        _yes("has_wage_scale", "Skala upah", "Struktur dan skala upah."),
        _yes("has_lks_bipartite", "LKS bipartit"),
        Column("source", "Sumber", choices=ReportSource.choices, width=24, sort="source"),
    ]
    filters = [
        Filter("sumber", "Sumber", field="source", choices=ReportSource.choices),
        Filter("bpjs", "Terdaftar BPJS", field="bpjs_registered", kind="bool"),
        Filter("umk", "Upah sesuai UMK", field="pays_minimum_wage", kind="bool"),
        Filter("berlaku", "Berlaku sejak", field="valid_from", kind="date"),
    ]
    chips = [Chip("berlaku", "Masih berlaku", Q(valid_until__isnull=True))]
    search_fields = ("company__institution__name__icontains",)
    search_label = "Cari nama perusahaan"
    default_sort = ("-valid_from",)
    empty_text = "Laporan muncul di sini setelah perusahaan melapor."

    def queryset(self, user):
        """Reports of companies that the user may see."""
        return CompanyReport.objects.visible_to(user).select_related("company__institution")

    def row_url(self, row):
        """The report's page."""
        return reverse("employers:report_detail", args=[row.uid])


class ForeignWorkerTable(Table):
    """Foreign workers."""

    slug = "tenaga-kerja-asing"
    title = "Tenaga kerja asing"
    noun = "orang"
    permission = permissions.can_read_foreign_workers
    columns = [
        Column("name", "Nama", sort="name", width=30),
        Column("nationality", "Kewarganegaraan", sort="nationality"),
        Column("position", "Jabatan", sort="position", width=30),
        Column(
            "company",
            "Perusahaan",
            value="company__institution__name",
            sort="company__institution__name",
            width=36,
        ),
        Column("permit_no", "Nomor pengesahan RPTKA", width=24, listed=False),
        _date("valid_from", "Berlaku sejak"),
        _date("valid_until", "Sampai"),
    ]
    filters = [Filter("sampai", "Izin berlaku", field="valid_until", kind="date")]
    search_fields = ("name__icontains", "company__institution__name__icontains", "permit_no__icontains")
    search_label = "Cari nama, perusahaan, atau nomor izin"
    default_sort = ("valid_until",)
    empty_text = "Tenaga kerja asing muncul di sini setelah izinnya dicatat."

    def queryset(self, user):
        """Foreign workers that the user may see."""
        return ForeignWorker.objects.visible_to(user).select_related("company__institution")

    def row_url(self, row):
        """The person's page."""
        return reverse("employers:foreign_worker_detail", args=[row.uid])


class VacancyTable(Table):
    """Vacancies in every state, for staff and the company itself."""

    slug = "kelola-lowongan"
    title = "Lowongan perusahaan"
    noun = "lowongan"
    permission = permissions.can_read_vacancies
    columns = [
        Column("title", "Jabatan", sort="title", width=30),
        Column(
            "company",
            "Perusahaan",
            value="company__institution__name",
            sort="company__institution__name",
            width=36,
        ),
        Column("openings", "Kebutuhan (orang)", kind="int", sort="openings"),
        Column("wage_from", "Upah terendah", kind="money", width=18, sort="wage_from", listed=False),
        Column("wage_to", "Upah tertinggi", kind="money", width=18, listed=False),
        Column("contract_type", "Perjanjian kerja", choices=ContractType.choices, width=20, listed=False),
        Column("region", "Tempat kerja", value="region__name", listed=False),
        _date("published_on", "Tayang"),
        _date("closes_on", "Ditutup"),
        Column(
            "state",
            "Keadaan",
            kind="tag",
            choices=VacancyState.choices,
            colours=VACANCY_COLOURS,
            sort="state",
        ),
    ]
    filters = [
        Filter("keadaan", "Keadaan", field="state", choices=VacancyState.choices),
        Filter("tayang", "Tayang", field="published_on", kind="date"),
    ]
    chips = [
        Chip("periksa", "Menunggu pemeriksaan", Q(state=VacancyState.SUBMITTED)),
        Chip("tayang", "Tayang", Q(state=VacancyState.PUBLISHED)),
    ]
    search_fields = ("title__icontains", "company__institution__name__icontains")
    search_label = "Cari jabatan atau perusahaan"
    default_sort = ("-created_at",)
    empty_text = "Lowongan muncul di sini setelah perusahaan membuatnya."

    def queryset(self, user):
        """Vacancies that the user may see."""
        return (
            Vacancy.objects.visible_to(user)
            .annotate(openings=F("openings_male") + F("openings_female") + F("openings_any"))
            .select_related("company__institution", "region", "education_min", "occupation")
        )

    def row_url(self, row):
        """The vacancy's page for those who work with it."""
        return reverse("employers:vacancy_detail", args=[row.uid])

"""The numbers that companies contribute: stocks on the last day of a period."""

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from core.measures import (
    Count,
    Dimension,
    Distinct,
    EvidenceColumn,
    Flow,
    Measure,
    Period,
    Stock,
    Sum,
    register,
)
from core.models.reference import ClassificationCode, Region, RegionLevel
from core.personal import mask_name
from employers.enums import EmployerClass, Ownership, VacancyState
from employers.models import Company, CompanyReport, ForeignWorker, Vacancy
from employers.models.report import DECENT_WORK
from jobseekers.registries import register_openings

COMPANY_REGISTER = "Register perusahaan"
REPORT_REGISTER = "Laporan tahunan perusahaan (WLKP)"
NO_DISTRICT = "Kecamatan belum dicatat"


def _district(prefix: str) -> Case:
    """Code of the kecamatan in which the company lies; empty when its region is not known that closely."""
    region = f"{prefix}institution__region"
    return Case(
        When(**{f"{region}__level": RegionLevel.DISTRICT}, then=F(f"{region}__code")),
        When(**{f"{region}__level": RegionLevel.VILLAGE}, then=F(f"{region}__parent__code")),
        default=Value(""),
    )


def _districts() -> dict:
    found = Region.objects.filter(level=RegionLevel.DISTRICT, valid_until=None).values_list("code", "name")
    return {"": NO_DISTRICT, **dict(found)}


def _industries() -> dict:
    used = Company.objects.exclude(industry=None).values("industry")
    return dict(ClassificationCode.objects.filter(pk__in=used).values_list("code", "title"))


def _dimensions(prefix: str = "") -> dict[str, Dimension]:
    return {
        "industry": Dimension(f"{prefix}industry__code", "Lapangan usaha (KBLI)", _industries),
        "district": Dimension("district", "Kecamatan", _districts),
        "employer_class": Dimension(
            f"{prefix}employer_class", "Golongan pemberi kerja", lambda: dict(EmployerClass.choices)
        ),
        "ownership": Dimension(f"{prefix}ownership", "Status permodalan", lambda: dict(Ownership.choices)),
    }


def _in_operation(period: Period) -> Q:
    """The report's company operates on the last day of the period."""
    return Q(company__operating_from__lte=period.end) & (
        Q(company__operating_until__isnull=True) | Q(company__operating_until__gte=period.end)
    )


def _companies():
    return Company.objects.annotate(district=_district(""))


def _reports():
    workers = F("workers_male") + F("workers_female")
    return CompanyReport.objects.annotate(district=_district("company__"), workers=workers)


def _company_url(company: Company) -> str:
    return reverse("employers:company_detail", args=[company.uid])


COMPANY_COLUMNS = (
    EvidenceColumn("Perusahaan", lambda company: company.name),
    EvidenceColumn("Golongan", lambda company: company.get_employer_class_display()),
    EvidenceColumn("Beroperasi sejak", lambda company: company.operating_from, "date"),
    EvidenceColumn("Sampai", lambda company: company.operating_until, "date"),
)

register(
    Measure(
        code="employers.companies",
        label="Perusahaan yang beroperasi",
        unit="perusahaan",
        definition="Perusahaan dalam register yang masih beroperasi pada hari terakhir periode.",
        register=COMPANY_REGISTER,
        rows=_companies,
        when=Stock("operating_from", "operating_until"),
        dimensions=_dimensions(),
        columns=COMPANY_COLUMNS,
        related=("institution",),
        url=_company_url,
    )
)


def _companies_reporting(code: str, label: str, condition: Q, definition: str) -> None:
    """Register a count of operating companies whose valid report meets `condition`."""
    register(
        Measure(
            code=code,
            label=label,
            unit="perusahaan",
            definition=(
                f"{definition} Yang dibaca adalah laporan perusahaan yang berlaku pada hari terakhir periode, "
                "dan hanya untuk perusahaan yang masih beroperasi pada hari itu."
            ),
            register=REPORT_REGISTER,
            rows=lambda: _reports().filter(condition),
            when=Stock("valid_from", "valid_until"),
            value=Distinct("company", lambda: Company),
            dimensions=_dimensions("company__"),
            within=_in_operation,
            columns=COMPANY_COLUMNS,
            related=("institution",),
            url=_company_url,
        )
    )


_companies_reporting(
    "employers.companies_bpjs",
    "Perusahaan terdaftar di BPJS Ketenagakerjaan",
    Q(bpjs_registered=True),
    "Perusahaan yang laporannya menyatakan terdaftar di BPJS Ketenagakerjaan.",
)
_companies_reporting(
    "employers.companies_minimum_wage",
    "Perusahaan yang membayar upah sesuai UMK",
    Q(pays_minimum_wage=True),
    "Perusahaan yang laporannya menyatakan membayar upah sesuai upah minimum kota (UMK).",
)
_companies_reporting(
    "employers.companies_decent_work",
    "Perusahaan dengan tata kelola kerja layak",
    DECENT_WORK,
    "Perusahaan yang memenuhi keempat unsur: punya peraturan perusahaan (PP) atau perjanjian kerja bersama (PKB), "
    "punya struktur dan skala upah, punya LKS bipartit, dan semua pekerjanya peserta BPJS Ketenagakerjaan.",
)


def _people_reported(code: str, label: str, field: str, definition: str) -> None:
    """Register a sum over the valid reports of operating companies."""
    register(
        Measure(
            code=code,
            label=label,
            unit="orang",
            definition=(
                f"{definition} Dijumlahkan dari laporan perusahaan yang berlaku pada hari terakhir periode, "
                "hanya untuk perusahaan yang masih beroperasi pada hari itu."
            ),
            register=REPORT_REGISTER,
            rows=_reports,
            when=Stock("valid_from", "valid_until"),
            value=Sum(field),
            dimensions=_dimensions("company__"),
            within=_in_operation,
            columns=(
                EvidenceColumn("Perusahaan", lambda report: report.company.name),
                EvidenceColumn("Laporan berlaku sejak", lambda report: report.valid_from, "date"),
                EvidenceColumn("Sumber", lambda report: report.get_source_display()),
            ),
            related=("company__institution",),
            url=lambda report: _company_url(report.company),
        )
    )


_people_reported(
    "employers.workers",
    "Pekerja menurut laporan perusahaan",
    "workers",
    "Pekerja laki-laki dan perempuan, termasuk tenaga kerja asing dan penyandang disabilitas.",
)
_people_reported(
    "employers.bpjs_members",
    "Peserta BPJS Ketenagakerjaan",
    "bpjs_members",
    "Pekerja yang menjadi peserta BPJS Ketenagakerjaan menurut laporan perusahaan.",
)
_people_reported(
    "employers.workers_disabled",
    "Pekerja penyandang disabilitas",
    "workers_disabled",
    "Pekerja penyandang disabilitas menurut laporan perusahaan (orang, bukan perusahaan).",
)


def _foreign_workers():
    return ForeignWorker.objects.annotate(district=_district("company__"))


register(
    Measure(
        code="employers.foreign_workers",
        label="Tenaga kerja asing (TKA)",
        unit="orang",
        definition="Tenaga kerja asing yang izinnya (pengesahan RPTKA) berlaku pada hari terakhir periode.",
        register="Register TKA",
        rows=_foreign_workers,
        when=Stock("valid_from", "valid_until"),
        value=Count(),
        dimensions={**_dimensions("company__"), "nationality": Dimension("nationality", "Kewarganegaraan")},
        columns=(
            EvidenceColumn("Nama", lambda worker: mask_name(worker.name)),
            EvidenceColumn("Perusahaan", lambda worker: worker.company.name),
            EvidenceColumn("Kewarganegaraan", lambda worker: worker.nationality),
            EvidenceColumn("Berlaku sampai", lambda worker: worker.valid_until, "date"),
        ),
        related=("company__institution",),
        url=lambda worker: reverse("employers:foreign_worker_detail", args=[worker.uid]),
    )
)
register(
    Measure(
        code="employers.companies_foreign_workers",
        label="Perusahaan pengguna TKA",
        unit="perusahaan",
        definition="Perusahaan yang pada hari terakhir periode punya sedikitnya satu TKA dengan izin yang berlaku.",
        register="Register TKA",
        rows=_foreign_workers,
        when=Stock("valid_from", "valid_until"),
        value=Distinct("company", lambda: Company),
        dimensions=_dimensions("company__"),
        columns=COMPANY_COLUMNS,
        related=("institution",),
        url=_company_url,
    )
)
register(
    Measure(
        code="employers.vacancies_open",
        label="Lowongan yang tayang",
        unit="lowongan",
        definition=(
            "Lowongan yang pada hari terakhir periode sudah tayang dan belum lewat tanggal penutupannya. "
            "Lowongan yang ditutup lebih awal dihitung sampai hari penutupannya."
        ),
        register="Register lowongan",
        rows=lambda: Vacancy.objects.annotate(district=_district("company__")),
        when=Stock("published_on", "closes_on"),
        dimensions=_dimensions("company__"),
        columns=(
            EvidenceColumn("Jabatan", lambda vacancy: vacancy.title),
            EvidenceColumn("Perusahaan", lambda vacancy: vacancy.company.name),
            EvidenceColumn("Kebutuhan (orang)", lambda vacancy: vacancy.openings_total, "int"),
            EvidenceColumn("Tayang sejak", lambda vacancy: vacancy.published_on, "date"),
            EvidenceColumn("Ditutup pada", lambda vacancy: vacancy.closes_on, "date"),
        ),
        related=("company__institution",),
        url=lambda vacancy: reverse("employers:vacancy_detail", args=[vacancy.uid]),
    )
)

OPENINGS_SEXES = {
    "": "",
    "_male": " bagi laki-laki",
    "_female": " bagi perempuan",
    "_any": " bagi laki-laki atau perempuan",
}
"""Endings of the measures of openings: all, and for whom they are."""


def _openings():
    """Vacancies that were public, with what is summed over them: openings, those filled, those withdrawn."""
    sexes = ("male", "female", "any")
    parts = {f"gone_{sex}": F(f"openings_{sex}") - F(f"filled_{sex}") for sex in sexes}
    rows = Vacancy.objects.filter(state__in=(VacancyState.PUBLISHED, VacancyState.CLOSED)).annotate(**parts)
    totals = {
        name: sum((F(f"{name}_{sex}") for sex in sexes), Value(0)) for name in ("openings", "filled", "gone")
    }
    return rows.annotate(**totals, district=_district("company__"))


def _openings_measures(code: str, label: str, name: str, when: Flow | Stock, definition: str) -> None:
    """Register the sum of `name` over vacancies, altogether and by the sex that is asked for."""
    for ending, words in OPENINGS_SEXES.items():
        register(
            Measure(
                code=f"employers.openings_{code}{ending}",
                label=f"{label}{words}",
                unit="orang",
                definition=definition,
                register="Register lowongan",
                rows=_openings,
                when=when,
                value=Sum(f"{name}{ending}"),
                dimensions=_dimensions("company__"),
                columns=(
                    EvidenceColumn("Jabatan", lambda vacancy: vacancy.title),
                    EvidenceColumn("Perusahaan", lambda vacancy: vacancy.company.name),
                    EvidenceColumn("Tayang sejak", lambda vacancy: vacancy.published_on, "date"),
                    EvidenceColumn("Ditutup pada", lambda vacancy: vacancy.closes_on, "date"),
                ),
                related=("company__institution",),
                url=lambda vacancy: reverse("employers:vacancy_detail", args=[vacancy.uid]),
            )
        )


_openings_measures(
    "open",
    "Lowongan yang belum dipenuhi",
    "openings",
    Stock("published_on", "closes_on"),
    "Kebutuhan orang pada lowongan yang tayang pada hari terakhir periode.",
)
_openings_measures(
    "registered",
    "Lowongan yang terdaftar",
    "openings",
    Flow("published_on"),
    "Kebutuhan orang pada lowongan yang mulai tayang dalam periode.",
)
_openings_measures(
    "filled",
    "Lowongan yang dipenuhi",
    "filled",
    Flow("closes_on"),
    "Kebutuhan orang yang terisi menurut perusahaan, pada lowongan yang hari terakhirnya dalam periode.",
)
_openings_measures(
    "withdrawn",
    "Lowongan yang dihapuskan",
    "gone",
    Flow("closes_on"),
    "Kebutuhan orang yang tidak terisi, pada lowongan yang hari terakhirnya dalam periode.",
)
register_openings("employers.openings")

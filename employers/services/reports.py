"""What companies report about their workforce: one report holds at a time."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from core import clock, formats
from core.workflow import NotAllowed, opened, revise
from employers import permissions
from employers.enums import ReportSource
from employers.models import Company, CompanyReport

NUMBERS = (
    "workers_male",
    "workers_female",
    "foreign_workers_male",
    "foreign_workers_female",
    "workers_disabled",
    "bpjs_registered",
    "bpjs_members",
    "all_workers_insured",
    "pays_minimum_wage",
    "has_company_regulation",
    "has_collective_agreement",
    "has_wage_scale",
    "has_lks_bipartite",
)
"""What a report says."""


def _require_reporter(actor, company: Company) -> None:
    if actor is not None and not permissions.can_report(actor, company):
        raise NotAllowed("Laporan ini hanya diisi oleh perusahaan itu sendiri atau petugas dinas.")


def _check_numbers(values: dict) -> None:
    unknown = set(values) - set(NUMBERS)
    if unknown:
        raise TypeError(f"unknown fields of a report: {sorted(unknown)}")


def _overlap(company: Company, valid_from: date) -> str:
    """Say which report already holds on `valid_from` or later, or an empty string."""
    later = (
        CompanyReport.objects.filter(company=company)
        .filter(Q(valid_from__gte=valid_from) | Q(valid_until__gte=valid_from))
        .order_by("-valid_from")
        .first()
    )
    if later is None:
        return ""
    return (
        f"Sudah ada laporan yang berlaku sejak {formats.date_long(later.valid_from)}. "
        "Laporan baru harus berlaku sesudahnya; untuk membetulkan angka, ubah laporan itu."
    )


def _start_problem(company: Company, valid_from: date) -> str:
    if valid_from > clock.today():
        return f"Tanggal {formats.date_long(valid_from)} belum tiba."
    if valid_from < company.operating_from:
        return (
            f"Perusahaan baru beroperasi sejak {formats.date_long(company.operating_from)}; laporan tidak bisa "
            "berlaku lebih awal."
        )
    if company.operating_until and valid_from > company.operating_until:
        return f"Perusahaan tidak beroperasi lagi sejak {formats.date_long(company.operating_until)}."
    return ""


@transaction.atomic
def file_report(
    *, actor, company: Company, valid_from: date, source: str = ReportSource.WLKP, **numbers
) -> CompanyReport:
    """Save a report that holds from `valid_from`; the one before it ends the day before.

    The company's row is locked, so that two reports can't open at once. Raises NotAllowed, or ValidationError by field.
    """
    _check_numbers(numbers)
    _require_reporter(actor, company)
    locked = Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
    report = CompanyReport(company=locked, valid_from=valid_from, source=source, **numbers)
    report.clean_fields()
    report.clean()
    problem = _start_problem(locked, valid_from)
    if problem:
        raise ValidationError({"valid_from": problem})
    before = CompanyReport.objects.filter(company=locked, valid_until__isnull=True).first()
    if before is not None and before.valid_from < valid_from:
        revise(
            before,
            actor=actor,
            version=before.version,
            label="Diganti laporan baru",
            valid_until=valid_from - timedelta(days=1),
        )
    problem = _overlap(locked, valid_from)
    if problem:
        raise ValidationError({"valid_from": problem})
    report.save()
    opened(report, actor=actor, label="Laporan diterima")
    return report


@transaction.atomic
def correct_report(report: CompanyReport, *, actor, version: int, comment: str, **numbers) -> CompanyReport:
    """Correct what a report says; its days stay. Raises StaleRecord, NotAllowed, or ValidationError by field."""
    _check_numbers(numbers)
    _require_reporter(actor, report.company)
    if not comment.strip():
        raise ValidationError({"comment": "Tulis alasan pembetulan. Alasan ini tersimpan di riwayat."})
    return revise(
        report, actor=actor, version=version, label="Laporan dibetulkan", comment=comment, **numbers
    )

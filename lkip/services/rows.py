"""How one row of the plan is written: checked against its constraints in words, logged, and with its history."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core.workflow import opened, revise
from lkip.services.plan import InvalidPlan

WORDS = {
    "statement_years_in_order": "Tahun akhir tidak boleh sebelum tahun mulai.",
    "statement_strategy_serves_an_objective": "Strategi harus dipasangkan dengan satu sasaran.",
    "statement_policy_under_a_strategy": "Arah kebijakan harus berada di bawah satu strategi.",
    "staff_member_dates_in_order": "Tanggal berakhir tidak boleh sebelum tanggal mulai.",
    "staff_member_grade_is_for_asn": "Tenaga non-ASN tidak mempunyai golongan. Kosongkan golongannya.",
    "cross_cutting_partner_once": "Perangkat daerah itu sudah tercatat pada program ini.",
    "plan_document_years_in_order": "Tahun akhir tidak boleh sebelum tahun mulai.",
    "plan_document_only_renstra_spans_years": "Hanya Renstra yang berlaku lebih dari satu tahun.",
    "plan_document_once_a_year": "Dokumen jenis ini sudah ada untuk tahun tersebut.",
    "plan_document_once_a_unit": "Unit itu sudah mempunyai dokumen jenis ini pada tahun tersebut.",
    "one_target_a_document": "Target dari dokumen ini untuk tahun tersebut sudah ada. Ubah yang sudah ada.",
    "one_target_a_quarter": "Target triwulan ini sudah ada. Ubah yang sudah ada.",
    "one_statistic_a_year": "Nilai tahun itu sudah ada. Ubah yang sudah ada.",
    "one_regional_statistic_a_year": "Nilai wilayah dan tahun itu sudah ada. Ubah yang sudah ada.",
    "one_baseline_a_document": "Keadaan awal pada dokumen ini sudah ada. Ubah yang sudah ada.",
    "one_planned_budget_a_year": "Pagu indikatif tahun itu sudah ada. Ubah yang sudah ada.",
    "planned_budget_not_negative": "Pagu tidak boleh negatif.",
}
"""What a broken constraint says to the one who wrote the row."""


def check(row) -> None:
    """Refuse a row that breaks its own rules, in words that say which."""
    try:
        row.clean()
    except ValidationError as error:
        raise InvalidPlan(" ".join(error.messages)) from error
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            raise InvalidPlan(WORDS.get(constraint.name, " ".join(error.messages))) from error


@transaction.atomic
def create_row(model, *, actor, label: str, **values):
    """Write a new row of `model` with its first log line. Raises InvalidPlan."""
    row = model(**values)
    check(row)
    row.save()
    opened(row, actor=actor, label=label)
    return row


@transaction.atomic
def amend_row(row, *, actor, version: int, label: str, comment: str = "", **changes):
    """Write changed fields; nothing happens when nothing differs. Raises InvalidPlan, StaleRecord."""
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        return row
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    try:
        check(row)
    except InvalidPlan:
        for name, value in before.items():
            setattr(row, name, value)
        raise
    return revise(row, actor=actor, version=version, label=label, comment=comment, **changed)

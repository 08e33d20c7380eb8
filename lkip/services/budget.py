"""Writes of the budget: amounts of sub kegiatan and of spending types, and what a source prints against the sums."""

from decimal import Decimal

from django.db import transaction

from core.errors import Refused
from core.models.reference import Nomenclature, NomenclatureLevel
from lkip.models import BudgetLine, PrintedAmount, SpendingType
from lkip.services.plan import put


class InvalidAmount(Refused):
    """An amount that can't stand there."""


def _check(ceiling: int, realised: int) -> None:
    if ceiling < 0 or realised < 0:
        raise InvalidAmount("Pagu dan realisasi tidak boleh kurang dari nol.")


@transaction.atomic
def save_line(actor, *, nomenclature: Nomenclature, ceiling: int, realised: int) -> BudgetLine:
    """Write ceiling and realisation (rupiah) of a sub kegiatan; a parent is refused, it is computed."""
    _check(ceiling, realised)
    if nomenclature.level != NomenclatureLevel.SUB_ACTIVITY:
        raise InvalidAmount(f"“{nomenclature.name}” dihitung dari sub kegiatannya dan tidak diisi sendiri.")
    values = {"ceiling": ceiling, "realised": realised}
    return put(BudgetLine, {"nomenclature": nomenclature}, values, actor=actor, label="Baris anggaran")


@transaction.atomic
def save_spending_type(
    actor,
    *,
    year: int,
    key: str,
    name: str,
    parent: SpendingType | None = None,
    position: int = 0,
    ceiling: int | None = None,
    realised: int | None = None,
) -> SpendingType:
    """Write a node of the breakdown by type; amounts (rupiah) only on nodes without children."""
    if ceiling is not None:
        _check(ceiling, realised or 0)
    if parent is not None and parent.ceiling is not None:
        raise InvalidAmount(f"“{parent.name}” sudah berisi angka, jadi tidak bisa punya rincian.")
    values = {"name": name, "parent": parent, "position": position, "ceiling": ceiling, "realised": realised}
    return put(SpendingType, {"year": year, "key": key}, values, actor=actor, label="Jenis belanja")


@transaction.atomic
def keep_printed(
    actor,
    *,
    nomenclature: Nomenclature,
    ceiling: int | None = None,
    realised: int | None = None,
    percent: Decimal | None = None,
    note: str = "",
) -> PrintedAmount:
    """Keep what a source document prints for a row where it contradicts the sums."""
    values = {"ceiling": ceiling, "realised": realised, "percent": percent, "note": note}
    return put(PrintedAmount, {"nomenclature": nomenclature}, values, actor=actor, label="Angka tercetak")

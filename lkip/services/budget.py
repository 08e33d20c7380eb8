"""Writes of the budget: lines, funding, progress by month, income, spending types, shares, printed amounts."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from core import clock, formats
from core.errors import Refused
from core.models.reference import Nomenclature, NomenclatureLevel
from core.workflow import revise
from lkip.enums import FundingSource
from lkip.models import (
    BudgetFunding,
    BudgetLine,
    BudgetProgress,
    IncomeLine,
    Objective,
    PrintedAmount,
    ProgrammeShare,
    SpendingType,
)
from lkip.services.plan import put
from lkip.services.quarters import quarter_of, refuse_locked

HUNDRED = Decimal(100)
FIRST_DAY = 1


class InvalidAmount(Refused):
    """An amount that can't stand there."""


def _check(*amounts: int | None) -> None:
    if any(amount is not None and amount < 0 for amount in amounts):
        raise InvalidAmount("Pagu dan realisasi tidak boleh kurang dari nol.")


def _check_physical(physical: Decimal | None) -> None:
    if physical is not None and not 0 <= physical <= HUNDRED:
        raise InvalidAmount("Realisasi fisik antara 0 dan 100 persen.", field="physical")


@transaction.atomic
def save_line(
    actor,
    *,
    nomenclature: Nomenclature,
    ceiling: int,
    realised: int,
    version: int | None = None,
    comment: str = "",
    **known,
) -> BudgetLine:
    """Write ceiling and realisation (rupiah) of a sub kegiatan; a parent is refused, it is computed.

    `known` may give ``initial_ceiling`` (APBD murni, rupiah) and ``physical`` (per cent); what is not given stays as
    it is. Refused: a realisation that contradicts the recorded months, a ceiling below its sources, a closed quarter.
    """
    _check(ceiling, realised, known.get("initial_ceiling"))
    _check_physical(known.get("physical"))
    if nomenclature.level != NomenclatureLevel.SUB_ACTIVITY:
        raise InvalidAmount(f"“{nomenclature.name}” dihitung dari sub kegiatannya dan tidak diisi sendiri.")
    held = BudgetLine.objects.filter(nomenclature=nomenclature).first()
    if held is not None:
        _fits_line(held, ceiling, realised, known.get("physical", held.physical))
    else:
        refuse_locked(nomenclature.year, 4)
    values = {"ceiling": ceiling, "realised": realised, **known}
    return put(
        BudgetLine,
        {"nomenclature": nomenclature},
        values,
        actor=actor,
        label="Baris anggaran",
        version=version,
        comment=comment,
    )


def _fits_line(held: BudgetLine, ceiling: int, realised: int, physical: Decimal | None) -> None:
    funded = held.funding.aggregate(total=Sum("ceiling"))["total"] or 0
    if funded > ceiling:
        raise InvalidAmount(
            f"Sumber dana baris ini sudah dibagi {formats.rupiah(funded)}. Kurangi dahulu pembagiannya.",
            field="ceiling",
        )
    if (realised, physical) == (held.realised, held.physical):
        return
    refuse_locked(held.nomenclature.year, 4)
    if held.progress.exists():
        raise InvalidAmount(
            "Realisasi baris ini dicatat per bulan. Ubah melalui realisasi bulanannya.", field="realised"
        )


@transaction.atomic
def save_line_with_sources(
    actor, *, line: BudgetLine, version: int, sources: Mapping[str, int], ceiling: int, realised: int, **known
) -> BudgetLine:
    """Write a line that a form showed, with the division of its ceiling; `version` is the one the form carried."""
    if sum(sources.values()) > ceiling:
        raise InvalidAmount(
            f"Jumlah sumber dana {formats.rupiah(sum(sources.values()))} melebihi pagu {formats.rupiah(ceiling)}."
        )
    held = {f.source: f.ceiling for f in line.funding.all() if f.ceiling}
    first = sum(held.values()) > ceiling
    if first:
        _divide(line, actor, sources)
    fresh = save_line(
        actor,
        nomenclature=line.nomenclature,
        ceiling=ceiling,
        realised=realised,
        version=version,
        **known,
    )
    if not first and held != dict(sources):
        _divide(fresh, actor, sources)
    return fresh


@transaction.atomic
def set_funding(
    actor, *, line: BudgetLine, amounts: Mapping[str, int], version: int | None = None
) -> list[BudgetFunding]:
    """Divide a line's ceiling among its sources (rupiah); a source that is not named gets nothing.

    `version` is the line's: who divides sees the ceiling. Refused when the sum passes the ceiling.
    """
    unknown = set(amounts) - set(FundingSource.values)
    if unknown:
        raise InvalidAmount(f"Sumber dana tidak dikenal: {', '.join(sorted(unknown))}.")
    _check(*amounts.values())
    line = revise(
        line,
        actor=actor,
        version=line.version if version is None else version,
        label="Sumber dana dibagi",
    )
    if sum(amounts.values()) > line.ceiling:
        raise InvalidAmount(
            f"Jumlah sumber dana {formats.rupiah(sum(amounts.values()))} melebihi pagu {formats.rupiah(line.ceiling)}."
        )
    _divide(line, actor, amounts)
    return list(line.funding.order_by("source"))


def _divide(line: BudgetLine, actor, amounts: Mapping[str, int]) -> BudgetLine:
    held = set(line.funding.values_list("source", flat=True))
    for source in FundingSource.values:
        if amounts.get(source) or source in held:
            values = {"ceiling": amounts.get(source, 0)}
            put(BudgetFunding, {"line": line, "source": source}, values, actor=actor, label="Sumber dana")
    return line


@transaction.atomic
def record_progress(
    actor,
    *,
    line: BudgetLine,
    month: int,
    realised: int,
    physical: Decimal | None = None,
    reason: str = "",
    version: int | None = None,
    line_version: int | None = None,
) -> BudgetProgress:
    """Write how far a line stood at the end of a month: cumulative rupiah, and per cent of the work.

    A value below an earlier month's, above a later month's or above the ceiling needs a reason, which the log keeps.
    The line's own realisation follows the newest month in the same transaction. Refused: a month that has not begun,
    and one of a closed quarter. `version` is the month's, `line_version` the line's, as a form showed them.
    """
    _check(realised)
    _check_physical(physical)
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("nomenclature").get(pk=line.pk)
    if line_version is not None:
        line = revise(
            line, actor=actor, version=line_version, label="Realisasi bulanan dicatat", comment=reason
        )
    year = line.nomenclature.year
    if not 1 <= month <= 12:
        raise InvalidAmount("Bulan antara Januari dan Desember.", field="month")
    if dt.date(year, month, FIRST_DAY) > clock.today():
        raise InvalidAmount(f"Bulan {formats.MONTHS[month - 1]} {year} belum berjalan.", field="month")
    refuse_locked(year, quarter_of(month))
    reason = reason.strip()
    doubts = _doubts(line, month, realised, physical)
    if doubts and not reason:
        raise InvalidAmount(f"{' '.join(doubts)} Tulis alasannya bila memang demikian.", field="reason")
    step = put(
        BudgetProgress,
        {"line": line, "month": month},
        {"realised": realised, "physical": physical},
        actor=actor,
        label=f"Realisasi {formats.MONTHS[month - 1]}",
        version=version,
        comment=reason,
    )
    _follow(line, actor=actor, month=month, reason=reason)
    return step


def _doubts(line: BudgetLine, month: int, realised: int, physical: Decimal | None) -> list[str]:
    """What is odd about a month's values, in words."""
    steps = list(line.progress.exclude(month=month))
    before = [step for step in steps if step.month < month]
    after = [step for step in steps if step.month > month]
    found = []
    if any(step.realised > realised for step in before):
        found.append("Realisasi ini lebih kecil daripada bulan sebelumnya, padahal angkanya kumulatif.")
    if any(step.realised < realised for step in after):
        found.append("Realisasi ini lebih besar daripada bulan sesudahnya, padahal angkanya kumulatif.")
    if physical is not None and any(
        (step.physical is not None and step.physical > physical) for step in before
    ):
        found.append("Realisasi fisik ini lebih kecil daripada bulan sebelumnya.")
    if physical is not None and any(
        (step.physical is not None and step.physical < physical) for step in after
    ):
        found.append("Realisasi fisik ini lebih besar daripada bulan sesudahnya.")
    if realised > line.ceiling:
        found.append(f"Realisasi melebihi pagu {formats.rupiah(line.ceiling)}.")
    return found


def _follow(line: BudgetLine, *, actor, month: int, reason: str) -> None:
    """Keep the line in step with its newest month."""
    steps = list(line.progress.order_by("month"))
    known = [step.physical for step in steps if step.physical is not None]
    values = {"realised": steps[-1].realised, "physical": known[-1] if known else line.physical}
    changed = {name: value for name, value in values.items() if getattr(line, name) != value}
    if changed:
        label = f"Mengikuti realisasi {formats.MONTHS[month - 1]}"
        revise(line, actor=actor, version=line.version, label=label, comment=reason, **changed)


def _amount_tree(parent, name: str) -> None:
    amount = getattr(parent, "ceiling", None) if isinstance(parent, SpendingType) else parent.target
    if amount is not None:
        raise InvalidAmount(
            f"“{parent.name}” sudah berisi angka, jadi “{name}” tidak bisa menjadi rinciannya."
        )


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
    if parent is not None:
        _amount_tree(parent, name)
    values = {"name": name, "parent": parent, "position": position, "ceiling": ceiling, "realised": realised}
    return put(SpendingType, {"year": year, "key": key}, values, actor=actor, label="Jenis belanja")


@transaction.atomic
def save_income(
    actor,
    *,
    year: int,
    key: str,
    name: str,
    parent: IncomeLine | None = None,
    code: str = "",
    position: int = 0,
    target: int | None = None,
    realised: int | None = None,
    version: int | None = None,
) -> IncomeLine:
    """Write a row of the income (rupiah); amounts only on rows without children, a parent is computed."""
    if (target is None) != (realised is None):
        raise InvalidAmount("Isi anggaran dan realisasi pendapatan dua-duanya, atau kosongkan dua-duanya.")
    _check(target, realised)
    if parent is not None:
        _amount_tree(parent, name)
    if target is not None and IncomeLine.objects.filter(parent__year=year, parent__key=key).exists():
        raise InvalidAmount(f"“{name}” dihitung dari rinciannya dan tidak diisi sendiri.")
    values = {
        "name": name,
        "parent": parent,
        "code": code,
        "position": position,
        "target": target,
        "realised": realised,
    }
    return put(
        IncomeLine, {"year": year, "key": key}, values, actor=actor, label="Pendapatan", version=version
    )


@transaction.atomic
def set_shares(
    actor, *, nomenclature: Nomenclature, shares: Mapping[Objective, Decimal]
) -> list[ProgrammeShare]:
    """Say which objectives a programme serves and with what share of its money, per cent; an objective that is not
    named gets nothing. Refused for anything but a programme, and when more than all of it is dealt out.
    """
    if nomenclature.level != NomenclatureLevel.PROGRAMME:
        raise InvalidAmount("Yang dibagi ke sasaran adalah program, bukan kegiatannya.")
    given = {objective: share for objective, share in shares.items() if share}
    if any(not 0 < share <= HUNDRED for share in given.values()):
        raise InvalidAmount("Bagian sebuah program antara 0 dan 100 persen.")
    if sum(given.values()) > HUNDRED:
        raise InvalidAmount(
            f"“{nomenclature.name}” terbagi {formats.percent(sum(given.values()))}, lebih dari seluruhnya."
        )
    for held in ProgrammeShare.objects.filter(nomenclature=nomenclature).exclude(objective__in=given):
        held._history_user, held._change_reason = actor, "Bagian program dihapus"
        held.delete()
    return [
        put(
            ProgrammeShare,
            {"objective": objective, "nomenclature": nomenclature},
            {"share": share},
            actor=actor,
            label="Bagian program",
        )
        for objective, share in given.items()
    ]


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


@transaction.atomic
def forget_printed(actor, *, nomenclature: Nomenclature) -> None:
    """Drop what a source printed for a row, once it no longer contradicts the sums; history keeps it."""
    for held in PrintedAmount.objects.filter(nomenclature=nomenclature):
        held._history_user, held._change_reason = actor, "Tidak bertentangan lagi"
        held.delete()

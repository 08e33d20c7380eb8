"""Writes of numbers from outside: official statistics, evaluators' scores, interim entries, the neighbours' values."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Min

from core import clock
from core.files import release_file
from core.models.reference import Region
from core.workflow import NotAllowed, revise
from lkip import registers
from lkip.enums import Formula
from lkip.models import ExternalStatistic, Indicator, RegionalStatistic, RegisterStart, ReportYear
from lkip.permissions import can_plan
from lkip.services.documents import YEAR_END
from lkip.services.plan import InvalidPlan, put
from lkip.services.plausible import check_number
from lkip.services.quarters import refuse_locked
from lkip.services.rows import amend_row, create_row

OUTSIDE = (Formula.STATISTIC, Formula.SCORE, Formula.INTERIM)


def _check(indicator: Indicator, year: int, waits_for: str, source: str) -> None:
    if indicator.formula not in OUTSIDE and not before_this_system(year):
        raise InvalidPlan(
            "Nilai indikator ini dihitung, tidak diketik. Yang boleh dicatat hanya nilai terbit dari tahun sebelum "
            "sistem ini dipakai."
        )
    if not source.strip():
        raise InvalidPlan("Tulis sumber angka ini.")
    if indicator.formula == Formula.INTERIM and not waits_for.strip():
        raise InvalidPlan("Tulis register yang ditunggu oleh masukan sementara ini.")


def before_this_system(year: int) -> bool:
    """Whether the year lies before all that were prepared here: what was published of it can only be written down."""
    first = ReportYear.objects.aggregate(first=Min("year"))["first"]
    return first is not None and year < first


@transaction.atomic
def add_statistic(
    actor,
    *,
    indicator: Indicator,
    year: int,
    value: Decimal,
    source: str,
    as_of: date | None = None,
    document: str = "",
    category: str = "",
    waits_for: str = "",
    file=None,
) -> ExternalStatistic:
    """Record the value of a statistic, score or interim entry for one year.

    An interim entry names the register that it waits for; of an indicator that is computed, only what was published
    before this system was used is recorded. Raises InvalidPlan for an indicator that is computed, a
    missing source, a value or day that can't be, a second value of the year, or a closed year.
    """
    _check(indicator, year, waits_for, source)
    check_number(indicator, year, value, as_of)
    refuse_locked(year, YEAR_END)
    return create_row(
        ExternalStatistic,
        actor=actor,
        label="Statistik dibuat",
        indicator=indicator,
        year=year,
        value=value,
        source=source,
        as_of=as_of,
        document=document,
        category=category,
        waits_for=waits_for,
        file=file,
    )


@transaction.atomic
def amend_statistic(
    row: ExternalStatistic, *, actor, version: int, comment: str = "", **changes
) -> ExternalStatistic:
    """Change a value from outside. Raises InvalidPlan, StaleRecord."""
    _check(
        row.indicator, row.year, changes.get("waits_for", row.waits_for), changes.get("source", row.source)
    )
    check_number(row.indicator, row.year, changes.get("value", row.value), changes.get("as_of", row.as_of))
    refuse_locked(row.year, YEAR_END)
    return amend_row(row, actor=actor, version=version, label="Statistik diubah", comment=comment, **changes)


@transaction.atomic
def withdraw_statistic(row: ExternalStatistic, *, actor, version: int, reason: str) -> None:
    """Take a value from outside back, with the reason; the log and the history keep it, its file goes.

    The year has no value from then on, or again the one that the registers give. Raises NotAllowed, StaleRecord,
    QuarterClosed when the year is locked, and InvalidPlan without a reason.
    """
    if not can_plan(actor):
        raise NotAllowed("Nilai dari luar ditarik oleh perencana.")
    if not reason.strip():
        raise InvalidPlan("Tulis alasan nilai ini ditarik.", field="reason")
    refuse_locked(row.year, YEAR_END)
    gone = revise(row, actor=actor, version=version, label="Statistik ditarik", comment=reason)
    stored = gone.file
    gone._history_user, gone._change_reason = actor, f"Ditarik: {reason.strip()}"[:100]
    gone.delete()
    if stored is not None:
        release_file(stored)


@transaction.atomic
def declare_register(actor, *, register: str, complete_from: date, note: str = "") -> RegisterStart:
    """Say since when a register holds everything; years before that get no value from it. Raises InvalidPlan."""
    if register not in registers.names():
        raise InvalidPlan(f"Register “{register}” tidak ada.")
    if complete_from > clock.today():
        raise InvalidPlan("Tanggalnya belum tiba. Tulis sejak kapan register ini lengkap.")
    values = {"complete_from": complete_from, "note": note}
    return put(RegisterStart, {"register": register}, values, actor=actor, label="Awal register")


def set_regional(
    actor,
    *,
    indicator: Indicator,
    region: Region,
    year: int,
    value: Decimal,
    source: str,
    as_of: date | None = None,
) -> RegionalStatistic:
    """Write the same statistic for another region and year (the neighbours of a ranked table)."""
    if indicator.formula != Formula.STATISTIC:
        raise InvalidPlan("Hanya statistik resmi yang dibandingkan antarwilayah.")
    if not source.strip():
        raise InvalidPlan("Tulis sumber angka ini.")
    check_number(indicator, year, value, as_of)
    key = {"indicator": indicator, "region": region, "year": year}
    values = {"value": value, "source": source, "as_of": as_of}
    return put(RegionalStatistic, key, values, actor=actor, label="Statistik wilayah")

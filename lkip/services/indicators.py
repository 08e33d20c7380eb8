"""Writes of the composer: an indicator made or changed in the browser, and what it is called from a year on."""

import copy
import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from core.formats import in_sentence
from core.models.reference import Nomenclature
from core.workflow import NotAllowed, revise
from lkip import doubles
from lkip.models import Indicator, IndicatorVersion
from lkip.permissions import can_plan
from lkip.services.plan import InvalidPlan, put, save_indicator

MOST_CODE = 50


def _planner(actor) -> None:
    if not can_plan(actor):
        raise NotAllowed("Indikator disusun oleh perencana.")


def free_code(name: str) -> str:
    """Return a code made of the name that no indicator has; it stays when the name changes."""
    stem = re.sub(r"[^a-z0-9]+", "_", slugify(name))[:MOST_CODE].strip("_") or "indikator"
    taken = set(Indicator.objects.filter(code__startswith=stem).values_list("code", flat=True))
    if stem not in taken:
        return stem
    return next(f"{stem}_{i}" for i in range(2, len(taken) + 3) if f"{stem}_{i}" not in taken)


def refused_as_double(draft: Indicator) -> str:
    """Say why an indicator can't be saved beside the one of its name, or nothing.

    What it counts may stand under another name: the same number can stand for a sasaran and for a programme.
    """
    other = doubles.namesake(draft)
    if other is None:
        return ""
    return (
        f"“{other.name}” ({in_sentence(other.get_level_display())}) sudah ada. Dua nama yang sama tidak bisa "
        "dibedakan dalam daftar: pakai yang itu, atau beri nama lain."
    )


def _refuse_double(draft: Indicator) -> None:
    if said := refused_as_double(draft):
        raise InvalidPlan(said, field="name")


@transaction.atomic
def compose(actor, *, programmes: Iterable[Nomenclature], **values) -> Indicator:
    """Make a new indicator at the end of its list; the keywords are fields of Indicator.

    Raises NotAllowed, and InvalidPlan for an unknown measure, a double, a circle or too long a chain.
    """
    _planner(actor)
    _refuse_double(Indicator(**values))
    last = Indicator.objects.aggregate(last=Max("position"))["last"] or 0
    code = free_code(values["name"])
    return save_indicator(actor, code=code, programmes=programmes, position=last + 1, **values)


@transaction.atomic
def recompose(
    actor, *, indicator: Indicator, version: int, programmes: Iterable[Nomenclature], **values
) -> Indicator:
    """Change an indicator that is still as the actor saw it.

    Raises NotAllowed, StaleRecord, ValidationError, and InvalidPlan for a double.
    """
    _planner(actor)
    draft = copy.copy(indicator)
    for name, value in values.items():
        setattr(draft, name, value)
    _refuse_double(draft)
    saved = revise(indicator, actor=actor, version=version, label="Indikator diubah", **values)
    saved.programmes.set(programmes)
    return saved


@transaction.atomic
def save_version(actor, *, indicator: Indicator, from_year: int, **values) -> IndicatorVersion:
    """Say what an indicator is called, or made of, from a year on; a second entry of that year replaces the first.

    Raises NotAllowed, and InvalidPlan or ValidationError for circles, long chains and a version that says nothing.
    """
    _planner(actor)
    if not any(values.get(name) for name in ("name", "definition", "numerator", "denominator")):
        raise InvalidPlan("Isi yang berubah: nama, definisi, atau angka yang membentuknya.")
    key = {"indicator": indicator, "from_year": from_year}
    return put(IndicatorVersion, key, values, actor=actor, label="Versi indikator")

"""Writes of predicate scales: the ones that regulations set, from the release's data file, and an office's own."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from core.errors import Refused
from core.workflow import opened, revise
from lkip.models import Band, BandScale
from lkip.services.plan import put

DATA = Path(__file__).resolve().parent.parent / "data" / "scales.csv"
Step = tuple[str, str, Decimal | None]
"""(letter, label, lower bound); the lowest step has no bound."""


class InvalidScale(Refused):
    """Steps that leave a gap or can't be told apart."""


@transaction.atomic
def save_scale(
    actor,
    *,
    code: str,
    name: str,
    steps: Iterable[Step],
    source: str = "",
    lower_belongs: bool = False,
    version: int | None = None,
) -> BandScale:
    """Create or change a scale with all its steps; `version` is the one that the actor saw, for a change by a form.

    Raises InvalidScale when the steps don't hold every number once, StaleRecord.
    """
    steps = list(steps)
    _check(steps)
    values = {"name": name, "source": source, "lower_belongs": lower_belongs}
    if version is None:
        scale = put(BandScale, {"code": code}, values, actor=actor, label="Skala predikat")
    else:
        held = BandScale.objects.get(code=code)
        scale = revise(held, actor=actor, version=version, label="Skala predikat diubah", **values)
    held = {(band.letter, band.label, band.lower): band for band in scale.bands.all()}
    for old, band in held.items():
        if old not in steps:
            band.delete()
    for letter, label, lower in steps:
        if (letter, label, lower) not in held:
            band = Band.objects.create(scale=scale, letter=letter, label=label, lower=lower)
            opened(band, actor=actor, label="Predikat ditambahkan")
    return scale


def free_code(name: str) -> str:
    """Return a code made of the name that no scale has."""
    stem = slugify(name)[:40] or "skala"
    taken = set(BandScale.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for code in (stem, *(f"{stem}-{i}" for i in range(2, len(taken) + 3))) if code not in taken
    )


def _check(steps: list[Step]) -> None:
    bounds = [lower for _, _, lower in steps]
    if len(steps) < 2:
        raise InvalidScale("Skala berisi paling sedikit dua predikat.")
    if bounds.count(None) != 1:
        raise InvalidScale("Tepat satu predikat, yang terendah, ditulis tanpa batas bawah.")
    if len(set(bounds)) != len(bounds):
        raise InvalidScale("Dua predikat tidak boleh mulai dari batas yang sama.")
    for words in ([label.casefold() for _, label, _ in steps], [x.casefold() for x, _, _ in steps if x]):
        if len(set(words)) != len(words) or not all(words):
            raise InvalidScale("Setiap predikat punya nama dan huruf yang berbeda.")


def load_scales(actor=None) -> int:
    """Write the scales of the release's data file; doing it again changes nothing. Returns how many there are."""
    with DATA.open(encoding="utf-8", newline="") as file:
        groups = [
            (code, list(rows)) for code, rows in groupby(csv.DictReader(file), key=lambda row: row["scale"])
        ]
    for code, rows in groups:
        save_scale(
            actor,
            code=code,
            name=rows[0]["name"],
            source=rows[0]["source"],
            lower_belongs=rows[0]["lower_belongs"] == "y",
            steps=[
                (row["letter"], row["label"], Decimal(row["lower"]) if row["lower"] else None) for row in rows
            ],
        )
    return len(groups)

"""Writes of predicate scales: the ones that regulations set, from the release's data file, and an office's own."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db import transaction

from core.errors import Refused
from core.workflow import opened
from lkip.models import Band, BandScale
from lkip.services.plan import put

DATA = Path(__file__).resolve().parent.parent / "data" / "scales.csv"
Step = tuple[str, str, Decimal | None]
"""(letter, label, lower bound); the lowest step has no bound."""


class InvalidScale(Refused):
    """Steps that leave a gap or can't be told apart."""


@transaction.atomic
def save_scale(
    actor, *, code: str, name: str, steps: Iterable[Step], source: str = "", lower_belongs: bool = False
) -> BandScale:
    """Create or change a scale with all its steps; raises InvalidScale when they don't hold every number once."""
    steps = list(steps)
    _check(steps)
    values = {"name": name, "source": source, "lower_belongs": lower_belongs}
    scale = put(BandScale, {"code": code}, values, actor=actor, label="Skala predikat")
    held = {(band.letter, band.label, band.lower): band for band in scale.bands.all()}
    for old, band in held.items():
        if old not in steps:
            band.delete()
    for letter, label, lower in steps:
        if (letter, label, lower) not in held:
            band = Band.objects.create(scale=scale, letter=letter, label=label, lower=lower)
            opened(band, actor=actor, label="Predikat ditambahkan")
    return scale


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

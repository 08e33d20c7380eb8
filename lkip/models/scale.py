"""Scales of predicates (AKIP, Permendagri 86/2017, an office's own): half-open, so that no value falls in a gap."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record


class BandScale(Record):
    """A scale. Each band begins where the one below ends; ``lower_belongs`` says whether that bound belongs to it
    (≥) or to the band below (>)."""

    code = models.SlugField("kode", unique=True)
    name = models.CharField("nama", max_length=150)
    source = models.CharField("dasar", max_length=250, blank=True)
    lower_belongs = models.BooleanField("batas bawah termasuk", default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Band(Record):
    """One predicate. The lowest band has no bound: everything below the others is in it."""

    scale = models.ForeignKey(BandScale, on_delete=models.CASCADE, related_name="bands")
    label = models.CharField("predikat", max_length=60)
    letter = models.CharField("huruf", max_length=5, blank=True)
    lower = models.DecimalField("batas bawah", max_digits=9, decimal_places=4, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("lower").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "lower"], name="one_band_a_bound"),
            models.UniqueConstraint(
                fields=["scale"], condition=models.Q(lower=None), name="one_lowest_band_a_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.label

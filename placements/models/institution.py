"""Licence data of the institutions that place people: BKK and P3MI. Name and address stand in accounts."""

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import Institution
from core.models.base import Record, RecordQuerySet
from placements import permissions


class LicensedQuerySet(RecordQuerySet):
    """Licence rows."""

    def visible_to(self, user) -> "LicensedQuerySet":
        """Officers see all, an operator the own institution."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(institution__in=permissions.reporting_institutions(user))


class SchoolJobExchange(Record):
    """A school's job exchange (BKK): places its own alumni only, without fee, not abroad (Permenaker 39/2016)."""

    institution = models.OneToOneField(
        Institution, on_delete=models.PROTECT, related_name="school_job_exchange", verbose_name="lembaga"
    )
    npsn = models.CharField("NPSN", max_length=8, blank=True)
    registration_no = models.CharField("nomor pendaftaran", max_length=80, blank=True)
    registered_on = models.DateField("terdaftar pada", null=True, blank=True)
    history = HistoricalRecords()
    objects = LicensedQuerySet.as_manager()

    class Meta:
        verbose_name = "bursa kerja khusus"

    def __str__(self) -> str:
        return self.institution.name


class MigrantAgency(Record):
    """A licensed agency for migrant workers (P3MI), UU 18/2017."""

    institution = models.OneToOneField(
        Institution, on_delete=models.PROTECT, related_name="migrant_agency", verbose_name="lembaga"
    )
    licence_no = models.CharField("nomor SIP3MI", max_length=80, blank=True)
    licence_until = models.DateField("berlaku sampai", null=True, blank=True)
    history = HistoricalRecords()
    objects = LicensedQuerySet.as_manager()

    class Meta:
        verbose_name = "P3MI"

    def __str__(self) -> str:
        return self.institution.name

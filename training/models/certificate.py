"""Certificates: what a participant takes home."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from training import permissions, validators
from training.enums import AssessmentResult, CertificateScheme
from training.models.enrolment import Enrolment


class CertificateQuerySet(RecordQuerySet):
    """Certificates."""

    def visible_to(self, user) -> "CertificateQuerySet":
        """Whoever sees the enrolment sees its certificates."""
        if permissions.has_role(user, *permissions.TRAINEE_READERS):
            return self
        if not (user and user.is_authenticated):
            return self.none()
        return self.filter(
            Q(enrolment__cohort__provider__institution__in=permissions.own_providers(user))
            | Q(enrolment__jobseeker__user=user)
        )


class Certificate(Record):
    """One certificate of one competent participant: the office's own, or one of BNSP by a certification body (LSP)."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="certificates", verbose_name="peserta"
    )
    scheme = models.CharField("jenis", max_length=8, choices=CertificateScheme.choices)
    scheme_name = models.CharField("skema", max_length=160)
    number = models.CharField("nomor", max_length=80)
    issuer = models.CharField("penerbit", max_length=160)
    issued_on = models.DateField("terbit pada")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    skkni_code = models.CharField(
        "kode unit SKKNI", max_length=24, blank=True, validators=[validators.validate_skkni_code]
    )

    history = HistoricalRecords()
    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="training_certificate_one_number"),
            models.UniqueConstraint(
                fields=["enrolment", "scheme", "scheme_name"], name="training_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=CertificateScheme.values), name="training_certificate_scheme"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="training_certificate_dates",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="training_certificate_numbered"),
        ]
        indexes = [models.Index(fields=["issued_on", "scheme"], name="training_certificate_issued")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.number}"

    def clean(self) -> None:
        """Raise ValidationError when it ends before it starts, or its holder isn't competent."""
        problems = {}
        period = validators.period_problem(self.issued_on, self.valid_until)
        if period:
            problems["valid_until"] = period
        if self.enrolment_id and self.enrolment.result != AssessmentResult.COMPETENT:
            problems["enrolment"] = "Sertifikat hanya untuk peserta yang dinilai kompeten."
        if problems:
            raise ValidationError(problems)

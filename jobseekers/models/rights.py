"""Rights of people over their data (UU 27/2022): consents, requests, breaches."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from jobseekers.enums import BreachState, RequestKind, RequestState
from jobseekers.permissions import can_answer_requests, can_manage_breaches
from jobseekers.workflows import BREACH, REQUEST


class ConsentText(models.Model):
    """What people agree to, for one purpose, in one version. A new wording is a new version."""

    purpose = models.SlugField("tujuan", max_length=40)
    version = models.PositiveSmallIntegerField("versi")
    title = models.CharField("judul", max_length=120)
    text = models.TextField("isi", max_length=2000)
    in_force_from = models.DateField("berlaku sejak")

    class Meta:
        verbose_name = "teks persetujuan"
        verbose_name_plural = "teks persetujuan"
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version")]

    def __str__(self) -> str:
        return f"{self.title} (versi {self.version})"


class ConsentQuerySet(RecordQuerySet):
    """Consents."""

    def in_force(self) -> "ConsentQuerySet":
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user) -> "ConsentQuerySet":
        """The PDP officer, and the person."""
        if can_answer_requests(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class Consent(models.Model):
    """One person's yes to one text; a withdrawal closes the row, a new yes is a new row."""

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name="pencari kerja",
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+", verbose_name="teks")
    given_at = models.DateTimeField("diberikan pada")
    channel = models.CharField("lewat", max_length=20, default="situs")
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_span",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class DataRequestQuerySet(RecordQuerySet):
    """Requests about personal data."""

    def visible_to(self, user) -> "DataRequestQuerySet":
        """The PDP officer, and the person."""
        if can_answer_requests(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


@governed(REQUEST)
class DataRequest(FSMModelMixin, Record):
    """A person's request; it must be answered within 3 × 24 hours of calendar time, a refusal with its reason."""

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="data_requests",
        verbose_name="pencari kerja",
    )
    kind = models.CharField("jenis", max_length=12, choices=RequestKind.choices)
    text = models.TextField("permintaan", max_length=1000)
    made_at = models.DateTimeField("diajukan pada")
    due_at = models.DateTimeField("dijawab paling lambat")
    state = StateField(
        "keadaan",
        max_length=12,
        choices=RequestState.choices,
        default=RequestState.OPEN,
    )
    answer = models.TextField("jawaban", max_length=2000, blank=True)
    answered_at = models.DateTimeField("dijawab pada", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan atas data pribadi"
        verbose_name_plural = "permintaan atas data pribadi"
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "kind"],
                condition=Q(state=RequestState.OPEN),
                name="data_request_one_open",
            ),
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="data_request_kind"),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="data_request_due"),
            models.CheckConstraint(
                condition=Q(state__in=(RequestState.OPEN, RequestState.WITHDRAWN))
                | (
                    Q(state__in=(RequestState.GRANTED, RequestState.REFUSED), answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="data_request_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {clock.local(self.made_at):%d-%m-%Y}"

    @property
    def reference(self) -> str:
        """The number told to the person, e.g. "PDP-3F2A91C0"."""
        return f"PDP-{self.uid.hex[:8].upper()}"

    @property
    def is_late(self) -> bool:
        """Whether the legal clock has run out without an answer."""
        return self.state == RequestState.OPEN and clock.now() > self.due_at

    def on_grant(self, *, actor, answer: str) -> None:
        """Keep the answer."""
        self._answered(actor, answer)

    def on_refuse(self, *, actor, answer: str) -> None:
        """Keep the reasons."""
        self._answered(actor, answer)

    def _answered(self, actor, answer: str) -> None:
        self.answer, self.answered_at, self.answered_by = answer, clock.now(), actor


class BreachQuerySet(RecordQuerySet):
    """Data breaches."""

    def visible_to(self, user) -> "BreachQuerySet":
        """PDP officer, administrator and head of office."""
        return self if can_manage_breaches(user) else self.none()


@governed(BREACH)
class Breach(FSMModelMixin, Record):
    """A failure to protect personal data; notice within 3 × 24 hours of its discovery (UU 27/2022 Ps 46)."""

    title = models.CharField("peristiwa", max_length=150)
    happened_from = models.DateTimeField("terjadi sejak")
    happened_until = models.DateTimeField("sampai", null=True, blank=True)
    found_at = models.DateTimeField("diketahui pada")
    due_at = models.DateTimeField("diberitahukan paling lambat")
    data_kinds = models.CharField("data yang terkena", max_length=300)
    cause = models.TextField("bagaimana terjadi", max_length=2000)
    handling = models.TextField("penanganan dan pemulihan", max_length=2000, blank=True)
    affected_query = models.JSONField("siapa yang terkena", default=dict)
    affected_count = models.PositiveIntegerField("jumlah orang terkena", null=True, blank=True)
    state = StateField(
        "keadaan",
        max_length=12,
        choices=BreachState.choices,
        default=BreachState.OPEN,
    )
    notified_at = models.DateTimeField("diberitahukan pada", null=True, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = "kegagalan pelindungan data"
        verbose_name_plural = "kegagalan pelindungan data"
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(found_at__gte=F("happened_from")), name="breach_found_after"),
            models.CheckConstraint(condition=Q(due_at__gt=F("found_at")), name="breach_due"),
            models.CheckConstraint(condition=Q(state__in=BreachState.values), name="breach_state"),
            models.CheckConstraint(
                condition=Q(state=BreachState.OPEN) | Q(notified_at__isnull=False), name="breach_notified"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        """Whether the legal clock has run out before the people and the agency were told."""
        return self.state == BreachState.OPEN and clock.now() > self.due_at

    def on_tell(self, *, actor) -> None:
        """The written notice has gone out."""
        self.notified_at = clock.now()

    def on_close(self, *, actor) -> None:
        """Handled and recovered."""

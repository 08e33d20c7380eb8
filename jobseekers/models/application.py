"""The application for an AK-1 card."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from jobseekers.enums import (
    OPEN_APPLICATION,
    ApplicationKind,
    ApplicationState,
    Origin,
    ReplacementReason,
)
from jobseekers.permissions import can_read_cards, leaver_schools
from jobseekers.workflows import APPLICATION

_SENT = (
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.APPROVED,
    ApplicationState.REJECTED,
)


class AK1ApplicationQuerySet(RecordQuerySet):
    """Applications."""

    def open(self) -> "AK1ApplicationQuerySet":
        """Drafts, sent and returned ones."""
        return self.filter(state__in=OPEN_APPLICATION)

    def waiting(self) -> "AK1ApplicationQuerySet":
        """What waits for an officer, oldest first."""
        return self.filter(state=ApplicationState.SUBMITTED).order_by("submitted_at", "pk")

    def sent_by_school(self, user) -> "AK1ApplicationQuerySet":
        """What the BKK of the user sent in: for the list of masked names, never for the files themselves."""
        return self.filter(origin=Origin.BKK, via_institution__in=leaver_schools(user))

    def visible_to(self, user) -> "AK1ApplicationQuerySet":
        """Staff see what was sent, and drafts made at the desk; a job seeker their own."""
        if user is None or not user.is_authenticated:
            return self.none()
        own = Q(jobseeker__user=user)
        if can_read_cards(user):
            return self.filter(own | Q(submitted_at__isnull=False) | Q(origin=Origin.DESK))
        return self.filter(own)


@governed(APPLICATION)
class AK1Application(FSMModelMixin, Record):
    """One request for a card: new, renewal or replacement. A person has at most one that is undecided.

    `decided_at` is when it was closed: approved, rejected or withdrawn. `officer_note` is what the officer
    last wrote to the applicant: what to mend, or why it was refused.
    """

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name="pencari kerja",
    )
    kind = models.CharField(
        "jenis", max_length=16, choices=ApplicationKind.choices, default=ApplicationKind.NEW
    )
    reason = models.CharField(
        "sebab penggantian", max_length=16, choices=ReplacementReason.choices, blank=True
    )
    previous_card = models.ForeignKey(
        "jobseekers.AK1Card",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        verbose_name="kartu sebelumnya",
    )
    origin = models.CharField("asal", max_length=8, choices=Origin.choices, default=Origin.ONLINE)
    via_institution = models.ForeignKey(
        "accounts.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="BKK pengirim",
    )
    state = StateField(
        "keadaan",
        max_length=16,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
    )
    submitted_at = models.DateTimeField("dikirim pada", null=True, blank=True)
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diputus oleh",
    )
    officer_note = models.TextField("catatan petugas", max_length=1000, blank=True)

    history = HistoricalRecords()
    objects = AK1ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan AK-1"
        verbose_name_plural = "permohonan AK-1"
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="ak1_application_queue"),
            models.Index(fields=["submitted_at", "decided_at"], name="ak1_application_span"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker"],
                condition=Q(state__in=OPEN_APPLICATION),
                name="ak1_application_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="ak1_application_state"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="ak1_application_origin"),
            models.CheckConstraint(
                condition=Q(origin=Origin.BKK, via_institution__isnull=False)
                | (~Q(origin=Origin.BKK) & Q(via_institution__isnull=True)),
                name="ak1_application_sender",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicationKind.REPLACEMENT, reason__in=ReplacementReason.values)
                | Q(kind__in=(ApplicationKind.NEW, ApplicationKind.RENEWAL), reason=""),
                name="ak1_application_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.DRAFT, submitted_at__isnull=True)
                | Q(state__in=_SENT, submitted_at__isnull=False)
                | Q(state=ApplicationState.WITHDRAWN),
                name="ak1_application_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_APPLICATION, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state__in=OPEN_APPLICATION) & Q(decided_at__isnull=False)),
                name="ak1_application_decided",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(decided_at__isnull=True)
                | Q(decided_at__gte=F("submitted_at")),
                name="ak1_application_decided_after_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ApplicationState.RETURNED, ApplicationState.REJECTED))
                | ~Q(officer_note=""),
                name="ak1_application_note_given",
            ),
        ]

    def __str__(self) -> str:
        return f"Permohonan AK-1 {self.reference}"

    @property
    def reference(self) -> str:
        """The number told to the applicant, e.g. "PMH-3F2A91C0"."""
        return f"PMH-{self.uid.hex[:8].upper()}"

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.state in OPEN_APPLICATION

    def on_submit(self, *, actor) -> None:
        """Remember when it was first sent; a mended file keeps its place in the queue."""
        self.submitted_at = self.submitted_at or clock.now()
        self.officer_note = ""

    def on_return_(self, *, actor, note: str) -> None:
        """Keep what the applicant has to mend."""
        self.officer_note = note

    def on_approve(self, *, actor) -> None:
        """Close it."""
        self._close(actor)

    def on_reject(self, *, actor, note: str) -> None:
        """Close it with the reason."""
        self.officer_note = note
        self._close(actor)

    def on_withdraw(self, *, actor) -> None:
        """Close it at the applicant's wish."""
        self._close(actor)

    def _close(self, actor) -> None:
        self.decided_at = clock.now()
        self.decided_by = actor

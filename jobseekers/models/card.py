"""The AK-1 card (Kartu Tanda Bukti Pendaftaran Pencari Kerja, formulir AK/I)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core.formats import date_long
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from jobseekers.enums import ApplicationKind, CardState, RemovalReason
from jobseekers.permissions import can_read_cards
from jobseekers.validators import report_days
from jobseekers.workflows import CARD


class AK1CardQuerySet(RecordQuerySet):
    """Cards."""

    def active(self) -> "AK1CardQuerySet":
        """Cards that hold."""
        return self.filter(state=CardState.ACTIVE)

    def visible_to(self, user) -> "AK1CardQuerySet":
        """Staff of the placement section see all cards; a job seeker their own."""
        if can_read_cards(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


@governed(CARD)
class AK1Card(FSMModelMixin, Record):
    """One issued card. Its number is never used again.

    `valid_until` is the last day it holds by its date; `ended_on` the first day on which it no longer does (for
    an expired card the day after `valid_until`), empty exactly while it is active. The officer's name and NIP
    are frozen at issue: the card keeps who signed it.
    """

    application = models.OneToOneField(
        "jobseekers.AK1Application", on_delete=models.PROTECT, related_name="card", verbose_name="permohonan"
    )
    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker", on_delete=models.PROTECT, related_name="cards", verbose_name="pencari kerja"
    )
    number = models.CharField("nomor pendaftaran", max_length=24, unique=True)
    external_no = models.CharField("nomor SIAPkerja", max_length=32, blank=True)
    kind = models.CharField("jenis", max_length=16, choices=ApplicationKind.choices)
    issued_on = models.DateField("terbit", db_index=True)
    valid_until = models.DateField("berlaku sampai")
    state = StateField(
        "keadaan",
        max_length=16,
        choices=CardState.choices,
        default=CardState.ACTIVE,
    )
    ended_on = models.DateField("tidak berlaku sejak", null=True, blank=True)
    removal_reason = models.CharField(
        "alasan penghapusan", max_length=16, choices=RemovalReason.choices, blank=True
    )
    officer_name = models.CharField("nama pengantar kerja", max_length=150)
    officer_nip = models.CharField("NIP", max_length=24, blank=True)
    print_count = models.PositiveIntegerField("dicetak", default=0)

    history = HistoricalRecords()
    objects = AK1CardQuerySet.as_manager()

    class Meta:
        verbose_name = "kartu AK-1"
        verbose_name_plural = "kartu AK-1"
        indexes = [
            models.Index(fields=["state", "valid_until"], name="ak1_card_expiry"),
            models.Index(fields=["kind", "issued_on", "jobseeker"], name="ak1_card_flow"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker"], condition=Q(state=CardState.ACTIVE), name="ak1_card_one_active"
            ),
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="ak1_card_state"),
            models.CheckConstraint(condition=Q(kind__in=ApplicationKind.values), name="ak1_card_kind"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_on")), name="ak1_card_validity"),
            models.CheckConstraint(
                condition=Q(state=CardState.ACTIVE, ended_on__isnull=True)
                | (~Q(state=CardState.ACTIVE) & Q(ended_on__isnull=False, ended_on__gte=F("issued_on"))),
                name="ak1_card_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.REMOVED, removal_reason__in=RemovalReason.values)
                | (~Q(state=CardState.REMOVED) & Q(removal_reason="")),
                name="ak1_card_removal_reason",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="ak1_card_numbered"),
        ]

    def __str__(self) -> str:
        return f"Kartu AK-1 {self.number_grouped}"

    @property
    def number_grouped(self) -> str:
        """The number as people read it: 3277 210826 000123."""
        if len(self.number) != 16:
            return self.number
        return f"{self.number[:4]} {self.number[4:10]} {self.number[10:]}"

    @property
    def report_days(self) -> tuple[date, ...]:
        """The three days on which the holder should report."""
        return report_days(self.issued_on)

    @property
    def end_words(self) -> str:
        """How and when it ended, for its holder; "" while it holds."""
        if self.ended_on is None:
            return ""
        why = f": {self.get_removal_reason_display().lower()}" if self.removal_reason else ""
        return f"{self.get_state_display()}{why}, mulai {date_long(self.ended_on)}"

    def holds_on(self, day: date) -> bool:
        """Whether it proves anything on `day`; past its date it does not, even before the nightly expiry."""
        return self.state == CardState.ACTIVE and self.issued_on <= day <= self.valid_until

    def on_replace(self, *, actor, on: date) -> None:
        """A newer card takes its place."""
        self.ended_on = max(on, self.issued_on)

    def on_expire(self, *, actor) -> None:
        """Its time is over."""
        self.ended_on = self.valid_until + timedelta(days=1)

    def on_remove(self, *, actor, on: date, reason: str) -> None:
        """The holder leaves the register."""
        self.ended_on = max(on, self.issued_on)
        self.removal_reason = reason

    def on_place(self, *, actor, on: date) -> None:
        """The holder works."""
        self.ended_on = max(on, self.issued_on)

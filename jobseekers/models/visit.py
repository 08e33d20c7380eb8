"""Days and hours for those who must come to the office."""

from django.db import models
from django.db.models import F, Q

from core.models.base import Record, RecordQuerySet
from jobseekers.enums import BookingState
from jobseekers.permissions import can_read_cards


class VisitSlotQuerySet(RecordQuerySet):
    """Slots; they hold no personal data."""

    def visible_to(self, user) -> "VisitSlotQuerySet":
        """Everybody who is signed in sees the times."""
        return self if user is not None and user.is_authenticated else self.none()


class VisitSlot(Record):
    """A time at which `counters` × `per_counter` people can come. `booked` is raised under the slot's lock."""

    day = models.DateField("hari")
    starts_at = models.TimeField("mulai")
    ends_at = models.TimeField("selesai")
    counters = models.PositiveSmallIntegerField("loket", default=1)
    per_counter = models.PositiveSmallIntegerField("orang per loket", default=4)
    booked = models.PositiveSmallIntegerField("terisi", default=0)
    closed = models.BooleanField("ditutup", default=False)

    objects = VisitSlotQuerySet.as_manager()

    class Meta:
        verbose_name = "jadwal kunjungan"
        verbose_name_plural = "jadwal kunjungan"
        ordering = ["day", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["day", "starts_at"], name="visit_slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_slot_span"),
            models.CheckConstraint(
                condition=Q(booked__lte=F("counters") * F("per_counter")), name="visit_slot_capacity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at:%H.%M}"

    @property
    def capacity(self) -> int:
        """How many people can come."""
        return self.counters * self.per_counter

    @property
    def free(self) -> int:
        """How many places are left."""
        return 0 if self.closed else self.capacity - self.booked


class VisitBookingQuerySet(RecordQuerySet):
    """Bookings."""

    def visible_to(self, user) -> "VisitBookingQuerySet":
        """Staff of the placement section, and the person."""
        if can_read_cards(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class VisitBooking(Record):
    """One person's visit. A person has at most one that is still to come."""

    slot = models.ForeignKey(
        VisitSlot, on_delete=models.PROTECT, related_name="bookings", verbose_name="jadwal"
    )
    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name="pencari kerja",
    )
    purpose = models.CharField("keperluan", max_length=120)
    state = models.CharField(
        "keadaan", max_length=12, choices=BookingState.choices, default=BookingState.BOOKED
    )
    reminded_at = models.DateTimeField("diingatkan pada", null=True, blank=True)
    settled_at = models.DateTimeField("dicatat pada", null=True, blank=True)

    objects = VisitBookingQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["slot__day", "slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker"], condition=Q(state=BookingState.BOOKED), name="visit_one_to_come"
            ),
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="visit_state"),
        ]

    def __str__(self) -> str:
        return f"Kunjungan {self.slot}"

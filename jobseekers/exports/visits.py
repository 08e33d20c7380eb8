"""Visits by hour, and the slots that the office has opened."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from core import clock
from core.tables import Chip, Column, Filter, Table
from jobseekers.enums import BookingState
from jobseekers.exports.columns import name_column, state_column
from jobseekers.models import VisitBooking, VisitSlot
from jobseekers.permissions import can_read_cards


def _hour(value: dt.time) -> str:
    return f"{value:%H.%M}"


class VisitTable(Table):
    """Who comes, by day and hour."""

    slug = "kunjungan"
    title = "Kunjungan"
    noun = "kunjungan"
    permission = can_read_cards
    search_fields = ("jobseeker__full_name__icontains",)
    search_label = "Cari nama"
    default_sort = ("slot__day", "slot__starts_at", "pk")
    empty_text = "Belum ada yang memesan. Buka jadwal lebih dulu; pemohon memesan dari ponselnya."
    columns = [
        name_column(),
        Column("day", "Hari", value="slot__day", kind="date", sort="slot__day", width=18),
        Column("hour", "Jam", value="slot__starts_at", convert=_hour, width=10),
        Column("purpose", "Keperluan", width=30),
        state_column(
            BookingState.choices, {"CANCELLED": "grey", "ATTENDED": "green", "NO_SHOW": "red"}, width=16
        ),
    ]
    filters = [
        Filter("hari", "Hari", field="slot__day", kind="date"),
        Filter("keadaan", "Keadaan", field="state", choices=BookingState.choices),
    ]
    chips = [
        Chip("hari-ini", "Hari ini", lambda user: Q(slot__day=clock.today())),
        Chip("besok", "Besok", lambda user: Q(slot__day=clock.today() + dt.timedelta(days=1))),
    ]

    def queryset(self, user) -> QuerySet:
        """All visits; without those of others for a job seeker, whom the permission keeps out anyway."""
        return VisitBooking.objects.visible_to(user).select_related("slot", "jobseeker")

    def row_url(self, row: VisitBooking) -> str:
        """The visit's page."""
        return reverse("jobseekers:visit_detail", args=[row.uid])


class SlotTable(Table):
    """Hours and their places."""

    slug = "jadwal-kunjungan"
    title = "Jadwal kunjungan"
    noun = "jam"
    permission = can_read_cards
    default_sort = ("day", "starts_at")
    empty_text = "Belum ada jadwal. Pilih Buka jadwal untuk menetapkan hari, jam, dan loket."
    columns = [
        Column("day", "Hari", kind="date", sort="day", width=18),
        Column("starts_at", "Mulai", convert=_hour, width=10),
        Column("ends_at", "Selesai", convert=_hour, width=10),
        Column("counters", "Loket", kind="int", width=8),
        Column("per_counter", "Orang per loket", kind="int", width=14),
        Column("booked", "Terisi", kind="int", width=10),
        Column("closed", "Ditutup", kind="bool", width=10),
    ]
    filters = [Filter("hari", "Hari", field="day", kind="date")]
    chips = [Chip("datang", "Mulai hari ini", lambda user: Q(day__gte=clock.today()))]

    def queryset(self, user) -> QuerySet:
        """All slots."""
        return VisitSlot.objects.visible_to(user)

    def row_url(self, row: VisitSlot) -> str:
        """Changing it."""
        return reverse("jobseekers:slot_edit", args=[row.uid])

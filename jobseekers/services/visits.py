"""Visits at the office: opening hours with places, booking one, changing and cancelling it, and who came.

A place is taken under the slot's lock; `booked` is never above capacity (a CHECK stands behind it). Locks: person, then
slots in the order of their keys, then the booking.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from core import clock
from core.calendar import is_working_day
from core.errors import Refused
from core.formats import date_long
from core.models.agency import AgencyProfile
from core.workflow import NotAllowed, opened, revise
from jobseekers import notifications
from jobseekers.enums import OPEN_APPLICATION, BookingState
from jobseekers.models import AK1Application, JobSeeker, VisitBooking, VisitSlot
from jobseekers.permissions import is_officer, may_decide, owns
from jobseekers.services.people import lock_person

MOST_DAYS, MOST_SLOTS = 92, 40


def _may(actor, person: JobSeeker) -> None:
    if not (is_officer(actor) or owns(actor, person)):
        raise NotAllowed("Anda tidak berwenang atas kunjungan ini.")


def bookable(*, now: datetime | None = None) -> QuerySet[VisitSlot]:
    """The slots with a free place that start later than now, within the days that the office's policy opens ahead."""
    now = now or clock.now()
    local = clock.local(now)
    last = local.date() + timedelta(days=AgencyProfile.current().policy("visit_horizon_days"))
    slots = VisitSlot.objects.filter(closed=False, booked__lt=F("counters") * F("per_counter"))
    slots = slots.filter(day__gte=local.date(), day__lte=last)
    return slots.exclude(day=local.date(), starts_at__lte=local.time()).order_by("day", "starts_at")


def upcoming(person: JobSeeker) -> VisitBooking | None:
    """The person's visit that is still to come."""
    return (
        VisitBooking.objects.filter(jobseeker=person, state=BookingState.BOOKED)
        .select_related("slot")
        .first()
    )


def _times(first: time, last: time, minutes: int) -> list[tuple[time, time]]:
    """The slots of a day, each `minutes` long; a rest that is shorter is left out."""
    day, found = date(2000, 1, 1), []
    at, end = datetime.combine(day, first), datetime.combine(day, last)
    while at + timedelta(minutes=minutes) <= end:
        found.append((at.time(), (at + timedelta(minutes=minutes)).time()))
        at += timedelta(minutes=minutes)
    return found


@transaction.atomic
def open_days(
    *,
    actor,
    first_day: date,
    last_day: date,
    opens: time,
    closes: time,
    minutes: int,
    counters: int,
    per_counter: int,
) -> int:
    """Open slots on the working days of a span and return how many are new; those that exist stay as they are."""
    if not is_officer(actor):
        raise NotAllowed("Jadwal dibuka oleh pengantar kerja.")
    if first_day < clock.today():
        raise Refused("Hari pertama sudah lewat.", field="first_day")
    if not first_day <= last_day <= first_day + timedelta(days=MOST_DAYS - 1):
        raise Refused(f"Hari terakhir harus 0–{MOST_DAYS - 1} hari sesudah hari pertama.", field="last_day")
    times = _times(opens, closes, minutes)
    if not times or len(times) > MOST_SLOTS:
        raise Refused("Jam tutup harus sesudah jam buka, cukup untuk 1 sampai 40 giliran.", field="closes")
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    days = [day for day in days if is_working_day(day)]
    if not days:
        raise Refused("Tidak ada hari kerja pada rentang ini.", field="last_day")
    known = set(VisitSlot.objects.filter(day__in=days).values_list("day", "starts_at"))
    made = 0
    for day in days:
        for starts_at, ends_at in times:
            if (day, starts_at) in known:
                continue
            slot = VisitSlot.objects.create(
                day=day, starts_at=starts_at, ends_at=ends_at, counters=counters, per_counter=per_counter
            )
            opened(slot, actor=actor, label="Jadwal dibuka")
            made += 1
    if not made:
        raise Refused("Semua jadwal itu sudah ada. Ubah satu per satu bila perlu.", field="first_day")
    return made


@transaction.atomic
def change_slot(
    slot: VisitSlot, *, actor, version: int, counters: int, per_counter: int, closed: bool
) -> VisitSlot:
    """Change the places of a slot, or close it for new bookings; never below what is booked."""
    if not is_officer(actor):
        raise NotAllowed("Jadwal diubah oleh pengantar kerja.")
    fresh = VisitSlot.objects.select_for_update().get(pk=slot.pk)
    if counters * per_counter < fresh.booked:
        raise Refused(
            f"Sudah ada {fresh.booked} orang terdaftar. Tempat tidak bisa kurang dari itu.",
            field="per_counter",
        )
    return revise(
        fresh,
        actor=actor,
        version=version,
        label="Jadwal diubah",
        counters=counters,
        per_counter=per_counter,
        closed=closed,
    )


def _take(slot_pk: int, *, actor) -> VisitSlot:
    """Take one place. Raises Refused when none is left or the time has come."""
    slot = VisitSlot.objects.select_for_update().get(pk=slot_pk)
    if not bookable().filter(pk=slot.pk).exists():
        raise Refused("Jam ini baru saja penuh atau ditutup. Pilih jam lain.", field="slot")
    return revise(slot, actor=actor, version=slot.version, label="Tempat dipesan", booked=slot.booked + 1)


def _free(slot_pk: int, *, actor) -> None:
    slot = VisitSlot.objects.select_for_update().get(pk=slot_pk)
    revise(slot, actor=actor, version=slot.version, label="Tempat kembali kosong", booked=slot.booked - 1)


@transaction.atomic
def book(*, actor, person: JobSeeker, slot: VisitSlot, purpose: str = "Permohonan AK-1") -> VisitBooking:
    """Book a visit. A person has one that is to come. Raises Refused, NotAllowed."""
    fresh = lock_person(person)
    _may(actor, fresh)
    if upcoming(fresh) is not None:
        raise Refused("Anda sudah punya jadwal kunjungan. Ubah atau batalkan yang itu dulu.")
    taken = _take(slot.pk, actor=actor)
    booking = VisitBooking.objects.create(slot=taken, jobseeker=fresh, purpose=purpose)
    opened(booking, actor=actor, label="Kunjungan dipesan")
    notifications.visit_booked(booking)
    return booking


def _locked(booking: VisitBooking, *, actor) -> VisitBooking:
    person = lock_person(booking.jobseeker)
    _may(actor, person)
    fresh = VisitBooking.objects.select_related("slot").get(pk=booking.pk)
    if fresh.state != BookingState.BOOKED:
        raise Refused(f"Kunjungan ini sudah tercatat: {fresh.get_state_display().lower()}.")
    return fresh


@transaction.atomic
def cancel(booking: VisitBooking, *, actor, version: int) -> VisitBooking:
    """Cancel a visit that is to come; its place is free again."""
    fresh = _locked(booking, actor=actor)
    _free(fresh.slot_id, actor=actor)
    return revise(
        fresh, actor=actor, version=version, label="Kunjungan dibatalkan", state=BookingState.CANCELLED,
        settled_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def move(booking: VisitBooking, *, actor, version: int, slot: VisitSlot) -> VisitBooking:
    """Move a visit to another slot: the old place is kept until the new one is sure."""
    fresh = _locked(booking, actor=actor)
    if slot.pk == fresh.slot_id:
        raise Refused("Kunjungan Anda sudah pada jam ini.", field="slot")
    keys = sorted((slot.pk, fresh.slot_id))
    list(VisitSlot.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    taken = _take(slot.pk, actor=actor)
    _free(fresh.slot_id, actor=actor)
    moved = revise(
        fresh, actor=actor, version=version, label="Kunjungan dipindah", slot=taken, reminded_at=None
    )
    notifications.visit_booked(moved)
    return moved


@transaction.atomic
def settle(booking: VisitBooking, *, actor, version: int, came: bool) -> VisitBooking:
    """Write down whether the person came; on the day itself or later."""
    if not is_officer(actor):
        raise NotAllowed("Kehadiran dicatat oleh pengantar kerja.")
    fresh = _locked(booking, actor=actor)
    if fresh.slot.day > clock.today():
        raise Refused(f"Kunjungan ini baru pada {date_long(fresh.slot.day)}.")
    return _settled(fresh, actor=actor, version=version, came=came)


def _settled(booking: VisitBooking, *, actor, version: int, came: bool) -> VisitBooking:
    state = BookingState.ATTENDED if came else BookingState.NO_SHOW
    return revise(
        booking, actor=actor, version=version, label=state.label, state=state, settled_at=clock.now()
    )


@transaction.atomic
def settle_missed(booking: VisitBooking) -> bool:
    """Note a no-show of a day that is over and that nobody wrote down; False when somebody did meanwhile."""
    lock_person(booking.jobseeker)
    fresh = VisitBooking.objects.select_related("slot").get(pk=booking.pk)
    if fresh.state != BookingState.BOOKED or fresh.slot.day >= clock.today():
        return False
    _settled(fresh, actor=None, version=fresh.version, came=False)
    return True


@transaction.atomic
def remind(booking: VisitBooking) -> bool:
    """Remind of a visit, once; False when it was done, moved or cancelled meanwhile."""
    lock_person(booking.jobseeker)
    fresh = VisitBooking.objects.select_related("slot", "jobseeker__user").get(pk=booking.pk)
    if fresh.state != BookingState.BOOKED or fresh.reminded_at is not None:
        return False
    revise(fresh, actor=None, version=fresh.version, label="Diingatkan", reminded_at=clock.now())
    notifications.visit_tomorrow(fresh)
    return True


@transaction.atomic
def ask_to_come(application: AK1Application, *, actor, version: int) -> AK1Application:
    """Ask the applicant to come: a notice and a mail that lead to the booking. The file's state stays."""
    lock_person(application.jobseeker)
    fresh = AK1Application.objects.select_related("jobseeker__user").get(pk=application.pk)
    if not may_decide(actor, fresh):
        raise NotAllowed("Hanya pengantar kerja yang bisa meminta pemohon datang.")
    if fresh.state not in OPEN_APPLICATION or fresh.submitted_at is None:
        raise Refused("Permohonan ini tidak sedang diperiksa.")
    asked = revise(fresh, actor=actor, version=version, label="Pemohon diminta datang")
    notifications.asked_to_come(asked)
    return asked

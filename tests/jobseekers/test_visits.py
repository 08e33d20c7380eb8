"""Visits: places never overbooked, one to come a person, changed, cancelled, reminded, missed."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock, jobs
from core.errors import Refused
from core.workflow import NotAllowed, StaleRecord
from jobseekers.forms.visits import VisitHourForm
from jobseekers.models import AK1Application, VisitBooking, VisitSlot
from jobseekers.services import visits
from messaging.models import Message, Notice
from tests.jobseekers.conftest import TODAY
from tests.jobseekers.test_races import at_once

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def slot(db):
    """Return a function that opens an hour."""

    def make(day=TOMORROW, hour=8, **changes):
        options = {"counters": 1, "per_counter": 2} | changes
        return VisitSlot.objects.create(day=day, starts_at=time(hour), ends_at=time(hour + 1), **options)

    return make


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_many_want_the_last_places(person_with, user_with, slot):
    hour = slot(per_counter=3)
    people = [person_with(user=user_with("JOBSEEKER")) for _ in range(8)]
    results = at_once(*[lambda p=p: visits.book(actor=p.user, person=p, slot=hour) for p in people])
    assert len([found for found in results if isinstance(found, VisitBooking)]) == 3, results
    assert all("penuh" in str(found) for found in results if isinstance(found, Refused))
    hour.refresh_from_db()
    assert hour.booked == hour.bookings.filter(state="BOOKED").count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_one_person_books_twice_at_once_and_others_swap(person_with, user_with, slot):
    first, second = slot(hour=8, per_counter=1), slot(hour=9, per_counter=2)
    one, two = (person_with(user=user_with("JOBSEEKER")) for _ in range(2))
    results = at_once(*[lambda s=s: visits.book(actor=one.user, person=one, slot=s) for s in (first, second)])
    assert len([found for found in results if isinstance(found, VisitBooking)]) == 1
    mine = visits.upcoming(one)
    if mine.slot_id == second.pk:
        mine = visits.move(mine, actor=one.user, version=mine.version, slot=first)
    other = visits.book(actor=two.user, person=two, slot=second)
    at_once(
        lambda: visits.move(mine, actor=one.user, version=mine.version, slot=second),
        lambda: visits.cancel(other, actor=two.user, version=other.version),
    )
    for hour in (first, second):
        hour.refresh_from_db()
        assert hour.booked == hour.bookings.filter(state="BOOKED").count()
    assert (first.booked, second.booked) == (0, 1)


@pytest.mark.django_db
def test_days_open_on_working_days_only_and_once(officer, seeker):
    span = {
        "first_day": date(2023, 8, 25), "last_day": date(2023, 8, 29), "opens": time(8), "closes": time(9, 45),
        "minutes": 30, "counters": 2, "per_counter": 3,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        visits.open_days(actor=seeker, **span)
    assert visits.open_days(actor=officer, **span) == 9
    assert sorted(set(VisitSlot.objects.values_list("day", flat=True))) == [
        date(2023, 8, 25),
        date(2023, 8, 28),
        date(2023, 8, 29),
    ]
    assert {slot.capacity for slot in VisitSlot.objects.all()} == {6}
    with pytest.raises(Refused, match="sudah ada"):
        visits.open_days(actor=officer, **span)
    with pytest.raises(Refused, match="Jam tutup"):
        visits.open_days(actor=officer, **(span | {"closes": time(8, 10)}))
    with pytest.raises(Refused, match="hari kerja"):
        visits.open_days(
            actor=officer, **(span | {"first_day": date(2023, 8, 26), "last_day": date(2023, 8, 27)})
        )
    assert VisitSlot.objects.count() == 9


@pytest.mark.django_db
def test_only_free_open_and_near_hours_are_offered(slot, agency):
    good = slot()
    slot(hour=9, closed=True)
    slot(hour=10, booked=2)
    slot(day=TODAY + timedelta(days=15))
    slot(day=TODAY - timedelta(days=1))
    with clock.frozen(TODAY):
        assert list(visits.bookable()) == [good]


@pytest.mark.django_db
def test_a_visit_is_told_moved_and_cancelled(person_with, seeker, officer, slot, user_with):
    person, first, second = person_with(user=seeker, email="rina@contoh.test"), slot(), slot(hour=10)
    stranger = user_with("JOBSEEKER")
    with pytest.raises(NotAllowed):
        visits.book(actor=stranger, person=person, slot=first)
    booking = visits.book(actor=seeker, person=person, slot=first)
    assert "22 Agustus 2023 pukul 08.00–09.00" in Notice.objects.get(user=seeker).body
    with pytest.raises(Refused, match="sudah punya jadwal"):
        visits.book(actor=seeker, person=person, slot=second)
    with pytest.raises(StaleRecord):
        visits.move(booking, actor=seeker, version=booking.version - 1, slot=second)
    first.refresh_from_db()
    assert first.booked == 1
    moved = visits.move(booking, actor=seeker, version=booking.version, slot=second)
    with pytest.raises(NotAllowed):
        visits.cancel(moved, actor=stranger, version=moved.version)
    visits.cancel(moved, actor=officer, version=moved.version)
    assert list(VisitSlot.objects.order_by("pk").values_list("booked", flat=True)) == [0, 0]
    assert VisitBooking.objects.get().state == "CANCELLED"
    assert visits.book(actor=seeker, person=person, slot=first).slot == first


@pytest.mark.django_db
def test_reminded_once_the_day_before_and_missed_the_night_after(person_with, seeker, officer, slot):
    person = person_with(user=seeker, email="rina@contoh.test")
    booking = visits.book(actor=seeker, person=person, slot=slot())
    for key in ("a", "b"):
        jobs.enqueue("jobseekers.visit_reminders", key=key)
        jobs.enqueue("jobseekers.visit_no_shows", key=key)
        jobs.work_off()
    assert Notice.objects.filter(user=seeker, title="Besok jadwal kunjungan Anda").count() == 1
    assert Message.objects.filter(subject="Besok jadwal kunjungan Anda").count() == 1
    booking.refresh_from_db()
    assert booking.state == "BOOKED"
    with pytest.raises(Refused, match="baru pada"):
        visits.settle(booking, actor=officer, version=booking.version, came=True)
    with clock.frozen(TODAY + timedelta(days=2)):
        jobs.enqueue("jobseekers.visit_no_shows", key="c")
        jobs.work_off()
    booking.refresh_from_db()
    assert booking.state == "NO_SHOW"
    with pytest.raises(Refused, match="sudah tercatat"):
        visits.settle(booking, actor=officer, version=booking.version, came=True)


@pytest.mark.django_db
def test_places_never_fall_below_what_is_booked(person_with, seeker, officer, slot):
    hour = slot()
    visits.book(actor=seeker, person=person_with(user=seeker), slot=hour)
    hour.refresh_from_db()
    changed = visits.change_slot(
        hour, actor=officer, version=hour.version, counters=1, per_counter=1, closed=True
    )
    assert (changed.capacity, changed.free) == (1, 0)
    VisitSlot.objects.filter(pk=hour.pk).update(per_counter=2, booked=2)
    hour.refresh_from_db()
    with pytest.raises(Refused, match="Sudah ada 2 orang"):
        visits.change_slot(hour, actor=officer, version=hour.version, counters=1, per_counter=1, closed=False)


@pytest.mark.django_db
def test_an_officer_asks_an_applicant_to_come(sent, officer, client_as):
    application = sent()
    client = client_as("PLACEMENT_OFFICER")
    url = reverse("jobseekers:ask_to_come", args=[application.uid])
    assert (
        url in client.get(reverse("jobseekers:application_detail", args=[application.uid])).content.decode()
    )
    assert client.post(url, {"version": application.version}).status_code == 302
    notice = Notice.objects.get(user=application.jobseeker.user, title="Anda diminta datang ke kantor Dinas")
    assert notice.url == reverse("jobseekers:my_visit")
    assert AK1Application.objects.get(pk=application.pk).state == "SUBMITTED"
    assert client_as("SECTION_HEAD").post(url, {"version": application.version + 1}).status_code == 403
    assert Notice.objects.filter(title=notice.title).count() == 1


@pytest.mark.django_db
def test_who_loses_the_race_is_told_and_sees_what_is_free(
    person_with, seeker, user_with, client_as, slot, monkeypatch
):
    """The place goes before the form is read, or between the form and the booking."""
    person_with(user=seeker)
    other = person_with(user=user_with("JOBSEEKER"))
    hour, later = slot(per_counter=1), slot(hour=10)
    client, url = client_as(user=seeker), reverse("jobseekers:visit_hour", args=["2023-08-22"])
    visits.book(actor=other.user, person=other, slot=hour)

    def lost() -> None:
        answer = client.post(url, {"slot": str(hour.uid)})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Jam ini baru saja penuh atau ditutup" in page
        assert "tidak ada dalam daftar" not in page
        assert str(later.uid) in page
        assert f'value="{hour.uid}"' not in page

    lost()
    read = VisitHourForm.hours
    stale = [read([hour, later])]
    monkeypatch.setattr(
        VisitHourForm, "hours", staticmethod(lambda slots: stale.pop() if stale else read(slots))
    )
    lost()
    assert stale == []
    day = client.post(reverse("jobseekers:visit_day"), {"day": "2023-08-25"}).content.decode()
    assert "Hari ini baru saja penuh atau ditutup" in day


@pytest.mark.django_db
def test_a_job_seeker_books_page_by_page(person_with, seeker, client_as, slot):
    person, hour, later = person_with(user=seeker), slot(), slot(hour=10)
    client, home = client_as(user=seeker), reverse("jobseekers:my_visit")
    assert "Pilih hari dan jam" in client.get(home).content.decode()
    page = client.get(reverse("jobseekers:visit_day")).content.decode()
    assert "Selasa, 22 Agustus 2023 (4 tempat)" in page
    assert client.post(reverse("jobseekers:visit_day"), {}).status_code == 422
    chosen = client.post(reverse("jobseekers:visit_day"), {"day": "2023-08-22"})
    assert chosen.url == reverse("jobseekers:visit_hour", args=["2023-08-22"])
    assert VisitBooking.objects.count() == 0
    assert client.post(chosen.url, {"slot": str(hour.uid)}).url == home
    assert "08.00–09.00" in client.get(home).content.decode()
    assert client.post(chosen.url, {"slot": str(later.uid)}).url == home
    booking = visits.upcoming(person)
    assert booking.slot == later
    gone = client.post(reverse("jobseekers:visit_cancel", args=[booking.uid]), {"version": booking.version})
    assert gone.status_code == 302
    assert visits.upcoming(person) is None
    assert client.get(reverse("jobseekers:visit_hour", args=["kapan-kapan"])).status_code == 404


@pytest.mark.django_db
def test_officers_see_who_comes_and_write_it_down(person_with, user_with, client_as, slot):
    client, counts = client_as("PLACEMENT_OFFICER"), []
    url = reverse("jobseekers:visit_list")
    hour = slot(day=TODAY, hour=22, per_counter=9)
    for count in (1, 2):
        for _ in range(count):
            person = person_with(user=user_with("JOBSEEKER"))
            visits.book(actor=person.user, person=person, slot=hour)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    booking = VisitBooking.objects.first()
    detail = reverse("jobseekers:visit_detail", args=[booking.uid])
    assert booking.jobseeker.read_nik() not in client.get(detail).content.decode()
    assert (
        client_as("SECTION_HEAD").post(detail, {"langkah": "came", "version": booking.version}).status_code
        == 422
    )
    booking.refresh_from_db()
    assert booking.state == "BOOKED"
    assert client.post(detail, {"langkah": "came", "version": booking.version}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "ATTENDED"
    form = {"first_day": "2023-08-28", "last_day": "2023-08-28", "opens": "08:00", "closes": "10:00",
            "minutes": "60", "counters": "1", "per_counter": "4"}  # fmt: skip
    assert client.post(reverse("jobseekers:slot_new"), form).status_code == 302
    assert VisitSlot.objects.filter(day=date(2023, 8, 28)).count() == 2
    new = VisitSlot.objects.filter(day=date(2023, 8, 28)).first()
    edit = reverse("jobseekers:slot_edit", args=[new.uid])
    assert client.post(edit, {"version": new.version, "counters": "2", "per_counter": "4"}).status_code == 302
    new.refresh_from_db()
    assert new.capacity == 8

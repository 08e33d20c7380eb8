"""Visits at the office: the job seeker chooses day and hour, officers open hours and write down who came."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from jobseekers.enums import BookingState
from jobseekers.exports import ApplicationTable, SlotTable, VisitTable
from jobseekers.forms.visits import (
    ConfirmForm,
    OpenDaysForm,
    SlotForm,
    VisitDayForm,
    VisitHourForm,
    day_words,
)
from jobseekers.models import AK1Application, VisitBooking, VisitSlot
from jobseekers.permissions import is_officer
from jobseekers.services import visits
from jobseekers.views.own import own_person


@require_safe
def my_visit(request: HttpRequest) -> HttpResponse:
    """The reader's visit that is to come, or the way to book one."""
    person = own_person(request)
    booking = visits.upcoming(person) if person is not None else None
    context = {"person": person, "booking": booking, "day": day_words(booking.slot.day) if booking else ""}
    return render(request, "jobseekers/my_visit.html", context)


class _Choosing(FormView):
    """One question about a visit of the reader's own."""

    submit_label = "Lanjut"
    success_message = ""

    def allowed(self) -> bool:
        """A job seeker with a row of their own."""
        self.person = own_person(self.request)
        return self.person is not None

    def extra_context(self, record) -> dict:
        """The public shell."""
        return {"shell_template": "core/public.html"}


class ChooseDay(_Choosing):
    """Which day."""

    form_class = VisitDayForm
    template_name = "jobseekers/choose_visit.html"
    page_title = "Hari apa Anda bisa datang?"

    def form_kwargs(self, record) -> dict:
        """Days with a free place."""
        return {"slots": list(visits.bookable())}

    def perform(self, form, record, version) -> str:
        """Nothing is written yet."""
        return form.cleaned_data["day"]

    def back_url(self, record) -> str:
        """The visit's page."""
        return reverse("jobseekers:my_visit")

    def success_url(self, day: str) -> str:
        """The hours of the day."""
        return reverse("jobseekers:visit_hour", args=[day])


class ChooseHour(_Choosing):
    """Which hour; choosing books, or moves the visit that is booked already."""

    form_class = VisitHourForm
    template_name = "jobseekers/choose_visit.html"
    submit_label = "Pesan jam ini"
    success_message = "Jadwal kunjungan tersimpan."

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Read the day of the address."""
        try:
            self.day = dt.date.fromisoformat(kwargs["day"])
        except ValueError:
            raise Http404("Hari ini tidak dikenal.") from None
        self.page_title = f"Jam berapa pada {day_words(self.day)}?"
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self, record) -> dict:
        """Hours with a free place."""
        return {"slots": list(visits.bookable().filter(day=self.day))}

    def _show(self, form, *, status: int = 200) -> HttpResponse:
        """After a lost race the hours are asked for again: the page offers what is free now."""
        if form.is_bound:
            form.fields["slot"].choices = form.hours(visits.bookable().filter(day=self.day))
        return super()._show(form, status=status)

    def perform(self, form, record, version) -> VisitBooking:
        """Book, or move."""
        slot = VisitSlot.objects.get(uid=form.cleaned_data["slot"])
        booking = visits.upcoming(self.person)
        if booking is None:
            return visits.book(actor=self.request.user, person=self.person, slot=slot)
        return visits.move(booking, actor=self.request.user, version=booking.version, slot=slot)

    def back_url(self, record) -> str:
        """The days."""
        return reverse("jobseekers:visit_day")

    def success_url(self, saved) -> str:
        """The visit's page."""
        return reverse("jobseekers:my_visit")


class CancelVisit(_Choosing):
    """Giving the place back, after one question."""

    form_class = ConfirmForm
    editing = True
    page_title = "Batalkan kunjungan?"
    submit_label = "Batalkan kunjungan"
    success_message = "Kunjungan dibatalkan."

    def get_queryset(self):
        """The reader's own visits that are to come."""
        own = VisitBooking.objects.filter(jobseeker__user=self.request.user)
        return own.filter(state=BookingState.BOOKED).select_related("slot", "jobseeker")

    def perform(self, form, record: VisitBooking, version: int) -> VisitBooking:
        """Cancel."""
        return visits.cancel(record, actor=self.request.user, version=version)

    def back_url(self, record) -> str:
        """The visit's page."""
        return reverse("jobseekers:my_visit")

    success_url = back_url


class VisitList(ListView):
    """Who comes, by day and hour."""

    table = VisitTable

    def primary_action(self) -> Link | None:
        """The hours behind the visits."""
        return Link("Jadwal dan loket", reverse("jobseekers:slot_list"))


class VisitDetail(DetailView):
    """One visit: who, when, and whether the person came."""

    table = VisitTable

    def title(self, record: VisitBooking) -> str:
        """Who comes."""
        return record.jobseeker.full_name

    def subtitle(self, record: VisitBooking) -> str:
        """When."""
        return f"{day_words(record.slot.day)}, {record.slot.starts_at:%H.%M}–{record.slot.ends_at:%H.%M}"

    def back(self) -> tuple[str, str]:
        """The day's list."""
        return reverse("jobseekers:visit_list") + "?lihat=hari-ini", "Kunjungan"

    def sections(self, record: VisitBooking) -> list[Section]:
        """The facts."""
        person = record.jobseeker
        facts = [
            Fact("Nama", person.full_name, url=reverse("jobseekers:person_detail", args=[person.uid])),
            Fact("NIK", person.nik_masked),
            Fact("Keperluan", record.purpose),
            Fact("Keadaan", record.get_state_display()),
            Fact("Diingatkan", record.reminded_at, kind="datetime"),
        ]
        return [Section("Kunjungan", facts)]

    def actions(self, record: VisitBooking) -> list[Action]:
        """What an officer can write down now."""
        if record.state != BookingState.BOOKED or not is_officer(self.request.user):
            return []
        cancel = Action("cancel", "Batalkan kunjungan", danger=True)
        if record.slot.day > clock.today():
            return [cancel]
        return [Action("came", "Hadir", main=True), Action("missed", "Tidak hadir"), cancel]

    def _all_steps(self, record: VisitBooking) -> list[Action]:
        """Refused steps get their reason, not a 404."""
        return [Action(name, label) for name, label in self.LABELS.items()]

    LABELS = {"came": "Hadir", "missed": "Tidak hadir", "cancel": "Kunjungan dibatalkan"}

    def perform(self, record: VisitBooking, step: str, *, version: int, comment: str) -> None:
        """Write it down."""
        actor = self.request.user
        if step == "cancel":
            visits.cancel(record, actor=actor, version=version)
        else:
            visits.settle(record, actor=actor, version=version, came=step == "came")


class SlotList(ListView):
    """The hours that are open."""

    table = SlotTable

    def primary_action(self) -> Link | None:
        """An officer opens more."""
        if not is_officer(self.request.user):
            return None
        return Link("Buka jadwal", reverse("jobseekers:slot_new"))


class _SlotForm(FormView):
    table = SlotTable

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def back_url(self, record) -> str:
        """The hours."""
        return reverse("jobseekers:slot_list") + "?lihat=datang"

    success_url = back_url


class OpenDays(_SlotForm):
    """Opening hours on the working days of a span."""

    form_class = OpenDaysForm
    page_title = "Buka jadwal kunjungan"
    submit_label = "Buka jadwal"
    success_message = "Jadwal dibuka."

    def initial(self, record) -> dict:
        """An ordinary morning."""
        return {"opens": dt.time(8), "closes": dt.time(12), "minutes": 30, "counters": 1, "per_counter": 4}

    def perform(self, form, record, version) -> int:
        """Create the slots."""
        return visits.open_days(actor=self.request.user, **form.cleaned_data)


class SlotEdit(_SlotForm):
    """Places of one hour, or closing it."""

    form_class = SlotForm
    page_title = "Ubah jam kunjungan"
    editing = True

    def initial(self, record: VisitSlot) -> dict:
        """As it stands."""
        return {name: getattr(record, name) for name in ("counters", "per_counter", "closed")}

    def perform(self, form, record: VisitSlot, version: int) -> VisitSlot:
        """Change it."""
        return visits.change_slot(record, actor=self.request.user, version=version, **form.cleaned_data)


class AskToCome(FormView):
    """Asking an applicant to come to the office."""

    form_class = ConfirmForm
    table = ApplicationTable
    editing = True
    page_title = "Minta pemohon datang?"
    submit_label = "Minta datang"
    success_message = "Pemohon dikabari dan bisa memilih jam kunjungan."

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def perform(self, form, record: AK1Application, version: int) -> AK1Application:
        """Tell the applicant."""
        return visits.ask_to_come(record, actor=self.request.user, version=version)

    def back_url(self, record: AK1Application) -> str:
        """The file."""
        return reverse("jobseekers:application_detail", args=[record.uid])

    success_url = back_url

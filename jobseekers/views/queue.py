"""The officer's queue, the page of one file, and the form at the counter."""

from typing import Any

from django.urls import reverse

from core import audit
from core.errors import Refused
from core.formats import date_long, datetime_long, number
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.tables import Table
from core.workflow import available
from jobseekers import forms, selectors
from jobseekers.enums import ApplicationKind, ApplicationState, Origin
from jobseekers.exports import ApplicationTable
from jobseekers.models import AK1Application, JobSeeker
from jobseekers.permissions import can_read_people, can_unmask_nik, is_officer, owns
from jobseekers.services import applications, photos
from jobseekers.views import answers

STATE_COLOURS = {"RETURNED": "yellow", "APPROVED": "green", "REJECTED": "red", "WITHDRAWN": "grey"}


class ApplicationList(ListView):
    """All applications; the chip "Menunggu pemeriksaan" is the queue, oldest first."""

    table = ApplicationTable

    def primary_action(self):
        """A person at the counter."""
        if is_officer(self.request.user):
            return Link("Permohonan di loket", reverse("jobseekers:desk"))
        return None


class ApplicationDetail(DetailView):
    """One file: facts with the machine's checks left, photo and history right, the decision at the bottom."""

    table: type[Table] = ApplicationTable
    template_name = "jobseekers/application_detail.html"
    danger_steps = frozenset({"reject", "withdraw"})

    def get_queryset(self):
        """With everything the page shows."""
        rows = super().get_queryset()
        return rows.select_related(
            "jobseeker__education", "jobseeker__village__parent__parent", "jobseeker__photo", "jobseeker__user",
            "card", "previous_card", "decided_by",
        )  # fmt: skip

    def get(self, request, *args: Any, **kwargs: Any):
        """Show the file; that somebody of the staff looked at it is kept."""
        record = self.get_record()
        audit.record(
            audit.OPENED,
            actor=request.user,
            obj=record.jobseeker,
            detail={"page": "application"},
            request=request,
        )
        return self._show(record)

    def title(self, record: AK1Application) -> str:
        """The applicant's name."""
        return record.jobseeker.full_name

    def subtitle(self, record: AK1Application) -> str:
        """Kind, reference, when it came."""
        sent = f" · masuk {datetime_long(record.submitted_at)}" if record.submitted_at else ""
        return f"AK-1 {record.get_kind_display().lower()} · {record.reference}{sent}"

    def back(self) -> tuple[str, str]:
        """The queue."""
        return reverse("jobseekers:application_list") + "?lihat=menunggu", "Antrean AK-1"

    def sections(self, record: AK1Application) -> list[Section]:
        """Facts of the applicant, each with the check that belongs to it."""
        person, checks = record.jobseeker, selectors.pre_checks(record.jobseeker)

        def checked(fact: Fact, key: str) -> Fact:
            check = checks.get(key)
            return Fact(fact.title, fact.value, flag=check.flag, note=check.text) if check else fact

        who = answers.identity(person)
        who[0], who[1] = checked(who[0], "nik"), checked(who[1], "twin")
        where = answers.contact(person)
        where[0] = checked(where[0], "address")
        return [
            Section("Data pemohon", who + where),
            Section("Pendidikan dan keterampilan", answers.schooling(person)),
            Section("Permohonan", self._request_facts(record)),
        ]

    def _request_facts(self, record: AK1Application) -> list[Fact]:
        facts = [Fact("Jenis", record.get_kind_display()), Fact("Asal", record.get_origin_display())]
        if record.reason:
            facts.append(Fact("Sebab penggantian", record.get_reason_display()))
        held = selectors.current_card(record.jobseeker)
        if held is not None:
            clash = record.kind == ApplicationKind.NEW and record.is_open
            facts.append(
                Fact(
                    "Kartu yang berlaku",
                    f"{held.number_grouped}, sampai {date_long(held.valid_until)}",
                    url=reverse("jobseekers:card_detail", args=[held.uid]),
                    flag="no" if clash else "",
                    note="Permohonan baru tidak bisa disetujui selama kartu ini berlaku" if clash else "",
                )
            )
        else:
            facts.append(Fact("Kartu yang berlaku", "Tidak ada"))
        if record.decided_at:
            facts.append(Fact("Diputus", record.decided_at, kind="datetime"))
            facts.append(Fact("Diputus oleh", record.decided_by.full_name if record.decided_by else ""))
        return facts

    def actions(self, record: AK1Application) -> list[Action]:
        """What this officer may do now; the main one first, refusing last."""
        order = ("approve", "submit", "return_", "withdraw", "reject")
        steps = {step.name: step for step in available(record, self.request.user)}
        return [
            Action(
                name=name,
                label=steps[name].label,
                needs_comment=steps[name].needs_comment,
                danger=name in self.danger_steps,
                main=name in ("approve", "submit"),
            )
            for name in order
            if name in steps
        ]

    def blocked(self, record: AK1Application) -> str:
        """Why there is nothing to press."""
        if record.state == ApplicationState.SUBMITTED:
            if owns(self.request.user, record.jobseeker):
                return "Ini permohonan Anda sendiri. Pengantar kerja lain yang memutuskan."
            return "Berkas ini menunggu pengantar kerja."
        if record.state == ApplicationState.RETURNED:
            return "Berkas ini menunggu perbaikan dari pemohon."
        return ""

    def perform(self, record: AK1Application, step: str, *, version: int, comment: str) -> None:
        """Call the service of the step."""
        actor, commented = self.request.user, {"comment": comment}
        services = {
            "approve": (applications.approve, {}),
            "return_": (applications.return_application, commented),
            "reject": (applications.reject, commented),
            "submit": (applications.submit, {}),
            "withdraw": (applications.withdraw, {}),
        }
        service, extra = services[step]
        service(record, actor=actor, version=version, **extra)

    def done_message(self, record: AK1Application, step: str) -> str:
        """What was decided about whom."""
        words = {
            "approve": "disetujui, kartu sudah terbit",
            "return_": "dikembalikan, pemohon sudah dikabari",
            "reject": "ditolak, pemohon sudah dikabari",
            "submit": "masuk antrean",
            "withdraw": "dibatalkan",
        }
        return f"Permohonan {record.jobseeker.full_name} {words[step]}."

    def done_url(self, record: AK1Application, step: str) -> str:
        """The next file that waits, else the file itself."""
        if step in ("approve", "return_", "reject"):
            _, following = selectors.neighbours(record)
            if following is None:
                following = AK1Application.objects.waiting().exclude(pk=record.pk).first()
            if following is not None:
                return reverse("jobseekers:application_detail", args=[following.uid])
        return self.request.path

    def extra_context(self, record: AK1Application) -> dict[str, Any]:
        """Neighbours in the queue, the place in it, the photo, and who may see the NIK."""
        before, after = selectors.neighbours(record)
        place, length = selectors.queue_position(record)
        return {
            "before": before,
            "after": after,
            "place": f"berkas {number(place)} dari {number(length)}" if place else "",
            "state_colour": STATE_COLOURS.get(record.state, ""),
            "can_unmask": can_unmask_nik(self.request.user),
            "person": record.jobseeker,
        }


class DeskApplication(FormView):
    """The officer fills in for a person at the counter: person, application and sending in one go."""

    form_class = forms.DeskForm
    page_title = "Permohonan AK-1 di loket"
    submit_label = "Simpan dan kirim ke antrean"
    success_message = "Permohonan masuk antrean."

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def perform(self, form, record, version) -> AK1Application:
        """Create the person and the application; a NIK that is known already is refused with the way to its file."""
        data = dict(form.cleaned_data)
        upload = data.pop("photo")
        with photos.kept_photo(upload, actor=self.request.user) as stored:
            return applications.apply_at_desk(actor=self.request.user, photo=stored, **data)

    def back_url(self, record) -> str:
        """The queue."""
        return reverse("jobseekers:application_list") + "?lihat=menunggu"

    def success_url(self, record: AK1Application) -> str:
        """The file."""
        return reverse("jobseekers:application_detail", args=[record.uid])


class DeskForPerson(FormView):
    """A new application for a person who is registered already, e.g. a renewal at the counter."""

    form_class = forms.StartForm
    page_title = "Permohonan AK-1 di loket"
    submit_label = "Buat permohonan"
    success_message = "Draf permohonan dibuat. Periksa datanya, lalu kirim."
    editing = True

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user) and can_read_people(self.request.user)

    def get_queryset(self):
        """Living people."""
        return JobSeeker.objects.visible_to(self.request.user).living()

    def perform(self, form, record, version) -> AK1Application:
        """Open the draft."""
        if owns(self.request.user, record):
            raise Refused("Untuk permohonan Anda sendiri, pakai halaman AK-1 Anda.")
        return applications.start_application(
            actor=self.request.user, person=record, origin=Origin.DESK, **form.cleaned_data
        )

    def back_url(self, record) -> str:
        """The person."""
        return reverse("jobseekers:person_detail", args=[record.uid])

    def success_url(self, record: AK1Application) -> str:
        """The file."""
        return reverse("jobseekers:application_detail", args=[record.uid])

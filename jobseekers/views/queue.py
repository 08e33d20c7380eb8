"""The officer's queue, the page of one file, and the form at the counter."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import audit
from core.errors import Refused
from core.formats import date_long, datetime_long, number
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.pages import posted_number
from core.redaction import redact
from core.tables import Table
from core.workflow import available
from jobseekers import forms, selectors
from jobseekers.ages import age_of
from jobseekers.enums import ApplicationKind, ApplicationState, DocumentKind, Origin
from jobseekers.exports import ApplicationTable
from jobseekers.models import AK1Application, JobSeeker, PersonDocument, ReturnPoint
from jobseekers.permissions import can_read_people, can_unmask_nik, is_officer, may_decide, owns
from jobseekers.services import applications, doubts, interviews, photos, proposals
from jobseekers.services.returns import place_of
from jobseekers.views import answers
from jobseekers.views.checks import Checks, checks_of
from jobseekers.views.examining import DOCUMENT_COLOURS, next_page
from jobseekers.views.photo import wanted_ground

STATE_COLOURS = {"RETURNED": "yellow", "APPROVED": "green", "REJECTED": "red", "WITHDRAWN": "grey"}


QUEUES = ("menunggu", "lewat", "diperbaiki", "ganda")
"""The chips of files that wait for a decision."""


@dataclass(frozen=True)
class Bulk:
    """The bar of picked rows: its button leads to a preview."""

    label: str
    url: str
    note: str


class ApplicationList(ListView):
    """All applications; the chip "Menunggu pemeriksaan" is the queue, oldest first."""

    table = ApplicationTable

    def primary_action(self):
        """A person at the counter."""
        if is_officer(self.request.user):
            return Link("Permohonan di loket", reverse("jobseekers:desk"))
        return None

    def extra_context(self) -> dict[str, Any]:
        """Officers pick files of the queue and look at them together."""
        if not is_officer(self.request.user) or self.request.GET.get("lihat") not in QUEUES:
            return {}
        url = reverse("jobseekers:approve_together")
        return {
            "bulk": Bulk(
                "Lihat dulu, lalu setujui", url, "Hanya berkas tanpa catatan yang bisa disetujui bersama."
            )
        }


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
            "jobseeker__domicile_village__parent__parent",
            "card", "previous_card", "decided_by", "proposal__photo",
        )  # fmt: skip

    def get_record(self) -> AK1Application:
        """The file with the answers as they are to be examined."""
        return proposals.shown(super().get_record())

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
        if record.state == ApplicationState.SUBMITTED:
            age = age_of(record.submitted_at)
            sent += f" · umur {age.words}" + (f", {age.late}" if age.late else "")
        return f"AK-1 {record.get_kind_display().lower()} · {record.reference}{sent}"

    def back(self) -> tuple[str, str]:
        """The queue."""
        return reverse("jobseekers:application_list") + "?lihat=menunggu", "Antrean AK-1"

    def checks(self, record: AK1Application) -> Checks:
        """What the machine found, asked once a page."""
        if getattr(self, "_checks", None) is None:
            self._checks = checks_of(record)
        return self._checks

    def sections(self, record: AK1Application) -> list[Section]:
        """Facts of the applicant, each with the check that belongs to it."""
        person, checks = record.jobseeker, self.checks(record)
        who, where = answers.identity(person), answers.contact(person)
        for place, key in enumerate(("nik", "name", "birth")):
            who[place] = checks.on(who[place], key)
        where[0] = checks.on(where[0], "address")
        changes = [Fact(label, words) for _, label, words in proposals.changes(record)]
        asked = [Section("Perubahan yang diajukan", changes)] if changes else []
        return [
            *asked,
            Section("Data pemohon", who + where),
            Section("Pendidikan dan keterampilan", answers.schooling(person)),
            Section("Riwayat dan minat", answers.history(person), folded=True),
            Section("Permohonan", self._request_facts(record)),
        ]

    def side(self, record: AK1Application) -> list[Section]:
        """Rows that may be the same person, to compare and join."""
        return self.checks(record).twin_section()

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
        leads = {"return_": reverse("jobseekers:return_file", args=[record.uid])}
        found = [
            Action(
                name=name,
                label=f"{steps[name].label}…" if name in leads else steps[name].label,
                url=leads.get(name, ""),
                key="b" if name in leads else "",
                needs_comment=steps[name].needs_comment,
                danger=name in self.danger_steps,
                main=name in ("approve", "submit"),
                guarded=name == "approve",
            )
            for name in order
            if name in steps
        ]
        if "return_" in steps:
            ask = reverse("jobseekers:ask_to_come", args=[record.uid])
            found.append(Action("ask_to_come", "Minta datang", ask))
        return found

    def blocked(self, record: AK1Application) -> str:
        """Why there is nothing to press."""
        if record.state == ApplicationState.SUBMITTED:
            if owns(self.request.user, record.jobseeker):
                return "Ini permohonan Anda sendiri. Pengantar kerja lain yang memutuskan."
            return "Berkas ini menunggu pengantar kerja."
        if record.state == ApplicationState.RETURNED:
            return "Berkas ini menunggu perbaikan dari pemohon."
        return ""

    places = {"knowingly": "id_tahu"}

    def perform(self, record: AK1Application, step: str, *, version: int, comment: str) -> None:
        """Call the service of the step."""
        actor, commented = self.request.user, {"comment": comment}
        asked = self.request.POST
        told = {
            "knowingly": asked.get("tahu") == "ya",
            "notes": asked.get("notes", ""),
            "notes_version": posted_number(self.request, "notes_version"),
        }
        services = {
            "approve": (applications.approve, told),
            "return_": (applications.return_application, commented),
            "reject": (applications.reject, commented),
            "submit": (applications.submit, {}),
            "withdraw": (applications.withdraw, {}),
        }
        service, extra = services[step]
        service(record, actor=actor, version=version, **extra)

    def typed_words(self, comment: str) -> list[tuple[str, str]]:
        """The reason and the notes."""
        notes = self.request.POST.get("notes", "").strip()
        return super().typed_words(comment) + ([("Catatan wawancara", redact(notes))] if notes else [])

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
        return next_page(record) if step in ("approve", "return_", "reject") else self.request.path

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
            "ground": wanted_ground(),
            "documents": self._documents(record),
            "rest": self.checks(record).rest,
            "points": self._points(record),
            **self._interview(record),
        }

    def _interview(self, record: AK1Application) -> dict[str, Any]:
        """The notes, what was typed over them, and what approving needs a yes to."""
        found, asked = interviews.of_application(record), self.request.POST
        may = may_decide(self.request.user, record)
        decides = may and record.state == ApplicationState.SUBMITTED
        return {
            "interview": found,
            "typed_notes": asked.get("notes", found.notes if found else ""),
            "notes_version": asked.get("notes_version", found.version if found else 0),
            "may_note": may,
            "notes_form": "langkah-approve" if decides else "",
            "doubts": doubts.of_person(record.jobseeker) if decides else [],
        }

    def _documents(self, record: AK1Application) -> list[PersonDocument]:
        """The documents, dressed for the page, in the order of the kinds."""
        found = self.checks(record).documents
        rows = list(PersonDocument.objects.filter(jobseeker=record.jobseeker).select_related("file"))
        order = DocumentKind.values
        for row in rows:
            row.slug, row.colour = row.kind.lower(), DOCUMENT_COLOURS[row.state]
            row.picture = row.file.content_type.startswith("image/")
            row.findings = found.get(row.kind, [])
        return sorted(rows, key=lambda row: order.index(row.kind))

    def _points(self, record: AK1Application) -> list[ReturnPoint]:
        """What the file was returned for, with where."""
        if record.state not in (ApplicationState.SUBMITTED, ApplicationState.RETURNED):
            return []
        rows = list(record.return_points.all())
        for row in rows:
            row.place = place_of(row.document, row.part)
        return rows


class DeskApplication(FormView):
    """The officer fills in for a person at the counter: person, application and sending in one go."""

    template_name = "jobseekers/desk.html"
    form_class = forms.DeskForm
    page_title = "Permohonan AK-1 di loket"
    submit_label = "Simpan dan kirim ke antrean"
    success_message = "Permohonan masuk antrean."

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def perform(self, form, record, version) -> AK1Application:
        """Create the person and the application; a NIK that is known already is refused with the way to its file."""
        data = form.answers()
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

    def form_kwargs(self, record: JobSeeker) -> dict[str, Any]:
        """A first card for who never had one, else the kinds that fit the card held."""
        return applications.offer_to(record)

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

"""The job seeker's own pages: apply, follow, hold the card."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.documents.qr import svg_qr
from core.errors import Refused
from core.formats import date_long
from core.pages import UNPROCESSABLE, FormView, posted_version, stale_response
from core.workflow import StaleRecord, timeline
from jobseekers import cardcode, forms
from jobseekers.enums import EDITABLE_APPLICATION, ApplicationState
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.reporting import Slot, late_slot, slot_on, slots_of
from jobseekers.services import applications, prechecks, proposals
from jobseekers.views import tasklist
from jobseekers.views.answers import answers_of
from jobseekers.views.mending import to_mend
from jobseekers.views.reporting import intro_of


def own_person(request: HttpRequest) -> JobSeeker | None:
    """The reader's own row."""
    people_of = JobSeeker.objects.filter(user=request.user)
    return people_of.select_related("village__parent__parent", "education", "photo").first()


def own_application(request: HttpRequest, uid: UUID) -> AK1Application:
    """The reader's own application with the answers as given there, or 404."""
    found = AK1Application.objects.filter(uid=uid, jobseeker__user=request.user)
    application = found.select_related(
        "jobseeker__village__parent__parent", "jobseeker__domicile_village__parent__parent",
        "jobseeker__education", "jobseeker__photo", "card", "proposal__photo",
    ).first()  # fmt: skip
    if application is None:
        raise Http404("Permohonan tidak ditemukan.")
    return proposals.shown(application)


@require_safe
def my_ak1(request: HttpRequest) -> HttpResponse:
    """The job seeker's home: the open application, the card, what came before."""
    person = own_person(request)
    context = {"person": person, "applications": [], "cards": []}
    if person is not None:
        rows = AK1Application.objects.filter(jobseeker=person).order_by("-created_at")
        context["applications"] = list(rows.select_related("card"))
        context["cards"] = list(AK1Card.objects.filter(jobseeker=person).order_by("-issued_on", "-pk"))
        context["open"] = next((row for row in context["applications"] if row.is_open), None)
        context["card"] = next((row for row in context["cards"] if row.state == "ACTIVE"), None)
        context["ended"] = context["cards"][0] if context["cards"] and not context["card"] else None
    return render(request, "jobseekers/my_ak1.html", context)


class Start(FormView):
    """Choosing what to apply for opens the draft."""

    form_class = forms.StartForm
    page_title = "Ajukan kartu AK-1"
    submit_label = "Mulai"
    success_message = ""

    def allowed(self) -> bool:
        """A job seeker with a row of their own."""
        return own_person(self.request) is not None

    def form_kwargs(self, record) -> dict:
        """A first card for who never had one, else the kinds that fit the card held."""
        return applications.offer_to(own_person(self.request))

    def perform(self, form, record, version) -> AK1Application:
        """Open the draft."""
        person = own_person(self.request)
        return applications.start_application(actor=self.request.user, person=person, **form.cleaned_data)

    def extra_context(self, record) -> dict:
        """The public shell, whoever looks."""
        return {"shell_template": "core/public.html"}

    def back_url(self, record) -> str:
        """The job seeker's home."""
        return reverse("jobseekers:my_ak1")

    def success_url(self, record) -> str:
        """The task list."""
        return reverse("jobseekers:my_application", args=[record.uid])


_TOLD = {
    "submit": "Anda mengirim permohonan",
    "return_": "Petugas meminta perbaikan",
    "approve": "Disetujui, kartu terbit",
    "reject": "Ditolak",
    "withdraw": "Permohonan dibatalkan",
}
"""What the applicant is told of each step; plain edits keep their label."""


def _past_steps(application: AK1Application) -> list[dict]:
    return [
        {"label": _TOLD.get(row.transition, row.label), "at": row.at, "comment": row.comment}
        for row in timeline(application)
    ]


def _next_steps(application: AK1Application) -> list[dict]:
    state = application.state
    if state == ApplicationState.SUBMITTED:
        return [
            {"label": "Petugas memeriksa berkas", "when": "Menurut urutan masuk", "kind": "now"},
            {"label": "Kartu terbit", "when": "Kami kabari lewat e-mail dan di halaman ini", "kind": "next"},
        ]
    if state == ApplicationState.RETURNED:
        return [
            {"label": "Menunggu perbaikan dari Anda", "kind": "now"},
            {"label": "Petugas memeriksa kembali", "when": "Urutan Anda di antrean tetap", "kind": "next"},
        ]
    return []


@require_safe
def my_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One application: the task list while it can be filled in, else its dated timeline."""
    application = own_application(request, uid)
    editable = application.state in EDITABLE_APPLICATION
    context = {
        "application": application,
        "editable": editable,
        **(tasklist.tasks(application) if editable else {}),
        "steps": [*_past_steps(application), *_next_steps(application)],
        **to_mend(application),
        "card": getattr(application, "card", None),
    }
    return render(request, "jobseekers/my_application.html", context)


def _findings(application: AK1Application) -> dict[str, list[dict]]:
    """What the pre-checks tell the applicant: errors with the way to mend them, and warnings."""
    found = [row for row in prechecks.findings(application) if row.for_applicant]
    rows = [{"text": row.text, "url": tasklist.place_url(application, row)} for row in found]
    return {
        "blocking": [row for row, finding in zip(rows, found, strict=True) if finding.is_error],
        "warnings": [row for row, finding in zip(rows, found, strict=True) if not finding.is_error],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Periksa jawaban: all answers with their change links, and the button that sends."""
    application = own_application(request, uid)
    if application.state not in EDITABLE_APPLICATION:
        return redirect("jobseekers:my_application", uid=uid)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            applications.submit(application, actor=request.user, version=posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, request.path)
        except ValidationError as problem:
            errors = [("", text) for text in problem.messages]
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            messages.success(request, f"Permohonan {application.reference} sudah kami terima.")
            return redirect("jobseekers:my_application", uid=uid)
    context = {
        "application": application,
        "groups": answers_of(application),
        "changes": proposals.changes(application),
        **_findings(application),
        "errors": errors,
    }
    return render(request, "jobseekers/review.html", context, status=UNPROCESSABLE if errors else 200)


DROPPED = "Data Anda tetap seperti yang terakhir diperiksa petugas."


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Withdraw the application after a question."""
    application = own_application(request, uid)
    changes, errors = proposals.changes(application), []
    if request.method == "POST":
        try:
            applications.withdraw(application, actor=request.user, version=posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, reverse("jobseekers:my_application", args=[uid]))
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            kept = DROPPED if changes else "Isian Anda tetap tersimpan untuk permohonan berikut."
            messages.success(request, f"Permohonan dibatalkan. {kept}")
            return redirect("jobseekers:my_ak1")
    context = {"application": application, "changes": changes, "errors": errors}
    return render(request, "jobseekers/cancel.html", context, status=UNPROCESSABLE if errors else 200)


def _report_step(slot: Slot, today: date) -> dict:
    """One due report on the holder's timeline: given, due now, late, or to come."""
    if slot.report is not None:
        late = " (terlambat)" if slot.report.late else ""
        return {
            "label": f"{slot.name}: {slot.report.get_status_display().lower()}{late}",
            "at": slot.report.on,
        }
    if slot.is_late(today):
        return {"label": slot.name, "when": f"Terlambat, jatuh tempo {date_long(slot.due)}", "kind": "now"}
    if slot.is_open(today):
        return {"label": slot.name, "when": f"Sampai {date_long(slot.closes)}", "kind": "now"}
    return {"label": slot.name, "when": date_long(slot.due), "kind": "next"}


@require_safe
def my_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The holder's card as on paper, with the days on which to report."""
    cards = AK1Card.objects.filter(uid=uid, jobseeker__user=request.user)
    card = cards.select_related("jobseeker__village__parent__parent", "jobseeker__education").first()
    if card is None:
        raise Http404("Kartu tidak ditemukan.")
    slots, today = slots_of(card), clock.today()
    holds = card.holds_on(today)
    steps = [{"label": "Kartu terbit", "at": card.issued_on}]
    steps += [_report_step(slot, today) for slot in slots if holds or slot.report]
    context = {
        "card": card,
        "person": card.jobseeker,
        "reports": list(zip(("Pertama", "Kedua", "Ketiga"), card.report_days, strict=True)),
        "steps": steps,
        "holds": holds,
        "intro": intro_of(slots) if holds else "",
        "due": slot_on(slots, today) if holds else None,
        "late": late_slot(slots, today) if holds else None,
        "qr": svg_qr(cardcode.sign(card.number, card.jobseeker.full_name, card.issued_on, card.valid_until))
        if card.state == "ACTIVE"
        else "",
    }
    return render(request, "jobseekers/my_card.html", context)

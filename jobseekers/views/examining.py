"""The officer's steps at one file: returning it with reasons, its documents, the notes of the interview."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import audit
from core.errors import Refused
from core.listing import FormView
from core.pages import UNPROCESSABLE, posted_number, posted_version, stale_response
from core.workflow import StaleRecord
from jobseekers import forms, selectors
from jobseekers.enums import ApplicationState, DocumentState
from jobseekers.exports import ApplicationTable
from jobseekers.models import AK1Application, PersonDocument
from jobseekers.permissions import can_read_cards, is_officer, owns
from jobseekers.services import applications, interviews, proposals, returns

DOCUMENT_COLOURS = {"ACCEPTED": "green", "REFUSED": "red", "UNCHECKED": "yellow"}


def page_of(application: AK1Application) -> str:
    """The address of a file's page."""
    return reverse("jobseekers:application_detail", args=[application.uid])


def next_page(application: AK1Application) -> str:
    """The next file that waits after a decision; else the first that waits, else the decided file itself."""
    _, following = selectors.neighbours(application)
    if following is None:
        following = AK1Application.objects.waiting().exclude(pk=application.pk).first()
    return page_of(following or application)


def visible_file(request: HttpRequest, uid: UUID) -> AK1Application:
    """The file, for who reads files; 403 for other roles and 404 for what is not there."""
    if not can_read_cards(request.user):
        raise PermissionDenied("Halaman ini bukan untuk peran Anda.")
    rows = AK1Application.objects.visible_to(request.user).select_related(
        "jobseeker__user", "proposal__photo"
    )
    application = rows.filter(uid=uid).first()
    if application is None:
        raise Http404("Permohonan tidak ditemukan.")
    return proposals.shown(application)


class ReturnFile(FormView):
    """Giving a file back: a reason for each document or part that has to be mended."""

    form_class = forms.ReturnForm
    table = ApplicationTable
    page_title = "Kembalikan untuk diperbaiki"
    submit_label = "Kembalikan ke pemohon"
    editing = True

    def allowed(self) -> bool:
        """Officers only; the service looks whose file it is."""
        return is_officer(self.request.user)

    def get_record(self) -> AK1Application:
        """A file that waits; one that was decided meanwhile is answered when the form is sent."""
        return super().get_record()

    def form_kwargs(self, record: AK1Application) -> dict[str, Any]:
        """The file whose documents are listed."""
        return {"application": record}

    def perform(self, form, record: AK1Application, version: int) -> AK1Application:
        """Return it."""
        self.success_message = (
            f"Permohonan {record.jobseeker.full_name} dikembalikan, pemohon sudah dikabari."
        )
        return applications.return_application(
            record,
            actor=self.request.user,
            version=version,
            comment=form.cleaned_data["comment"],
            points=form.points(),
        )

    def back_url(self, record: AK1Application) -> str:
        """The file."""
        return page_of(record)

    def success_url(self, record: AK1Application) -> str:
        """The next file that waits."""
        return next_page(record)


def _marking(request: HttpRequest, row: PersonDocument) -> HttpResponse | None:
    """Carry out the mark; None when it was refused and the page is to be shown again."""
    url = reverse("jobseekers:document_view", args=[row.application.uid, row.kind.lower()])
    try:
        returns.accept_document(row, actor=request.user, version=posted_version(request))
    except StaleRecord as problem:
        return stale_response(request, problem, url)
    except (Refused, ValidationError) as problem:
        messages.error(request, str(problem))
        return None
    messages.success(request, f"{row.get_kind_display()} diterima.")
    return redirect(page_of(row.application))


@require_http_methods(["GET", "HEAD", "POST"])
def document_view(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """One document large, with what was found about it; looking at it leaves an access event."""
    application = visible_file(request, uid)
    rows = PersonDocument.objects.visible_to(request.user).filter(jobseeker=application.jobseeker_id)
    row = rows.filter(kind=kind.upper()).select_related("file", "checked_by", "jobseeker").first()
    if row is None:
        raise Http404("Dokumen tidak ditemukan.")
    row.application = application
    status = 200
    if request.method == "POST":
        answer = _marking(request, row)
        if answer is not None:
            return answer
        status = UNPROCESSABLE
    audit.record(
        audit.OPENED,
        actor=request.user,
        obj=application.jobseeker,
        detail={"page": "document", "kind": row.kind},
        request=request,
    )
    may_mark = is_officer(request.user) and not owns(request.user, row.jobseeker)
    context = {
        "application": application,
        "document": row,
        "colour": DOCUMENT_COLOURS[row.state],
        "may_accept": may_mark
        and row.state != DocumentState.ACCEPTED
        and application.state == ApplicationState.SUBMITTED,
        "picture": row.file.content_type.startswith("image/"),
    }
    return render(request, "jobseekers/document_view.html", context, status=status)


@require_POST
def save_notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the notes of the interview and lead back to the file."""
    if not is_officer(request.user):
        raise PermissionDenied("Catatan wawancara ditulis pengantar kerja.")
    application = visible_file(request, uid)
    form = forms.NotesForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["notes"][0])
        return redirect(page_of(application))
    notes = form.cleaned_data["notes"]
    version = posted_number(request, "notes_version")
    try:
        interviews.save_notes(application, actor=request.user, notes=notes, version=version)
    except StaleRecord as problem:
        typed = [("Catatan wawancara", notes)]
        return stale_response(request, problem, page_of(application), typed)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Catatan wawancara tersimpan.")
    return redirect(page_of(application))

"""Approving many files at once: a preview that says what can be approved and why the rest can't, then one step."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.errors import Refused
from core.workflow import StaleRecord
from jobseekers.ages import Age, age_of
from jobseekers.enums import ApplicationState, DocumentState
from jobseekers.models import AK1Application, AK1Card
from jobseekers.permissions import is_officer, owns
from jobseekers.services import applications
from jobseekers.views.checks import checks_of

MOST = 50
"""Files in one go: two pages of the queue, a few seconds of work."""


@dataclass(frozen=True)
class Candidate:
    """A picked file: `obstacles` are why it can't be approved together with others."""

    application: AK1Application
    age: Age
    obstacles: list[str]


@dataclass(frozen=True)
class Result:
    """What became of a file: its card, or why there is none."""

    application: AK1Application
    card: AK1Card | None
    problem: str = ""


def _picked(request: HttpRequest, names: list[str]) -> list[AK1Application]:
    """The visible files among the picked ones, the oldest first."""
    found = []
    for name in names:
        try:
            found.append(UUID(name))
        except ValueError:
            raise Http404("Pilihan tidak dikenal.") from None
    rows = AK1Application.objects.visible_to(request.user).filter(uid__in=found)
    rows = rows.select_related(
        "jobseeker__user", "jobseeker__village__parent__parent", "jobseeker__education", "decided_by"
    ).prefetch_related("jobseeker__documents")
    return list(rows.order_by("submitted_at", "pk"))


def _obstacles(request: HttpRequest, application: AK1Application) -> list[str]:
    if application.state != ApplicationState.SUBMITTED:
        by = f" oleh {application.decided_by.full_name}" if application.decided_by else ""
        return [f"Tidak menunggu pemeriksaan: {application.get_state_display().lower()}{by}."]
    if owns(request.user, application.jobseeker):
        return ["Ini permohonan Anda sendiri. Pengantar kerja lain yang memutuskan."]
    found = [
        f"{row.get_kind_display()} bertanda perlu diganti."
        for row in application.jobseeker.documents.all()
        if row.state == DocumentState.REFUSED
    ]
    try:
        applications.check_complete(application.jobseeker)
    except ValidationError as problem:
        found += problem.messages
    return found + checks_of(application).notes


def _approve(request: HttpRequest, application: AK1Application, version: int) -> Result:
    """Approve one file in its own transaction, so that one refusal leaves the others alone."""
    try:
        card = applications.approve(application, actor=request.user, version=version)
    except ValidationError as problem:
        return Result(application, None, " ".join(problem.messages))
    except StaleRecord as problem:
        return Result(application, None, str(problem))
    except Refused as problem:
        return Result(application, None, str(problem))
    return Result(application, card)


def _versions(request: HttpRequest) -> dict[str, int]:
    """The versions that the preview showed, by file."""
    found = {}
    for pair in request.POST.getlist("versi"):
        uid, _, version = pair.partition(":")
        if not version.isdigit() or len(version) > 9:
            raise Http404("Pilihan tidak dikenal.")
        found[uid] = int(version)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def approve_together(request: HttpRequest) -> HttpResponse:
    """Preview of the picked files; with ``langkah=setujui`` their approval, each with the version of the preview."""
    if not is_officer(request.user):
        raise PermissionDenied("Halaman ini bukan untuk peran Anda.")
    queue = reverse("jobseekers:application_list") + "?lihat=menunggu"
    if request.method != "POST":
        return redirect(queue)
    if request.POST.get("langkah") == "setujui":
        versions = _versions(request)
        rows = _picked(request, list(versions))[:MOST]
        results = [_approve(request, row, versions[str(row.uid)]) for row in rows]
        context = {
            "done": [result for result in results if result.card is not None],
            "lost": [result for result in results if result.card is None],
            "queue": queue,
        }
        return render(request, "jobseekers/bulk_result.html", context)
    rows = _picked(request, request.POST.getlist("pilih"))
    found = [Candidate(row, age_of(row.submitted_at), _obstacles(request, row)) for row in rows[:MOST]]
    context = {
        "ready": [each for each in found if not each.obstacles],
        "kept": [each for each in found if each.obstacles],
        "left_out": max(len(rows) - MOST, 0),
        "most": MOST,
        "queue": queue,
    }
    return render(request, "jobseekers/bulk_preview.html", context)

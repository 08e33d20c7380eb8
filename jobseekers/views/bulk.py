"""Approving many files at once: a preview that says what can be approved and why the rest can't, then one step."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jobseekers.models import AK1Application
from jobseekers.permissions import is_officer
from jobseekers.services import together
from jobseekers.services.together import MOST


def _uid(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise Http404("Pilihan tidak dikenal.") from None


def _picked(request: HttpRequest, names: Iterable[str]) -> list[AK1Application]:
    """The visible files among the picked ones, the oldest first."""
    return together.picked(request.user, [_uid(name) for name in names])


def _versions(request: HttpRequest) -> dict[str, int]:
    """The versions that the preview showed, by file."""
    found = {}
    for pair in request.POST.getlist("versi"):
        uid, _, version = pair.partition(":")
        if not version.isdigit() or len(version) > 9:
            raise Http404("Pilihan tidak dikenal.")
        found[str(_uid(uid))] = int(version)
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
        rows = _picked(request, versions)[:MOST]
        knowingly = request.POST.get("tahu") == "ya"
        results = together.approve_each(rows, actor=request.user, versions=versions, knowingly=knowingly)
        context = {
            "done": [result for result in results if result.card is not None],
            "lost": [result for result in results if result.card is None],
            "queue": queue,
        }
        return render(request, "jobseekers/bulk_result.html", context)
    rows = _picked(request, request.POST.getlist("pilih"))
    found = together.preview(request.user, rows[:MOST])
    ready = [each for each in found if not each.obstacles]
    context = {
        "ready": ready,
        "closed": sum(bool(each.closed) for each in ready),
        "kept": [each for each in found if each.obstacles],
        "left_out": max(len(rows) - MOST, 0),
        "most": MOST,
        "queue": queue,
    }
    return render(request, "jobseekers/bulk_preview.html", context)

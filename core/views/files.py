"""Opening a stored file, and the downloads of the reader."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core import audit, clock
from core.files import open_file, rule_for
from core.models.files import DownloadFile, DownloadState, StoredFile
from core.models.job import JobState

INLINE = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
)


@require_safe
@xframe_options_sameorigin
def stored_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a file to who may open it; to anybody else it does not exist."""
    stored = StoredFile.objects.filter(uid=uid).first()
    if stored is None:
        raise Http404("Berkas tidak ditemukan.")
    rule = rule_for(stored.kind)
    if not rule.predicate(request.user, stored):
        raise Http404("Berkas tidak ditemukan.")
    if rule.access_event:
        audit.record(
            "file.opened", actor=request.user, obj=stored, detail={"kind": stored.kind}, request=request
        )
    return _send(stored, as_attachment=stored.content_type not in INLINE)


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """The reader's own exports, newest first; what is under way shows its progress."""
    rows = list(DownloadFile.objects.visible_to(request.user).select_related("job", "file")[:100])
    waiting = any(row.state == DownloadState.WAITING and not _given_up(row) for row in rows)
    partial = request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted")
    template = "core/partials/download_list.html" if partial else "core/downloads.html"
    return render(request, template, {"downloads": rows, "waiting": waiting})


def _given_up(row: DownloadFile) -> bool:
    """Whether the job behind an order has failed for good."""
    return row.job is None or row.job.state == JobState.FAILED


@require_safe
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send an export to its owner until it expires."""
    return send_download(request, uid)


def send_download(request: HttpRequest, uid: UUID) -> FileResponse:
    """The reader's own export as an attachment; that it was fetched is kept. Raises Http404."""
    row = DownloadFile.objects.visible_to(request.user).select_related("file").filter(uid=uid).first()
    if row is None or row.file is None or row.expires_at < clock.machine_now():
        raise Http404("Unduhan ini tidak ada atau sudah dihapus.")
    audit.record("export.fetched", actor=request.user, detail={"download": str(row.uid)}, request=request)
    return _send(row.file, as_attachment=True)


def _send(stored: StoredFile, *, as_attachment: bool) -> FileResponse:
    try:
        content = open_file(stored)
    except FileNotFoundError:
        raise Http404("Isi berkas ini tidak ada lagi.") from None
    name = stored.name or f"berkas-{str(stored.uid)[:8]}.{INLINE.get(stored.content_type, 'bin')}"
    response = FileResponse(
        content, as_attachment=as_attachment, filename=name, content_type=stored.content_type
    )
    response["Cache-Control"] = "private, no-store" if stored.sealed else "private, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response

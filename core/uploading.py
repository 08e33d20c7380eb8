"""The pages of an upload: choose a file, look at what was read, decide.

An app gives its `Upload` and where it leads afterwards::

    class PlacementUploadPage(UploadView):
        upload = PlacementUpload
        done_url_name = "placements:list"

    urlpatterns = [
        path("unggah/", PlacementUploadPage.as_view(), name="upload"),
        path("unggah/<uuid:uid>/", PlacementUploadPage.as_view(), name="upload_preview"),
    ]

``core/upload.html`` gets ``upload`` and ``errors``; ``core/upload_preview.html`` gets ``upload``, ``staged``,
``heads``, ``rows`` (the first 200, bad ones first), ``shown``, ``errors``. ``?berkas=templat`` and
``?berkas=kesalahan`` send sheets.
"""

import tempfile
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from core import audit
from core.errors import Refused
from core.formats import number
from core.models.staging import StagedUpload, UploadState
from core.pages import UNPROCESSABLE
from core.tables_in import ALL, GOOD, Outcome, RowsRefused, Upload, commit, discard, preview, stage
from core.tables_in_sheets import write_errors, write_template
from core.tables_out import CONTENT_TYPES

SHOWN = 200


def commit_noted(staged: StagedUpload, *, mode: str, request: HttpRequest) -> Outcome:
    """Commit as the signed-in user and note it. Raises RowsRefused or Refused; then nothing is saved."""
    outcome = commit(staged, actor=request.user, mode=mode)
    detail = {"upload": staged.kind, "rows": outcome.saved, "skipped": len(outcome.skipped)}
    audit.record("upload.committed", actor=request.user, detail=detail, request=request)
    return outcome


class UploadView(View):
    """Both pages of one upload; the preview has a ``uid`` in its address and is its owner's only."""

    upload: type[Upload] | None = None
    done_url_name = ""
    template_name = "core/upload.html"
    preview_template_name = "core/upload_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the permission, then find the staged upload."""
        self.shown = self.upload()
        if not self.shown.permission(request.user):
            raise PermissionDenied("Unggahan ini bukan untuk peran Anda.")
        self.staged = self._staged() if "uid" in kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def _staged(self) -> StagedUpload:
        found = (
            StagedUpload.objects.visible_to(self.request.user)
            .filter(uid=self.kwargs["uid"], kind=self.shown.slug)
            .first()
        )
        if found is None:
            raise Http404("Unggahan tidak ditemukan.")
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, the preview, or a sheet."""
        wanted = request.GET.get("berkas")
        if wanted == "templat" and self.staged is None:
            return self._sheet(lambda target: write_template(self.shown, request.user, target), "templat")
        if wanted == "kesalahan" and self.staged is not None:
            return self._sheet(lambda target: write_errors(self.staged, target), "kesalahan")
        return self._form() if self.staged is None else self._preview()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read a file, or carry out the decision."""
        return self._read(request) if self.staged is None else self._decide(request)

    def _read(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return self._form("Pilih berkas Excel atau CSV lebih dulu.")
        try:
            staged = stage(self.shown, file, actor=request.user)
        except Refused as problem:
            return self._form(str(problem))
        return redirect(f"{request.path}{staged.uid}/")

    def _decide(self, request: HttpRequest) -> HttpResponse:
        choice = request.POST.get("keputusan", "")
        if choice == "batal":
            discard(self.staged)
            messages.success(request, "Unggahan dibatalkan. Tidak ada yang disimpan.")
            return redirect(request.path.removesuffix(f"{self.staged.uid}/"))
        if choice not in (ALL, GOOD):
            raise Http404("Pilihan tidak dikenal.")
        try:
            outcome = commit_noted(self.staged, mode=choice, request=request)
        except RowsRefused as problem:
            return self._preview(str(problem))
        except Refused as problem:
            self.staged.refresh_from_db()
            return self._preview(str(problem))
        words = f"{number(outcome.saved)} baris disimpan."
        if outcome.skipped:
            words += f" {number(len(outcome.skipped))} baris dilewati: {self._skipped(outcome.skipped)}."
        messages.success(request, words)
        return redirect(self.done_url())

    @staticmethod
    def _skipped(skipped: list) -> str:
        named = ", ".join(f"baris {row}" for row, _ in skipped[:10])
        return named + (", …" if len(skipped) > 10 else "")

    def done_url(self) -> str:
        """Where a saved upload leads."""
        return reverse(self.done_url_name) if self.done_url_name else self.request.path

    def _form(self, problem: str = "") -> HttpResponse:
        context = {"upload": self.shown, "errors": [("file", problem)] if problem else []}
        return render(self.request, self.template_name, context, status=UNPROCESSABLE if problem else 200)

    def _preview(self, problem: str = "") -> HttpResponse:
        rows = list(islice(preview(self.staged, bad_only=True), SHOWN))
        if len(rows) < SHOWN:
            good = (row for row in preview(self.staged) if not row.errors)
            rows += islice(good, SHOWN - len(rows))
        total = self.staged.good_rows + self.staged.bad_rows
        context = {
            "upload": self.shown,
            "staged": self.staged,
            "open": self.staged.state == UploadState.STAGED,
            "heads": [item.title for item in self.shown.fields],
            "rows": rows,
            "shown": len(rows),
            "total": total,
            "errors": [("", problem)] if problem else [],
        }
        status = UNPROCESSABLE if problem else 200
        return render(self.request, self.preview_template_name, context, status=status)

    def _sheet(self, write: Any, name: str) -> FileResponse:
        target = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
        write(target)
        target.seek(0)
        return FileResponse(
            target,
            as_attachment=True,
            filename=f"{name}-{self.shown.slug}.xlsx",
            content_type=CONTENT_TYPES["xlsx"],
            headers={"Cache-Control": "private, no-store"},
        )

"""A BKK sends in a class of leavers; the leaver takes the own draft over."""

import tempfile

from django.http import FileResponse, Http404
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.limits import HOUR, client_ip, count, network_of
from core.api import CREATED, OK, create_once
from core.models.staging import StagedUpload
from core.tables_in import discard, keep, read
from core.tables_in_sheets import write_errors, write_template
from core.tables_out import CONTENT_TYPES
from core.uploading import commit_noted
from jobseekers.api import leaver_serializers as s
from jobseekers.api.base import CREATES, ONCE, ApiView, file_answer, operation
from jobseekers.api.office import OfficeView
from jobseekers.api.own import NO_CONTENT
from jobseekers.exports_leavers import LeaverTable
from jobseekers.imports import LeaverUpload
from jobseekers.models import AK1Application
from jobseekers.permissions import can_send_leavers
from jobseekers.services import leavers, links

XLSX = CONTENT_TYPES["xlsx"]


class BkkView(OfficeView):
    """Of a BKK that acts now."""

    predicate = staticmethod(can_send_leavers)

    def sheet(self, write, name: str) -> FileResponse:
        """A workbook that `write` fills, as an attachment that nothing keeps."""
        target = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
        write(target)
        target.seek(0)
        return FileResponse(
            target,
            as_attachment=True,
            filename=f"{name}-{LeaverUpload.slug}.xlsx",
            content_type=XLSX,
            headers={"Cache-Control": "private, no-store"},
        )


class Leavers(BkkView):
    """What the BKK sent in."""

    serializer_class = s.LeaverSerializer
    queryset = AK1Application.objects.none()

    @operation("Lulusan kami", s.LeaverSerializer(many=True))
    def get(self, request):
        """List masked names and where each stands, newest first."""
        rows = LeaverTable().queryset(request.user).select_related("jobseeker", "via_institution")
        return self.paged(rows, s.LeaverSerializer)


class Template(BkkView):
    """The workbook to fill in."""

    @operation("Templat unggahan lulusan", file_answer(XLSX))
    def get(self, request):
        """Send it, with drop-downs for what has choices."""
        return self.sheet(lambda target: write_template(LeaverUpload(), request.user, target), "templat")


class Uploads(BkkView):
    """Sending a class in."""

    serializer_class = s.UploadSerializer
    parser_classes = [MultiPartParser]

    @operation(
        "Unggah lulusan",
        s.UploadSerializer,
        request=s.LeaverFile,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Read the file and keep its rows for a decision, once for a key; nothing is saved and nobody is told yet."""
        upload = LeaverUpload()
        found = read(upload, self.checked(s.LeaverFile)["file"], actor=request.user)
        uid, fresh = create_once(
            request,
            route="leavers/uploads",
            body={"content": found.digest.hex()},
            create=lambda: keep(found, actor=request.user),
        )
        staged = StagedUpload.objects.get(uid=uid)
        data = s.UploadSerializer(staged, context={"upload": upload}).data
        return Response(data, CREATED if fresh else OK)


class _Upload(BkkView):
    """One own upload."""

    serializer_class = s.UploadSerializer

    def staged(self) -> StagedUpload:
        """The upload of the address, or 404."""
        rows = StagedUpload.objects.visible_to(self.request.user).filter(kind=LeaverUpload.slug)
        return self.one(rows)


class Upload(_Upload):
    """The preview."""

    @operation("Pratinjau unggahan lulusan", s.UploadSerializer)
    def get(self, request, uid):
        """Answer the rows with their errors; what is personal is masked."""
        return Response(s.UploadSerializer(self.staged(), context={"upload": LeaverUpload()}).data)

    @operation("Buang unggahan lulusan", NO_CONTENT, status=204)
    def delete(self, request, uid):
        """Throw it away; an upload that is decided stays as it is."""
        discard(self.staged())
        return Response(status=204)


class UploadErrors(_Upload):
    """The bad rows as a workbook; they hold what was typed in, a NIK too."""

    session_only = True

    @operation("Baris yang salah sebagai Excel", file_answer(XLSX))
    def get(self, request, uid):
        """Send the rows as they were uploaded, each with what is wrong."""
        staged = self.staged()
        return self.sheet(lambda target: write_errors(staged, target), "kesalahan")


class UploadCommit(_Upload):
    """The decision."""

    @operation("Simpan unggahan lulusan", s.OutcomeSerializer, request=s.Decision, errors=(400, 415, 422))
    def post(self, request, uid):
        """Make the drafts and mail each leaver a link. The same content is saved once, whatever the key."""
        staged, mode = self.staged(), self.checked(s.Decision)["mode"]
        outcome = commit_noted(staged, mode=mode, request=request)
        skipped = [{"number": number, "errors": errors} for number, errors in outcome.skipped]
        return Response(s.OutcomeSerializer({"saved": outcome.saved, "skipped": skipped}).data)


class ConfirmDraft(ApiView):
    """The leaver's own draft, by the token of the mailed link."""

    serializer_class = s.TakenDraft

    @operation("Terima draf dari BKK", s.TakenDraft, request=s.DraftToken, errors=(400, 415, 422))
    def post(self, request):
        """Take the draft over; it is not sent yet. The token stands in the body, so it is in no log."""
        token = self.checked(s.DraftToken)["token"]
        count("draft-link", network_of(client_ip(request)), limit=leavers.LINK_TRIES, window=HOUR)
        link = links.find(token, leavers.PURPOSE)
        if link is None or not link.application.is_open:
            raise Http404
        leavers.confirm(link, user=request.user)
        taken = AK1Application.objects.filter(pk=link.application_id, jobseeker__user=request.user).first()
        return Response(s.TakenDraft({"application": taken.uid if taken else None}).data)

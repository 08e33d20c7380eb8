"""What every account has: the own Unduhan, and the check of a card."""

from rest_framework import serializers
from rest_framework.response import Response

from core.models.files import DownloadFile
from core.views.files import send_download
from jobseekers.api.base import ApiView, file_answer, operation
from jobseekers.api.print_serializers import DownloadSerializer
from jobseekers.checking import count_check, judge


class Downloads(ApiView):
    """The reader's own files that were made in the background."""

    serializer_class = DownloadSerializer
    queryset = DownloadFile.objects.none()

    def rows(self):
        """Own ones only."""
        return DownloadFile.objects.visible_to(self.request.user).select_related("job")

    @operation("Unduhan saya", DownloadSerializer(many=True))
    def get(self, request):
        """List them, newest first."""
        return self.paged(self.rows(), DownloadSerializer)


class Download(Downloads):
    """One of them."""

    pagination_class = None

    @operation("Satu unduhan saya", DownloadSerializer)
    def get(self, request, uid):
        """Answer how far it is."""
        return Response(DownloadSerializer(self.one(self.rows())).data)


class DownloadContent(ApiView):
    """The file itself: a day's cards hold every NIK in full, so no token opens it."""

    session_only = True

    @operation("Berkas unduhan saya", file_answer("application/octet-stream"))
    def get(self, request, uid):
        """Send it while it is kept."""
        return send_download(request, uid)


class CheckQuery(serializers.Serializer):
    """A card's number, or what its QR code says ("AK1…")."""

    code = serializers.CharField(max_length=600)


class VerdictSerializer(serializers.Serializer):
    """What the check says.

    `kind` is ok, expired, revoked, placed, replaced, unknown, damaged, altered, forged or revoked-key; name (masked),
    number and validity stand only for a card of the register.
    """

    kind = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    number = serializers.CharField(source="card.number", default="", allow_blank=True)
    valid_until = serializers.DateField(source="card.valid_until", default=None, allow_null=True)


class CardCheck(ApiView):
    """The same check as on the public page, by the same rules and limits."""

    serializer_class = CheckQuery
    only_reads = True

    @operation("Periksa kartu AK-1", VerdictSerializer, request=CheckQuery, errors=(400, 415, 422))
    def post(self, request):
        """Check a number or a code; a POST, so that the number stands in no address."""
        code = self.checked(CheckQuery)["code"]
        count_check(request)
        return Response(VerdictSerializer(judge(code)).data)

"""The rows of the own profile, the need at work, and the own documents. All writes carry the profile's version."""

from types import SimpleNamespace
from uuid import UUID

from django.http import FileResponse, Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.api import CREATED, OK, Problem, create_once, told_version, with_etag
from core.files import open_file
from core.workflow import check_version
from jobseekers.api import profile_serializers as s
from jobseekers.api.base import IF_MATCH, ONCE, WRITES, ApiView, file_answer, operation, seen_version
from jobseekers.api.own import NO_CONTENT, refuse_while_sent
from jobseekers.enums import DocumentKind
from jobseekers.models import AccommodationNeed, AK1Application, JobSeeker, PersonDocument
from jobseekers.services import papers, prechecks, profile, proposals

KIND = OpenApiParameter(
    "kind",
    str,
    OpenApiParameter.PATH,
    enum=list(s.ROW_KINDS),
    description="Bagian profil yang berupa daftar.",
)
DOCUMENT = OpenApiParameter(
    "kind", str, OpenApiParameter.PATH, enum=DocumentKind.values, description="Jenis dokumen."
)


class OwnFile(ApiView):
    """Whatever is kept under the own row: it is written with the version of the profile."""

    def fresh_etag(self, response: Response, person: JobSeeker) -> Response:
        """Put the profile's version, as it is now, on the answer."""
        person.refresh_from_db(fields=["version"])
        return with_etag(response, person)

    def opened_file(self) -> tuple[JobSeeker, int]:
        """The own row and the version of If-Match, which is the row's; 409 while a sent application waits."""
        person = self.own_person()
        version = seen_version(self.request, person)
        refuse_while_sent(person)
        return person, version


class _RowsOfAKind(OwnFile):
    """Finds the kind and the row of an address."""

    serializer_class = s.SchoolingRow
    pagination_class = None

    def kind(self) -> tuple[profile.RowKind, type[s.RowSerializer]]:
        """The kind of the address, or 404."""
        found = s.ROW_KINDS.get(self.kwargs["kind"])
        if found is None:
            raise Http404
        return found

    def row(self, person: JobSeeker):
        """The own row of the address, or 404."""
        kind, _ = self.kind()
        found = kind.model.objects.filter(jobseeker=person, pk=self.kwargs["row"]).first()
        if found is None:
            raise Http404
        return found


class Rows(_RowsOfAKind):
    """The rows of one kind."""

    @operation("Daftar di profil saya", s.any_row(many=True), parameters=[KIND])
    def get(self, request, kind):
        """List the rows, few enough for one answer; the ETag is the profile's."""
        person, (known, serializer) = self.own_person(), self.kind()
        rows = known.model.objects.filter(jobseeker=person)
        if known is profile.OCCUPATION:
            rows = rows.select_related("occupation")
        return with_etag(Response(serializer(rows, many=True).data), person)

    @operation(
        "Tambah ke profil saya",
        s.any_row(),
        request=s.any_row(),
        status=201,
        errors=WRITES,
        parameters=[KIND, IF_MATCH, ONCE],
    )
    def post(self, request, kind):
        """Add a row, once for a key. A repeated call carries the old version: only one that adds is held against it."""
        known, serializer = self.kind()
        person, version = self.own_person(), told_version(request)
        refuse_while_sent(person)
        data = self.checked(serializer)

        def create() -> SimpleNamespace:
            check_version(person, version)
            row = profile.add_row(person, actor=request.user, version=version, kind=known, **data)
            return SimpleNamespace(uid=UUID(int=row.pk))

        uid, fresh = create_once(request, route=f"me/profile/{kind}", body=data, create=create)
        row = known.model.objects.filter(jobseeker=person, pk=uid.int).first()
        if row is None:
            raise Problem(409, "Baris ini pernah ditambahkan dengan kunci yang sama, lalu dihapus.")
        return self.fresh_etag(Response(serializer(row).data, CREATED if fresh else OK), person)


class Row(_RowsOfAKind):
    """One row."""

    @operation(
        "Satu baris profil saya", s.any_row(), parameters=[KIND], operation_id="me_profile_row_retrieve"
    )
    def get(self, request, kind, row):
        """Answer it with the profile's ETag."""
        person, (_, serializer) = self.own_person(), self.kind()
        return with_etag(Response(serializer(self.row(person)).data), person)

    @operation(
        "Ganti satu baris profil saya",
        s.any_row(),
        request=s.any_row(),
        errors=WRITES,
        parameters=[KIND, IF_MATCH],
    )
    def put(self, request, kind, row):
        """Replace it."""
        known, serializer = self.kind()
        person, version = self.opened_file()
        found, data = self.row(person), self.checked(serializer)
        saved = profile.change_row(found, actor=request.user, version=version, kind=known, **data)
        return self.fresh_etag(Response(serializer(saved).data), person)

    @operation(
        "Hapus satu baris profil saya", NO_CONTENT, status=204, errors=WRITES, parameters=[KIND, IF_MATCH]
    )
    def delete(self, request, kind, row):
        """Remove it."""
        known, _ = self.kind()
        person, version = self.opened_file()
        profile.remove_row(self.row(person), actor=request.user, version=version, kind=known)
        return self.fresh_etag(Response(status=204), person)


def need_of(person: JobSeeker) -> Response:
    """What is kept of a need, in clear: for the person and for who counsels. The caller has asked the right."""
    row = AccommodationNeed.objects.filter(jobseeker=person).first()
    told = {"kind": row.kind, "need": row.read_need()} if row else {"kind": "", "need": ""}
    answer = Response(s.NeedSerializer(told).data)
    answer["Cache-Control"] = "private, no-store"
    return answer


class Need(OwnFile):
    """Disability and what is needed at work: read by the person and by who counsels."""

    serializer_class = s.NeedSerializer

    @operation("Kebutuhan saya di tempat kerja", s.NeedSerializer)
    def get(self, request):
        """Answer it with the profile's ETag."""
        person = self.own_person()
        return with_etag(need_of(person), person)

    @operation(
        "Ubah kebutuhan saya di tempat kerja",
        s.NeedSerializer,
        request=s.NeedSerializer,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def put(self, request):
        """Keep it; an empty kind removes it."""
        person, version = self.opened_file()
        saved = profile.set_need(
            person, actor=request.user, version=version, **self.checked(s.NeedSerializer)
        )
        return with_etag(need_of(saved), saved)


class Documents(ApiView):
    """The own documents."""

    serializer_class = s.DocumentSerializer
    pagination_class = None

    @operation("Dokumen saya", s.DocumentSerializer(many=True))
    def get(self, request):
        """List them, at most one of a kind; the ETag is the profile's."""
        person = self.own_person()
        rows = PersonDocument.objects.filter(jobseeker=person).select_related("file").order_by("pk")
        return with_etag(Response(s.DocumentSerializer(rows, many=True).data), person)


class _DocumentOfAKind(OwnFile):
    """Finds the document of an address."""

    serializer_class = s.DocumentUpload
    parser_classes = [MultiPartParser]

    def document(self, person: JobSeeker) -> PersonDocument:
        """The own document of the address, or 404."""
        rows = PersonDocument.objects.filter(jobseeker=person, kind=self.kwargs["kind"])
        found = rows.select_related("file", "jobseeker").first()
        if found is None:
            raise Http404
        return found


class Document(_DocumentOfAKind):
    """The document of one kind."""

    @operation("Satu dokumen saya", s.DocumentSerializer, parameters=[DOCUMENT])
    def get(self, request, kind):
        """Answer what is known of it, with the profile's ETag."""
        person = self.own_person()
        return with_etag(Response(s.DocumentSerializer(self.document(person)).data), person)

    @operation(
        "Unggah dokumen saya",
        s.DocumentSerializer,
        request=s.DocumentUpload,
        errors=WRITES,
        parameters=[DOCUMENT, IF_MATCH],
    )
    def put(self, request, kind):
        """Keep the file; an earlier one of the kind goes, and the new one is unchecked."""
        if kind not in DocumentKind.values:
            raise Http404
        person, version = self.opened_file()
        data = self.checked(s.DocumentUpload)
        with papers.kept_upload(data.get("file"), actor=request.user) as stored:
            row = papers.put_document(
                person, actor=request.user, version=version, kind=kind, file=stored,
                printed_name=data["printed_name"],
            )  # fmt: skip
        return self.fresh_etag(Response(s.DocumentSerializer(row).data), person)

    @operation("Hapus dokumen saya", NO_CONTENT, status=204, errors=WRITES, parameters=[DOCUMENT, IF_MATCH])
    def delete(self, request, kind):
        """Take it back."""
        person, version = self.opened_file()
        saved = papers.drop_document(self.document(person), actor=request.user, version=version)
        return with_etag(Response(status=204), saved)


class DocumentFile(_DocumentOfAKind):
    """The file of a document."""

    @operation(
        "Berkas dokumen saya",
        file_answer("application/pdf", "image/jpeg"),
        parameters=[DOCUMENT],
    )
    def get(self, request, kind):
        """Send it."""
        return file_of(self.document(self.own_person()))


def file_of(row: PersonDocument) -> FileResponse:
    """The unsealed file of a document, as an attachment that nothing keeps; 404 when its content is gone."""
    try:
        content = open_file(row.file)
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    ending = "pdf" if row.file.content_type == "application/pdf" else "jpg"
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{row.kind.lower()}.{ending}",
        content_type=row.file.content_type,
        headers=headers,
    )


class Checks(ApiView):
    """What an own application still needs."""

    serializer_class = s.ChecksSerializer

    @operation("Kelengkapan permohonan saya", s.ChecksSerializer)
    def get(self, request, uid):
        """Answer documents, what to mend, and the pre-checks that the applicant may read."""
        own = AK1Application.objects.filter(jobseeker=self.own_person())
        found = self.one(own.select_related("jobseeker"))
        return checks_of(found, serializer=s.ChecksSerializer, everything=False)


def checks_of(application: AK1Application, *, serializer, everything: bool) -> Response:
    """What is known about a file; what speaks of other people's rows only with `everything`."""
    found = prechecks.findings(proposals.shown(application))
    told = {
        "documents": papers.demands(application),
        "points": application.return_points.all(),
        "changes": [
            {"fact": name, "label": label, "change": words}
            for name, label, words in proposals.changes(application)
        ],
        "findings": [finding for finding in found if everything or finding.for_applicant],
    }
    return Response(serializer(told).data)

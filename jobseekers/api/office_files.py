"""What officers do with one person's file besides deciding: the counter, documents, pre-checks, notes, the NIK."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core import audit
from core.api import CREATED, OK, create_once, told_version, with_etag
from core.personal import reveal
from jobseekers import permissions
from jobseekers.api import office_serializers as s
from jobseekers.api.base import CREATES, IF_MATCH, ONCE, WRITES, file_answer, operation
from jobseekers.api.office import OfficeView
from jobseekers.api.own_profile import DOCUMENT, checks_of, file_of
from jobseekers.api.profile_serializers import DocumentSerializer
from jobseekers.api.serializers import QueueSerializer
from jobseekers.enums import Origin
from jobseekers.models import AK1Application, JobSeeker, PersonDocument
from jobseekers.services import applications, interviews, photos, returns


class WalkIn(OfficeView):
    """Somebody at the counter who is not registered yet."""

    serializer_class = s.WalkIn
    parser_classes = [MultiPartParser]
    predicate = staticmethod(permissions.is_officer)

    @operation(
        "Permohonan di loket bagi orang baru",
        QueueSerializer,
        request=s.WalkIn,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Register the person and send the application, once for a key. A NIK that is known already is refused."""
        data = self.checked(s.WalkIn)
        upload = data.pop("photo")
        body = {**data, "photo": hashlib.sha256(upload.read()).hexdigest()}
        upload.seek(0)
        with photos.kept_photo(upload, actor=request.user) as stored:
            uid, fresh = create_once(
                request,
                route="walk-ins",
                body=body,
                create=lambda: applications.apply_at_desk(actor=request.user, photo=stored, **data),
            )
        photos.drop_photo(stored)  # nothing points at it when the key was known
        made = AK1Application.objects.select_related("jobseeker", "card").get(uid=uid)
        return with_etag(Response(QueueSerializer(made).data, CREATED if fresh else OK), made)


class DeskApplications(OfficeView):
    """An application at the counter of somebody who is registered."""

    serializer_class = s.DeskStart
    predicate = staticmethod(permissions.is_officer)

    @operation(
        "Permohonan di loket bagi orang terdaftar",
        QueueSerializer,
        request=s.DeskStart,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request, uid):
        """Open a draft, once for a key."""
        rows = JobSeeker.objects.visible_to(request.user).living().exclude(user=request.user)
        person, data = self.one(rows), self.checked(s.DeskStart)
        made, fresh = create_once(
            request,
            route=f"people/{person.uid}/applications",
            body=data,
            create=lambda: applications.start_application(
                actor=request.user, person=person, origin=Origin.DESK, **data
            ),
        )
        found = AK1Application.objects.select_related("jobseeker", "card").get(uid=made)
        return with_etag(Response(QueueSerializer(found).data, CREATED if fresh else OK), found)


class _File(OfficeView):
    """One application."""

    serializer_class = QueueSerializer
    predicate = staticmethod(permissions.can_read_cards)

    def file(self) -> AK1Application:
        """The application of the address, or 404."""
        return self.one(
            AK1Application.objects.visible_to(self.request.user).select_related("jobseeker__user")
        )


class DeskSubmit(_File):
    """Sending a draft that was filled in at the counter."""

    predicate = staticmethod(permissions.is_officer)

    @operation("Kirim permohonan loket", QueueSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Send it to the queue."""
        sent = applications.submit(self.file(), actor=request.user, version=told_version(request))
        fresh = AK1Application.objects.select_related("jobseeker", "card").get(pk=sent.pk)
        return with_etag(Response(QueueSerializer(fresh).data), fresh)


class Checks(_File):
    """What is known about a file."""

    serializer_class = s.OfficeChecks

    @operation("Hasil pemeriksaan otomatis", s.OfficeChecks)
    def get(self, request, uid):
        """Answer documents, points to mend and all findings; looking leaves an access event."""
        found = self.file()
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return checks_of(found, serializer=s.OfficeChecks, everything=True)


class Notes(_File):
    """The notes of the interview about a file."""

    serializer_class = s.NotesSerializer

    @operation("Catatan wawancara", s.NotesSerializer)
    def get(self, request, uid):
        """Answer them with their ETag; 404 while there are none."""
        found = self.file()
        notes = interviews.of_application(found)
        if notes is None:
            raise Http404
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return with_etag(Response(s.NotesSerializer(notes).data), notes)

    @operation(
        "Tulis catatan wawancara",
        s.NotesSerializer,
        request=s.NotesSerializer,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def put(self, request, uid):
        """Keep them; If-Match is 0 while there are none."""
        if not permissions.is_officer(request.user):
            raise PermissionDenied("Catatan wawancara ditulis pengantar kerja.")
        found, version = self.file(), told_version(request)
        data = self.checked(s.NotesSerializer)
        saved = interviews.save_notes(found, actor=request.user, notes=data["notes"], version=version)
        return with_etag(Response(s.NotesSerializer(saved).data), saved)


class _PersonsDocuments(OfficeView):
    """The documents of one person."""

    serializer_class = DocumentSerializer
    predicate = staticmethod(permissions.can_read_cards)

    def person(self) -> JobSeeker:
        """The person of the address, or 404."""
        return self.one(JobSeeker.objects.visible_to(self.request.user).living())

    def documents(self):
        """The person's documents."""
        rows = PersonDocument.objects.visible_to(self.request.user).filter(jobseeker=self.person())
        return rows.select_related("file", "jobseeker").order_by("pk")

    def document(self) -> PersonDocument:
        """The document of the address, or 404."""
        found = self.documents().filter(kind=self.kwargs["kind"]).first()
        if found is None:
            raise Http404
        return found


class Documents(_PersonsDocuments):
    """What is there."""

    pagination_class = None

    @operation("Dokumen seorang pencari kerja", DocumentSerializer(many=True))
    def get(self, request, uid):
        """List them, at most one of a kind."""
        return Response(DocumentSerializer(self.documents(), many=True).data)


class DocumentFile(_PersonsDocuments):
    """The file of one; a KTP shows its NIK."""

    session_only = True

    @operation(
        "Berkas dokumen seorang pencari kerja",
        file_answer("application/pdf", "image/jpeg"),
        parameters=[DOCUMENT],
    )
    def get(self, request, uid, kind):
        """Send it; looking leaves an access event."""
        row = self.document()
        detail = {"page": "document", "kind": row.kind}
        audit.record(audit.OPENED, actor=request.user, obj=row.jobseeker, detail=detail, request=request)
        return file_of(row)


class DocumentAccept(_PersonsDocuments):
    """A document that is in order."""

    predicate = staticmethod(permissions.is_officer)

    @operation("Terima dokumen", DocumentSerializer, errors=WRITES, parameters=[DOCUMENT, IF_MATCH])
    def post(self, request, uid, kind):
        """Accept the version that was seen (of the document, not of the person)."""
        saved = returns.accept_document(self.document(), actor=request.user, version=told_version(request))
        return with_etag(Response(DocumentSerializer(saved).data), saved)


class Nik(OfficeView):
    """A NIK in clear, one at a time."""

    session_only = True
    serializer_class = s.RevealReason
    predicate = staticmethod(permissions.can_unmask_nik)

    @operation("Lihat NIK lengkap", s.ClearNik, request=s.RevealReason, errors=(400, 415, 422))
    def post(self, request, uid):
        """Tell it for a reason, which is kept with the reader's name."""
        person = self.one(JobSeeker.objects.visible_to(request.user))
        data = self.checked(s.RevealReason)
        nik = reveal(person, "nik_sealed", actor=request.user, request=request, **data)
        answer = Response(s.ClearNik({"nik": nik}).data)
        answer["Cache-Control"] = "private, no-store"
        return answer

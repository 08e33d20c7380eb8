"""What a person does with the own data: profile, photo, applications, cards, consents, requests."""

from django.http import FileResponse, Http404
from drf_spectacular.utils import OpenApiResponse
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.api import CREATED, OK, Problem, create_once, with_etag
from core.files import open_file
from core.workflow import timeline
from jobseekers.api import serializers as s
from jobseekers.api.base import (
    CREATES,
    IF_MATCH,
    ONCE,
    WRITES,
    ApiView,
    file_answer,
    operation,
    seen_version,
)
from jobseekers.api.together_serializers import StepSerializer
from jobseekers.enums import EDITABLE_APPLICATION, ApplicationState
from jobseekers.looks import looks_at, tell
from jobseekers.models import AK1Application, AK1Card, Consent, DataRequest
from jobseekers.services import applications, consents, people, photos, proposals, rights

NO_CONTENT = OpenApiResponse(description="Sudah")


class Profile(ApiView):
    """The own row."""

    serializer_class = s.ProfileSerializer

    @operation("Profil saya", s.ProfileSerializer)
    def get(self, request):
        """Answer the profile with its ETag."""
        person = as_filled_in(self.own_person())
        return with_etag(Response(s.ProfileSerializer(person).data), person)

    @operation(
        "Ubah profil saya",
        s.ProfileSerializer,
        request=s.ProfileChange,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def patch(self, request):
        """Change what is given. After sending, answers open again only when an officer returns the file.

        Facts that an officer has verified change with the approval of an application; without an open one they can't.
        """
        person = self.own_person()
        version = seen_version(request, person)
        refuse_while_sent(person)
        data = self.checked(s.ProfileChange)
        saved = people.update_person(
            person, actor=request.user, version=version, label="Data diri diubah lewat API", **data
        )
        return with_etag(Response(s.ProfileSerializer(saved).data), saved)


def refuse_while_sent(person) -> None:
    """Raise Problem 409 while a sent application waits: the page refuses the same."""
    sent = AK1Application.objects.open().filter(jobseeker=person).exclude(state__in=EDITABLE_APPLICATION)
    if sent.exists():
        raise Problem(409, applications.CLOSED[ApplicationState.SUBMITTED])


def as_filled_in(person):
    """The person with what waits at the open application laid over: what the owner last wrote."""
    return proposals.lay_over(person, proposals.of_person(person))


def photo_of(person) -> FileResponse:
    """The person's photo, which nothing keeps; 404 when there is none or its content is gone."""
    if person.photo is None:
        raise Http404
    try:
        content = open_file(person.photo)
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(content, filename="pas-foto.jpg", content_type="image/jpeg", headers=headers)


class Photo(ApiView):
    """The pas foto."""

    serializer_class = s.PhotoUpload
    parser_classes = [MultiPartParser]

    @operation("Pas foto saya", file_answer("image/jpeg"))
    def get(self, request):
        """Send it; 404 while there is none."""
        return photo_of(as_filled_in(self.own_person()))

    @operation(
        "Kirim pas foto", s.ProfileSerializer, request=s.PhotoUpload, errors=WRITES, parameters=[IF_MATCH]
    )
    def put(self, request):
        """Straighten, crop and keep the photo; the one before goes."""
        person = as_filled_in(self.own_person())
        version = seen_version(request, person)
        refuse_while_sent(person)
        upload, before = self.checked(s.PhotoUpload)["photo"], person.photo
        with photos.kept_photo(upload, actor=request.user) as stored:
            saved = people.update_person(
                person, actor=request.user, version=version, label="Pas foto diisi", part="foto", photo=stored
            )
        photos.drop_photo(before)
        return with_etag(Response(s.ProfileSerializer(saved).data), saved)


class Applications(ApiView):
    """The own applications."""

    serializer_class = s.ApplicationSerializer
    queryset = AK1Application.objects.none()

    def get_queryset(self):
        """Own ones only."""
        return AK1Application.objects.filter(jobseeker=self.own_person()).select_related("card")

    @operation("Permohonan saya", s.ApplicationSerializer(many=True))
    def get(self, request):
        """List them, newest first."""
        return self.paged(self.get_queryset(), s.ApplicationSerializer)

    @operation(
        "Mulai permohonan",
        s.ApplicationSerializer,
        request=s.ApplicationStart,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Open a draft, once for a key."""
        person, data = self.own_person(), self.checked(s.ApplicationStart)
        uid, fresh = create_once(
            request,
            route="me/applications",
            body=data,
            create=lambda: applications.start_application(actor=request.user, person=person, **data),
        )
        made = AK1Application.objects.select_related("card").get(uid=uid)
        return with_etag(Response(s.ApplicationSerializer(made).data, CREATED if fresh else OK), made)


class Application(ApiView):
    """One own application."""

    serializer_class = s.ApplicationSerializer

    @operation("Satu permohonan saya", s.ApplicationSerializer)
    def get(self, request, uid):
        """Answer it with its ETag."""
        found = self.one(AK1Application.objects.filter(jobseeker=self.own_person()).select_related("card"))
        return with_etag(Response(s.ApplicationSerializer(found).data), found)


class ApplicationHistory(ApiView):
    """The past of an own application."""

    serializer_class = StepSerializer
    pagination_class = None

    @operation("Riwayat permohonan saya", StepSerializer(many=True))
    def get(self, request, uid):
        """List every step with its time, oldest first."""
        found = self.one(AK1Application.objects.filter(jobseeker=self.own_person()))
        return Response(StepSerializer(timeline(found), many=True).data)


class ApplicationStep(ApiView):
    """Sending and withdrawing."""

    serializer_class = s.ApplicationSerializer
    service = staticmethod(applications.submit)

    @operation(
        "Kirim atau batalkan permohonan", s.ApplicationSerializer, errors=WRITES, parameters=[IF_MATCH]
    )
    def post(self, request, uid):
        """Take the step on the version that was read."""
        found = self.one(AK1Application.objects.filter(jobseeker=self.own_person()))
        done = self.service(found, actor=request.user, version=seen_version(request, found))
        return with_etag(Response(s.ApplicationSerializer(done).data), done)


class Cards(ApiView):
    """The own cards."""

    serializer_class = s.CardSerializer

    @operation("Kartu saya", s.CardSerializer(many=True))
    def get(self, request):
        """List them, newest first."""
        return self.paged(AK1Card.objects.filter(jobseeker=self.own_person()), s.CardSerializer)


class Card(ApiView):
    """One own card."""

    serializer_class = s.CardSerializer

    @operation("Satu kartu saya", s.CardSerializer)
    def get(self, request, uid):
        """Answer it with its ETag."""
        found = self.one(AK1Card.objects.filter(jobseeker=self.own_person()))
        return with_etag(Response(s.CardSerializer(found).data), found)


class Requests(ApiView):
    """The own requests about personal data."""

    serializer_class = s.RequestSerializer

    @operation("Permintaan saya", s.RequestSerializer(many=True))
    def get(self, request):
        """List them, newest first."""
        return self.paged(DataRequest.objects.filter(jobseeker=self.own_person()), s.RequestSerializer)

    @operation(
        "Ajukan permintaan",
        s.RequestSerializer,
        request=s.RequestNew,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Open a request, once for a key; the clock of 3 × 24 hours starts."""
        person, data = self.own_person(), self.checked(s.RequestNew)
        uid, fresh = create_once(
            request,
            route="me/requests",
            body=data,
            create=lambda: rights.make_request(person, actor=request.user, **data),
        )
        made = DataRequest.objects.get(uid=uid)
        return with_etag(Response(s.RequestSerializer(made).data, CREATED if fresh else OK), made)


class Request(ApiView):
    """One own request."""

    serializer_class = s.RequestSerializer

    @operation("Satu permintaan saya", s.RequestSerializer)
    def get(self, request, uid):
        """Answer it with its ETag."""
        found = self.one(DataRequest.objects.filter(jobseeker=self.own_person()))
        return with_etag(Response(s.RequestSerializer(found).data), found)


class RequestWithdraw(ApiView):
    """Taking a request back."""

    serializer_class = s.RequestSerializer

    @operation("Tarik permintaan", s.RequestSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Take it back before it is answered."""
        found = self.one(DataRequest.objects.filter(jobseeker=self.own_person()))
        done = rights.withdraw_request(found, actor=request.user, version=seen_version(request, found))
        return with_etag(Response(s.RequestSerializer(done).data), done)


class Consents(ApiView):
    """What may be agreed to."""

    serializer_class = s.ConsentSerializer
    pagination_class = None

    @operation("Persetujuan saya", s.ConsentSerializer(many=True))
    def get(self, request):
        """List the purposes with the text in force."""
        given = dict(
            Consent.objects.in_force().filter(jobseeker=self.own_person()).values_list("text", "given_at")
        )
        rows = [
            {
                "purpose": text.purpose,
                "version": text.version,
                "title": text.title,
                "text": text.text,
                "given_at": given.get(text.pk),
            }
            for text in consents.current_texts()
        ]
        return Response(s.ConsentSerializer(rows, many=True).data)


class ConsentOf(ApiView):
    """Agreeing to one purpose, and taking it back."""

    serializer_class = s.ConsentGiven

    @operation("Setujui", NO_CONTENT, request=s.ConsentGiven, status=204, errors=CREATES)
    def put(self, request, purpose):
        """Say yes to the text of a version."""
        person, data = self.own_person(), self.checked(s.ConsentGiven)
        consents.give(person, actor=request.user, purpose=purpose, version=data["version"], channel="api")
        return Response(status=204)

    @operation("Tarik persetujuan", NO_CONTENT, status=204)
    def delete(self, request, purpose):
        """Take it back; nothing happens when there was none."""
        consents.withdraw(self.own_person(), actor=request.user, purpose=purpose)
        return Response(status=204)


class Looks(ApiView):
    """Who looked at the own data."""

    serializer_class = s.LookSerializer

    @operation("Siapa yang melihat data saya", s.LookSerializer(many=True))
    def get(self, request):
        """List the looks, newest first."""
        page = self.paginate_queryset(looks_at(self.own_person()))
        return self.get_paginated_response(s.LookSerializer(tell(page), many=True).data)

"""What officers do: the queue and its decisions, people, cards, the recap."""

from datetime import date

from django.core.exceptions import PermissionDenied
from rest_framework.response import Response

from core import audit, clock
from core.api import told_version, with_etag
from jobseekers import permissions
from jobseekers.api import serializers as s
from jobseekers.api.base import IF_MATCH, WRITES, ApiView, operation
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.recap import CARDS, cube_of
from jobseekers.services import applications, people
from jobseekers.services.returns import Point


class OfficeView(ApiView):
    """Asks the room's own predicate before anything else."""

    predicate = staticmethod(lambda user: False)

    def initial(self, request, *args, **kwargs) -> None:
        """Refuse who may not, after sign-in."""
        super().initial(request, *args, **kwargs)
        if not self.predicate(request.user):
            raise PermissionDenied("Data ini bukan untuk peran Anda.")


class Queue(OfficeView):
    """Applications that were sent."""

    serializer_class = s.QueueSerializer
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Antrean permohonan", s.QueueSerializer(many=True), errors=(422,), parameters=[s.QueueFilter])
    def get(self, request):
        """List them, newest first; `state=SUBMITTED` is what waits."""
        rows = AK1Application.objects.visible_to(request.user).select_related("jobseeker", "card")
        chosen = self.filtered(s.QueueFilter)
        return self.paged(rows.filter(**chosen), s.QueueSerializer)


class QueueFile(OfficeView):
    """One application."""

    serializer_class = s.QueueSerializer
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Satu permohonan", s.QueueSerializer)
    def get(self, request, uid):
        """Answer it with its ETag; looking leaves an access event."""
        rows = AK1Application.objects.visible_to(request.user).select_related("jobseeker", "card")
        found = self.one(rows)
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return with_etag(Response(s.QueueSerializer(found).data), found)


class Decision(OfficeView):
    """A decision on the version that the officer saw."""

    serializer_class = s.QueueSerializer
    predicate = staticmethod(permissions.is_officer)

    def file(self) -> AK1Application:
        """The application of the address."""
        return self.one(AK1Application.objects.visible_to(self.request.user).select_related("jobseeker"))

    def answer(self, application: AK1Application) -> Response:
        """The application as it stands now."""
        fresh = AK1Application.objects.select_related("jobseeker", "card").get(pk=application.pk)
        return with_etag(Response(s.QueueSerializer(fresh).data), fresh)


class Approve(Decision):
    """Approving."""

    @operation(
        "Setujui permohonan",
        s.QueueSerializer,
        request=s.ApproveSerializer,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """Issue the card; refused while nobody opened a document, unless this is meant."""
        found, version = self.file(), told_version(request)
        applications.approve(found, actor=request.user, version=version, **self.checked(s.ApproveSerializer))
        return self.answer(found)


class Return(Decision):
    """Giving back."""

    @operation(
        "Kembalikan untuk diperbaiki",
        s.QueueSerializer,
        request=s.ReturnSerializer,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """Say what is to be mended, point by point or in one note."""
        found, version = self.file(), told_version(request)
        data = self.checked(s.ReturnSerializer)
        points = [Point(**point) for point in data.pop("points")]
        applications.return_application(found, actor=request.user, version=version, points=points, **data)
        return self.answer(found)


class Reject(Decision):
    """Refusing."""

    @operation(
        "Tolak permohonan",
        s.QueueSerializer,
        request=s.ReasonSerializer,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """Refuse with the reason."""
        found, version = self.file(), told_version(request)
        data = self.checked(s.ReasonSerializer)
        applications.reject(found, actor=request.user, version=version, **data)
        return self.answer(found)


class People(OfficeView):
    """People, with masked NIK."""

    serializer_class = s.PersonSerializer
    predicate = staticmethod(permissions.can_read_people)

    @operation("Pencari kerja", s.PersonSerializer(many=True), errors=(422,), parameters=[s.PersonFilter])
    def get(self, request):
        """List them, newest first."""
        rows = JobSeeker.objects.visible_to(request.user).living()
        name = self.filtered(s.PersonFilter).get("name")
        return self.paged(rows.filter(full_name__icontains=name) if name else rows, s.PersonSerializer)


class Person(OfficeView):
    """One person."""

    serializer_class = s.ProfileSerializer
    predicate = staticmethod(permissions.can_read_people)

    @operation("Satu pencari kerja", s.ProfileSerializer)
    def get(self, request, uid):
        """Answer the file; looking leaves an access event."""
        rows = JobSeeker.objects.visible_to(request.user).living().select_related("education", "village")
        found = self.one(rows)
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return with_etag(Response(s.ProfileSerializer(found).data), found)

    @operation(
        "Perbaiki data pencari kerja",
        s.ProfileSerializer,
        request=s.ProfileChange,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def patch(self, request, uid):
        """Correct what is given, at the counter; an application that waits counts as changed too."""
        if not permissions.is_officer(request.user):
            raise PermissionDenied("Data diperbaiki oleh pengantar kerja.")
        rows = JobSeeker.objects.visible_to(request.user).living().exclude(user=request.user)
        found, version = self.one(rows), told_version(request)
        data = self.checked(s.ProfileChange)
        saved = people.update_person(found, actor=request.user, version=version, **data)
        return with_etag(Response(s.ProfileSerializer(saved).data), saved)


class OfficeCards(OfficeView):
    """The register of cards."""

    serializer_class = s.HeldCardSerializer
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Kartu AK-1", s.HeldCardSerializer(many=True), errors=(422,), parameters=[s.CardFilter])
    def get(self, request):
        """List them, newest first."""
        rows = AK1Card.objects.visible_to(request.user).select_related("jobseeker")
        return self.paged(rows.filter(**self.filtered(s.CardFilter)), s.HeldCardSerializer)


class OfficeCard(OfficeView):
    """One card."""

    serializer_class = s.HeldCardSerializer
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Satu kartu AK-1", s.HeldCardSerializer)
    def get(self, request, uid):
        """Answer it with its ETag; looking leaves an access event."""
        found = self.one(AK1Card.objects.visible_to(request.user).select_related("jobseeker"))
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return with_etag(Response(s.HeldCardSerializer(found).data), found)


class Recap(OfficeView):
    """People, applications or cards counted by kelurahan, education, sex and age group of today."""

    serializer_class = s.RecapCellSerializer
    pagination_class = None
    predicate = staticmethod(permissions.can_see_recap)

    @operation(
        "Rekap pencari kerja dan kartu",
        s.RecapCellSerializer(many=True),
        errors=(422,),
        parameters=[s.RecapFilter],
    )
    def get(self, request):
        """Answer every cell that holds somebody; cards are this year's when no days are named."""
        chosen = self.filtered(s.RecapFilter)
        measure, span = s.RECAPS[chosen["measure"]], None
        if "since" in chosen:
            span = (chosen["since"], chosen["until"])
        elif measure == CARDS:
            span = (date(clock.today().year, 1, 1), date(clock.today().year, 12, 31))
        return Response(s.RecapCellSerializer(cube_of(measure, span), many=True).data)

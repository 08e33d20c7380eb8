"""The register of data breaches: kept by the PDP officer, read by the head of office and the administrator."""

from django.core.exceptions import PermissionDenied
from rest_framework.response import Response

from core import audit
from core.api import CREATED, OK, create_once, told_version, with_etag
from jobseekers import permissions
from jobseekers.api import breach_serializers as s
from jobseekers.api.base import CREATES, IF_MATCH, ONCE, WRITES, operation
from jobseekers.api.office import OfficeView
from jobseekers.models import Breach, JobSeeker
from jobseekers.services import breaches
from jobseekers.services.affected import affected

NOT_YOURS = "Buku ini diisi pejabat pelindungan data pribadi."


class _Register(OfficeView):
    """The register."""

    serializer_class = s.OneBreachSerializer
    queryset = Breach.objects.none()
    predicate = staticmethod(permissions.can_manage_breaches)

    def breach(self) -> Breach:
        """The breach of the address, or 404."""
        return self.one(Breach.objects.visible_to(self.request.user))

    def keeper(self) -> None:
        """Refuse who only reads, before the body is looked at."""
        if not permissions.can_answer_requests(self.request.user):
            raise PermissionDenied(NOT_YOURS)

    def told(self, breach: Breach, status: int = OK) -> Response:
        """The breach with its ETag."""
        return with_etag(Response(s.OneBreachSerializer(breach).data, status), breach)


class Breaches(_Register):
    """All of them."""

    @operation(
        "Kegagalan pelindungan data",
        s.BreachSerializer(many=True),
        errors=(422,),
        parameters=[s.BreachFilter],
    )
    def get(self, request):
        """List them, newest first."""
        rows = Breach.objects.visible_to(request.user).filter(**self.filtered(s.BreachFilter))
        return self.paged(rows, s.BreachSerializer)

    @operation(
        "Catat kegagalan pelindungan data",
        s.OneBreachSerializer,
        request=s.BreachWrite,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Write it down, once for a key; the people whom it touches are counted at once."""
        self.keeper()
        data = self.checked(s.BreachWrite)
        uid, fresh = create_once(
            request,
            route="breaches",
            body=data,
            create=lambda: breaches.record_breach(actor=request.user, **data),
        )
        return self.told(Breach.objects.get(uid=uid), CREATED if fresh else OK)


class OneBreach(_Register):
    """One of them."""

    @operation("Satu kegagalan pelindungan data", s.OneBreachSerializer)
    def get(self, request, uid):
        """Answer it with its ETag."""
        return self.told(self.breach())

    @operation(
        "Perbaiki catatan kegagalan",
        s.OneBreachSerializer,
        request=s.BreachWrite,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def put(self, request, uid):
        """Write it anew while nobody was told; the people are counted again."""
        self.keeper()
        found, version = self.breach(), told_version(request)
        data = self.checked(s.BreachWrite)
        return self.told(breaches.revise_breach(found, actor=request.user, version=version, **data))


class TellAffected(_Register):
    """Telling the people."""

    @operation("Beri tahu yang terkena", s.OneBreachSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Order the written notices, by notice and mail, and stop the clock."""
        self.keeper()
        found = self.breach()
        return self.told(breaches.tell_affected(found, actor=request.user, version=told_version(request)))


class CloseBreach(_Register):
    """The end of it."""

    @operation("Tutup kegagalan", s.OneBreachSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Note that it is handled and recovered."""
        self.keeper()
        found = self.breach()
        return self.told(breaches.close_breach(found, actor=request.user, version=told_version(request)))


class Affected(_Register):
    """Whom it touches."""

    serializer_class = s.AffectedSerializer
    queryset = JobSeeker.objects.none()
    predicate = staticmethod(permissions.can_answer_requests)

    @operation("Orang yang terkena", s.AffectedSerializer(many=True))
    def get(self, request, uid):
        """List them by the kept query; looking leaves an access event."""
        breach = self.breach()
        audit.record("jobseekers.affected_listed", actor=request.user, obj=breach, request=request)
        return self.paged(affected(breach.affected_query), s.AffectedSerializer)

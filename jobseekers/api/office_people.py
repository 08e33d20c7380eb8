"""What officers do with a person's row: what it says, its photo, its ledger, joining doubles, erasing."""

from django.http import Http404
from rest_framework.response import Response

from core import audit
from core.api import told_version, with_etag
from jobseekers import permissions
from jobseekers.api import together_serializers as s
from jobseekers.api.base import IF_MATCH, WRITES, file_answer, operation
from jobseekers.api.office import OfficeView
from jobseekers.api.own import NO_CONTENT, photo_of
from jobseekers.api.own_profile import need_of
from jobseekers.api.profile_serializers import ROW_KINDS, NeedSerializer, any_row
from jobseekers.api.serializers import ProfileSerializer
from jobseekers.models import Episode, JobSeeker
from jobseekers.services import erasure, merging


class _Person(OfficeView):
    """One person; looking leaves an access event."""

    serializer_class = ProfileSerializer
    pagination_class = None
    predicate = staticmethod(permissions.can_read_people)

    def person(self) -> JobSeeker:
        """The living person of the address, or 404."""
        rows = JobSeeker.objects.visible_to(self.request.user).living()
        return self.one(rows.select_related("education", "village", "photo"))

    def looked_at(self) -> JobSeeker:
        """The same, and that the reader looked."""
        found = self.person()
        detail = {"page": "api"}
        audit.record(audit.OPENED, actor=self.request.user, obj=found, detail=detail, request=self.request)
        return found


class Rows(_Person):
    """Education, skills, languages, work, training, desired occupations."""

    @operation("Riwayat seorang pencari kerja", any_row(many=True))
    def get(self, request, uid, kind):
        """List the rows of a kind in the person's own order."""
        if kind not in ROW_KINDS:
            raise Http404
        known, serializer = ROW_KINDS[kind]
        rows = known.model.objects.filter(jobseeker=self.looked_at())
        return Response(serializer(rows, many=True).data)


class Need(_Person):
    """What a person with a disability needs at work: for those whose work it is."""

    serializer_class = NeedSerializer
    predicate = staticmethod(permissions.can_read_needs)

    @operation("Kebutuhan seorang pencari kerja di tempat kerja", NeedSerializer)
    def get(self, request, uid):
        """Answer it; both empty for none."""
        return need_of(self.looked_at())


class Photo(_Person):
    """The pas foto."""

    @operation("Pas foto seorang pencari kerja", file_answer("image/jpeg"))
    def get(self, request, uid):
        """Send it; 404 while there is none."""
        return photo_of(self.looked_at())


class Episodes(_Person):
    """The times of looking for work."""

    serializer_class = s.EpisodeSerializer
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Buku peristiwa seorang pencari kerja", s.EpisodeSerializer(many=True))
    def get(self, request, uid):
        """List them with their lines of the ledger, newest first."""
        rows = Episode.objects.visible_to(request.user).filter(jobseeker=self.looked_at())
        rows = rows.select_related("card").prefetch_related("events__education").order_by("-opened_on", "-pk")
        return Response(s.EpisodeSerializer(rows, many=True).data)


class Merge(_Person):
    """Joining two rows of one person."""

    predicate = staticmethod(permissions.can_merge_people)

    @operation(
        "Gabungkan data ganda",
        ProfileSerializer,
        request=s.MergeInto,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """Join the person of the address into the one of the body and answer that one, with its ETag."""
        loser, version = self.person(), told_version(request)
        data = self.checked(s.MergeInto)
        kept = merging.merge_people(loser, actor=request.user, version=version, request=request, **data)
        return with_etag(Response(ProfileSerializer(kept).data), kept)


class Erase(_Person):
    """Erasing a person's data."""

    predicate = staticmethod(permissions.can_erase_people)

    @operation(
        "Hapus data pribadi seseorang",
        NO_CONTENT,
        request=s.EraseReason,
        status=204,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """Erase what names the person; the counts stay. Refused while an application or a card stands against it."""
        person, version = self.person(), told_version(request)
        data = self.checked(s.EraseReason)
        erasure.erase_person(person, actor=request.user, version=version, request=request, **data)
        return Response(status=204)

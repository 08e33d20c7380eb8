"""Decisions over many files, and what an officer does with a file besides: asking to come, taking it back, its past."""

from rest_framework.response import Response

from core import audit
from core.api import told_version
from core.workflow import timeline
from jobseekers import permissions
from jobseekers.api import together_serializers as s
from jobseekers.api.base import IF_MATCH, WRITES, operation
from jobseekers.api.office import Decision, OfficeView
from jobseekers.api.serializers import QueueSerializer
from jobseekers.models import AK1Application
from jobseekers.services import applications, together, visits

GONE = "Permohonan ini tidak ada, atau bukan untuk Anda."


class Preview(OfficeView):
    """Looking at picked files."""

    serializer_class = s.CandidateSerializer
    pagination_class = None
    predicate = staticmethod(permissions.is_officer)

    @operation(
        "Pratinjau persetujuan bersama",
        s.CandidateSerializer(many=True),
        request=s.Picked,
        errors=(400, 415, 422),
    )
    def post(self, request):
        """Answer the files that are there, the oldest first, each with why it can't be approved together."""
        rows = together.picked(request.user, self.checked(s.Picked)["applications"])
        return Response(s.CandidateSerializer(together.preview(request.user, rows), many=True).data)


class ApproveTogether(OfficeView):
    """Approving them."""

    serializer_class = s.ResultSerializer
    pagination_class = None
    predicate = staticmethod(permissions.is_officer)

    @operation("Setujui bersama", s.ResultSerializer(many=True), request=s.Seen, errors=(400, 415, 422))
    def post(self, request):
        """Approve each file with the version that was seen, in the order of the queue; one refusal stops no other.

        Sent twice, the second answer says of each file who decided it: nothing is issued again.
        """
        data = self.checked(s.Seen)
        versions = {str(file["uid"]): file["version"] for file in data["files"]}
        rows = together.picked(request.user, versions)
        results = together.approve_each(
            rows, actor=request.user, versions=versions, knowingly=data["knowingly"]
        )
        told = [
            {
                "application": result.application.uid,
                "card": result.card.uid if result.card else None,
                "number": result.card.number if result.card else "",
                "problem": result.problem,
            }
            for result in results
        ]
        absent = versions.keys() - {str(row.uid) for row in rows}
        told += [{"application": uid, "card": None, "number": "", "problem": GONE} for uid in sorted(absent)]
        return Response(s.ResultSerializer(told, many=True).data)


class AskToCome(Decision):
    """Asking the applicant to come."""

    @operation("Minta pemohon datang", QueueSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Send the notice with the way to a visit; the file stays where it is."""
        visits.ask_to_come(found := self.file(), actor=request.user, version=told_version(request))
        return self.answer(found)


class DeskWithdraw(Decision):
    """Taking back what was filled in at the counter."""

    @operation("Batalkan permohonan loket", QueueSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Withdraw it at the applicant's wish; what the applicant sent is taken back by the applicant."""
        applications.withdraw(found := self.file(), actor=request.user, version=told_version(request))
        return self.answer(found)


class History(OfficeView):
    """The past of a file."""

    serializer_class = s.OfficeStepSerializer
    pagination_class = None
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Riwayat permohonan", s.OfficeStepSerializer(many=True))
    def get(self, request, uid):
        """List every step with its time and who took it, oldest first; looking leaves an access event."""
        found = self.one(AK1Application.objects.visible_to(request.user).select_related("jobseeker"))
        audit.record(audit.OPENED, actor=request.user, obj=found, detail={"page": "api"}, request=request)
        return Response(s.OfficeStepSerializer(timeline(found), many=True).data)

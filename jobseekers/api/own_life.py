"""The own card's paper and reports, the own visits, and a copy of everything that is kept about the reader."""

from django.core.exceptions import PermissionDenied
from django.db.models import F, Sum
from django.http import HttpResponse
from rest_framework.response import Response

from core import audit
from core.api import CREATED, OK, create_once, with_etag
from jobseekers.api import life_serializers as s
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
from jobseekers.documents import my_data
from jobseekers.documents.ak1_card import render_cards
from jobseekers.enums import CardState, ReportChannel
from jobseekers.models import AK1Card, HolderReport, VisitBooking
from jobseekers.reporting import slots_of
from jobseekers.services import holder_reports, rights, visits
from jobseekers.services.printing import ON_PAPER

PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def card_paper(card: AK1Card, request) -> HttpResponse:
    """Both sides of a card as PDF; who took it stays in the audit trail. Raises PermissionDenied once it has ended."""
    if card.state != CardState.ACTIVE:
        raise PermissionDenied("Kartu ini sudah tidak berlaku, jadi tidak bisa dicetak lagi.")
    data = render_cards([card])
    audit.record("jobseekers.card_printed", actor=request.user, obj=card, request=request)
    name = f'attachment; filename="kartu-ak1-{card.uid.hex[:8]}.pdf"'
    return HttpResponse(
        data, content_type="application/pdf", headers={**PRIVATE, "Content-Disposition": name}
    )


class CardPaper(ApiView):
    """The paper of an own card."""

    @operation("Kartu saya sebagai PDF", file_answer("application/pdf"))
    def get(self, request, uid):
        """Send it; a card that has ended is not printed any more."""
        return card_paper(
            self.one(AK1Card.objects.filter(jobseeker=self.own_person()).select_related(*ON_PAPER)), request
        )


class CardDue(ApiView):
    """The due reports of an own card."""

    serializer_class = s.DueSerializer
    pagination_class = None

    @operation("Jadwal lapor kartu saya", s.DueSerializer(many=True))
    def get(self, request, uid):
        """List them in their order."""
        card = self.one(AK1Card.objects.filter(jobseeker=self.own_person()))
        return Response(s.DueSerializer(slots_of(card), many=True).data)


class CardReports(ApiView):
    """The reports of an own card."""

    serializer_class = s.ReportSerializer
    queryset = HolderReport.objects.none()
    channel = ReportChannel.ACCOUNT

    def card(self) -> AK1Card:
        """The card of the address, or 404."""
        return self.one(AK1Card.objects.filter(jobseeker=self.own_person()).select_related("jobseeker"))

    @operation("Laporan kartu", s.ReportSerializer(many=True))
    def get(self, request, uid):
        """List them, newest first."""
        return self.paged(HolderReport.objects.filter(card=self.card()), s.ReportSerializer)

    @operation(
        "Laporkan keadaan",
        s.ReportSerializer,
        request=s.ReportNew,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request, uid):
        """Report, once for a key."""
        card, data = self.card(), self.checked(s.ReportNew)
        made, fresh = create_once(
            request,
            route=f"cards/{card.uid}/reports",
            body=data,
            create=lambda: holder_reports.report(card, actor=request.user, channel=self.channel, **data),
        )
        report = HolderReport.objects.get(uid=made)
        return Response(s.ReportSerializer(report).data, CREATED if fresh else OK)


class Days(ApiView):
    """The days with a free place."""

    serializer_class = s.DaySerializer
    pagination_class = None

    @operation("Hari yang masih ada tempat", s.DaySerializer(many=True))
    def get(self, request):
        """List them in their order."""
        self.own_person()
        free = Sum(F("counters") * F("per_counter") - F("booked"))
        days = visits.bookable().order_by("day").values("day").annotate(free=free)
        return Response(s.DaySerializer(days, many=True).data)


class Slots(ApiView):
    """The hours of a day with a free place."""

    serializer_class = s.SlotSerializer
    pagination_class = None

    @operation(
        "Jam yang masih kosong pada satu hari",
        s.SlotSerializer(many=True),
        errors=(422,),
        parameters=[s.DayFilter],
    )
    def get(self, request):
        """List them in their order."""
        self.own_person()
        slots = visits.bookable().filter(**self.filtered(s.DayFilter))
        return Response(s.SlotSerializer(slots, many=True).data)


class Visits(ApiView):
    """The own visits."""

    serializer_class = s.VisitSerializer
    queryset = VisitBooking.objects.none()

    @operation("Kunjungan saya", s.VisitSerializer(many=True))
    def get(self, request):
        """List them, newest first."""
        rows = VisitBooking.objects.filter(jobseeker=self.own_person()).select_related("slot")
        return self.paged(rows, s.VisitSerializer)

    @operation(
        "Pesan kunjungan",
        s.VisitSerializer,
        request=s.VisitChoice,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Book an hour, once for a key; a person has one visit that is to come."""
        person, slot = self.own_person(), self.checked(s.VisitChoice)["slot"]
        uid, fresh = create_once(
            request,
            route="me/visits",
            body={"slot": slot.uid},
            create=lambda: visits.book(actor=request.user, person=person, slot=slot),
        )
        made = VisitBooking.objects.select_related("slot").get(uid=uid)
        return with_etag(Response(s.VisitSerializer(made).data, CREATED if fresh else OK), made)


class _OwnVisit(ApiView):
    """One own visit."""

    serializer_class = s.VisitSerializer

    def visit(self) -> VisitBooking:
        """The visit of the address, or 404."""
        rows = VisitBooking.objects.filter(jobseeker=self.own_person())
        return self.one(rows.select_related("slot", "jobseeker"))

    def answer(self, booking: VisitBooking) -> Response:
        """The visit with its ETag."""
        return with_etag(Response(s.VisitSerializer(booking).data), booking)


class Visit(_OwnVisit):
    """One own visit."""

    @operation("Satu kunjungan saya", s.VisitSerializer)
    def get(self, request, uid):
        """Answer it with its ETag."""
        return self.answer(self.visit())


class VisitCancel(_OwnVisit):
    """Giving the place back."""

    @operation("Batalkan kunjungan", s.VisitSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Cancel; the place is free again."""
        found = self.visit()
        version = seen_version(request, found)
        return self.answer(visits.cancel(found, actor=request.user, version=version))


class VisitMove(_OwnVisit):
    """Choosing another hour."""

    @operation(
        "Pindahkan kunjungan", s.VisitSerializer, request=s.VisitChoice, errors=WRITES, parameters=[IF_MATCH]
    )
    def post(self, request, uid):
        """Move; the old place is kept until the new one is sure."""
        found = self.visit()
        version = seen_version(request, found)
        slot = self.checked(s.VisitChoice)["slot"]
        return self.answer(visits.move(found, actor=request.user, version=version, slot=slot))


class MyData(ApiView):
    """A copy of everything that is kept about the reader."""

    session_only = True
    form, media, make = "json", "application/json", staticmethod(my_data.as_json)

    @operation("Salinan data saya (JSON)", file_answer("application/json"))
    def post(self, request):
        """Make it now; it is kept nowhere, only that it was taken. It holds the NIK in full."""
        person = self.own_person()
        content = self.make(person)
        rights.note_download(person, actor=request.user, form=self.form, request=request)
        name = f'attachment; filename="data-saya.{self.form}"'
        headers = {**PRIVATE, "Content-Disposition": name}
        return HttpResponse(content, content_type=self.media, headers=headers)


class MyDataPaper(MyData):
    """The same as a PDF."""

    form, media, make = "pdf", "application/pdf", staticmethod(my_data.as_pdf)

    @operation("Salinan data saya (PDF)", file_answer("application/pdf"))
    def post(self, request):
        """Make it now."""
        return super().post(request)

"""The officer's registers: cards and their reports, visits, search, requests about data, the forms IPK."""

from datetime import date

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core import clock, search
from core.api import told_version, with_etag
from jobseekers import permissions
from jobseekers.api import office_serializers as s
from jobseekers.api.base import CREATES, IF_MATCH, WRITES, file_answer, operation
from jobseekers.api.life_serializers import DayFilter
from jobseekers.api.office import OfficeView
from jobseekers.api.own_life import CardReports, card_paper
from jobseekers.api.serializers import HeldCardSerializer
from jobseekers.enums import ReportChannel
from jobseekers.ipk import form_of
from jobseekers.models import AK1Card, DataRequest, VisitBooking, VisitSlot
from jobseekers.searching import APPLICATION, CARD, PERSON
from jobseekers.services import cards, printing, rights, visits
from jobseekers.services.printing import ON_PAPER


class _Card(OfficeView):
    """One card."""

    serializer_class = HeldCardSerializer
    predicate = staticmethod(permissions.is_officer)

    def card(self, *related: str) -> AK1Card:
        """The card of the address, or 404."""
        rows = AK1Card.objects.visible_to(self.request.user)
        return self.one(rows.select_related("jobseeker", *related))

    def answer(self, card: AK1Card) -> Response:
        """The card with its ETag."""
        return with_etag(Response(HeldCardSerializer(card).data), card)


class CardPaper(_Card):
    """The paper of a card; the NIK stands on it in full, so it is for who prints it (see `can_print_card`)."""

    session_only = True

    @operation("Kartu sebagai PDF", file_answer("application/pdf"))
    def get(self, request, uid):
        """Send it; a card that has ended is not printed any more."""
        return card_paper(self.card(*ON_PAPER), request)


class CardPrinted(_Card):
    """The print register."""

    @operation("Catat cetakan kartu", HeldCardSerializer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Count one printing."""
        found = self.card()
        return self.answer(printing.count_print(found, actor=request.user, version=told_version(request)))


class CardRemove(_Card):
    """Taking the holder off the register."""

    @operation(
        "Hapus dari daftar pencari kerja",
        HeldCardSerializer,
        request=s.Removal,
        errors=WRITES,
        parameters=[IF_MATCH],
    )
    def post(self, request, uid):
        """End card and registration, with the reason."""
        found, version = self.card(), told_version(request)
        data = self.checked(s.Removal)
        return self.answer(cards.remove_from_register(found, actor=request.user, version=version, **data))


class DeskReports(CardReports, OfficeView):
    """The reports of a card, and one that is taken at the counter."""

    channel = ReportChannel.DESK
    predicate = staticmethod(permissions.is_officer)

    def card(self) -> AK1Card:
        """The card of the address, or 404."""
        return self.one(AK1Card.objects.visible_to(self.request.user).select_related("jobseeker"))


class Slots(OfficeView):
    """The hours of a day."""

    serializer_class = s.OfficeSlot
    pagination_class = None
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Jadwal kunjungan", s.OfficeSlot(many=True), errors=(422,), parameters=[DayFilter])
    def get(self, request):
        """List them in their order."""
        rows = VisitSlot.objects.visible_to(request.user).filter(**self.filtered(DayFilter))
        return Response(s.OfficeSlot(rows, many=True).data)

    @operation("Buka jadwal", s.Opened, request=s.OpenDays, errors=CREATES)
    def post(self, request):
        """Open hours on the working days of a span; those that exist stay, so asking twice opens nothing twice."""
        opened = visits.open_days(actor=request.user, **self.checked(s.OpenDays))
        return Response(s.Opened({"opened": opened}).data)


class Slot(OfficeView):
    """One hour."""

    serializer_class = s.OfficeSlot
    predicate = staticmethod(permissions.is_officer)

    @operation("Ubah jam kunjungan", s.OfficeSlot, request=s.SlotChange, errors=WRITES, parameters=[IF_MATCH])
    def put(self, request, uid):
        """Change its places, or close it."""
        found, version = self.one(VisitSlot.objects.all()), told_version(request)
        saved = visits.change_slot(found, actor=request.user, version=version, **self.checked(s.SlotChange))
        return with_etag(Response(s.OfficeSlot(saved).data), saved)


class Visits(OfficeView):
    """Who comes."""

    serializer_class = s.OfficeVisit
    queryset = VisitBooking.objects.none()
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Kunjungan pada satu hari", s.OfficeVisit(many=True), errors=(422,), parameters=[DayFilter])
    def get(self, request):
        """List them, newest booking first."""
        rows = VisitBooking.objects.visible_to(request.user).select_related("slot", "jobseeker")
        return self.paged(rows.filter(slot__day=self.filtered(DayFilter)["day"]), s.OfficeVisit)


class VisitSettle(OfficeView):
    """Who came."""

    serializer_class = s.OfficeVisit
    predicate = staticmethod(permissions.is_officer)

    def visit(self) -> VisitBooking:
        """The visit of the address, or 404."""
        rows = VisitBooking.objects.visible_to(self.request.user)
        return self.one(rows.select_related("slot", "jobseeker"))

    @operation("Catat kehadiran", s.OfficeVisit, request=s.Came, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Write down whether the person came, on the day itself or later."""
        found, version = self.visit(), told_version(request)
        saved = visits.settle(found, actor=request.user, version=version, **self.checked(s.Came))
        return with_etag(Response(s.OfficeVisit(saved).data), saved)


class VisitCancel(VisitSettle):
    """Cancelling at the person's wish."""

    @operation("Batalkan kunjungan seseorang", s.OfficeVisit, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Cancel; the place is free again."""
        saved = visits.cancel(self.visit(), actor=request.user, version=told_version(request))
        return with_etag(Response(s.OfficeVisit(saved).data), saved)


class Search(OfficeView):
    """People, cards and applications by words or a whole number."""

    serializer_class = s.Query
    pagination_class = None
    only_reads = True
    predicate = staticmethod(permissions.can_read_people)

    @operation("Cari", s.HitSerializer(many=True), request=s.Query, errors=(400, 415, 422))
    def post(self, request):
        """Find what the reader may see, best first. It is a POST so that no NIK stands in an address."""
        kinds = [PERSON, *((CARD, APPLICATION) if permissions.can_read_cards(request.user) else ())]
        hits = search.find(self.checked(s.Query)["query"], request.user, kinds)
        return Response(s.HitSerializer(hits, many=True).data)


class _Requests(OfficeView):
    """Requests about personal data, of the PDP officer."""

    serializer_class = s.HeldRequest
    queryset = DataRequest.objects.none()
    predicate = staticmethod(permissions.can_answer_requests)

    def request_of(self) -> DataRequest:
        """The request of the address, or 404."""
        return self.one(DataRequest.objects.visible_to(self.request.user).select_related("jobseeker__user"))

    def told(self, row: DataRequest) -> Response:
        """The request as it stands, with its ETag."""
        return with_etag(Response(s.HeldRequest(row).data), row)


class Requests(_Requests):
    """All of them."""

    @operation("Permintaan atas data", s.HeldRequest(many=True), errors=(422,), parameters=[s.RequestFilter])
    def get(self, request):
        """List them, newest first."""
        rows = DataRequest.objects.visible_to(request.user).select_related("jobseeker")
        return self.paged(rows.filter(**self.filtered(s.RequestFilter)), s.HeldRequest)


class Request(_Requests):
    """One of them."""

    @operation("Satu permintaan atas data", s.HeldRequest)
    def get(self, request, uid):
        """Answer it with its ETag."""
        return self.told(self.request_of())


class RequestGrant(_Requests):
    """Granting."""

    @operation("Kabulkan permintaan", s.HeldRequest, request=s.Answer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Grant, and do what was asked; erasure erases at once."""
        found, version = self.request_of(), told_version(request)
        data = self.checked(s.Answer)
        return self.told(
            rights.grant_request(found, actor=request.user, version=version, origin=request, **data)
        )


class RequestRefuse(_Requests):
    """Refusing."""

    @operation("Tolak permintaan", s.HeldRequest, request=s.Answer, errors=WRITES, parameters=[IF_MATCH])
    def post(self, request, uid):
        """Refuse with the reasons, which the person reads."""
        found, version = self.request_of(), told_version(request)
        data = self.checked(s.Answer)
        return self.told(rights.refuse_request(found, actor=request.user, version=version, **data))


class IpkForm(OfficeView):
    """The forms IPK III of a month."""

    serializer_class = s.FormSerializer
    pagination_class = None
    predicate = staticmethod(permissions.can_see_recap)

    @operation("Formulir IPK", s.FormSerializer, errors=(422,), parameters=[s.FormChoice])
    def get(self, request):
        """Compute a form; the running month is as of now."""
        chosen = self.filtered(s.FormChoice)
        month: date = chosen["month"].replace(day=1)
        if not date(2000, 1, 1) <= month <= clock.today():
            raise ValidationError({"month": ["Bulan ini belum ada."]})
        return Response(s.FormSerializer(form_of(chosen["form"], month)).data)

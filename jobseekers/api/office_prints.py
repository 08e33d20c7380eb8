"""Printing a day's cards, the print register, the book of reports, the BKOL report."""

from datetime import date

from rest_framework.response import Response

from core import clock
from core.api import CREATED, OK, create_once
from core.measures import Period
from core.models.files import DownloadFile
from jobseekers import permissions
from jobseekers.api import print_serializers as s
from jobseekers.api.base import CREATES, ONCE, operation
from jobseekers.api.office import OfficeView
from jobseekers.api.serializers import SpanFilter
from jobseekers.bkol import bkol_report
from jobseekers.models import CardPrint, HolderReport
from jobseekers.services import printing


class PrintBatches(OfficeView):
    """A day's cards in one PDF."""

    serializer_class = s.PrintOrder
    predicate = staticmethod(permissions.is_officer)

    @operation(
        "Cetak kartu satu hari",
        s.DownloadSerializer,
        request=s.PrintOrder,
        status=201,
        errors=CREATES,
        parameters=[ONCE],
    )
    def post(self, request):
        """Order the file, once for a key. The answer is a download: ask for it until it is READY, then fetch it."""
        data = self.checked(s.PrintOrder)
        uid, fresh = create_once(
            request,
            route="print-batches",
            body=data,
            create=lambda: printing.download_of(printing.order_batch(actor=request.user, **data).job),
        )
        made = DownloadFile.objects.select_related("job").get(uid=uid)
        return Response(s.DownloadSerializer(made).data, CREATED if fresh else OK)


class Prints(OfficeView):
    """The print register."""

    serializer_class = s.PrintSerializer
    queryset = CardPrint.objects.none()
    predicate = staticmethod(permissions.can_read_cards)

    @operation("Buku cetak kartu", s.PrintSerializer(many=True), errors=(422,), parameters=[s.PrintFilter])
    def get(self, request):
        """List every printing, newest first; `day` is the day of printing."""
        rows = CardPrint.objects.visible_to(request.user)
        day = self.filtered(s.PrintFilter).get("day")
        rows = rows.filter(printed_at__date=day) if day else rows
        return self.paged(rows.select_related("card__jobseeker", "batch", "printed_by"), s.PrintSerializer)


class HolderReports(OfficeView):
    """The book of six-monthly reports."""

    serializer_class = s.BookedReportSerializer
    queryset = HolderReport.objects.none()
    predicate = staticmethod(permissions.can_read_cards)

    @operation(
        "Laporan pemegang kartu",
        s.BookedReportSerializer(many=True),
        errors=(422,),
        parameters=[s.BookFilter],
    )
    def get(self, request):
        """List what holders reported, newest first."""
        chosen = {key: value for key, value in self.filtered(s.BookFilter).items() if value is not None}
        rows = HolderReport.objects.visible_to(request.user).filter(**chosen)
        return self.paged(rows.select_related("jobseeker", "card"), s.BookedReportSerializer)


class Bkol(OfficeView):
    """The BKOL report."""

    serializer_class = s.PaperSerializer
    pagination_class = None
    predicate = staticmethod(permissions.can_see_recap)

    @operation("Laporan BKOL (AK-1)", s.PaperSerializer, errors=(422,), parameters=[SpanFilter])
    def get(self, request):
        """Compute the cards issued in some days by kelurahan; this year's when no days are named."""
        year, chosen = clock.today().year, self.filtered(SpanFilter)
        since, until = chosen.get("since", date(year, 1, 1)), chosen.get("until", date(year, 12, 31))
        return Response(s.PaperSerializer(bkol_report(Period(since, until))).data)

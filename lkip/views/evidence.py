"""The records behind a number."""

from django.http import Http404, HttpRequest, HttpResponse

from core import measures
from core.listing import ListView
from lkip import evidence


class EvidenceList(ListView):
    """Lists exactly what a number counts, masked; needs the right *view evidence*."""

    template_name = "lkip/evidence.html"

    def dispatch(self, request: HttpRequest, *args, code: str, **kwargs) -> HttpResponse:
        """Find the measure and check the question before anything is asked of the database."""
        table = evidence.tables.get(code)
        if table is None:
            raise Http404("Ukuran ini tidak dikenal.")
        self.table = table
        self.measure = measures.get(code)
        self.asked = request.GET.get(evidence.PARAM, "")
        try:
            self.period, self.filters = evidence.read_token(self.measure, self.asked)
        except ValueError as error:
            raise Http404("Alamat rekaman ini tidak lengkap.") from error
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the list; names lead to their records only where this reader may open them."""
        self.shown.reader = request.user
        return super().get(request, *args, **kwargs)

    def extra_context(self) -> dict:
        """The question in words and the number that the list must equal."""
        return {
            "measure": self.measure,
            "asked": evidence.words(self.measure, self.asked),
            "year": self.period.end.year,
            "value": measures.value(self.measure.code, self.period, self.filters),
            "is_sum": isinstance(self.measure.value, measures.Sum),
        }

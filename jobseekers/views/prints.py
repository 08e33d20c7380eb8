"""The print register, and the order of a day's cards in one file."""

from django.urls import reverse

from core import clock
from core.listing import FormView, Link, ListView
from jobseekers.exports import CardPrintTable
from jobseekers.forms.printing import PrintDayForm
from jobseekers.permissions import is_officer
from jobseekers.services import printing


class PrintRegister(ListView):
    """Every printing of every card."""

    table = CardPrintTable

    def primary_action(self) -> Link | None:
        """An officer orders the file of a day."""
        if not is_officer(self.request.user):
            return None
        return Link("Cetak kartu satu hari", reverse("jobseekers:print_day"))


class PrintDay(FormView):
    """A day's cards in one PDF; made in the background, fetched from Unduhan."""

    form_class = PrintDayForm
    page_title = "Cetak kartu satu hari"
    submit_label = "Siapkan berkas"
    success_message = "Berkas sedang disiapkan. Halaman ini menunjukkan kemajuannya."

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def initial(self, record) -> dict:
        """Today's new cards."""
        return {"day": clock.today(), "which": "new"}

    def perform(self, form, record, version):
        """Order the file."""
        data = form.cleaned_data
        return printing.order_batch(actor=self.request.user, day=data["day"], again=data["which"] == "all")

    def back_url(self, record) -> str:
        """The register."""
        return reverse("jobseekers:print_register")

    def success_url(self, record) -> str:
        """Where the file will be."""
        return reverse("core:downloads")

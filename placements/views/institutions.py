"""BKK and P3MI: lists and pages."""

from django.urls import reverse

from core.listing import DetailView, Fact, ListView, Section
from placements.exports import AgencyTable, ExchangeTable
from placements.models import ChannelReport, MigrantAgency, SchoolJobExchange


class ExchangeList(ListView):
    """School job exchanges."""

    table = ExchangeTable


class AgencyList(ListView):
    """Agencies for migrant workers."""

    table = AgencyTable


class _LicensedDetail(DetailView):
    """A licence with the institution that holds it."""

    list_name = ""

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse(self.list_name), self.table.title

    def sections(self, record) -> list[Section]:
        """Licence, then address, then what it reported."""
        place = record.institution
        contact = [
            Fact("Wilayah", place.region.name if place.region else ""),
            Fact("Alamat", place.address),
            Fact("Telepon", place.phone),
            Fact("E-mail", place.email),
            Fact("Status", place.get_state_display()),
        ]
        return [Section("Izin", self.facts(record)), Section("Lembaga", contact)]

    def side(self, record) -> list[Section]:
        """How much it reported."""
        reports = ChannelReport.objects.visible_to(self.request.user).filter(institution=record.institution)
        facts = [
            Fact("Laporan", reports.count(), kind="int"),
            Fact("Terverifikasi", reports.verified().count(), kind="int"),
        ]
        return [Section("Laporan penempatan", facts)]


class ExchangeDetail(_LicensedDetail):
    """One school job exchange."""

    table = ExchangeTable
    list_name = "placements:exchange_list"

    def facts(self, record: SchoolJobExchange) -> list[Fact]:
        """School and registration."""
        return [
            Fact("NPSN", record.npsn),
            Fact("Nomor pendaftaran", record.registration_no),
            Fact("Terdaftar", record.registered_on, kind="date"),
        ]


class AgencyDetail(_LicensedDetail):
    """One agency for migrant workers."""

    table = AgencyTable
    list_name = "placements:agency_list"

    def facts(self, record: MigrantAgency) -> list[Fact]:
        """The licence."""
        return [
            Fact("Nomor SIP3MI", record.licence_no),
            Fact("Berlaku sampai", record.licence_until, kind="date"),
        ]

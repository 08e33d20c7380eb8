"""What the placement ledger holds about a person, handed in to "my data"."""

from jobseekers.my_data import describe, entry, register_my_data
from placements.models import ChannelReport, Placement, SelfReport


def _placements(person):
    rows = Placement.objects.filter(jobseeker=person).select_related("company__institution", "occupation")
    for row in rows.order_by("started_on", "pk"):
        names = (
            "position",
            "reach",
            "destination",
            "started_on",
            "contract_type",
            "wage_band",
            "primary_channel",
        )
        yield [entry("employer", "Pemberi kerja", row.employer_display), *describe(row, names)]


def _reports(person):
    rows = ChannelReport.objects.filter(placement__jobseeker=person).select_related("institution")
    for row in rows.order_by("reported_on", "pk"):
        found = describe(
            row,
            ("channel", "institution", "reported_on", "service_on", "evidence_kind", "state", "decided_on"),
        )
        yield [*found, entry("evidence", "Berkas bukti disimpan", row.evidence_id is not None)]


register_my_data("placements", "Penempatan kerja", tables=(Placement,), collect=_placements, order=60)
register_my_data(
    "placement_reports",
    "Laporan penempatan tentang Anda",
    tables=(ChannelReport,),
    collect=_reports,
    order=61,
)


def _own_words(person):
    for row in SelfReport.objects.filter(jobseeker=person).order_by("told_on", "pk"):
        yield describe(row, ("told_on", "state"))


register_my_data(
    "self_reports", "Kabar bekerja dari Anda", tables=(SelfReport,), collect=_own_words, order=62
)

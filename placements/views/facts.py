"""Boxes that the pages of reports and placements share."""

from django.urls import reverse
from django.utils.html import format_html

from core.formats import date_long
from core.pages import Fact, Section
from jobseekers.permissions import can_read_people
from placements import selectors
from placements.models import ChannelReport, Placement


def link(name: str, record, text: str) -> str:
    """A link to a record's page, for the small tables of a page."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse(name, args=[record.uid]), text)


def person_fact(placement: Placement, user) -> Fact:
    """The person, linked to the file for those who may open it."""
    person = placement.jobseeker
    url = reverse("jobseekers:person_detail", args=[person.uid]) if can_read_people(user) else ""
    return Fact("Nama", person.full_name, url=url)


def job_facts(placement: Placement) -> list[Fact]:
    """The job."""
    kind = placement.get_employer_class_display() if placement.employer_class else ""
    return [
        Fact("Mulai bekerja", placement.started_on, kind="date"),
        Fact("Pemberi kerja", placement.employer_display),
        Fact("Golongan pemberi kerja", kind),
        Fact("Pekerjaan", placement.position),
        Fact("Golongan jabatan (KBJI)", str(placement.occupation) if placement.occupation else ""),
        Fact("Ikatan kerja", placement.get_contract_type_display()),
        Fact("Upah", placement.get_wage_band_display()),
        Fact("Jenis antar kerja", placement.get_reach_display()),
        Fact("Tujuan", placement.destination),
        Fact("Jalur utama", placement.get_primary_channel_display()),
    ]


def report_rows(placement: Placement, user, *, without: ChannelReport | None = None) -> list[list]:
    """The channels that reported this job, as the user may see them."""
    return [
        [link("placements:report_detail", row, row.get_channel_display()), row.get_state_display()]
        for row in selectors.reports_of(placement, user)
        if without is None or row.pk != without.pk
    ]


def near_section(placement: Placement) -> Section:
    """Other job starts of the same person about that time: perhaps this one, told with another date."""
    rows = [
        [link("placements:placement_detail", row, date_long(row.started_on)), row.employer_display]
        for row in selectors.near_starts(placement)
    ]
    note = "Periksa apakah ini mulai kerja yang sama dengan tanggal lain." if rows else ""
    return Section(
        "Mulai kerja lain dalam 60 hari",
        head=["Mulai", "Pemberi kerja"],
        rows=rows,
        empty_text="Tidak ada.",
        note=note,
    )

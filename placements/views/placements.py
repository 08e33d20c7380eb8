"""Placements: list, page, and a further channel's report."""

from django.db.models import QuerySet
from django.urls import reverse

from core.listing import Action, DetailView, Link, ListView, Section
from core.models.files import StoredFile
from placements import permissions, selectors, services
from placements.exports import PlacementTable
from placements.forms import AnotherChannelForm
from placements.models import ChannelReport, Placement
from placements.services import JobStart
from placements.views.facts import job_facts, near_section, person_fact, report_rows
from placements.views.reports import _WithEvidence


class PlacementList(ListView):
    """Placements that the user may see."""

    table = PlacementTable

    def primary_action(self) -> Link | None:
        """Report a placement."""
        if permissions.can_report(self.request.user):
            return Link("Lapor penempatan", reverse("placements:report_new"))
        return None


class PlacementDetail(DetailView):
    """One person and one job start, with the channels that reported it."""

    table = PlacementTable

    def get_queryset(self) -> QuerySet:
        """With what the page asks."""
        return super().get_queryset().select_related("jobseeker", "company__institution", "occupation")

    def back(self) -> tuple[str, str]:
        """All placements."""
        return reverse("placements:placement_list"), "Penempatan"

    def title(self, record: Placement) -> str:
        """Whose job."""
        return f"Penempatan {record.jobseeker.full_name}"

    def subtitle(self, record: Placement) -> str:
        """Where."""
        return record.employer_display

    def sections(self, record: Placement) -> list[Section]:
        """The job, then its channels."""
        user = self.request.user
        channels = Section(
            "Laporan per jalur",
            head=["Jalur", "Keadaan"],
            rows=report_rows(record, user),
            empty_text="Belum ada laporan.",
        )
        return [Section("Pekerjaan", [person_fact(record, user), *job_facts(record)]), channels]

    def side(self, record: Placement) -> list[Section]:
        """Other jobs about that time, for officers."""
        if permissions.has_role(self.request.user, *permissions.READERS):
            return [near_section(record)]
        return []

    def actions(self, record: Placement) -> list[Action]:
        """Report through a further channel."""
        user = self.request.user
        if permissions.is_officer(user) and selectors.free_channels(record, permissions.channels_of(user)):
            url = reverse("placements:report_add", args=[record.uid])
            return [Action("add", "Tambah laporan jalur lain", url=url, main=True)]
        return []


class ReportAdd(_WithEvidence):
    """A further channel's report of the same job start (officers)."""

    table = PlacementTable
    form_class = AnotherChannelForm
    page_title = "Tambah laporan jalur lain"
    submit_label = "Kirim laporan"
    editing = True
    success_message = "Laporan sudah diterima dan menunggu pemeriksaan pengantar kerja."

    def allowed(self) -> bool:
        """Officers; operators report their own by the full form."""
        return permissions.is_officer(self.request.user)

    def form_kwargs(self, record: Placement) -> dict:
        """The channels that have not reported yet."""
        user = self.request.user
        channels = selectors.free_channels(record, permissions.channels_of(user))
        return {"user": user, "channels": channels}

    def save(self, form, record: Placement, version: int, evidence: StoredFile | None) -> ChannelReport:
        """Report the same job start."""
        data = form.cleaned_data
        known = {name: getattr(record, name) for name in JobStart.__dataclass_fields__}
        return services.report_placement(
            actor=self.request.user,
            jobseeker=record.jobseeker,
            start=JobStart(**known),
            channel=data["channel"],
            institution=data.get("institution"),
            service_on=data["service_on"],
            evidence_kind=data["evidence_kind"],
            evidence=evidence,
        )

    def back_url(self, record: Placement) -> str:
        """The placement."""
        return reverse("placements:placement_detail", args=[record.uid])

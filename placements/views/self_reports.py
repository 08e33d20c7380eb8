"""The officers' queue of what holders told of themselves."""

from django.db.models import QuerySet
from django.urls import reverse

from core.listing import Action, DetailView, Fact, ListView, Section
from core.models.files import StoredFile
from jobseekers.models import JobSeeker
from placements import permissions, services
from placements.enums import ContractType, EvidenceKind
from placements.exports import SelfReportTable
from placements.forms import OTHER, OWN
from placements.models import ChannelReport, SelfReport
from placements.views.facts import person_fact
from placements.views.reports import ReportNew

LIST = "placements:self_report_list"


class SelfReportList(ListView):
    """All of them; what waits is one chip away."""

    table = SelfReportTable


class SelfReportDetail(DetailView):
    """One holder's word."""

    table = SelfReportTable
    danger_steps = frozenset({"dismiss"})

    def get_queryset(self) -> QuerySet:
        """With what the page asks."""
        return super().get_queryset().select_related("jobseeker", "holder_report__card", "report")

    def back(self) -> tuple[str, str]:
        """The queue."""
        return reverse(LIST), "Kabar bekerja"

    def title(self, record: SelfReport) -> str:
        """Who told it."""
        return f"Kabar bekerja {record.jobseeker.full_name}"

    def sections(self, record: SelfReport) -> list[Section]:
        """What was told, and what became of it."""
        told = record.holder_report
        local = {True: "Ya", False: "Tidak"}.get(told.employer_local, "Tidak disebut")
        card = reverse("jobseekers:card_detail", args=[told.card.uid])
        facts = [
            person_fact(record, self.request.user),
            Fact("Kartu", str(told.card), url=card),
            Fact("Keadaan", told.get_status_display()),
            Fact("Tempat kerja", told.employer_name),
            Fact("Di kota ini", local),
            Fact("Pekerjaan atau usaha", told.occupation),
            Fact("Mulai sejak", told.since, kind="date"),
            Fact("Dikabarkan", told.on, kind="date"),
            Fact("Cara melapor", told.get_channel_display()),
        ]
        if record.report is not None:
            url = reverse("placements:report_detail", args=[record.report.uid])
            facts.append(Fact("Laporan penempatan", "Buka laporannya", url=url))
        return [Section("Kabar", facts)]

    def actions(self, record: SelfReport) -> list[Action]:
        """Make a report of it on a page of its own, or set it aside with a reason."""
        found = [action for action in super().actions(record) if action.name == "dismiss"]
        if found:
            url = reverse("placements:self_report_book", args=[record.uid])
            found.insert(0, Action("book", "Catat sebagai laporan penempatan…", url=url, main=True))
        return found

    def blocked(self, record: SelfReport) -> str:
        """Why nothing can be done."""
        return "" if record.report is None else "Kabar ini sudah dicatat sebagai laporan penempatan."

    def perform(self, record: SelfReport, step: str, *, version: int, comment: str) -> None:
        """Set it aside; booking has a form of its own."""
        services.dismiss(record, actor=self.request.user, version=version, comment=comment)

    def _all_steps(self, record: SelfReport) -> list[Action]:
        return [step for step in super()._all_steps(record) if step.name == "dismiss"]


class SelfReportBook(ReportNew):
    """The report of a placement, filled in with what the holder told."""

    table = SelfReportTable
    page_title = "Catat kabar sebagai laporan penempatan"
    editing = True

    def allowed(self) -> bool:
        """Who verifies placements; whose word it is, the service decides."""
        return permissions.has_role(self.request.user, *permissions.VERIFIERS)

    def get_queryset(self) -> QuerySet:
        """With what was told."""
        return super().get_queryset().select_related("jobseeker", "holder_report")

    @property
    def person(self) -> JobSeeker:
        """Who told it."""
        return self.record.jobseeker

    def initial(self, record: SelfReport) -> dict:
        """What was told."""
        told, own = record.holder_report, not record.holder_report.employer_name
        return super().initial(record) | {
            "started_on": told.since,
            "employer": OWN if own else OTHER,
            "employer_name": told.employer_name,
            "position": told.occupation,
            "contract_type": ContractType.OWN_BUSINESS if own else "",
            "evidence_kind": EvidenceKind.SELF_REPORT,
        }

    def back_url(self, record: SelfReport) -> str:
        """The word."""
        return reverse("placements:self_report_detail", args=[record.uid])

    def save(self, form, record: SelfReport, version: int, evidence: StoredFile | None) -> ChannelReport:
        """As any report, of the person who told it."""
        return services.book(record, version=version, **self.facts(form, evidence))

"""Channel reports: list, page, the forms to report and to correct."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.models.files import StoredFile
from jobseekers.models import JobSeeker
from jobseekers.permissions import can_read_people
from placements import permissions, services
from placements.exports import ReportTable
from placements.files import kept_evidence
from placements.forms import ChangeReportForm, IdentityForm, PlacementReportForm
from placements.models import ChannelReport, Placement
from placements.services.reports import may_change_details
from placements.views.facts import job_facts, near_section, person_fact, report_rows

LIST = "placements:report_list"


class ReportList(ListView):
    """Reports that the user may see; what waits is one chip away."""

    table = ReportTable

    def primary_action(self) -> Link | None:
        """Report a placement."""
        if permissions.can_report(self.request.user):
            return Link("Lapor penempatan", reverse("placements:report_new"))
        return None


class ReportDetail(DetailView):
    """One report with the job it speaks of."""

    table = ReportTable

    def get_queryset(self) -> QuerySet:
        """With what the page and the rules ask."""
        return super().get_queryset().select_related(
            "placement__jobseeker", "placement__company__institution", "placement__occupation", "institution",
            "evidence", "reported_by",
        )  # fmt: skip

    def back(self) -> tuple[str, str]:
        """All reports."""
        return reverse(LIST), "Laporan penempatan"

    def title(self, record: ChannelReport) -> str:
        """Whose job."""
        return f"Penempatan {record.placement.jobseeker.full_name}"

    def subtitle(self, record: ChannelReport) -> str:
        """Which channel."""
        return record.get_channel_display()

    def sections(self, record: ChannelReport) -> list[Section]:
        """The job, then the report."""
        placement, user = record.placement, self.request.user
        job = [person_fact(placement, user), *job_facts(placement)]
        url = reverse("placements:placement_detail", args=[placement.uid])
        job.append(Fact("Penempatan", "Lihat semua jalurnya", url=url))
        return [Section("Pekerjaan", job), Section("Laporan", self._report(record))]

    def _report(self, record: ChannelReport) -> list[Fact]:
        teller = record.institution or record.reported_by
        evidence = record.evidence
        file = (
            Fact("Berkas bukti", "Buka berkas", url=reverse("core:file", args=[evidence.uid]))
            if evidence
            else Fact("Berkas bukti", "Tidak ada", flag="wa", note="Periksa bukti dengan cara lain.")
        )
        return [
            Fact("Jalur", record.get_channel_display()),
            Fact("Pelapor", str(teller) if teller else "Sistem"),
            Fact("Dilaporkan", record.reported_on, kind="date"),
            Fact("Tanggal layanan", record.service_on, kind="date"),
            Fact("Jenis bukti", record.get_evidence_kind_display()),
            file,
            Fact("Diputus", record.decided_on, kind="date"),
        ]

    def side(self, record: ChannelReport) -> list[Section]:
        """Other channels of the same job, and other jobs about that time."""
        rows = report_rows(record.placement, self.request.user, without=record)
        boxes = [
            Section(
                "Jalur lain", head=["Jalur", "Keadaan"], rows=rows, empty_text="Belum ada laporan jalur lain."
            )
        ]
        if permissions.has_role(self.request.user, *permissions.READERS):
            boxes.append(near_section(record.placement))
        return boxes

    def actions(self, record: ChannelReport) -> list[Action]:
        """Deciding, and correcting what is not verified."""
        found = [action for action in super().actions(record) if action.name != "resubmit"]
        if record.state != "VERIFIED" and permissions.may_change(self.request.user, record):
            label = "Perbaiki dan kirim ulang" if record.state == "REJECTED" else "Perbaiki"
            url = reverse("placements:report_edit", args=[record.uid])
            found.insert(1, Action("edit", label, url=url, main=not found))
        return found

    def blocked(self, record: ChannelReport) -> str:
        """Why a pengantar kerja can't decide this one."""
        user = self.request.user
        if record.state == "REPORTED" and permissions.has_role(user, *permissions.VERIFIERS):
            return "Laporan sendiri diperiksa oleh pengantar kerja lain."
        return ""

    def perform(self, record: ChannelReport, step: str, *, version: int, comment: str) -> None:
        """Decide."""
        if step not in services.decisions.STEPS:
            raise Http404("Langkah tidak dikenal.")
        services.decide(record, step, actor=self.request.user, version=version, comment=comment)


class _WithEvidence(FormView):
    """A form whose evidence is kept before the business transaction and dropped when that fails."""

    table = ReportTable

    def perform(self, form, record, version: int) -> ChannelReport:
        """Keep the file, then call the service."""
        with kept_evidence(form.cleaned_data["evidence"], actor=self.request.user) as stored:
            return self.save(form, record, version, stored)

    def save(self, form, record, version: int, evidence: StoredFile | None) -> ChannelReport:
        """Call the service."""
        raise NotImplementedError(f"{type(self).__name__}.save")

    def success_url(self, record: ChannelReport) -> str:
        """The report."""
        return reverse("placements:report_detail", args=[record.uid])


class ReportNew(_WithEvidence):
    """Report a placement. ``?orang=<uid>`` reports one of a person who is on file (officers)."""

    form_class = PlacementReportForm
    template_name = "placements/report_new.html"
    page_title = "Lapor penempatan"
    submit_label = "Kirim laporan"
    success_message = "Laporan sudah diterima dan menunggu pemeriksaan pengantar kerja."

    def allowed(self) -> bool:
        """Officers and operators of BKK, LPK and P3MI."""
        return permissions.can_report(self.request.user)

    @cached_property
    def person(self) -> JobSeeker | None:
        """The person of the address, when one is named."""
        uid = self.request.GET.get("orang", "")
        if not uid:
            return None
        if not can_read_people(self.request.user):
            raise Http404("Data tidak ditemukan.")
        try:
            found = JobSeeker.objects.visible_to(self.request.user).living().filter(uid=UUID(uid)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404("Data tidak ditemukan.")
        return found

    def form_kwargs(self, record) -> dict:
        """The user's channels, and the person."""
        user = self.request.user
        return {"user": user, "channels": permissions.channels_of(user), "person": self.person}

    def initial(self, record) -> dict:
        """What fits most."""
        return {"reach": "AKL", "wage_band": "UNKNOWN"}

    def facts(self, form, evidence: StoredFile | None) -> dict:
        """The cleaned form as `services.report_placement` takes it, without the person."""
        data = form.cleaned_data
        return {
            "actor": self.request.user,
            "start": services.JobStart(**form.start()),
            "channel": data["channel"],
            "institution": data.get("institution"),
            "service_on": data["service_on"],
            "evidence_kind": data["evidence_kind"],
            "evidence": evidence,
        }

    def save(self, form, record, version: int, evidence: StoredFile | None) -> ChannelReport:
        """Find the person, then report."""
        data, report = form.cleaned_data, self.facts(form, evidence)
        if self.person is not None:
            return services.report_placement(jobseeker=self.person, **report)
        identity = {name: data[name] for name in IdentityForm.base_fields}
        return services.report_of(identity=identity, **report)

    def back_url(self, record) -> str:
        """All reports."""
        return reverse(LIST)

    def extra_context(self, record) -> dict:
        """Whom it is about, when known."""
        return {"person": self.person}


class ReportEdit(_WithEvidence):
    """Correct a report that waits or was rejected; a rejected one is sent again by it."""

    form_class = ChangeReportForm
    page_title = "Perbaiki laporan penempatan"
    submit_label = "Simpan dan kirim"
    editing = True
    success_message = "Laporan sudah diperbaiki dan menunggu pemeriksaan."

    def allowed(self) -> bool:
        """Who may report; whose report it is, `get_record` and the service decide."""
        return permissions.can_report(self.request.user)

    def form_kwargs(self, record: ChannelReport) -> dict:
        """Whether the job itself is still open."""
        return {"with_details": may_change_details(record.placement)}

    def initial(self, record: ChannelReport) -> dict:
        """What is stored."""
        placement: Placement = record.placement
        found = {name: getattr(placement, name) for name in ChangeReportForm.DETAILS}
        found |= {"service_on": record.service_on, "evidence_kind": record.evidence_kind}
        return found | {"placement_version": placement.version}

    def save(self, form, record: ChannelReport, version: int, evidence: StoredFile | None) -> ChannelReport:
        """Write it."""
        data = form.cleaned_data
        change = services.Change(
            evidence_kind=data["evidence_kind"],
            service_on=data["service_on"],
            evidence=evidence,
            placement_version=data["placement_version"] or 0,
            details=form.details(),
        )
        return services.change_report(
            record, actor=self.request.user, version=version, change=change, comment=data["comment"]
        )

    def back_url(self, record: ChannelReport) -> str:
        """The report."""
        return self.success_url(record)

"""Participants and their certificates: lists, pages, results."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from core import audit
from core.formats import date_long, number
from core.listing import Action, DetailView, Fact, FormView, ListView, Section
from training import permissions
from training.enums import AssessmentResult, EnrolmentState
from training.exports import CertificateTable, CohortTable, EnrolmentTable
from training.forms import AmendResultForm, ResultForm, ResultsForm
from training.models import Certificate, Enrolment, TrainingCohort
from training.services import enrolments
from training.views.cohorts import link

WITH_FORM = frozenset({"complete", "amend_result"})
"""Steps that ask for a result."""


class EnrolmentList(ListView):
    """Participants that the user may see; a job seeker finds the own trainings."""

    table = EnrolmentTable


class EnrolmentDetail(DetailView):
    """One participant."""

    table = EnrolmentTable

    def back(self) -> tuple[str, str]:
        """All participants."""
        return reverse("training:enrolment_list"), "Peserta pelatihan"

    def get(self, request, *args, **kwargs):
        """Show the page; who opens the file of somebody else leaves an access event."""
        record = self.get_record()
        if not permissions.is_participant(request.user, record):
            audit.record(audit.OPENED, actor=request.user, obj=record, request=request)
        return self._show(record)

    def title(self, record: Enrolment) -> str:
        """The person's name."""
        return record.jobseeker.full_name

    def subtitle(self, record: Enrolment) -> str:
        """The cohort."""
        return str(record.cohort)

    def facts(self, record: Enrolment) -> list[Fact]:
        """Cohort and result."""
        cohort = record.cohort
        url = "" if permissions.is_participant(self.request.user, record) else _cohort_url(record)
        return [
            Fact("Program", cohort.programme.name),
            Fact("Angkatan", cohort.name, url=url),
            Fact("Penyelenggara", cohort.provider.name if cohort.provider else "Dinas"),
            Fact("Mulai", cohort.starts_on, kind="date"),
            Fact("Selesai", cohort.ends_on, kind="date"),
            Fact("Hasil", record.get_result_display()),
            Fact("Dinilai pada", record.assessed_on, kind="date"),
        ]

    def side(self, record: Enrolment) -> list[Section]:
        """Certificates."""
        rows = [
            [
                link("training:certificate_detail", row, row.number),
                row.get_scheme_display(),
                date_long(row.issued_on),
            ]
            for row in record.certificates.order_by("issued_on", "pk")
        ]
        return [
            Section(
                "Sertifikat", head=["Nomor", "Jenis", "Terbit"], rows=rows, empty_text="Belum ada sertifikat."
            )
        ]

    def actions(self, record: Enrolment) -> list[Action]:
        """The steps; those that ask for a result lead to a form."""
        url = reverse("training:result", args=[record.uid])
        return [
            Action(step.name, step.label, url=url, main=step.name == "complete")
            if step.name in WITH_FORM
            else step
            for step in super().actions(record)
        ]

    def perform(self, record: Enrolment, step: str, *, version: int, comment: str) -> None:
        """Take the step, and tell the participant. A result has its own form."""
        if step in WITH_FORM:
            raise Http404("Hasil dicatat lewat formulirnya.")
        enrolments.take_step(record, step, actor=self.request.user, version=version, comment=comment)


def _cohort_url(record: Enrolment) -> str:
    return reverse("training:cohort_detail", args=[record.cohort.uid])


class Result(FormView):
    """Record a result, or correct one."""

    table = EnrolmentTable
    page_title = "Hasil pelatihan"
    success_message = "Hasil sudah dicatat."
    editing = True

    @property
    def form_class(self) -> type:
        """A correction needs a reason."""
        return AmendResultForm if self.record.state == EnrolmentState.COMPLETED else ResultForm

    def allowed(self) -> bool:
        """Staff who run trainings."""
        return permissions.can_run_trainings(self.request.user)

    def initial(self, record: Enrolment) -> dict:
        """What is stored, or the last day of the training."""
        if record.state == EnrolmentState.COMPLETED:
            return {"result": record.result, "assessed_on": record.assessed_on}
        return {"assessed_on": record.cohort.ends_on}

    def perform(self, form: ResultForm, record: Enrolment, version: int) -> Enrolment:
        """Write it."""
        return enrolments.record_result(record, actor=self.request.user, version=version, **form.cleaned_data)

    def back_url(self, record: Enrolment) -> str:
        """The participant."""
        return self.success_url(record)

    def success_url(self, record: Enrolment) -> str:
        """The participant."""
        return reverse("training:enrolment_detail", args=[record.uid])


class Results(FormView):
    """Record the results of a whole cohort on one page; all or none."""

    table = CohortTable
    form_class = ResultsForm
    template_name = "training/results_form.html"
    page_title = "Hasil angkatan"
    submit_label = "Simpan hasil"
    success_message = ""
    editing = True

    def allowed(self) -> bool:
        """Staff who run trainings."""
        return permissions.can_run_trainings(self.request.user)

    def form_kwargs(self, record: TrainingCohort) -> dict:
        """Who attends now."""
        found = Enrolment.objects.visible_to(self.request.user).filter(
            cohort=record, state=EnrolmentState.ATTENDING
        )
        return {"attending": found.select_related("jobseeker").order_by("jobseeker__full_name", "pk")}

    def initial(self, record: TrainingCohort) -> dict:
        """The last day of the training."""
        return {"assessed_on": record.ends_on, "others": AssessmentResult.NONE}

    def perform(self, form: ResultsForm, record: TrainingCohort, version: int) -> TrainingCohort:
        """Write them."""
        count = enrolments.record_results(
            actor=self.request.user,
            cohort=record,
            assessed_on=form.cleaned_data["assessed_on"],
            results=form.results(),
            versions=form.versions(),
        )
        messages.success(self.request, f"Hasil {number(count)} peserta sudah dicatat.")
        return record

    def back_url(self, record: TrainingCohort) -> str:
        """The cohort."""
        return self.success_url(record)

    def success_url(self, record: TrainingCohort) -> str:
        """The cohort."""
        return reverse("training:cohort_detail", args=[record.uid])


class CertificateList(ListView):
    """Certificates that the user may see."""

    table = CertificateTable


class CertificateDetail(DetailView):
    """One certificate."""

    table = CertificateTable

    def back(self) -> tuple[str, str]:
        """All certificates."""
        return reverse("training:certificate_list"), "Sertifikat pelatihan"

    def facts(self, record: Certificate) -> list[Fact]:
        """Holder, scheme, validity."""
        url = reverse("training:enrolment_detail", args=[record.enrolment.uid])
        return [
            Fact("Peserta", record.enrolment.jobseeker.full_name, url=url),
            Fact("Program", record.enrolment.cohort.programme.name),
            Fact("Jenis", record.get_scheme_display()),
            Fact("Skema", record.scheme_name),
            Fact("Nomor", record.number),
            Fact("Penerbit", record.issuer),
            Fact("Kode unit SKKNI", record.skkni_code),
            Fact("Terbit", record.issued_on, kind="date"),
            Fact("Berlaku sampai", record.valid_until, kind="date"),
        ]

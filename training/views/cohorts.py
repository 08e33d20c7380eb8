"""Cohorts, programmes, providers: lists and pages; putting a person on the list of a cohort."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.enums import Role
from core import clock
from core.listing import Action, DetailView, Fact, FormView, ListView, Section
from training import permissions
from training.enums import CohortState, EnrolmentState
from training.exports import CohortTable, ProgrammeTable, ProviderTable
from training.forms import EnrolForm
from training.models import Enrolment, TrainingCohort, TrainingProgramme, TrainingProvider
from training.services import enrolments

SHOWN = 50
TAUGHT = (CohortState.RUNNING, CohortState.FINISHED)
ATTEND_ALL = "attend_all"


def link(name: str, record, text: str) -> str:
    """A link to a record's page, for the small tables of a page."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse(name, args=[record.uid]), text)


class CohortList(ListView):
    """Cohorts that the user may see."""

    table = CohortTable


class CohortDetail(DetailView):
    """One cohort with its participants."""

    table = CohortTable

    def back(self) -> tuple[str, str]:
        """All cohorts."""
        return reverse("training:cohort_list"), "Angkatan pelatihan"

    def sections(self, record: TrainingCohort) -> list[Section]:
        """The cohort, then its participants for those who may see them."""
        found = [Section("Angkatan", self.facts(record))]
        if permissions.can_read_trainees(self.request.user):
            found.append(self._participants(record))
        return found

    def facts(self, record: TrainingCohort) -> list[Fact]:
        """What, where, when, from which fund."""
        provider = record.provider
        return [
            Fact(
                "Program",
                record.programme.name,
                url=reverse("training:programme_detail", args=[record.programme.uid]),
            ),
            Fact("Penyelenggara", provider.name, url=reverse("training:provider_detail", args=[provider.uid]))
            if provider
            else Fact("Penyelenggara", "Dinas"),
            Fact("Sumber dana", record.get_funding_source_display()),
            Fact("Sub kegiatan", record.sub_activity.name if record.sub_activity else ""),
            Fact("Jam pelajaran", record.hours, kind="int"),
            Fact("Mulai", record.starts_on, kind="date"),
            Fact("Selesai", record.ends_on, kind="date"),
            Fact("Tempat", record.place),
            Fact("Kuota", record.quota, kind="int"),
            Fact("Terisi", record.taken, kind="int"),
        ]

    def _participants(self, record: TrainingCohort) -> Section:
        found = (
            Enrolment.objects.visible_to(self.request.user).filter(cohort=record).select_related("jobseeker")
        )
        count = found.count()
        rows = [
            [
                link("training:enrolment_detail", row, row.jobseeker.full_name),
                row.get_state_display(),
                row.get_result_display(),
            ]
            for row in found.order_by("jobseeker__full_name", "pk")[:SHOWN]
        ]
        note = ""
        if count > SHOWN:
            url = f"{reverse('training:enrolment_list')}?angkatan={record.uid}"
            note = format_html('<a class="govuk-link" href="{}">Lihat semua {} peserta</a>', url, count)
        return Section(
            "Peserta",
            head=["Nama", "Keadaan", "Hasil"],
            rows=rows,
            empty_text="Belum ada peserta.",
            note=note,
        )

    def actions(self, record: TrainingCohort) -> list[Action]:
        """The steps of the cohort, and putting somebody on its list."""
        found = super().actions(record)
        if record.state in (CohortState.OPEN, CohortState.RUNNING) and permissions.serves_cohort(
            self.request.user, record
        ):
            found.insert(
                0, Action("enrol", "Daftarkan peserta", url=reverse("training:enrol", args=[record.uid]))
            )
        return found + self._list_actions(record)

    def _list_actions(self, record: TrainingCohort) -> list[Action]:
        """Steps for all participants at once, as far as somebody waits for them."""
        if not permissions.can_run_trainings(self.request.user) or record.state not in TAUGHT:
            return []
        states = set(record.enrolments.values_list("state", flat=True).distinct())
        found = []
        if EnrolmentState.ACCEPTED in states:
            found.append(Action(ATTEND_ALL, "Catat hadir semua yang diterima"))
        if EnrolmentState.ATTENDING in states and record.ends_on <= clock.today():
            found.append(
                Action("results", "Isi hasil angkatan", url=reverse("training:results", args=[record.uid]))
            )
        return found

    def _all_steps(self, record: TrainingCohort) -> list:
        """The steps of the cohort, and attendance of all."""
        return [*super()._all_steps(record), Action(ATTEND_ALL, "Catat hadir semua")]

    def perform(self, record: TrainingCohort, step: str, *, version: int, comment: str) -> None:
        """Take a step of the cohort, or note that all attend."""
        if step == ATTEND_ALL:
            enrolments.attend_all(actor=self.request.user, cohort=record)
        else:
            super().perform(record, step, version=version, comment=comment)


class Enrol(FormView):
    """Put a person on the list of a cohort."""

    table = CohortTable
    form_class = EnrolForm
    page_title = "Daftarkan peserta"
    submit_label = "Daftarkan"
    success_message = "Peserta sudah didaftarkan."
    editing = True

    def allowed(self) -> bool:
        """Staff who run trainings, and operators of providers; whose cohort it is, the service decides."""
        return permissions.can_enrol(self.request.user)

    def perform(self, form: EnrolForm, record: TrainingCohort, version: int) -> TrainingCohort:
        """Find the person, then enrol."""
        person = enrolments.find_person(form.cleaned_data["nik"], form.cleaned_data["birth_date"])
        enrolments.enrol(actor=self.request.user, cohort=record, jobseeker=person)
        return record

    def back_url(self, record: TrainingCohort) -> str:
        """The cohort."""
        return self.success_url(record)

    def success_url(self, record: TrainingCohort) -> str:
        """The cohort."""
        return reverse("training:cohort_detail", args=[record.uid])


class ProgrammeList(ListView):
    """Programmes."""

    table = ProgrammeTable


class ProgrammeDetail(DetailView):
    """One programme with its names and cohorts."""

    table = ProgrammeTable

    def back(self) -> tuple[str, str]:
        """All programmes."""
        return reverse("training:programme_list"), "Program pelatihan"

    def facts(self, record: TrainingProgramme) -> list[Fact]:
        """Names, occupation, competency."""
        aliases = ", ".join(alias.name for alias in record.aliases.all())
        return [
            Fact("Nama", record.name),
            Fact("Nama lain dalam dokumen", aliases or "Tidak ada"),
            Fact("Golongan jabatan (KBJI)", str(record.occupation) if record.occupation else ""),
            Fact("Unit kompetensi", record.competency_unit),
        ]

    def side(self, record: TrainingProgramme) -> list[Section]:
        """Its cohorts that the user may see."""
        return [_cohorts(record.cohorts.visible_to(self.request.user))]


def _cohorts(found) -> Section:
    rows = [
        [
            link("training:cohort_detail", row, f"{row.programme.name} – {row.name}"),
            row.get_funding_source_display(),
            row.get_state_display(),
        ]
        for row in found.select_related("programme").order_by("-starts_on", "-pk")[:SHOWN]
    ]
    return Section(
        "Angkatan", head=["Angkatan", "Sumber dana", "Keadaan"], rows=rows, empty_text="Belum ada angkatan."
    )


class ProviderList(ListView):
    """Providers that the user may see."""

    table = ProviderTable


class ProviderDetail(DetailView):
    """One provider with its licence and cohorts."""

    table = ProviderTable

    def back(self) -> tuple[str, str]:
        """All providers."""
        return reverse("training:provider_list"), "Lembaga pelatihan"

    def title(self, record: TrainingProvider) -> str:
        """Its name."""
        return record.name

    def facts(self, record: TrainingProvider) -> list[Fact]:
        """Licence and place."""
        place = record.institution
        return [
            Fact("Jenis", place.get_kind_display()),
            Fact("Nomor izin", record.licence_no),
            Fact("Tanggal izin", record.licensed_on, kind="date"),
            Fact("Akreditasi", record.get_accreditation_display()),
            Fact("Akreditasi berlaku sampai", record.accredited_until, kind="date"),
            Fact("Wilayah", place.region.name if place.region else ""),
            Fact("Alamat", place.address),
            Fact("Telepon", place.phone),
        ]

    def side(self, record: TrainingProvider) -> list[Section]:
        """Its cohorts."""
        return [_cohorts(record.cohorts.visible_to(self.request.user))]


def own_provider(request: HttpRequest) -> HttpResponse:
    """Lead an operator to the own provider's page, or to the list of several."""
    if not permissions.has_role(request.user, Role.LPK_OPERATOR):
        raise Http404("Halaman ini untuk operator LPK.")
    own = list(TrainingProvider.objects.visible_to(request.user)[:2])
    if len(own) == 1:
        return redirect("training:provider_detail", uid=own[0].uid)
    return redirect("training:provider_list")

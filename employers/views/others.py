"""Foreign workers, and vacancies as those see them who work with them."""

from django.urls import reverse

from core.listing import Action, DetailView, Fact, FormView, ListView
from employers.enums import VacancyState
from employers.exports import ForeignWorkerTable, VacancyTable
from employers.forms import CloseVacancyForm
from employers.models import ForeignWorker, Vacancy
from employers.permissions import can_check_vacancies, own_companies
from employers.services import vacancies


class ForeignWorkerList(ListView):
    """Foreign workers that the user may see."""

    table = ForeignWorkerTable


class ForeignWorkerDetail(DetailView):
    """One foreign worker."""

    table = ForeignWorkerTable

    def back(self) -> tuple[str, str]:
        """All of them."""
        return reverse("employers:foreign_worker_list"), "Tenaga kerja asing"

    def facts(self, record: ForeignWorker) -> list[Fact]:
        """Person and permit."""
        company_url = reverse("employers:company_detail", args=[record.company.uid])
        return [
            Fact("Nama", record.name),
            Fact("Kewarganegaraan", record.nationality),
            Fact("Jabatan", record.position),
            Fact("Perusahaan", record.company.name, url=company_url),
            Fact("Nomor pengesahan RPTKA", record.permit_no),
            Fact("Berlaku sejak", record.valid_from, kind="date"),
            Fact("Berlaku sampai", record.valid_until, kind="date"),
        ]


class VacancyList(ListView):
    """Vacancies in every state."""

    table = VacancyTable


def vacancy_facts(record: Vacancy) -> list[Fact]:
    """What a vacancy offers, as its page and the public page show it."""
    return [
        Fact("Golongan jabatan (KBJI)", record.occupation.title if record.occupation else ""),
        Fact("Kebutuhan", f"{record.openings_total} orang", note=_sexes(record)),
        Fact(
            "Pendidikan terendah", record.education_min.label if record.education_min else "Tidak disyaratkan"
        ),
        Fact("Upah terendah sebulan", record.wage_from, kind="money"),
        Fact("Upah tertinggi sebulan", record.wage_to, kind="money"),
        Fact("Tempat kerja", record.region.name if record.region else ""),
        Fact("Perjanjian kerja", record.get_contract_type_display()),
        Fact("Uraian pekerjaan", record.description),
        Fact("Tayang sejak", record.published_on, kind="date"),
        Fact("Ditutup pada", record.closes_on, kind="date"),
    ]


def _sexes(record: Vacancy) -> str:
    parts = [
        f"{count} {words}"
        for count, words in (
            (record.openings_male, "laki-laki"),
            (record.openings_female, "perempuan"),
            (record.openings_any, "laki-laki atau perempuan"),
        )
        if count
    ]
    return ", ".join(parts)


class VacancyDetail(DetailView):
    """One vacancy with its steps."""

    table = VacancyTable

    def back(self) -> tuple[str, str]:
        """All vacancies."""
        return reverse("employers:vacancy_list"), "Lowongan perusahaan"

    def facts(self, record: Vacancy) -> list[Fact]:
        """What it offers and who does, and what came of it."""
        company_url = reverse("employers:company_detail", args=[record.company.uid])
        found = [Fact("Perusahaan", record.company.name, url=company_url), *vacancy_facts(record)]
        if record.state == VacancyState.CLOSED:
            found.append(Fact("Terisi", f"{record.filled_total} dari {record.openings_total} orang"))
        return found

    def actions(self, record: Vacancy) -> list[Action]:
        """Closing asks how many were filled."""
        close = Action("close", "Tutup lowongan…", reverse("employers:vacancy_close", args=[record.uid]))
        return [close if action.name == "close" else action for action in super().actions(record)]

    def perform(self, record: Vacancy, step: str, *, version: int, comment: str) -> None:
        """Take the step, and tell the company."""
        vacancies.take_step(record, step, actor=self.request.user, version=version, comment=comment)


class VacancyClose(FormView):
    """Closing a vacancy, with how many of its openings were filled."""

    form_class = CloseVacancyForm
    table = VacancyTable
    page_title = "Tutup lowongan"
    submit_label = "Tutup lowongan"
    success_message = "Lowongan ditutup."
    editing = True

    def allowed(self) -> bool:
        """Who may keep vacancies; the service looks whose it is."""
        return can_check_vacancies(self.request.user) or own_companies(self.request.user).exists()

    def form_kwargs(self, record: Vacancy) -> dict:
        """The vacancy whose openings are asked about."""
        return {"vacancy": record}

    def perform(self, form, record: Vacancy, version: int) -> Vacancy:
        """Close it."""
        return vacancies.close_vacancy(record, actor=self.request.user, version=version, **form.cleaned_data)

    def back_url(self, record: Vacancy) -> str:
        """The vacancy."""
        return reverse("employers:vacancy_detail", args=[record.uid])

    success_url = back_url

"""Cases: list, page, registration, correction; the list of running terms."""

from django.urls import reverse
from django.utils.html import format_html

from core import audit, clock
from core.formats import date_long
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.workflow import available
from disputes import permissions
from disputes.exports import CaseTable, DeadlineTable, late_words
from disputes.forms import CorrectForm, RegisterForm
from disputes.models import CaseDeadline, DisputeCase
from disputes.services import cases
from disputes.validators import DATE_ORDER

DANGER = frozenset({"withdraw", "hand_over", "lapse", "reopen"})


class CaseList(ListView):
    """Cases that the user may see."""

    table = CaseTable

    def primary_action(self) -> Link | None:
        """Register a dispute."""
        if permissions.can_register(self.request.user):
            return Link("Catat perselisihan", reverse("disputes:case_new"))
        return None


class DeadlineList(ListView):
    """Terms that run in the cases that the user may see."""

    table = DeadlineTable


class CaseDetail(DetailView):
    """One case: parties, dates, terms, steps. Steps are taken on their own pages, because each has its day."""

    table = CaseTable
    http_method_names = ["get", "head", "options"]

    def back(self) -> tuple[str, str]:
        """All cases."""
        return reverse("disputes:case_list"), "Perselisihan hubungan industrial"

    def get(self, request, *args, **kwargs):
        """Show the page; opening a case leaves an access event."""
        record = self.get_record()
        audit.record(audit.OPENED, actor=request.user, obj=record, request=request)
        return self._show(record)

    def subtitle(self, record: DisputeCase) -> str:
        """Kind and company."""
        return f"{record.get_kind_display()} – {record.company.name}"

    def sections(self, record: DisputeCase) -> list[Section]:
        """Terms, parties, dates."""
        dates = [
            Fact(name[:1].upper() + name[1:], getattr(record, field), kind="date")
            for field, name in DATE_ORDER
            if getattr(record, field) is not None
        ]
        return [self._terms(record), Section("Perkara", self.facts(record)), Section("Tanggal", dates)]

    def facts(self, record: DisputeCase) -> list[Fact]:
        """Parties, subject, mediator, outcome."""
        company_url = reverse("employers:company_detail", args=[record.company.uid])
        found = [
            Fact("Perusahaan", record.company.name, url=company_url),
            Fact("Pemohon", record.applicant, note=record.get_applicant_kind_display()),
            Fact("Termohon", record.respondent),
            Fact("Pekerja laki-laki", record.workers_male, kind="int"),
            Fact("Pekerja perempuan", record.workers_female, kind="int"),
            Fact("Pokok masalah", record.summary),
            Fact("Bipartit mulai", record.bipartite_from, kind="date"),
            Fact("Mediator", record.mediator.full_name if record.mediator else "Belum dilimpahkan"),
            Fact("Hasil", record.get_outcome_display()),
        ]
        if record.handed_to:
            found.append(Fact("Diteruskan kepada", record.get_handed_to_display()))
        return found

    def _terms(self, record: DisputeCase) -> Section:
        """The legal terms with their articles."""
        rows = [
            [
                format_html('{}<span class="sub">{}</span>', row.term.label, row.article),
                date_long(row.due_on),
                _term_state(row),
            ]
            for row in CaseDeadline.objects.of(record)
        ]
        note = "Semua tenggat dalam hari kerja; hari pertama adalah hari sesudah peristiwanya."
        return Section(
            "Tenggat menurut undang-undang",
            head=["Tenggat dan dasar", "Batas", "Keadaan"],
            rows=rows,
            empty_text="Belum ada tenggat yang berjalan.",
            note=note if rows else "",
            key="tenggat",
        )

    def actions(self, record: DisputeCase) -> list[Action]:
        """The steps that may be taken now; correction while the case is open."""
        user = self.request.user
        found = []
        for step in available(record, user):
            if not step_fits(record, step.name):
                continue
            url = reverse("disputes:step", args=[record.uid, step.name])
            found.append(Action(step.name, step.label, url=url, danger=step.name in DANGER, main=not found))
        if record.is_open and permissions.prepares(user, record):
            found.append(Action("edit", "Ubah data", url=reverse("disputes:case_edit", args=[record.uid])))
        if record.is_open and record.mediator_id and permissions.is_head(user):
            found.append(
                Action("reassign", "Ganti mediator", url=reverse("disputes:reassign", args=[record.uid]))
            )
        return found

    def blocked(self, record: DisputeCase) -> str:
        """Why a mediator can do nothing with a closed case."""
        if not record.is_open:
            return f"Perkara ini selesai pada {date_long(record.settled_on)}. Kepala bidang dapat membukanya kembali."
        return "Perkara ini ditangani mediator lain."


def step_fits(case: DisputeCase, name: str) -> bool:
    """Whether a step fits the kind of dispute: rights disputes go straight to mediation, others are offered first."""
    rights = case.kind == "RIGHTS"
    if name == "offer":
        return not rights
    if name == "assign":
        return rights or case.state == "OFFERED"
    return True


def _term_state(row: CaseDeadline) -> str:
    mark = " (sementara)" if row.provisional else ""
    if row.met_on is None:
        return late_words(row.due_on, clock.today()) + mark
    late = row.late_by
    return (f"selesai, terlambat {late} hari kerja" if late else "selesai tepat waktu") + mark


class CaseNew(FormView):
    """Register a dispute."""

    form_class = RegisterForm
    page_title = "Catat perselisihan"
    submit_label = "Catat"
    success_message = "Perselisihan sudah dicatat dan diberi nomor."

    def allowed(self) -> bool:
        """Mediators and the head of section."""
        return permissions.can_register(self.request.user)

    def initial(self, record: None) -> dict:
        """Today, for a dispute that comes in now."""
        return {"registered_on": clock.today(), "received_on": clock.today()}

    def perform(self, form: RegisterForm, record: None, version: int) -> DisputeCase:
        """Register it."""
        return cases.register_case(actor=self.request.user, **form.cleaned_data)

    def back_url(self, record: None) -> str:
        """All cases."""
        return reverse("disputes:case_list")

    def success_url(self, record: DisputeCase) -> str:
        """The case."""
        return reverse("disputes:case_detail", args=[record.uid])


class CaseEdit(FormView):
    """Put right what was written down wrongly."""

    table = CaseTable
    form_class = CorrectForm
    page_title = "Ubah data perkara"
    editing = True

    def allowed(self) -> bool:
        """Mediators and the head of section; whose case it is, `get_record` and the service decide."""
        return permissions.can_read_cases(self.request.user)

    def initial(self, record: DisputeCase) -> dict:
        """What is stored."""
        return {name: getattr(record, name) for name in cases.CORRECTABLE}

    def perform(self, form: CorrectForm, record: DisputeCase, version: int) -> DisputeCase:
        """Write it."""
        return cases.correct_case(record, actor=self.request.user, version=version, **form.cleaned_data)

    def back_url(self, record: DisputeCase) -> str:
        """The case."""
        return self.success_url(record)

    def success_url(self, record: DisputeCase) -> str:
        """The case."""
        return reverse("disputes:case_detail", args=[record.uid])

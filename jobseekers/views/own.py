"""The job seeker's own pages: apply, follow, hold the card."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refused
from core.formats import date_long
from core.pages import UNPROCESSABLE, FormView, posted_version, stale_response
from core.workflow import StaleRecord, timeline
from jobseekers import forms
from jobseekers.enums import EDITABLE_APPLICATION, ApplicationState
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.services import applications, people, photos, prechecks
from jobseekers.views.answers import answers_of

PARTS = {
    "identitas": ("Data diri", forms.IdentityForm),
    "alamat": ("Alamat dan kontak", forms.AddressForm),
    "pendidikan": ("Pendidikan dan keterampilan", forms.EducationForm),
    "foto": ("Pas foto", forms.PhotoForm),
}
"""The parts of the file: address of the page, its title, its form."""

_NEEDS = {
    "identitas": (
        "nik_index", "full_name", "birth_place", "birth_date", "sex", "marital_status", "religion",
    ),
    "alamat": ("village_id", "address", "phone"),
    "pendidikan": ("education_id",),
    "foto": ("photo_id",),
}  # fmt: skip


def own_person(request: HttpRequest) -> JobSeeker | None:
    """The reader's own row."""
    people_of = JobSeeker.objects.filter(user=request.user)
    return people_of.select_related("village__parent__parent", "education", "photo").first()


def own_application(request: HttpRequest, uid: UUID) -> AK1Application:
    """The reader's own application, or 404."""
    found = AK1Application.objects.filter(uid=uid, jobseeker__user=request.user)
    application = found.select_related(
        "jobseeker__village__parent__parent", "jobseeker__education", "jobseeker__photo", "card"
    ).first()
    if application is None:
        raise Http404("Permohonan tidak ditemukan.")
    return application


@require_safe
def my_ak1(request: HttpRequest) -> HttpResponse:
    """The job seeker's home: the open application, the card, what came before."""
    person = own_person(request)
    context = {"person": person, "applications": [], "cards": []}
    if person is not None:
        rows = AK1Application.objects.filter(jobseeker=person).order_by("-created_at")
        context["applications"] = list(rows.select_related("card"))
        context["cards"] = list(AK1Card.objects.filter(jobseeker=person).order_by("-issued_on", "-pk"))
        context["open"] = next((row for row in context["applications"] if row.is_open), None)
        context["card"] = next((row for row in context["cards"] if row.state == "ACTIVE"), None)
    return render(request, "jobseekers/my_ak1.html", context)


class Start(FormView):
    """Choosing what to apply for opens the draft."""

    form_class = forms.StartForm
    page_title = "Ajukan kartu AK-1"
    submit_label = "Mulai"
    success_message = ""

    def allowed(self) -> bool:
        """A job seeker with a row of their own."""
        return own_person(self.request) is not None

    def initial(self, record) -> dict:
        """A first card for who has none."""
        return {} if AK1Card.objects.filter(jobseeker__user=self.request.user).exists() else {"kind": "NEW"}

    def perform(self, form, record, version) -> AK1Application:
        """Open the draft."""
        person = own_person(self.request)
        return applications.start_application(actor=self.request.user, person=person, **form.cleaned_data)

    def extra_context(self, record) -> dict:
        """The public shell, whoever looks."""
        return {"shell_template": "core/public.html"}

    def back_url(self, record) -> str:
        """The job seeker's home."""
        return reverse("jobseekers:my_ak1")

    def success_url(self, record) -> str:
        """The task list."""
        return reverse("jobseekers:my_application", args=[record.uid])


def _parts_of(application: AK1Application) -> list[dict]:
    person = application.jobseeker
    return [
        {
            "title": title,
            "url": reverse("jobseekers:fill_part", args=[application.uid, key]),
            "done": all(getattr(person, name) for name in _NEEDS[key]),
        }
        for key, (title, _) in PARTS.items()
    ]


_TOLD = {
    "submit": "Anda mengirim permohonan",
    "return_": "Petugas meminta perbaikan",
    "approve": "Disetujui, kartu terbit",
    "reject": "Ditolak",
    "withdraw": "Permohonan dibatalkan",
}
"""What the applicant is told of each step; plain edits keep their label."""


def _past_steps(application: AK1Application) -> list[dict]:
    return [
        {"label": _TOLD.get(row.transition, row.label), "at": row.at, "comment": row.comment}
        for row in timeline(application)
    ]


def _next_steps(application: AK1Application) -> list[dict]:
    state = application.state
    if state == ApplicationState.SUBMITTED:
        return [
            {"label": "Petugas memeriksa berkas", "when": "Menurut urutan masuk", "kind": "now"},
            {"label": "Kartu terbit", "when": "Kami kabari lewat surel dan di halaman ini", "kind": "next"},
        ]
    if state == ApplicationState.RETURNED:
        return [
            {"label": "Menunggu perbaikan dari Anda", "kind": "now"},
            {"label": "Petugas memeriksa kembali", "when": "Urutan Anda di antrean tetap", "kind": "next"},
        ]
    return []


@require_safe
def my_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One application: the task list while it can be filled in, else its dated timeline."""
    application = own_application(request, uid)
    parts = _parts_of(application)
    context = {
        "application": application,
        "editable": application.state in EDITABLE_APPLICATION,
        "parts": parts,
        "done": sum(part["done"] for part in parts),
        "complete": all(part["done"] for part in parts),
        "steps": [*_past_steps(application), *_next_steps(application)],
        "card": getattr(application, "card", None),
    }
    return render(request, "jobseekers/my_application.html", context)


class FillPart(FormView):
    """One part of the file; each is saved when given."""

    template_name = "jobseekers/fill_part.html"
    success_message = "Jawaban tersimpan."
    submit_label = "Simpan dan lanjut"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the part and the own application; a sent one is no longer open for answers."""
        if kwargs["part"] not in PARTS:
            raise Http404("Bagian ini tidak ada.")
        self.application = own_application(request, kwargs["uid"])
        if self.application.state not in EDITABLE_APPLICATION:
            messages.error(
                request, "Permohonan sudah dikirim. Isinya baru bisa diubah bila petugas mengembalikan."
            )
            return redirect("jobseekers:my_application", uid=self.application.uid)
        self.page_title, self.form_class = PARTS[kwargs["part"]]
        return super().dispatch(request, *args, **kwargs)

    editing = True

    def allowed(self) -> bool:
        """`dispatch` found the reader's own application."""
        return True

    def get_record(self) -> JobSeeker:
        """The person whose answers these are."""
        return self.application.jobseeker

    def initial(self, record: JobSeeker) -> dict:
        """What was answered before; never a NIK or KK, nor the photo's file."""
        names = set(self.form_class.base_fields) - {"nik", "kk", "photo"}
        return {name: getattr(record, name) for name in names}

    def form_kwargs(self, record: JobSeeker) -> dict:
        """The person."""
        return {"person": record}

    def perform(self, form, record: JobSeeker, version: int) -> JobSeeker:
        """Save the part."""
        data = dict(form.cleaned_data)
        upload = data.pop("photo", None)
        before = record.photo
        with photos.kept_photo(upload, actor=self.request.user) as stored:
            if stored is not None:
                data["photo"] = stored
            saved = people.update_person(
                record, actor=self.request.user, version=version, label=f"{self.page_title} diisi", **data
            )
        if upload is not None:
            photos.drop_photo(before)
        return saved

    def extra_context(self, record: JobSeeker) -> dict:
        """The public shell, and what the officer asked to mend."""
        return {
            "shell_template": "core/public.html",
            "application": self.application,
            "part": self.kwargs["part"],
        }

    def back_url(self, record) -> str:
        """The task list."""
        return reverse("jobseekers:my_application", args=[self.application.uid])

    def success_url(self, record) -> str:
        """The next part that is not done, or the page that sends."""
        person = JobSeeker.objects.get(pk=record.pk)
        for key, needs in _NEEDS.items():
            if not all(getattr(person, name) for name in needs):
                return reverse("jobseekers:fill_part", args=[self.application.uid, key])
        return reverse("jobseekers:review", args=[self.application.uid])


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Periksa jawaban: all answers with their change links, and the button that sends."""
    application = own_application(request, uid)
    if application.state not in EDITABLE_APPLICATION:
        return redirect("jobseekers:my_application", uid=uid)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            applications.submit(application, actor=request.user, version=posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, request.path)
        except ValidationError as problem:
            errors = [("", text) for text in problem.messages]
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            messages.success(request, f"Permohonan {application.reference} sudah kami terima.")
            return redirect("jobseekers:my_application", uid=uid)
    context = {
        "application": application,
        "groups": answers_of(application),
        "missing": prechecks.missing(application.jobseeker),
        "errors": errors,
    }
    return render(request, "jobseekers/review.html", context, status=UNPROCESSABLE if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Withdraw the application after a question."""
    application = own_application(request, uid)
    errors = []
    if request.method == "POST":
        try:
            applications.withdraw(application, actor=request.user, version=posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, reverse("jobseekers:my_application", args=[uid]))
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            messages.success(
                request, "Permohonan dibatalkan. Isian Anda tetap tersimpan untuk permohonan berikut."
            )
            return redirect("jobseekers:my_ak1")
    context = {"application": application, "errors": errors}
    return render(request, "jobseekers/cancel.html", context, status=UNPROCESSABLE if errors else 200)


@require_safe
def my_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The holder's card as on paper, with the days on which to report."""
    cards = AK1Card.objects.filter(uid=uid, jobseeker__user=request.user)
    card = cards.select_related("jobseeker__village__parent__parent", "jobseeker__education").first()
    if card is None:
        raise Http404("Kartu tidak ditemukan.")
    names = ("Laporan pertama", "Laporan kedua", "Laporan ketiga")
    steps = [{"label": "Kartu terbit", "at": card.issued_on}]
    if card.state == "ACTIVE":
        steps += [
            {"label": name, "when": date_long(day), "kind": "next"}
            for name, day in zip(names, card.report_days, strict=True)
            if day < card.valid_until
        ]
    context = {
        "card": card,
        "person": card.jobseeker,
        "reports": list(zip(("Pertama", "Kedua", "Ketiga"), card.report_days, strict=True)),
        "steps": steps,
    }
    return render(request, "jobseekers/my_card.html", context)

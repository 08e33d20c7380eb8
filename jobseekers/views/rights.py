"""Privasi saya, and the data protection officer's queue."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refused
from core.listing import DetailView, Fact, FormView, ListView, Section
from core.pages import UNPROCESSABLE, posted_version, stale_response
from core.workflow import StaleRecord, timeline
from jobseekers import forms
from jobseekers.documents import my_data
from jobseekers.enums import RequestKind, RequestState
from jobseekers.exports import DataRequestTable
from jobseekers.looks import looks_at, tell
from jobseekers.models import Consent, DataRequest, JobSeeker
from jobseekers.my_data import parts
from jobseekers.services import consents, rights

LOOKS_A_PAGE = 25
PUBLIC = {"shell_template": "core/public.html"}


def own_living_person(request: HttpRequest) -> JobSeeker:
    """The reader's own row; 404 for accounts that are nobody's."""
    person = JobSeeker.objects.living().filter(user=request.user).select_related("user", "photo").first()
    if person is None:
        raise Http404("Akun ini bukan akun pencari kerja.")
    return person


@never_cache
@require_safe
def my_privacy(request: HttpRequest) -> HttpResponse:
    """What the person agreed to, asked for, and can fetch."""
    person = own_living_person(request)
    given = {row.text_id: row for row in Consent.objects.in_force().filter(jobseeker=person)}
    context = {
        "person": person,
        "texts": [{"text": text, "given": given.get(text.pk)} for text in consents.current_texts()],
        "requests": DataRequest.objects.filter(jobseeker=person).order_by("-made_at", "-pk"),
        "looks": looks_at(person).count(),
    }
    return render(request, "jobseekers/my_privacy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """One purpose: its text, and the button that agrees or takes it back. Nothing is ticked beforehand."""
    person, text = own_living_person(request), consents.current_text(purpose)
    if text is None:
        raise Http404("Persetujuan ini tidak ada.")
    errors = []
    if request.method == "POST":
        try:
            if request.POST.get("langkah") == "tarik":
                consents.withdraw(person, actor=request.user, purpose=purpose)
                told = "Persetujuan ditarik. Mulai sekarang data Anda tidak dipakai untuk ini."
            elif request.POST.get("langkah") == "setuju":
                version = request.POST.get("teks", "")
                number = int(version) if version.isdigit() and len(version) < 5 else 0
                consents.give(person, actor=request.user, purpose=purpose, version=number)
                told = "Persetujuan dicatat. Anda bisa menariknya kapan saja."
            else:
                raise Http404("Langkah tidak dikenal.")
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            messages.success(request, told)
            return redirect("jobseekers:my_privacy")
    rows = Consent.objects.filter(jobseeker=person, text__purpose=purpose).select_related("text")
    context = {
        "text": text,
        "given": next((row for row in rows if row.text_id == text.pk and row.withdrawn_at is None), None),
        "past": rows,
        "errors": errors,
    }
    return render(request, "jobseekers/my_consent.html", context, status=UNPROCESSABLE if errors else 200)


@require_safe
def my_data_page(request: HttpRequest) -> HttpResponse:
    """What the copy holds, and the two buttons that fetch it."""
    own_living_person(request)
    return render(request, "jobseekers/my_data.html", {"parts": parts()})


_FORMS = {
    "json": (my_data.as_json, "application/json", "data-saya.json"),
    "pdf": (my_data.as_pdf, "application/pdf", "data-saya.pdf"),
}


@never_cache
@require_POST
def my_data_file(request: HttpRequest, form: str) -> HttpResponse:
    """The copy, made now and kept nowhere; that it was fetched is kept in the audit trail."""
    person = own_living_person(request)
    if form not in _FORMS:
        raise Http404("Bentuk ini tidak ada.")
    make, content_type, name = _FORMS[form]
    content = make(person)
    rights.note_download(person, actor=request.user, form=form, request=request)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_safe
def my_looks(request: HttpRequest) -> HttpResponse:
    """Who looked at the reader's data, newest first."""
    person = own_living_person(request)
    page = Paginator(looks_at(person), LOOKS_A_PAGE).get_page(request.GET.get("hal"))
    return render(request, "jobseekers/my_looks.html", {"page": page, "looks": tell(list(page.object_list))})


class MyRequestNew(FormView):
    """Asking for correction, erasure, restriction, or objecting."""

    form_class = forms.RequestForm
    page_title = "Permintaan atas data Anda"
    submit_label = "Kirim permintaan"
    success_message = "Permintaan sudah kami terima. Jawaban paling lambat 3 × 24 jam."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only who has data here."""
        self.person = own_living_person(request)
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        """`dispatch` found the person."""
        return True

    def initial(self, record) -> dict[str, Any]:
        """The kind that the link named."""
        kind = self.request.GET.get("jenis", "").upper()
        return {"kind": kind} if kind in RequestKind.values else {}

    def perform(self, form, record, version: int) -> DataRequest:
        """Open the request."""
        return rights.make_request(self.person, actor=self.request.user, **form.cleaned_data)

    def extra_context(self, record) -> dict[str, Any]:
        """The public shell."""
        return PUBLIC

    def back_url(self, record) -> str:
        """Privasi saya."""
        return reverse("jobseekers:my_privacy")

    def success_url(self, record: DataRequest) -> str:
        """The request."""
        return reverse("jobseekers:my_request", args=[record.uid])


@require_http_methods(["GET", "HEAD", "POST"])
def my_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own request with its clock, its answer, and taking it back."""
    found = DataRequest.objects.filter(uid=uid, jobseeker__user=request.user).first()
    if found is None:
        raise Http404("Permintaan tidak ditemukan.")
    errors = []
    if request.method == "POST":
        try:
            rights.withdraw_request(found, actor=request.user, version=posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, request.path)
        except Refused as problem:
            errors = [("", str(problem))]
        else:
            messages.success(request, "Permintaan ditarik.")
            return redirect("jobseekers:my_request", uid=uid)
    steps = [{"label": row.label, "at": row.at} for row in timeline(found)]
    context = {"found": found, "open": found.state == RequestState.OPEN, "steps": steps, "errors": errors}
    return render(request, "jobseekers/my_request.html", context, status=UNPROCESSABLE if errors else 200)


class DataRequestList(ListView):
    """All requests, the one whose clock runs out first on top."""

    table = DataRequestTable


class DataRequestDetail(DetailView):
    """One request: what is asked, how long is left, and the answer."""

    table = DataRequestTable
    danger_steps = frozenset({"refuse"})

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("jobseekers:data_request_list"), "Permintaan atas data pribadi"

    def title(self, record: DataRequest) -> str:
        """What is asked for."""
        return record.get_kind_display()

    def subtitle(self, record: DataRequest) -> str:
        """The number."""
        return record.reference

    def sections(self, record: DataRequest) -> list[Section]:
        """The request, the answer."""
        late = record.is_late
        facts = [
            Fact(
                "Pemohon",
                record.jobseeker.full_name,
                url=reverse("jobseekers:person_detail", args=[record.jobseeker.uid]),
            ),
            Fact("Permintaan", record.text),
            Fact("Diajukan", record.made_at, kind="datetime"),
            Fact(
                "Dijawab paling lambat",
                record.due_at,
                kind="datetime",
                flag="no" if late else "",
                note="Tenggat 3 × 24 jam sudah lewat" if late else "",
            ),
        ]
        found = [Section("Permintaan", facts, note=_CONSEQUENCE[record.kind])]
        if record.answered_at:
            found.append(
                Section(
                    "Jawaban",
                    [Fact("Jawaban", record.answer), Fact("Dijawab", record.answered_at, kind="datetime")],
                )
            )
        return found

    def perform(self, record: DataRequest, step: str, *, version: int, comment: str) -> None:
        """Grant or refuse; taking back is the person's own step."""
        if step == "grant":
            rights.grant_request(
                record, actor=self.request.user, version=version, answer=comment, origin=self.request
            )
        elif step == "refuse":
            rights.refuse_request(record, actor=self.request.user, version=version, answer=comment)
        else:
            raise Refused("Permintaan hanya ditarik oleh pemohonnya sendiri.")

    def done_message(self, record: DataRequest, step: str) -> str:
        """What was answered."""
        words = {"grant": "dikabulkan", "refuse": "ditolak dengan alasan"}
        return f"Permintaan {record.reference} {words[step]}. Pemiliknya sudah dikabari."

    def blocked(self, record: DataRequest) -> str:
        """Why nothing can be done."""
        return "" if record.state != RequestState.OPEN else "Permintaan Anda sendiri dijawab petugas lain."


_CONSEQUENCE = {
    RequestKind.CORRECTION: "Betulkan datanya lebih dulu, atau minta pengantar kerja, lalu kabulkan.",
    RequestKind.ERASURE: "Bila dikabulkan, data pribadi dihapus saat itu juga dan tidak bisa dikembalikan.",
    RequestKind.RESTRICTION: "Bila dikabulkan, semua persetujuan pemohon ditutup.",
    RequestKind.OBJECTION: "Bila dikabulkan, semua persetujuan pemohon ditutup.",
}

"""The pages of the task list that are one form: a part of the answers, a document."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.errors import Refused
from core.pages import UNPROCESSABLE, FormView, posted_version, stale_response
from core.workflow import StaleRecord
from jobseekers import forms, parts
from jobseekers.enums import EDITABLE_APPLICATION, ApplicationState, DocumentKind
from jobseekers.forms import profile as profile_forms
from jobseekers.models import AK1Application, JobSeeker, PersonDocument
from jobseekers.services import papers, people, photos, profile
from jobseekers.services.applications import CLOSED
from jobseekers.views import tasklist
from jobseekers.views.own import own_application

PART_PAGES = {**profile_forms.PART_FORMS, "foto": ("Unggah pas foto Anda", forms.PhotoForm)}
INTROS = {
    "identitas": "NIK dicocokkan dengan tanggal lahir dan jenis kelamin, supaya salah ketik ketahuan sekarang.",
    "domisili": "Kami tanyakan agar panggilan dan pelatihan terdekat sampai ke tempat yang benar.",
    "pekerjaan": "Kami pakai untuk mencocokkan Anda dengan lowongan.",
    "kebutuhan": (
        "Boleh dikosongkan. Hanya petugas penempatan yang membacanya, untuk mencarikan tempat kerja yang cocok. "
        "Kami tidak menanyakan diagnosis."
    ),
}


class OwnFileMixin:
    """Finds the reader's own application; one that is sent or decided is not open for answers."""

    editing = True
    home_label = "Daftar isian"
    application: AK1Application | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the place, or lead elsewhere."""
        return self.turned_away(request) or super().dispatch(request, *args, **kwargs)

    def turned_away(self, request: HttpRequest) -> HttpResponse | None:
        """404 for another's, back to the task list when it is closed; None when answers may be given."""
        self.application = own_application(request, self.kwargs["uid"])
        self.person = self.application.jobseeker
        if self.application.state in EDITABLE_APPLICATION:
            return None
        messages.error(request, CLOSED[ApplicationState(self.application.state)])
        return redirect("jobseekers:my_application", uid=self.application.uid)

    def allowed(self) -> bool:
        """`dispatch` found the reader's own application."""
        return True

    def get_record(self) -> JobSeeker:
        """The person whose answers these are."""
        return self.person

    def extra_context(self, record: Any) -> dict[str, Any]:
        """The public shell, and what the officer asked to mend."""
        return {
            "shell_template": "core/public.html",
            "application": self.application,
            "home_label": self.home_label,
        }

    def home_url(self) -> str:
        """The task list."""
        return reverse("jobseekers:my_application", args=[self.application.uid])

    def part_url(self, part: parts.Part) -> str:
        """Where a part is filled in."""
        return tasklist.part_url(self.application, part.slug)

    def row_url(self, kind: profile.RowKind, name: str, *args: Any) -> str:
        """The page of a row."""
        return tasklist.row_url(self.application, kind, name, *args)

    def next_url(self) -> str:
        """The next thing to do, or the page that sends."""
        return tasklist.next_url(own_application(self.request, self.application.uid))

    def back_url(self, record: Any) -> str:
        """Where the parts are listed."""
        return self.home_url()


class FillPart(OwnFileMixin, FormView):
    """One part of the file; each is saved when given."""

    template_name = "jobseekers/fill_part.html"
    success_message = "Jawaban tersimpan."
    submit_label = "Simpan dan lanjut"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the part."""
        self.slug = kwargs["part"]
        if self.slug not in PART_PAGES:
            raise Http404("Bagian ini tidak ada.")
        self.page_title, self.form_class = PART_PAGES[self.slug]
        return super().dispatch(request, *args, **kwargs)

    def initial(self, record: JobSeeker) -> dict[str, Any]:
        """What was answered before; never a NIK or KK, nor the photo's file."""
        return self.form_class.initial_of(record)

    def form_kwargs(self, record: JobSeeker) -> dict[str, Any]:
        """The person."""
        return {"person": record}

    def perform(self, form, record: JobSeeker, version: int) -> JobSeeker:
        """Save the part."""
        actor, data = self.request.user, form.answers()
        if self.slug == parts.NEEDS.slug:
            return profile.set_need(record, actor=actor, version=version, **data)
        upload, before = data.pop("photo", None), record.photo
        label = f"{parts.PARTS[self.slug].title} diisi"
        with photos.kept_photo(upload, actor=actor) as stored:
            if stored is not None:
                data["photo"] = stored
            saved = people.update_person(
                record, actor=actor, version=version, label=label, part=self.slug, **data
            )
        if upload is not None:
            photos.drop_photo(before)
        return saved

    def extra_context(self, record: JobSeeker) -> dict[str, Any]:
        """The part, why it is asked, and the chosen occupations on their page."""
        context = {"part": self.slug, "intro": INTROS.get(self.slug, "")}
        if self.slug == parts.WISHES.slug:
            context["occupations"] = tasklist.rows_of(record, profile.OCCUPATION, self.row_url)
        return super().extra_context(record) | context

    def success_url(self, record: JobSeeker) -> str:
        """The next part that is not done, or the page that sends."""
        return self.next_url()


class Confirmed(OwnFileMixin, FormView):
    """A question before something goes."""

    question = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self._ask([])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        try:
            self.remove(posted_version(request))
        except StaleRecord as problem:
            return stale_response(request, problem, self.back_url(None))
        except Refused as problem:
            return self._ask([("", str(problem))])
        messages.success(request, "Sudah dihapus.")
        return redirect(self.back_url(None))

    def remove(self, version: int) -> None:
        """Call the service."""
        raise NotImplementedError(f"{type(self).__name__} must say how it removes")

    def _ask(self, errors: list[tuple[str, str]]) -> HttpResponse:
        context = {
            "question": self.question, "version": self.record.version, "errors": errors,
            "back_url": self.back_url(None),
        }  # fmt: skip
        status = UNPROCESSABLE if errors else 200
        template = "jobseekers/confirm_removal.html"
        return render(self.request, template, context | self.extra_context(None), status=status)


def kind_of(slug: str) -> DocumentKind:
    """The kind of document of an address, or 404."""
    kind = slug.replace("-", "_").upper()
    if kind not in DocumentKind.values or tasklist.slug_of(kind) != slug:
        raise Http404("Jenis dokumen ini tidak ada.")
    return DocumentKind(kind)


class FillDocument(OwnFileMixin, FormView):
    """Uploading or replacing a document, or mending the name read on it."""

    form_class = profile_forms.DocumentForm
    template_name = "jobseekers/fill_document.html"
    submit_label = "Simpan dan lanjut"
    success_message = "Dokumen tersimpan."

    def get_record(self) -> JobSeeker:
        """The person, the demand of this kind and what is there; a kind that is not asked for is 404."""
        kind = kind_of(self.kwargs["kind"])
        self.demand = next((d for d in papers.demands(self.application) if d.kind == kind), None)
        if self.demand is None:
            raise Http404("Dokumen ini tidak diminta.")
        self.page_title = f"Unggah {kind.label}"
        return super().get_record()

    def initial(self, record: JobSeeker) -> dict[str, Any]:
        """The name that was read."""
        return {"printed_name": self.demand.document.printed_name} if self.demand.document else {}

    def form_kwargs(self, record: JobSeeker) -> dict[str, Any]:
        """Whether there is one already."""
        nameless = self.demand.kind in papers.NAMELESS
        return {"known": self.demand.document is not None, "nameless": nameless}

    def perform(self, form, record: JobSeeker, version: int) -> PersonDocument:
        """Keep the upload, then write."""
        upload, actor = form.cleaned_data.get("file"), self.request.user
        with papers.kept_upload(upload, actor=actor) as stored:
            return papers.put_document(
                record, actor=actor, version=version, kind=self.demand.kind, file=stored,
                printed_name=form.cleaned_data.get("printed_name", ""),
            )  # fmt: skip

    def extra_context(self, record: JobSeeker) -> dict[str, Any]:
        """What is there."""
        context = {"demand": self.demand, "slug": self.kwargs["kind"], "document": self.demand.document}
        return super().extra_context(record) | context

    def success_url(self, record: PersonDocument) -> str:
        """The next thing to do."""
        return self.next_url()


class DropDocument(Confirmed):
    """Taking a document back."""

    def get_record(self) -> JobSeeker:
        """The person and the document."""
        person, kind = super().get_record(), kind_of(self.kwargs["kind"])
        self.row = PersonDocument.objects.filter(jobseeker=person, kind=kind).first()
        if self.row is None:
            raise Http404("Dokumen ini belum diunggah.")
        self.question = f"Hapus {kind.label} yang tersimpan?"
        return person

    def remove(self, version: int) -> None:
        """Delete row and file."""
        papers.drop_document(self.row, actor=self.request.user, version=version)

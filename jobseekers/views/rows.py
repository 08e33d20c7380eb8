"""The pages of the task list that are lists: schooling, skills, work, training, occupations; row by row."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import classification
from core.errors import Refused
from core.pages import UNPROCESSABLE, FormView, posted_version, stale_response
from core.workflow import StaleRecord
from jobseekers import parts, registries
from jobseekers.forms import profile as profile_forms
from jobseekers.models import JobSeeker
from jobseekers.services import profile
from jobseekers.views.filling import Confirmed, FillPart, OwnFileMixin
from jobseekers.views.tasklist import rows_of

ROW_PARTS = {
    parts.SCHOOLING.slug: ("Apa saja sekolah yang sudah Anda tamatkan?", (profile.SCHOOLING,)),
    parts.SKILLS.slug: ("Apa yang bisa Anda kerjakan?", (profile.SKILL, profile.LANGUAGE)),
    parts.WORK.slug: ("Di mana Anda pernah bekerja?", (profile.WORK,)),
    parts.TRAINING.slug: ("Pelatihan apa yang pernah Anda ikuti?", (profile.TRAINING,)),
}
"""Parts that are lists: the question, and the kinds of rows."""


def part_page(request: HttpRequest, uid: Any, part: str) -> HttpResponse:
    """A part of the file: a list of rows, or a form."""
    if part not in ROW_PARTS:
        return FillPart.as_view()(request, uid=uid, part=part)
    return RowList.as_view()(request, uid=uid, part=part)


class RowList(OwnFileMixin, FormView):
    """A part that is a list; an empty mandatory one opens its form at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is sent here."""
        raise Http404("Halaman ini tidak menerima kiriman.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the rows."""
        question, kinds = ROW_PARTS[kwargs["part"]]
        lists = [rows_of(self.record, kind, self.row_url) for kind in kinds]
        if kwargs["part"] == parts.SCHOOLING.slug and not lists[0]["lines"] and not self.record.education_id:
            return redirect(lists[0]["add"])
        context = {
            "title": question,
            "lists": lists,
            "person": self.record,
            "part": kwargs["part"],
            "back_url": self.back_url(None),
            "next_url": self.next_url(),
            "ours": registries.office_trainings(self.record)
            if kwargs["part"] == parts.TRAINING.slug
            else None,
        }
        return render(request, "jobseekers/rows.html", context | self.extra_context(None))


class RowForm(OwnFileMixin, FormView):
    """Adding a row, or changing one when the address has its key."""

    submit_label = "Simpan"
    success_message = "Tersimpan."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the kind."""
        self.kind = profile.KINDS.get(kwargs["kind"])
        self.form_class = profile_forms.ROW_FORMS.get(kwargs["kind"])
        if self.kind is None or self.form_class is None:
            raise Http404("Bagian ini tidak ada.")
        return super().dispatch(request, *args, **kwargs)

    def get_record(self) -> JobSeeker:
        """The person; the row beside, when there is one."""
        person = super().get_record()
        self.row = find_row(person, self.kind, self.kwargs["pk"]) if "pk" in self.kwargs else None
        self.page_title = f"{'Ubah' if self.row else 'Tambah'} {self.kind.label.lower()}"
        return person

    def initial(self, record: JobSeeker) -> dict[str, Any]:
        """The row as it stands; the first schooling starts from the last education."""
        if self.row is not None:
            return {name: getattr(self.row, name) for name in self.kind.fields}
        return {}

    def perform(self, form, record: JobSeeker, version: int) -> Any:
        """Add or change."""
        options = {"actor": self.request.user, "version": version, "kind": self.kind, **form.cleaned_data}
        if self.row is not None:
            return profile.change_row(self.row, **options)
        return profile.add_row(record, **options)

    def back_url(self, record: Any) -> str:
        """The list."""
        return self.part_url(self.kind.part)

    def success_url(self, record: Any) -> str:
        """The list."""
        return self.back_url(record)


def find_row(person: JobSeeker, kind: profile.RowKind, pk: int) -> Any:
    """A row of this person, or 404."""
    row = kind.model.objects.filter(jobseeker=person, pk=pk).first()
    if row is None:
        raise Http404("Baris ini tidak ada.")
    return row


class PickOccupation(OwnFileMixin, FormView):
    """Looking for an occupation by words, and taking one from the results."""

    page_title = "Cari jabatan"
    form_class = profile_forms.OccupationSearchForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The search, and what it finds."""
        return self._results(request.GET.get("q", ""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the chosen one."""
        query = request.POST.get("q", "")
        chosen = classification.lookup(classification.KBJI_2014, request.POST.get("kode", "")[:8])
        if chosen is None:
            return self._results(query, ["Pilih jabatan dari daftar."])
        try:
            profile.add_row(
                self.record, actor=request.user, version=posted_version(request),
                kind=profile.OCCUPATION, occupation=chosen,
            )  # fmt: skip
        except StaleRecord as problem:
            return stale_response(request, problem, request.path)
        except ValidationError as problem:
            return self._results(query, problem.messages)
        except Refused as problem:
            return self._results(query, [str(problem)])
        messages.success(request, f"{chosen.title}: ditambahkan.")
        return redirect(self.part_url(parts.WISHES))

    def _results(self, query: str, errors: list[str] | None = None) -> HttpResponse:
        query = " ".join(query.split())[:80]
        context = {
            "form": self.form_class(initial={"q": query}),
            "query": query,
            "found": classification.search(classification.KBJI_2014, query) if query else [],
            "version": self.record.version,
            "errors": [("", text) for text in errors or []],
            "back_url": self.part_url(parts.WISHES),
        }
        status = UNPROCESSABLE if errors else 200
        template = "jobseekers/pick_occupation.html"
        return render(self.request, template, context | self.extra_context(None), status=status)


def add_row(request: HttpRequest, uid: Any, kind: str) -> HttpResponse:
    """The form of a new row; occupations are searched for."""
    page = PickOccupation if kind == profile.OCCUPATION.slug else RowForm
    return page.as_view()(request, uid=uid, kind=kind)


class RemoveRow(Confirmed):
    """Removing a row."""

    def get_record(self) -> JobSeeker:
        """The person and the row."""
        person, self.kind = super().get_record(), profile.KINDS.get(self.kwargs["kind"])
        if self.kind is None:
            raise Http404("Bagian ini tidak ada.")
        self.row = find_row(person, self.kind, self.kwargs["pk"])
        self.question = f"Hapus {self.kind.label.lower()} “{self.row}”?"
        return person

    def back_url(self, record: Any) -> str:
        """The list."""
        return self.part_url(self.kind.part)

    def remove(self, version: int) -> None:
        """Remove the row."""
        profile.remove_row(self.row, actor=self.request.user, version=version, kind=self.kind)

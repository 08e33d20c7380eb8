"""The narrative of a year's report: its places, the page of one place, its history, its pictures."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View

from core import formats
from core.errors import Refused
from core.listing import FormView
from core.models.workflow import WorkflowLog
from core.pages import UNPROCESSABLE, posted_version
from core.workflow import StaleRecord
from lkip import narrative, text
from lkip.differences import compare
from lkip.figures import NoSuchYear
from lkip.figures.year import settings_of
from lkip.forms.narrative import CaptionForm, PhotoForm
from lkip.models import Draft, Photograph, Section
from lkip.narrative import Desk, NoSuchPlace
from lkip.permissions import can_plan, can_see_report
from lkip.services import narrative as service

CONFLICT = 409


def _reader(request: HttpRequest) -> None:
    if not can_see_report(request.user):
        raise PermissionDenied("Naskah laporan dibuka untuk petugas dinas.")


def _writer(request: HttpRequest) -> None:
    if not can_plan(request.user):
        raise PermissionDenied("Naskah laporan ditulis oleh perencana.")


def _place(year: int, key: str) -> narrative.Place:
    try:
        settings_of(year)
        return narrative.place_of(year, key)
    except (NoSuchYear, NoSuchPlace) as error:
        raise Http404(str(error)) from error


def _desk(year: int, key: str) -> Desk:
    try:
        return Desk.open(year, key)
    except (NoSuchYear, NoSuchPlace) as error:
        raise Http404(str(error)) from error


def _url(year: int, key: str) -> str:
    return reverse("lkip:narrative", args=[year, key])


class Outline(View):
    """All places of the year's report: what is written, what still prints default sentences, what is loose."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the outline."""
        _reader(request)
        try:
            settings_of(year)
        except NoSuchYear as error:
            raise Http404(str(error)) from error
        texts = {section.key: section for section in Section.objects.filter(year=year)}
        drafts = set(Draft.objects.filter(year=year, user=request.user).values_list("key", flat=True))
        rows = []
        for place in narrative.places(year):
            held = texts.get(place.key)
            body = held.body if held else ""
            rows.append(
                {
                    "place": place,
                    "indent": min(place.level, 2),
                    "letters": len(body),
                    "loose": len(text.loose_numbers(body)),
                    "faults": len(text.faults(body)),
                    "changed": held.updated_at if held else None,
                    "draft": place.key in drafts,
                }
            )
        return render(request, "lkip/narrative_outline.html", {"year": year, "rows": rows})


@dataclass
class Sheet:
    """What the writing page shows: the text, the version it was opened at, messages."""

    body: str
    version: int
    problem: str = ""
    note: str = ""
    status: int = 200


class Write(View):
    """One place: its text for the planner, how it prints for all staff."""

    def get(self, request: HttpRequest, year: int, key: str) -> HttpResponse:
        """Show the saved text; a draft of one's own is offered, never put in by itself."""
        _reader(request)
        desk, held = _desk(year, key), Section.objects.filter(year=year, key=key).first()
        sheet = Sheet(held.body if held else "", held.version if held else 0)
        return self._show(desk, sheet, draft=_draft(request, year, key, sheet.body))

    def post(self, request: HttpRequest, year: int, key: str) -> HttpResponse:
        """Save, or do one step with the text that was sent: nothing that was typed is lost by any of them."""
        _writer(request)
        step, _, rest = request.POST.get("langkah", "simpan").partition("|")
        sheet = Sheet(text.clean(request.POST.get("body", "")), posted_version(request))
        if step == "simpan":
            return self._save(year, key, sheet)
        if step == "buang":
            _place(year, key)
            service.drop_draft(request.user, year=year, key=key)
            return redirect(_url(year, key))
        desk = _desk(year, key)
        if step == "pulihkan":
            draft = Draft.objects.filter(year=year, key=key, user=request.user).first()
            if draft is not None:
                sheet = Sheet(
                    draft.body, draft.base_version, note="Konsep Anda dipasang kembali. Belum disimpan."
                )
        elif step == "salin":
            written = desk.default_text()
            sheet.body = f"{sheet.body.rstrip()}\n\n{written}" if sheet.body.strip() else written
            sheet.note = "Kalimat bawaan disalin ke naskah. Belum disimpan."
        elif step == "versi":
            sheet = _old(year, key, sheet, rest)
        else:
            _mend(request, step, rest, sheet)
        return self._show(desk, sheet)

    def _save(self, year: int, key: str, sheet: Sheet) -> HttpResponse:
        place = _place(year, key)
        try:
            service.save_text(self.request.user, year=year, key=key, body=sheet.body, version=sheet.version)
        except StaleRecord as problem:
            return self._conflict(year, place, sheet, str(problem))
        except Refused as problem:
            sheet.problem, sheet.status = str(problem), UNPROCESSABLE
            return self._show(_desk(year, key), sheet)
        messages.success(self.request, "Naskah sudah disimpan.")
        return redirect(_url(year, key))

    def _conflict(self, year: int, place: narrative.Place, sheet: Sheet, problem: str) -> HttpResponse:
        """Somebody saved in between: both texts side by side; the writer's own is kept as a draft as well."""
        held = Section.objects.get(year=year, key=place.key)
        service.keep_draft(
            self.request.user, year=year, key=place.key, body=sheet.body, base_version=sheet.version
        )
        last = WorkflowLog.objects.of(held).order_by("-version").first()
        context = {
            "year": year, "place": place, "mine": sheet.body, "held": held, "problem": problem,
            "who": last.actor_name if last else "", "lines": compare(held.body, sheet.body),
        }  # fmt: skip
        return render(self.request, "lkip/narrative_conflict.html", context, status=CONFLICT)

    def _show(self, desk: Desk, sheet: Sheet, *, draft: Draft | None = None) -> HttpResponse:
        place, year = desk.place, desk.figures.year
        photos = Photograph.objects.filter(year=year, key=place.key).select_related("file")
        context = {
            "year": year, "place": place, "sheet": sheet, "draft": draft, "photos": photos,
            "preview": desk.preview(sheet.body), "may_write": can_plan(self.request.user),
            "found": desk.find(""), "most": text.MOST_LETTERS,
            "errors": [("naskah", sheet.problem)] if sheet.problem else [],
        }  # fmt: skip
        return render(self.request, "lkip/narrative.html", context, status=sheet.status)


def _draft(request: HttpRequest, year: int, key: str, saved: str) -> Draft | None:
    draft = Draft.objects.filter(year=year, key=key, user=request.user).first()
    return draft if draft is not None and draft.body != saved else None


def _old(year: int, key: str, sheet: Sheet, version: str) -> Sheet:
    """An earlier version of the text, put in to be saved as a new one."""
    held = get_object_or_404(Section, year=year, key=key)
    then = held.history.filter(version=int(version)).first() if version.isdigit() else None
    if then is None:
        raise Http404("Versi ini tidak ada.")
    return Sheet(then.body, held.version, note=f"Versi {then.version} dipasang kembali. Belum disimpan.")


def _mend(request: HttpRequest, step: str, rest: str, sheet: Sheet) -> None:
    """Bind a loose number to a figure, or declare it; any other step changes nothing."""
    # a number in words may stand on two lines, and a browser sends their end as two signs
    start, number, *more = [*text.clean(rest).split("|", 3), ""]
    if not start.isdigit() or len(start) > 7:
        return
    before = sheet.body
    try:
        if step == "ikat" and len(more) > 1:
            sheet.body = narrative.bound(sheet.body, int(start), number, more[1], money=more[0] == "rp")
        elif step in narrative.DECLARED:
            source = request.POST.get(f"sumber-{start}", "")[:150]
            sheet.body = narrative.declared(sheet.body, int(start), number, step, source)
    except Refused as problem:
        sheet.problem, sheet.status = str(problem), UNPROCESSABLE
        return
    sheet.note = f"Angka {number} sudah ditandai. Belum disimpan." if sheet.body != before else ""


def preview(request: HttpRequest, year: int, key: str) -> JsonResponse:
    """Return how the sent text prints, after a step with one of its numbers when that was asked; saves nothing."""
    _writer(request)
    sheet = Sheet(text.clean(request.POST.get("body", "")), 0)
    step, _, rest = request.POST.get("langkah", "").partition("|")
    before = sheet.body
    _mend(request, step, rest, sheet)
    desk = _desk(year, key)
    context = {"preview": desk.preview(sheet.body), "year": year, "may_write": True, "problem": sheet.problem}
    page = render_to_string("lkip/_narrative_preview.html", context, request)
    return JsonResponse({"html": page, "body": sheet.body if sheet.body != before else None})


def draft(request: HttpRequest, year: int, key: str) -> JsonResponse:
    """Keep what is typed as a draft of the writer's own; asked by the page every few seconds and when it is left."""
    _writer(request)
    place = _place(year, key)
    try:
        kept = service.keep_draft(
            request.user,
            year=year,
            key=place.key,
            body=request.POST.get("body", ""),
            base_version=posted_version(request),
        )
    except Refused as problem:
        return JsonResponse({"problem": str(problem)}, status=UNPROCESSABLE)
    said = (
        f"Konsep disimpan pukul {formats.time_short(kept.saved_at)}"
        if kept
        else "Sama dengan naskah tersimpan"
    )
    return JsonResponse({"said": said})


def palette(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Return the figures whose name holds the words of ``cari``, with the mark of each side."""
    _writer(request)
    found = _desk(year, key).find(request.GET.get("cari", "")[:100])
    return render(request, "lkip/_narrative_palette.html", {"found": found})


class History(View):
    """The versions of a text and what differs between two of them."""

    def get(self, request: HttpRequest, year: int, key: str) -> HttpResponse:
        """Show the list and one comparison: the two newest, or ``dari`` and ``ke``."""
        _reader(request)
        place = _place(year, key)
        held = get_object_or_404(Section, year=year, key=key)
        rows = list(held.history.order_by("-version", "-history_id"))
        bodies = {row.version: row.body for row in rows}
        logged = {log.version: log for log in WorkflowLog.objects.of(held)}
        new = _version(request, "ke", bodies, held.version)
        old = _version(request, "dari", bodies, max((v for v in bodies if v < new), default=0))
        context = {
            "year": year, "place": place, "held": held, "old": old, "new": new,
            "may_write": can_plan(request.user),
            "versions": [{"version": v, "letters": len(bodies[v]), "log": logged.get(v)} for v in bodies],
            "lines": compare(bodies.get(old, ""), bodies.get(new, "")),
        }  # fmt: skip
        return render(request, "lkip/narrative_history.html", context)


def _version(request: HttpRequest, name: str, known: dict[int, str], usual: int) -> int:
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if not asked.isdigit() or int(asked) not in {0, *known}:
        raise Http404("Versi ini tidak ada.")
    return int(asked)


class _PhotoView(FormView):
    """What adding and changing a picture have in common."""

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def get_queryset(self):
        """The pictures of the year."""
        return Photograph.objects.filter(year=self.kwargs["year"])

    def success_url(self, record: Photograph) -> str:
        """The place that the picture stands in."""
        return _url(record.year, record.key)


class PhotoNew(_PhotoView):
    """Add a picture to a place."""

    form_class = PhotoForm
    page_title = "Tambah foto"
    submit_label = "Tambahkan"
    success_message = "Foto sudah ditambahkan."

    def back_url(self, record: None) -> str:
        """The place."""
        return _url(self.kwargs["year"], self.kwargs["key"])

    def perform(self, form: PhotoForm, record: None, version: int) -> Photograph:
        """Keep it."""
        place = _place(self.kwargs["year"], self.kwargs["key"])
        found = form.cleaned_data
        return service.add_photo(
            self.request.user, year=self.kwargs["year"], key=place.key, upload=found["file"],
            caption=found["caption"], taken_on=found["taken_on"],
        )  # fmt: skip

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the form of a place that exists."""
        _place(kwargs["year"], kwargs["key"])
        return super().get(request, *args, **kwargs)


class PhotoEdit(_PhotoView):
    """Change the words under a picture, or take it out."""

    form_class = CaptionForm
    template_name = "lkip/narrative_photo.html"
    page_title = "Ubah keterangan foto"
    success_message = "Keterangan foto sudah diubah."
    editing = True

    def initial(self, record: Photograph) -> dict:
        """Its words."""
        return {"caption": record.caption, "taken_on": record.taken_on}

    def back_url(self, record: Photograph) -> str:
        """The place."""
        return self.success_url(record)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Change it; ``langkah=hapus`` takes it out."""
        if request.POST.get("langkah") != "hapus":
            return super().post(request, *args, **kwargs)
        address = self.success_url(self.record)
        service.remove_photo(request.user, photo=self.record)
        messages.success(request, "Foto sudah dihapus dari laporan.")
        return redirect(address)

    def perform(self, form: CaptionForm, record: Photograph, version: int) -> Photograph:
        """Change it."""
        return service.caption_photo(self.request.user, photo=record, version=version, **form.cleaned_data)

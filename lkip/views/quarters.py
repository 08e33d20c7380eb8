"""The year while it runs: indicators against the quarter's plan, notes, evidence, locks."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from core import clock
from core.errors import Refused
from core.files import erase_file, store_document
from core.pages import FormView, posted_version
from core.workflow import timeline
from lkip import text
from lkip.consistency.written import PRINTED_QUARTER
from lkip.figures import Figure, NoSuchYear, compute
from lkip.files import NOTE_EVIDENCE
from lkip.forms.quarters import NoteForm
from lkip.models import Indicator, NoteFile, QuarterLock, QuarterNote
from lkip.permissions import can_plan, can_see_evidence, can_see_report
from lkip.services import quarters

NEAR = 80
"""From so many per cent of the plan on, an indicator is called nearly there."""
RULE = (
    f"Sesuai rencana: capaian terhadap rencana triwulan paling sedikit 100 persen. Hampir: {NEAR} sampai di bawah "
    f"100 persen. Tertinggal: di bawah {NEAR} persen. Tanpa rencana atau tanpa nilai tidak dinilai."
)


@dataclass(frozen=True)
class State:
    """Where an indicator stands against its plan, in words and with the colour of its tag."""

    words: str
    colour: str = ""


def state(figure: Figure) -> State:
    """Say where a figure stands against the quarter's plan."""
    if not figure.known:
        return State("Menunggu nilai", "yellow")
    if not figure.has_target:
        return State("Tanpa rencana triwulan")
    if figure.steps is not None:
        return State("Sesuai rencana", "green") if figure.steps >= 0 else State("Tertinggal", "red")
    if figure.capaian is None:
        return State("Tidak dapat dinilai", "yellow")
    if figure.capaian >= 100:
        return State("Sesuai rencana", "green")
    return State("Hampir", "yellow") if figure.capaian >= NEAR else State("Tertinggal", "red")


def _figures(request: HttpRequest, year: int, quarter: int):
    if not can_see_report(request.user):
        raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
    if quarter not in quarters.ROMAN:
        raise Http404("Triwulan ini tidak ada.")
    try:
        return compute(year, quarter=quarter)
    except NoSuchYear as error:
        raise Http404(str(error)) from error


class QuarterPage(View):
    """All followed indicators against the plan of one quarter; a section head's own stand first."""

    def get(self, request: HttpRequest, year: int, quarter: int) -> HttpResponse:
        """Show the quarter."""
        figures = _figures(request, year, quarter)
        notes = {
            note.indicator_id: note
            for note in QuarterNote.objects.filter(year=year, quarter=quarter).prefetch_related("files")
        }
        own = quarters.own_sections(request.user)
        rows = [
            {
                "figure": figure,
                "state": state(figure),
                "note": notes.get(figure.indicator.pk),
                "own": figure.indicator.section_id in own,
                "files": len(notes[figure.indicator.pk].files.all()) if figure.indicator.pk in notes else 0,
            }
            for figure in figures.of_level(*quarters.NOTED_LEVELS)
        ]
        rows.sort(key=lambda row: not row["own"])
        lock = QuarterLock.objects.filter(year=year, quarter=quarter).first()
        context = {
            "year": year,
            "quarter": quarter,
            "roman": quarters.ROMAN[quarter],
            "end": quarters.last_day(year, quarter),
            "rows": rows,
            "own_count": sum(row["own"] for row in rows),
            "rule": RULE,
            "chips": [
                {
                    "label": f"Triwulan {roman}",
                    "url": reverse("lkip:quarter", args=[year, number]),
                    "current": number == quarter,
                }
                for number, roman in quarters.ROMAN.items()
            ],
            "lock": lock,
            "log": timeline(lock) if lock else [],
            "may_plan": can_plan(request.user),
            "ended": quarters.last_day(year, quarter) < clock.today(),
        }
        return render(request, "lkip/quarter.html", context)


class QuarterLockStep(View):
    """Close or open a quarter."""

    def post(self, request: HttpRequest, year: int, quarter: int) -> HttpResponse:
        """Carry it out, or say why not."""
        if not can_plan(request.user):
            raise PermissionDenied("Triwulan dikunci dan dibuka oleh perencana.")
        if quarter not in quarters.ROMAN:
            raise Http404("Triwulan ini tidak ada.")
        step, known = request.POST.get("langkah"), {"year": year, "quarter": quarter}
        version = posted_version(request) or None
        try:
            if step == "kunci":
                quarters.lock_quarter(request.user, version=version, **known)
                messages.success(request, "Triwulan dikunci.")
            elif step == "buka":
                reason = request.POST.get("alasan", "")
                quarters.unlock_quarter(request.user, reason=reason, version=version, **known)
                messages.success(request, "Triwulan dibuka kembali.")
            else:
                raise Http404("Langkah tidak dikenal.")
        except Refused as problem:
            messages.error(request, str(problem))
        return redirect("lkip:quarter", year=year, quarter=quarter)


class NotePage(FormView):
    """One indicator in one quarter: where it stands, its note, its evidence; the form for those who may write."""

    form_class = NoteForm
    template_name = "lkip/quarter_note.html"
    submit_label = "Simpan catatan"
    success_message = "Catatan disimpan."
    editing = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the figure of the quarter; 404 for an indicator that is not followed."""
        self.year, self.quarter = kwargs["year"], kwargs["quarter"]
        figures = _figures(request, self.year, self.quarter)
        self.figure = figures.figures.get(kwargs["code"])
        if self.figure is None or self.figure.level not in quarters.NOTED_LEVELS:
            raise Http404("Indikator ini tidak ada pada tahun tersebut.")
        self.indicator: Indicator = self.figure.indicator
        self.may_write = quarters.may_note(request.user, self.indicator)
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self) -> str:
        """The indicator."""
        return self.figure.label

    def allowed(self) -> bool:
        """Everybody on the staff reads; who may not write gets 403 for the attempt."""
        return self.request.method in ("GET", "HEAD") or self.may_write

    def get_record(self) -> QuarterNote | None:
        """The note, when there is one."""
        return QuarterNote.objects.filter(
            indicator=self.indicator, year=self.year, quarter=self.quarter
        ).first()

    def initial(self, record: QuarterNote | None) -> dict:
        """What is stored."""
        names = ("supporting", "cause", "follow_up")
        return {name: getattr(record, name) for name in names} if record else {}

    def perform(self, form: NoteForm, record: QuarterNote | None, version: int) -> QuarterNote:
        """Keep the file before the transaction, write the note, then attach it; a refusal takes the file with it."""
        data, actor = dict(form.cleaned_data), self.request.user
        upload, caption = data.pop("evidence"), data.pop("caption")
        known = {"indicator": self.indicator, "year": self.year, "quarter": self.quarter, "version": version}
        if not upload:
            return quarters.write_note(actor, **known, **data)
        stored = store_document(upload, actor=actor, kind=NOTE_EVIDENCE, sealed=True)
        try:
            return quarters.write_note_with_file(actor, file=stored, caption=caption, **known, **data)
        except (Refused, ValidationError):
            erase_file(stored)
            raise

    def success_url(self, record: QuarterNote) -> str:
        """The same page; it says which numbers of the note stand against printing it."""
        loose = [
            number
            for body in (record.supporting, record.cause, record.follow_up)
            for number in text.loose_numbers(text.with_dates(body))
        ]
        if loose and self.quarter == PRINTED_QUARTER:
            messages.warning(
                self.request,
                f"Angka yang belum diikat menahan persetujuan laporan: {', '.join(loose[:8])}. "
                "Ganti dengan tanda angka, misalnya [[angka:kode]], atau [[luar:angka|sumber]].",
            )
        return self.request.path

    def back_url(self, record: QuarterNote | None) -> str:
        """The quarter."""
        return reverse("lkip:quarter", args=[self.year, self.quarter])

    def extra_context(self, record: QuarterNote | None) -> dict:
        """The figure against the plan, the evidence, the history."""
        return {
            "figure": self.figure,
            "state": state(self.figure),
            "year": self.year,
            "quarter": self.quarter,
            "roman": quarters.ROMAN[self.quarter],
            "locked": quarters.is_locked(self.year, self.quarter),
            "may_write": self.may_write,
            "may_open": can_see_evidence(self.request.user),
            "files": list(record.files.select_related("file")) if record else [],
            "history": timeline(record) if record else [],
        }


class NoteFileRemove(View):
    """Take a file off a note."""

    def post(self, request: HttpRequest, year: int, quarter: int, code: str, uid) -> HttpResponse:
        """Remove it, or say why not."""
        found = (
            NoteFile.objects.filter(
                file__uid=uid, note__year=year, note__quarter=quarter, note__indicator__code=code
            )
            .select_related("note__indicator", "file")
            .first()
        )
        if found is None or not quarters.may_note(request.user, found.note.indicator):
            raise Http404("Berkas ini tidak ada.")
        try:
            quarters.detach(request.user, note=found.note, evidence=found)
            messages.success(request, "Bukti dihapus.")
        except Refused as problem:
            messages.error(request, str(problem))
        return redirect("lkip:quarter_note", year=year, quarter=quarter, code=code)

"""Taking in a budget file: choose it, see what was read and what contradicts, choose columns or a repair, save."""

import io
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View
from xlsxwriter.utility import xl_col_to_name

from core import audit
from core.errors import Refused
from core.formats import number
from core.models.staging import StagedUpload, UploadState
from core.pages import UNPROCESSABLE, error_summary
from core.tables_in import ALL, GOOD, RowsRefused, discard
from lkip.budget_sheet import checks
from lkip.budget_sheet.layout import FIELDS
from lkip.budget_sheet.reading import KIND, Reading, fingerprint, reopen
from lkip.figures import NoSuchYear, settings_of
from lkip.forms.budget import CircumstancesForm
from lkip.permissions import can_plan
from lkip.services import budget_import

HEAD = ("Kode Sub Kegiatan", "Uraian", "Pagu Murni", "Pagu Perubahan", "Realisasi", "Keu (%)", "Fisik (%)")
SHOWN = 300


def _planner_only(request: HttpRequest, year: int) -> None:
    if not can_plan(request.user):
        raise PermissionDenied("Anggaran diisi oleh perencana.")
    try:
        settings_of(year)
    except NoSuchYear as error:
        raise Http404(str(error)) from error


def template_file(request: HttpRequest, year: int) -> HttpResponse:
    """An empty sheet with the columns that are understood, one row a level as an example."""
    _planner_only(request, year)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Anggaran")
    for place, width in enumerate((22, 60, 18, 18, 18, 10, 10)):
        sheet.set_column(place, place, width, money if 2 <= place <= 4 else None)
    sheet.write_row(0, 0, HEAD, bold)
    sheet.freeze_panes(1, 0)
    notes = book.add_worksheet("Petunjuk")
    notes.set_column(0, 0, 110)
    texts = (
        "Satu baris untuk tiap program, kegiatan, dan sub kegiatan; sub kegiatan membawa angkanya.",
        "Angka pada baris program dan kegiatan hanya dibandingkan dengan jumlah rinciannya, tidak disimpan.",
        "Kode boleh dikosongkan bila uraian diawali “Program:”, “Kegiatan:”, atau “Sub Kegiatan:”.",
        "Kode boleh terbagi atas beberapa kolom; sel yang digabung berlaku untuk semua baris di sampingnya.",
        "Rincian menurut jenis belanja boleh berdiri di atasnya: Belanja Daerah, Belanja Operasi, Belanja Pegawai, …",
        "Kolom persen diperiksa terhadap realisasi dibagi pagu. Kolom yang tidak ada boleh dihapus.",
    )
    notes.write_column(0, 0, texts)
    book.close()
    response = HttpResponse(
        target.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="templat-anggaran-{year}.xlsx"'
    return response


class UploadPage(View):
    """Choose a file."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the form."""
        _planner_only(request, year)
        return self._form(year)

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Read the file, or say why not."""
        _planner_only(request, year)
        file = request.FILES.get("file")
        if file is None:
            return self._form(year, "Pilih berkas Excel atau CSV lebih dulu.")
        try:
            staged = budget_import.stage_budget(file, actor=request.user, year=year)
        except Refused as problem:
            return self._form(year, str(problem))
        return redirect("lkip:budget_preview", year=year, uid=staged.uid)

    def _form(self, year: int, problem: str = "") -> HttpResponse:
        context = {"year": year, "errors": [("file", problem)] if problem else []}
        return render(
            self.request, "lkip/budget_upload.html", context, status=UNPROCESSABLE if problem else 200
        )


class PreviewPage(View):
    """What was read, before anything is saved; its owner's only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the permission, then find the upload."""
        self.year = kwargs["year"]
        _planner_only(request, self.year)
        found = StagedUpload.objects.visible_to(request.user).filter(uid=kwargs["uid"], kind=KIND).first()
        if found is None or found.options.get("year") != self.year:
            raise Http404("Unggahan tidak ditemukan.")
        self.staged = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take one step: columns, circumstances, a repair, or the decision."""
        step = {
            "kolom": self._columns,
            "keadaan": self._circumstances,
            "perbaikan": self._repair,
            "tanpa-perbaikan": self._no_repair,
            "batal": self._discard,
            ALL: self._save,
            GOOD: self._save,
        }.get(request.POST.get("keputusan", ""))
        if step is None:
            raise Http404("Pilihan tidak dikenal.")
        try:
            return step(request)
        except RowsRefused as problem:
            return self._show(errors=[("", str(problem))], refused=problem.outcome.skipped)
        except Refused as problem:
            self.staged.refresh_from_db()
            return self._show(errors=[(problem.field, str(problem))])

    def _again(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(self.request.path)

    def _columns(self, request: HttpRequest) -> HttpResponse:
        letters = {name: request.POST.get(f"kolom_{name}", "") for name in FIELDS}
        budget_import.choose_columns(self.staged, actor=request.user, letters=letters)
        return self._again("Berkas dibaca ulang dengan kolom pilihan Anda.")

    def _circumstances(self, request: HttpRequest) -> HttpResponse:
        form = CircumstancesForm(request.POST)
        if not form.is_valid():
            return self._show(errors=error_summary(form), form=form)
        month = form.cleaned_data["month"]
        budget_import.set_circumstances(
            self.staged,
            actor=request.user,
            month=int(month) if month else None,
            known_total=form.known_total(),
        )
        return self._again("Keadaan berkas dicatat.")

    def _repair(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("usulan", "")
        reason = request.POST.get("alasan", "")
        budget_import.choose_repair(self.staged, actor=request.user, name=name, reason=reason)
        audit.record(
            "budget.repair_chosen",
            actor=request.user,
            detail={"year": self.year, "proposal": name},
            request=request,
        )
        return self._again("Perbaikan dipilih. Belum ada yang disimpan.")

    def _no_repair(self, request: HttpRequest) -> HttpResponse:
        budget_import.drop_repair(self.staged, actor=request.user)
        return self._again("Berkas dipakai seperti tercetak.")

    def _discard(self, request: HttpRequest) -> HttpResponse:
        discard(self.staged)
        messages.success(request, "Unggahan dibatalkan. Tidak ada yang disimpan.")
        return redirect("lkip:budget_upload", year=self.year)

    def _save(self, request: HttpRequest) -> HttpResponse:
        outcome = budget_import.commit_budget(
            self.staged,
            actor=request.user,
            mode=request.POST["keputusan"],
            reason=request.POST.get("alasan_turun", ""),
        )
        audit.record(
            "upload.committed",
            actor=request.user,
            detail={"upload": KIND, "rows": outcome.saved, "skipped": len(outcome.skipped)},
            request=request,
        )
        words = f"{number(outcome.saved)} baris disimpan."
        if outcome.skipped:
            words += f" Dilewati: {', '.join(f'baris {row}' for row, _ in outcome.skipped[:10])}."
        messages.success(request, words)
        return redirect("lkip:budget", year=self.year)

    # --- showing ---

    def _show(
        self, *, errors: list = (), refused: list = (), form: CircumstancesForm | None = None
    ) -> HttpResponse:
        context = {
            "year": self.year,
            "staged": self.staged,
            "open": self.staged.state == UploadState.STAGED,
            "errors": list(errors),
            "refused": refused,
            "upload_url": reverse("lkip:budget_upload", args=[self.year]),
        }
        if context["open"]:
            context |= _shown(reopen(self.staged), form)
        return render(
            self.request, "lkip/budget_preview.html", context, status=UNPROCESSABLE if errors else 200
        )


def _shown(reading: Reading, form: CircumstancesForm | None) -> dict[str, Any]:
    """Everything that the preview says of a reading."""
    known = reading.known_total or (None, None)
    initial = {"month": str(reading.month or ""), "total_ceiling": known[0], "total_realised": known[1]}
    lines = reading.table.lines
    return {
        "reading": reading,
        "fields": _fields(reading),
        "form": form or CircumstancesForm(initial=initial),
        "contradictions": reading.contradictions,
        "repairs": [] if reading.chosen else _repairs(reading),
        "why_no_repair": reading.why_no_repair(),
        "lines": [_line(reading, line) for line in lines[:SHOWN]],
        "more": max(0, len(lines) - SHOWN),
        "good": len(reading.good_leaves()),
        "bad": len(reading.bad_lines()),
        "why": reading.why_nothing(),
        "new": sum(line.key not in reading.nodes for line in reading.table.of("TREE") if line.depth < 3),
    }


def _fields(reading: Reading) -> list[dict[str, Any]]:
    """The columns to choose among, each with its title."""
    width = max((len(cells) for _, cells in reading.rows), default=0)
    titles = reading.layout.titles
    choices = [
        (xl_col_to_name(place), f"{xl_col_to_name(place)} {titles.get(place, '')}".strip())
        for place in range(min(width, 60))
    ]
    return [
        {"name": name, "label": label, "chosen": reading.layout.letters.get(name, ""), "choices": choices}
        for name, label in FIELDS.items()
    ]


def _repairs(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "name": fingerprint(repair),
            "words": repair.words,
            "sums": checks.closed_sums(reading.table, repair, known_total=reading.known_total),
            "truths": checks.truths(reading.table, repair),
            "left": checks.left_false(reading.table, repair.rows),
        }
        for repair in reading.repairs
    ]


def _line(reading: Reading, line: Any) -> dict[str, Any]:
    value = reading.value(line) if line.leaf else None
    changed = value is not None and value != (line.value("ceiling"), line.value("realised"))
    return {
        "line": line,
        "ceiling": line.value("ceiling"),
        "realised": line.value("realised"),
        "changed": value if changed else None,
        "problems": reading.problems(line),
        "new": line.section == "TREE" and line.depth < 3 and line.key not in reading.nodes,
    }

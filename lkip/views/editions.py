"""Editions of a year: the list, one edition with its steps, the APIP checklist, and what would differ today."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from core.errors import Refused
from core.models.job import JobState
from core.pages import UNPROCESSABLE, Action, DetailView, Fact, Section
from core.workflow import NotAllowed
from lkip import checklist, editions, publishing
from lkip.enums import Answer, EditionState
from lkip.figures import compute
from lkip.models import Edition
from lkip.permissions import can_plan, can_review, can_see_report
from lkip.proofs import Facts, prove
from lkip.services import editions as service
from lkip.tasks import order_publication, publication_of
from lkip.views.report import settings_or_404

FORBIDDEN = HTTPStatus.FORBIDDEN
COLOURS = {EditionState.PUBLISHED: "green", EditionState.DRAFT: "yellow", EditionState.APPROVED: "yellow"}
FLOW = (EditionState.DRAFT, EditionState.REVIEWED, EditionState.APPROVED, EditionState.PUBLISHED)


class EditionList(View):
    """The editions of a year, and the start of the next."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the list."""
        return self._show(request, year)

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Begin an edition."""
        settings_or_404(request, year)
        if not can_plan(request.user):
            raise PermissionDenied("Hanya perencana yang memulai edisi laporan.")
        try:
            edition = service.start(request.user, year=year, reason=request.POST.get("reason", ""))
        except Refused as refusal:
            return self._show(request, year, errors=[("reason", refusal.message)], status=UNPROCESSABLE)
        messages.success(request, "Edisi dimulai. Pereviu APIP sekarang dapat mengisi daftar periksa.")
        return redirect("lkip:edition", uid=edition.uid)

    def _show(self, request: HttpRequest, year: int, *, errors: list = (), status: int = 200) -> HttpResponse:
        settings_or_404(request, year)
        rows = list(Edition.objects.defer("content").filter(year=year))
        context = {
            "year": year,
            "editions": [(row, COLOURS.get(row.state, "grey")) for row in rows],
            "published": next((row for row in rows if row.state == EditionState.PUBLISHED), None),
            "may_start": can_plan(request.user) and not any(row.state in service.OPEN_STATES for row in rows),
            "obstacles": publishing.obstacles(year),
            "errors": errors,
            "reason": request.POST.get("reason", ""),
        }
        return render(request, "lkip/editions.html", context, status=status)


class EditionPage(DetailView):
    """One edition: its steps, files, differences, and the checklist."""

    template_name = "lkip/edition.html"
    danger_steps = frozenset({"drop", "return_"})
    refused: dict[str, "RefusedAnswer"] = {}
    """Answers of the checklist that were just refused, by item: they stand in the form as they were sent."""

    def get_queryset(self):
        """Every member of staff may look; nobody else."""
        if not can_see_report(self.request.user):
            raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
        return Edition.objects.select_related("previous")

    def title(self, record: Edition) -> str:
        """Year and number."""
        return f"LKIP {record.year}, edisi {record.number}"

    def back(self) -> tuple[str, str]:
        """The list of the year."""
        return reverse("lkip:editions", args=[self.get_record().year]), "Semua edisi"

    def sections(self, record: Edition) -> list[Section]:
        """Facts of the edition, and its files."""
        facts = [
            Fact("Tahun", str(record.year)),
            Fact("Alasan edisi ini", record.reason or "Edisi pertama"),
            Fact("Terbit", record.published_at, kind="datetime"),
            Fact("Sidik isi (SHA-256)", record.fingerprint or "Diberikan saat terbit"),
        ]
        if record.state == EditionState.PUBLISHED:
            facts.append(Fact("Halaman umum", "Buka", url=publishing.public_path(record)))
        return [Section("Edisi", facts)]

    def actions(self, record: Edition) -> list[Action]:
        """The steps of the workflow; a replaced edition is replaced by publishing the next one only."""
        return [action for action in super().actions(record) if action.name != "restate"]

    def blocked(self, record: Edition) -> str:
        """Who has to act next."""
        return {
            EditionState.DRAFT: "Menunggu reviu APIP.",
            EditionState.REVIEWED: "Menunggu persetujuan kepala dinas.",
            EditionState.APPROVED: "Menunggu diterbitkan perencana.",
        }.get(record.state, "")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Take one step; one of another role is forbidden, whatever the state, and the page stays readable."""
        record, step = self.get_record(), request.POST.get("langkah", "")
        if step in {each.name for each in record.workflow.transitions}:
            try:
                service.refuse_role(request.user, record, step)
            except NotAllowed as refusal:
                return self._show(record, errors=[("", refusal.message)], status=FORBIDDEN)
        return super().post(request, *args, **kwargs)

    def perform(self, record: Edition, step: str, *, version: int, comment: str) -> None:
        """Call the service of the step."""
        actor = self.request.user
        if step == "review":
            service.review(actor, edition=record, version=version)
        elif step == "approve":
            service.approve(actor, edition=record, version=version)
        elif step == "publish":
            with transaction.atomic():
                order_publication(actor, edition=record, version=version)
        elif step in ("return_", "drop"):
            getattr(service, step)(actor, edition=record, version=version, comment=comment)
        else:
            raise Http404("Langkah tidak dikenal.")

    def done_message(self, record: Edition, step: str) -> str:
        """Publishing goes on in the background."""
        if step == "publish":
            return "Penerbitan sedang dikerjakan. Halaman ini menunjukkan hasilnya."
        return super().done_message(record, step)

    def extra_context(self, record: Edition) -> dict:
        """The flow, the checklist with proofs, files, differences and the running publication."""
        frozen = record.published_at is not None
        job = publication_of(record)
        context = {
            "edition": record,
            "flow": [(state.label, FLOW.index(state), state == record.state) for state in FLOW],
            "place": FLOW.index(record.state) if record.state in FLOW else len(FLOW),
            "files": list(record.files.all()) if frozen else [],
            "intact": editions.intact(record) if frozen else None,
            "changed_since": editions.today(record) if record.state == EditionState.PUBLISHED else [],
            "restated": editions.against_previous(record),
            "publishing": job is not None and job.state in (JobState.QUEUED, JobState.RUNNING),
            "publish_error": job.error if job is not None and job.state == JobState.FAILED else "",
            "obstacles": [] if frozen else publishing.obstacles(record.year),
        }
        if record.state in service.OPEN_STATES:
            context |= self._checklist(record)
        return context

    def _checklist(self, record: Edition) -> dict:
        facts = Facts(compute(record.year))
        given, before = checklist.answers(record)
        given |= self.refused
        groups = [
            (
                group.title,
                [
                    {
                        "item": item,
                        "given": given.get(item.key),
                        "before": before.get(item.key),
                        "proof": prove(item.proof, facts) if item.proof else None,
                    }
                    for item in group.items
                ],
            )
            for group in checklist.groups()
        ]
        return {
            "checklist": groups,
            "may_answer": can_review(self.request.user) and record.state == EditionState.DRAFT,
            "answers": Answer.choices,
        }


@dataclass(frozen=True)
class RefusedAnswer:
    """An answer as it was sent, and why it was not written."""

    answer: str
    note: str
    error: str


class ReviewForm(View):
    """The checklist sent: each given answer is written, and what is refused is named at its item and stays there."""

    def post(self, request: HttpRequest, uid) -> HttpResponse:
        """Write the answers of the form."""
        if not can_see_report(request.user):
            raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
        if not can_review(request.user):
            raise PermissionDenied("Daftar periksa diisi oleh pereviu APIP.")
        edition = Edition.objects.defer("content").filter(uid=uid).first()
        if edition is None:
            raise Http404("Edisi tidak ditemukan.")
        refused = {}
        for key, _ in checklist.items():
            answer, note = (request.POST.get(f"{name}-{key}", "") for name in ("jawab", "catatan"))
            if not answer:
                if note.strip():
                    refused[key] = RefusedAnswer("", note, "Pilih jawabannya; catatan saja tidak disimpan.")
                continue
            try:
                service.answer(request.user, edition=edition, item=key, answer=answer, note=note)
            except Refused as refusal:
                refused[key] = RefusedAnswer(answer, note, refusal.message)
        if not refused:
            messages.success(request, "Jawaban daftar periksa sudah disimpan.")
            return redirect("lkip:edition", uid=uid)
        messages.error(request, f"{len(refused)} jawaban belum disimpan. Sebabnya tertulis di butirnya.")
        shown = EditionPage(refused=refused)
        shown.setup(request, uid=uid)
        response = shown.get(request)
        response.status_code = UNPROCESSABLE
        return response

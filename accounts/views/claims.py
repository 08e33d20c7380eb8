"""Pages of claims on a NIK that another account holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts import exports, services
from accounts.models import NikClaim
from core.listing import ListView
from core.pages import Action, DetailView, Fact
from core.personal import ReasonRequired, reveal


class ClaimList(ListView):
    """Claims on a NIK."""

    table = exports.NikClaimTable


@method_decorator(never_cache, name="dispatch")
class ClaimDetail(DetailView):
    """One claim."""

    table = exports.NikClaimTable
    danger_steps = frozenset({"refuse"})
    revealed = ""

    def facts(self, record: NikClaim) -> list[Fact]:
        """Who claims what, and who holds it."""
        return [
            Fact(
                "NIK",
                self.revealed or record.nik_masked,
                note="Hanya tampil sekali ini." if self.revealed else "",
            ),
            Fact("Pemohon", record.full_name),
            Fact("E-mail pemohon", record.email),
            Fact("Pemegang akun sekarang", record.holder),
            Fact("Masuk", record.created_at, kind="datetime"),
            Fact("Diputus oleh", record.decided_by),
            Fact("Diputus pada", record.decided_at, kind="datetime"),
        ]

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("accounts:claims"), "Klaim NIK"

    def actions(self, record: NikClaim) -> list[Action]:
        """Decide, and see the NIK in clear with a reason."""
        steps = super().actions(record)
        if record.nik_sealed is None:
            return steps
        return [*steps, Action("reveal", "Tampilkan NIK", needs_comment=True)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the NIK once and keep who asked and why; or decide."""
        if request.POST.get("langkah") != "reveal":
            return super().post(request, *args, **kwargs)
        record = self.get_record()
        try:
            self.revealed = reveal(
                record,
                "nik_sealed",
                actor=request.user,
                reason=request.POST.get("comment", ""),
                request=request,
            )
        except ReasonRequired as problem:
            return self._show(record, errors=[("", str(problem))], status=422)
        return self._show(record)

    def perform(self, record: NikClaim, step: str, *, version: int, comment: str) -> None:
        """Decide."""
        services.decide_claim(
            record, step, actor=self.request.user, version=version, comment=comment, request=self.request
        )

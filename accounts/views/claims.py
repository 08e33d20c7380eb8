"""Pages of claims on a NIK that another account holds."""

from django.urls import reverse

from accounts import exports, services
from accounts.models import NikClaim
from core.listing import ListView
from core.pages import DetailView, Fact


class ClaimList(ListView):
    """Claims on a NIK."""

    table = exports.NikClaimTable


class ClaimDetail(DetailView):
    """One claim."""

    table = exports.NikClaimTable
    danger_steps = frozenset({"refuse"})

    def facts(self, record: NikClaim) -> list[Fact]:
        """Who claims what, and who holds it."""
        return [
            Fact("NIK", record.nik_masked),
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

    def perform(self, record: NikClaim, step: str, *, version: int, comment: str) -> None:
        """Decide."""
        services.decide_claim(
            record, step, actor=self.request.user, version=version, comment=comment, request=self.request
        )

"""A claim on a NIK that another account holds: an officer's task."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from accounts.enums import ClaimState, Role
from accounts.workflows import CLAIM
from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.personal import clear_value, mask_nik, register_sealed, seal_into
from core.workflow import governed

DECIDERS = (Role.PLACEMENT_OFFICER, Role.ADMINISTRATOR)


class NikClaimQuerySet(RecordQuerySet):
    """Claims."""

    def visible_to(self, user) -> "NikClaimQuerySet":
        """Those who decide see all claims; nobody else sees any."""
        return self if user.is_authenticated and user.active_roles.intersection(DECIDERS) else self.none()


@governed(CLAIM)
class NikClaim(FSMModelMixin, Record):
    """Somebody with a proven mailbox says that a NIK is theirs, which another account already answers to.

    The officer compares with the card and grants or refuses. After the decision the sealed NIK is dropped.
    """

    email = models.EmailField("e-mail pemohon", max_length=254)
    full_name = models.CharField("nama pemohon", max_length=150)
    nik_sealed = models.BinaryField("NIK", null=True, editable=False)
    nik_index = models.BinaryField(max_length=32, editable=False)
    nik_masked = models.CharField("NIK", max_length=16, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="pemegang akun sekarang",
    )
    state = StateField(
        "status",
        max_length=8,
        choices=ClaimState.choices,
        default=ClaimState.OPEN,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="diputus oleh",
    )
    decided_at = models.DateTimeField("diputus pada", null=True)

    history = HistoricalRecords(excluded_fields=["nik_sealed", "nik_index"])
    objects = NikClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "klaim NIK"
        verbose_name_plural = "klaim NIK"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="accounts_claim_state"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_claim_email_lower"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN, decided_at__isnull=True)
                | (~Q(state=ClaimState.OPEN) & Q(decided_at__isnull=False)),
                name="accounts_claim_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.OPEN) | Q(nik_sealed__isnull=True),
                name="accounts_claim_nik_dropped",
            ),
            models.UniqueConstraint(
                fields=["nik_index", "email"],
                condition=Q(state=ClaimState.OPEN),
                name="accounts_claim_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Klaim NIK {self.nik_masked}"

    @property
    def nik(self) -> str:
        """The NIK in clear; empty after the decision."""
        return clear_value(self, "nik_sealed")

    @nik.setter
    def nik(self, value: str) -> None:
        seal_into(self, "nik_sealed", value)
        self.nik_masked = mask_nik(value)

    def on_grant(self, *, actor) -> None:
        """Note who decided, and drop the sealed NIK."""
        self._decide(actor)

    def on_refuse(self, *, actor) -> None:
        """Note who decided, and drop the sealed NIK."""
        self._decide(actor)

    def _decide(self, actor) -> None:
        self.decided_by, self.decided_at, self.nik_sealed = actor, clock.now(), None


register_sealed(NikClaim, "nik_sealed")

"""Editions: what was reviewed, approved and published, frozen."""

from django.db import models
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock
from core.models.base import Record, StateField
from core.models.files import StoredFile
from core.workflow import governed
from lkip.enums import Answer, EditionState
from lkip.workflows import EDITION


@governed(EDITION)
class Edition(FSMModelMixin, Record):
    """One edition of a year's report. Publishing fills the frozen columns; nothing changes them afterwards.

    ``content`` is the whole document model with every figure, part and definition; ``fingerprint`` the SHA-256 of its
    canonical JSON. ``slug`` is the public address, ``address`` that address in full, as the QR code has it for ever.
    A restatement is the next edition, with its reason. ``checked_fingerprint`` is that of the content the reviewer
    saw: what changed since can't be approved unseen.
    """

    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("edisi")
    state = StateField("keadaan", max_length=10, choices=EditionState, default=EditionState.DRAFT)
    reason = models.TextField("alasan edisi baru", blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField("alamat umum", max_length=40, unique=True)
    content = models.JSONField("isi beku", null=True, blank=True)
    checked_fingerprint = models.CharField("sidik isi yang direviu", max_length=64, blank=True)
    fingerprint = models.CharField("sidik isi", max_length=64, blank=True)
    salt = models.BinaryField("garam", max_length=32, null=True, blank=True)
    address = models.CharField("alamat pada kode QR", max_length=300, blank=True)
    published_at = models.DateTimeField("terbit", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["content", "salt"])

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="edition_number_once_a_year"),
            models.UniqueConstraint(
                fields=["year"],
                condition=models.Q(state__in=["DRAFT", "REVIEWED", "APPROVED"]),
                name="one_open_edition_a_year",
            ),
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(state="PUBLISHED"), name="one_published_edition_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["PUBLISHED", "RESTATED"], published_at__isnull=False, content__isnull=False
                )
                & ~models.Q(fingerprint="")
                | models.Q(
                    state__in=["DRAFT", "REVIEWED", "APPROVED", "DROPPED"], published_at=None, fingerprint=""
                ),
                name="edition_frozen_when_published",
            ),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="edition_restated_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"LKIP {self.year} edisi {self.number}"

    def on_review(self, *, actor, fingerprint: str) -> None:
        """Keep the fingerprint of what was reviewed."""
        self.checked_fingerprint = fingerprint

    def on_return_(self, *, actor) -> None:
        """What was reviewed is to be reviewed again."""
        self.checked_fingerprint = ""

    def on_publish(self, *, actor, content: dict, fingerprint: str, salt: bytes, address: str) -> None:
        """Freeze."""
        self.content, self.fingerprint, self.salt = content, fingerprint, salt
        self.address = address
        self.published_at = clock.now()


class EditionFile(models.Model):
    """A file of an edition with its SHA-256; the same edition always gives the same bytes."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    format = models.CharField("bentuk", max_length=5)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="one_file_a_format")]

    def __str__(self) -> str:
        return f"{self.edition} {self.format}"


class FrozenEvidence(models.Model):
    """Salted hashes of the records that a published figure counted: proves which, tells nobody who they are.

    ``hashes`` are 16 bytes each, sorted, in one piece.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="evidence")
    code = models.CharField("angka", max_length=120)
    count = models.PositiveIntegerField("banyaknya")
    hashes = models.BinaryField("sidik rekaman")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_evidence_a_figure")]

    def __str__(self) -> str:
        return f"{self.edition} {self.code}"


class ReviewAnswer(Record):
    """One answer of the APIP checklist on an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField("butir", max_length=40)
    answer = models.CharField("jawaban", max_length=15, choices=Answer)
    note = models.TextField("catatan", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "item"], name="one_answer_an_item"),
            models.CheckConstraint(
                condition=~models.Q(answer=Answer.NO) | ~models.Q(note=""), name="review_no_needs_a_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.item}"


class SelfAssessment(Record):
    """The office's own score on one criterion of the AKIP evaluation sheet (PermenPANRB 88/2021), 0 to 100 per cent."""

    year = models.PositiveSmallIntegerField("tahun")
    criterion = models.CharField("kriteria", max_length=40)
    share = models.DecimalField("pemenuhan", max_digits=5, decimal_places=2)
    note = models.TextField("catatan", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "criterion"], name="one_self_assessment_a_criterion"),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=100), name="self_assessment_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.criterion}"

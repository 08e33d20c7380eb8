"""An episode of looking for work and its ledger, from which the IPK forms are balanced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.errors import Refused
from core.models.base import Record, RecordQuerySet
from jobseekers.enums import (
    CLOSING_EVENTS,
    GROWING_EVENTS,
    SHRINKING_EVENTS,
    AgeGroup,
    EmployerClass,
    EventKind,
    Reach,
    RemovalReason,
    Sex,
)
from jobseekers.permissions import can_read_cards


class AppendOnly(Refused):
    """A ledger row can't be changed or removed; a correction is a new row."""


class EpisodeQuerySet(RecordQuerySet):
    """Episodes."""

    def open(self) -> "EpisodeQuerySet":
        """Episodes that have not ended."""
        return self.filter(closed_on__isnull=True)

    def visible_to(self, user) -> "EpisodeQuerySet":
        """Staff of the placement section see all; a job seeker their own."""
        if can_read_cards(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class Episode(Record):
    """From a registration to a placement, a removal or an expiry.

    Sex, birth date, age group, education and kelurahan are those of the opening; a later correction stands in the
    ledger and in `cells`, so that a month's closing stock is the next month's opening stock in every cell.
    `card` is the card that opened it; a renewal in time continues it. `closed_on` is the day of the
    closing event: at its end the person is not registered. `occupation_group` is the first digit of the KBJI code that
    the person wanted most on the day of the opening (both versions of KBJI have the same ten), empty for none; frozen.
    """

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="episodes",
        verbose_name="pencari kerja",
    )
    card = models.ForeignKey(
        "jobseekers.AK1Card", on_delete=models.PROTECT, related_name="episodes", verbose_name="kartu"
    )
    opened_on = models.DateField("mulai")
    closed_on = models.DateField("selesai", null=True, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("tanggal lahir")
    age_group = models.CharField("kelompok umur", max_length=8, choices=AgeGroup.choices)
    education = models.ForeignKey(
        "core.EducationLevel",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pendidikan",
    )
    village = models.ForeignKey(
        "core.Region", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="kelurahan"
    )
    occupation_group = models.CharField("golongan pokok jabatan (KBJI)", max_length=1, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = "episode mencari kerja"
        verbose_name_plural = "episode mencari kerja"
        indexes = [models.Index(fields=["opened_on", "closed_on"], name="episode_span")]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker"], condition=Q(closed_on__isnull=True), name="episode_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="episode_span_order",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="episode_sex"),
            models.CheckConstraint(condition=Q(age_group__in=AgeGroup.values), name="episode_age_group"),
            models.CheckConstraint(
                condition=Q(occupation_group__in=["", *"0123456789"]), name="episode_occupation_group"
            ),
        ]

    def __str__(self) -> str:
        return f"Episode {self.opened_on} – {self.closed_on or 'sekarang'}"


class EpisodeCell(models.Model):
    """The cell in which an episode counts from `since` on, up to (not including) `until`.

    Derived from the ledger: each growing event begins one, each shrinking event ends one. It lets the stock of a day
    be asked like any other stock.
    """

    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="cells", verbose_name="episode"
    )
    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker", on_delete=models.PROTECT, related_name="+", verbose_name="pencari kerja"
    )
    since = models.DateField("sejak")
    until = models.DateField("sampai", null=True, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    age_group = models.CharField("kelompok umur", max_length=8, choices=AgeGroup.choices)
    education = models.ForeignKey(
        "core.EducationLevel",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pendidikan",
    )
    village = models.ForeignKey(
        "core.Region", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="kelurahan"
    )

    class Meta:
        verbose_name = "sel episode"
        verbose_name_plural = "sel episode"
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["since", "until"], name="episode_cell_span")]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(until__isnull=True), name="episode_cell_one_current"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="episode_cell_span_order"
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="episode_cell_sex"),
            models.CheckConstraint(condition=Q(age_group__in=AgeGroup.values), name="episode_cell_age_group"),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until or 'sekarang'}"


class EpisodeEventQuerySet(models.QuerySet):
    """Ledger rows: read and append only."""

    def update(self, **kwargs):
        """Refused: the ledger is append-only."""
        raise AppendOnly("Buku peristiwa hanya bisa ditambah. Catat koreksi sebagai peristiwa baru.")

    def delete(self):
        """Refused: the ledger is append-only."""
        raise AppendOnly("Buku peristiwa tidak bisa dihapus. Catat koreksi sebagai peristiwa baru.")


class EpisodeEvent(models.Model):
    """One line of the ledger: what happened on which day, and when it was written down.

    Each line carries the cell (sex, age group, education, kelurahan) in which it counts and by how much it moves
    the number of registered people there: +1 REGISTERED and CORRECTED_IN, -1 the closing events and CORRECTED_OUT,
    0 REPORTED. So the stock of any cell on any day is the sum of `delta` up to that day. Of a placement it says how far
    the job is and who took the person on, as the placements room verified it.
    """

    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="events", verbose_name="episode"
    )
    kind = models.CharField("peristiwa", max_length=16, choices=EventKind.choices)
    on = models.DateField("tanggal")
    reason = models.CharField("alasan", max_length=16, choices=RemovalReason.choices, blank=True)
    card = models.ForeignKey(
        "jobseekers.AK1Card", null=True, on_delete=models.PROTECT, related_name="events", verbose_name="kartu"
    )
    note = models.CharField("catatan", max_length=200, blank=True)
    delta = models.SmallIntegerField("perubahan jumlah terdaftar", default=0)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    age_group = models.CharField("kelompok umur", max_length=8, choices=AgeGroup.choices)
    education = models.ForeignKey(
        "core.EducationLevel",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pendidikan",
    )
    village = models.ForeignKey(
        "core.Region", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="kelurahan"
    )
    reach = models.CharField("jenis antar kerja", max_length=4, choices=Reach.choices, blank=True)
    employer_class = models.PositiveSmallIntegerField(
        "golongan pemberi kerja", choices=EmployerClass.choices, null=True, blank=True
    )
    recorded_at = models.DateTimeField("dicatat pada")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dicatat oleh",
    )

    objects = EpisodeEventQuerySet.as_manager()

    class Meta:
        verbose_name = "peristiwa episode"
        verbose_name_plural = "peristiwa episode"
        ordering = ["on", "id"]
        indexes = [
            models.Index(fields=["kind", "on"], name="episode_event_flow"),
            models.Index(fields=["on", "delta"], name="episode_event_stock"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(kind=EventKind.REGISTERED), name="episode_event_one_start"
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(kind__in=CLOSING_EVENTS), name="episode_event_one_end"
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="episode_event_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=GROWING_EVENTS, delta=1)
                | Q(kind__in=SHRINKING_EVENTS, delta=-1)
                | Q(kind=EventKind.REPORTED, delta=0),
                name="episode_event_delta",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="episode_event_sex"),
            models.CheckConstraint(
                condition=Q(age_group__in=AgeGroup.values), name="episode_event_age_group"
            ),
            models.CheckConstraint(
                condition=Q(kind=EventKind.PLACED, reach__in=["", *Reach.values])
                | (~Q(kind=EventKind.PLACED) & Q(reach="", employer_class__isnull=True)),
                name="episode_event_placement",
            ),
            models.CheckConstraint(
                condition=Q(employer_class__isnull=True) | Q(employer_class__in=EmployerClass.values),
                name="episode_event_employer_class",
            ),
            models.CheckConstraint(
                condition=Q(kind=EventKind.REMOVED, reason__in=RemovalReason.values)
                | (~Q(kind=EventKind.REMOVED) & Q(reason="")),
                name="episode_event_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    def save(self, *args, **kwargs) -> None:
        """Append the row; a second save is refused."""
        if not self._state.adding:
            raise AppendOnly("Buku peristiwa hanya bisa ditambah. Catat koreksi sebagai peristiwa baru.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused: the ledger is append-only."""
        raise AppendOnly("Buku peristiwa tidak bisa dihapus. Catat koreksi sebagai peristiwa baru.")

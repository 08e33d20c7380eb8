"""Background work: one row a job, saved with the business change that asks for it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "QUEUED", "Menunggu"
    RUNNING = "RUNNING", "Sedang dikerjakan"
    DONE = "DONE", "Selesai"
    FAILED = "FAILED", "Gagal"


class JobQuerySet(models.QuerySet):
    """Query set of jobs."""

    def visible_to(self, user) -> "JobQuerySet":
        """Return the jobs that `user` asked for."""
        return self.filter(actor=user) if user.is_authenticated else self.none()


class Job(models.Model):
    """A piece of work for the worker; `core.jobs` is the only module that writes rows.

    `key` is unique for ever: asking twice for the same key gives the same row, so that the effect is there
    once. `payload` holds keys of rows and codes, never personal data. `lease_until` and `lease` belong to the
    worker that runs it now; when the lease has run out the worker is taken for dead and the job is free
    again. `cursor` is the key of the last row that a job over many rows has finished.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "pekerjaan latar"
        verbose_name_plural = "pekerjaan latar"
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="core_job_waiting", condition=Q(state=JobState.QUEUED)
            ),
            models.Index(fields=["lease_until"], name="core_job_leased", condition=Q(state=JobState.RUNNING)),
            models.Index(fields=["actor", "-id"], name="core_job_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="core_job_state_known"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease__isnull=False, lease_until__isnull=False)
                | Q(~Q(state=JobState.RUNNING), lease__isnull=True, lease_until__isnull=True),
                name="core_job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at__isnull=True),
                name="core_job_finished_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def percent(self) -> int:
        """Progress in whole percent, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0

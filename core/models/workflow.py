"""The log of every write to a governed record."""

from django.conf import settings
from django.db import models


class WorkflowLogQuerySet(models.QuerySet):
    """Rows of the log, oldest first."""

    def of(self, obj) -> "WorkflowLogQuerySet":
        """Return the history of one record, oldest first."""
        return self.filter(model=obj._meta.label_lower, object_uid=obj.uid).order_by("version")


class WorkflowLog(models.Model):
    """One write: a transition, or a plain edit (empty ``transition``).

    Unique on (record, version): of two writers of the same version only one can be logged, so only one can win.
    ``actor_name`` is kept beside the key, so that the history still reads when the account is gone.
    """

    model = models.CharField(max_length=80)
    object_uid = models.UUIDField()
    version = models.PositiveIntegerField()
    transition = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=120)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    comment = models.TextField(blank=True)
    comment_required = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = WorkflowLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_uid", "version"], name="workflow_log_one_write_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(comment_required=False) | ~models.Q(comment=""),
                name="workflow_log_comment_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} v{self.version} {self.label}"

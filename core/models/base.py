"""What every record of the office has in common."""

import uuid

from django.db import models


class RecordQuerySet(models.QuerySet):
    """Query set of records; what a user may see starts at ``visible_to``."""

    def visible_to(self, user) -> "RecordQuerySet":
        """Return the rows that `user` may see. Each model says so itself; there is no default that opens."""
        raise NotImplementedError(f"{self.model.__name__} must say who may see its rows")


class Record(models.Model):
    """A row with a public id for URLs, its times, and a version that every write raises by one.

    The version is carried by every form: who sends an old one is told who wrote in between.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

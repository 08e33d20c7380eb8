"""What must be provable later: sign-ins, exports and looks at personal data."""

from django.db import models


class AppendOnly(Exception):
    """An attempt to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that can be added and read."""

    def update(self, **kwargs):
        """Refuse: rows are never changed."""
        raise AppendOnly(f"{self.model.__name__} rows are never changed")

    def delete(self):
        """Refuse: rows are never deleted."""
        raise AppendOnly(f"{self.model.__name__} rows are never deleted")

    def bulk_update(self, objs, fields, batch_size=None):
        """Refuse: rows are never changed."""
        raise AppendOnly(f"{self.model.__name__} rows are never changed")


class AppendOnlyModel(models.Model):
    """A row that can be added and read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Insert; refuse anything else."""
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} rows are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse: rows are never deleted."""
        raise AppendOnly(f"{type(self).__name__} rows are never deleted")


class AuditEvent(AppendOnlyModel):
    """One thing that happened: who, when, from where, to which record. No personal data of the record itself.

    The actor is kept by public id and name instead of a key, so that the row stands when the account is gone.
    A database trigger refuses changes as well; `core.audit.seal_chain` makes a forced one show.
    """

    at = models.DateTimeField("waktu")
    kind = models.CharField("peristiwa", max_length=60)
    actor_uid = models.UUIDField("pelaku", null=True)
    actor_name = models.CharField("nama pelaku", max_length=150, blank=True)
    object_model = models.CharField("jenis data", max_length=80, blank=True)
    object_uid = models.UUIDField("data", null=True)
    detail = models.JSONField("rincian", default=dict)
    ip = models.GenericIPAddressField("alamat IP", null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_uid", "id"], name="audit_object"),
            models.Index(fields=["actor_uid", "id"], name="audit_actor"),
            models.Index(fields=["kind", "id"], name="audit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class AuditSeal(AppendOnlyModel):
    """A link of the chain: a keyed hash over the events up to `last_id` and over the link before."""

    sealed_at = models.DateTimeField()
    first_id = models.PositiveBigIntegerField()
    last_id = models.PositiveBigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    key_check = models.BinaryField(max_length=8)

    class Meta:
        ordering = ["last_id"]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"

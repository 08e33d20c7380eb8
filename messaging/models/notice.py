"""Notices: what a user finds under the bell."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user) -> "NoticeQuerySet":
        """Everybody reads their own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> "NoticeQuerySet":
        """Those not opened yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A short text for one user with the page it leads to. `key` is unique for the user: told twice, shown once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    title = models.CharField("judul", max_length=160)
    body = models.CharField("isi", max_length=1000, blank=True)
    url = models.CharField("halaman", max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="messaging_notice_once"),
            models.CheckConstraint(
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
                name="messaging_notice_own_page",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="messaging_notice_list"),
            models.Index(fields=["user"], name="messaging_notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

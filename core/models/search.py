"""What the search box finds: words and blind indexes, never a NIK."""

from django.db import models


class SearchEntry(models.Model):
    """The words of one record.

    PostgreSQL indexes ``words`` by trigrams, SQLite mirrors it into an FTS5 table.
    """

    kind = models.CharField(max_length=40)
    uid = models.UUIDField()
    words = models.TextField()

    class Meta:
        verbose_name = "kata pencarian"
        verbose_name_plural = "kata pencarian"
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="core_search_one_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class SearchKey(models.Model):
    """An exact key of a record: the blind index of a number that must not be stored in clear."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="keys")
    digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "kunci pencarian"
        verbose_name_plural = "kunci pencarian"
        indexes = [models.Index(fields=["digest"], name="core_search_digest")]
        constraints = [models.UniqueConstraint(fields=["entry", "digest"], name="core_search_one_key")]

    def __str__(self) -> str:
        return str(self.entry_id)

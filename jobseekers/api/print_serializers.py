"""What the API gives and takes of printing, downloads, the book of reports, and papers of numbers."""

from rest_framework import serializers

from core.models.files import DownloadFile
from jobseekers.api.life_serializers import ReportSerializer
from jobseekers.api.serializers import CHOICE
from jobseekers.enums import HolderStatus, ReportChannel
from jobseekers.models import CardPrint


class PrintOrder(serializers.Serializer):
    """The day of issue; with `again` also the cards that were printed before."""

    day = serializers.DateField()
    again = serializers.BooleanField(default=False)


class DownloadSerializer(serializers.ModelSerializer):
    """A file that is made in the background: `done` of `total` while it waits, then until when it can be fetched."""

    done = serializers.IntegerField(source="job.done", default=0, read_only=True)
    total = serializers.IntegerField(source="job.total", default=0, read_only=True)

    class Meta:
        model = DownloadFile
        fields = (
            "uid", "title", "format", "state", "message", "rows", "created_at", "expires_at", "done", "total",
        )  # fmt: skip
        read_only_fields = fields


class PrintFilter(serializers.Serializer):
    """Which printings."""

    day = serializers.DateField(required=False)


class PrintSerializer(serializers.ModelSerializer):
    """One printing of one card: the first is the original, each later one a reprint."""

    card = serializers.UUIDField(source="card.uid", read_only=True)
    number = serializers.CharField(source="card.number", read_only=True)
    full_name = serializers.CharField(source="card.jobseeker.full_name", read_only=True)
    batch_day = serializers.DateField(source="batch.day", default=None, allow_null=True, read_only=True)
    printed_by = serializers.CharField(
        source="printed_by.full_name", default="", allow_blank=True, read_only=True
    )

    class Meta:
        model = CardPrint
        fields = ("card", "number", "full_name", "copy_no", "printed_at", "printed_by", "batch_day")
        read_only_fields = fields


class BookFilter(serializers.Serializer):
    """Which reports."""

    status = serializers.ChoiceField(HolderStatus.choices, required=False, error_messages=CHOICE)
    channel = serializers.ChoiceField(ReportChannel.choices, required=False, error_messages=CHOICE)
    late = serializers.BooleanField(required=False, allow_null=True, default=None)


class BookedReportSerializer(ReportSerializer):
    """A report with whose card it is about."""

    card = serializers.UUIDField(source="card.uid", read_only=True)
    person = serializers.UUIDField(source="jobseeker.uid", read_only=True)
    full_name = serializers.CharField(source="jobseeker.full_name", read_only=True)

    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "card", "person", "full_name")
        read_only_fields = fields


class PaperLineSerializer(serializers.Serializer):
    """A row: kind is row, group (a subtotal above its rows) or total."""

    label = serializers.CharField()
    values = serializers.ListField(child=serializers.IntegerField())
    kind = serializers.CharField()


class PaperTableSerializer(serializers.Serializer):
    """A table: what its rows are, its columns and what several of them share."""

    title = serializers.CharField()
    corner = serializers.CharField()
    head = serializers.ListField(child=serializers.CharField())
    groups = serializers.ListField(child=serializers.CharField(allow_blank=True))
    lines = PaperLineSerializer(many=True)


class NoteSerializer(serializers.Serializer):
    """A rule of the paper."""

    title = serializers.CharField()
    text = serializers.CharField()


class PaperSerializer(serializers.Serializer):
    """A paper of numbers with its rules, as the page and the files show it."""

    title = serializers.CharField()
    tables = PaperTableSerializer(many=True)
    notes = serializers.SerializerMethodField()

    def get_notes(self, paper) -> NoteSerializer(many=True):
        """The rules."""
        return [{"title": title, "text": text} for title, text in paper.notes]

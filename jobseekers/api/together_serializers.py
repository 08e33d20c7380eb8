"""What the API gives and takes of decisions over many files, of merging, and of a person's past."""

from rest_framework import serializers

from core.models.workflow import WorkflowLog
from jobseekers.api.serializers import QueueSerializer
from jobseekers.models import Episode, EpisodeEvent, JobSeeker
from jobseekers.services.together import MOST

_LARGEST = 2**31 - 1


class Picked(serializers.Serializer):
    """The files to look at together."""

    applications = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class CandidateSerializer(serializers.Serializer):
    """A picked file; with `obstacles` it is decided on its own, with `closed` documents only `knowingly`."""

    application = QueueSerializer()
    obstacles = serializers.ListField(child=serializers.CharField())
    closed = serializers.ListField(child=serializers.CharField())


class SeenFile(serializers.Serializer):
    """A file with the version that the preview showed."""

    uid = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1, max_value=_LARGEST)


class Seen(serializers.Serializer):
    """The files to approve, each once; `knowingly` says yes to documents that nobody opened."""

    files = SeenFile(many=True, min_length=1, max_length=MOST)
    knowingly = serializers.BooleanField(required=False, default=False)

    def validate_files(self, files: list[dict]) -> list[dict]:
        """No file twice: which version was seen would be open."""
        if len({file["uid"] for file in files}) < len(files):
            raise serializers.ValidationError("Satu berkas disebut dua kali.")
        return files


class ResultSerializer(serializers.Serializer):
    """What became of a file: its card, or why there is none."""

    application = serializers.UUIDField()
    card = serializers.UUIDField(allow_null=True)
    number = serializers.CharField(allow_blank=True)
    problem = serializers.CharField(allow_blank=True)


class MergeInto(serializers.Serializer):
    """The row that stays, and why the two are one person."""

    keep = serializers.SlugRelatedField(slug_field="uid", queryset=JobSeeker.objects.living(), source="into")
    reason = serializers.CharField(max_length=300)


class EraseReason(serializers.Serializer):
    """The ground of the erasure, which stays in the log."""

    reason = serializers.CharField(max_length=300)


class StepSerializer(serializers.ModelSerializer):
    """A step of the past."""

    class Meta:
        model = WorkflowLog
        fields = ("version", "transition", "label", "at", "comment")
        read_only_fields = fields


class OfficeStepSerializer(StepSerializer):
    """A step with who took it."""

    class Meta(StepSerializer.Meta):
        fields = (*StepSerializer.Meta.fields, "actor_name")
        read_only_fields = fields


class EventSerializer(serializers.ModelSerializer):
    """A line of the ledger: `delta` is by how much it moves the count of its cell."""

    education = serializers.CharField(source="education.code", default=None, allow_null=True, read_only=True)
    village = serializers.CharField(source="village_id", allow_null=True, read_only=True)

    class Meta:
        model = EpisodeEvent
        fields = (
            "kind", "on", "reason", "note", "delta", "sex", "age_group", "education", "village", "recorded_at",
        )  # fmt: skip
        read_only_fields = fields


class EpisodeSerializer(serializers.ModelSerializer):
    """From a registration to its end, with its lines of the ledger; the age group is frozen at the start."""

    card = serializers.UUIDField(source="card.uid", read_only=True)
    events = EventSerializer(many=True, read_only=True)

    class Meta:
        model = Episode
        fields = ("uid", "card", "opened_on", "closed_on", "age_group", "events")
        read_only_fields = fields

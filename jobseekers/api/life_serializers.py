"""What the API gives and takes of visits and of the six-monthly reports."""

from rest_framework import serializers

from jobseekers.api.serializers import CHOICE
from jobseekers.enums import HolderStatus
from jobseekers.models import HolderReport, VisitBooking, VisitSlot


class SlotSerializer(serializers.ModelSerializer):
    """An hour at which people can come."""

    free = serializers.IntegerField(read_only=True)

    class Meta:
        model = VisitSlot
        fields = ("uid", "day", "starts_at", "ends_at", "free")
        read_only_fields = fields


class DaySerializer(serializers.Serializer):
    """A day, and how many places are free on it."""

    day = serializers.DateField()
    free = serializers.IntegerField()


class DayFilter(serializers.Serializer):
    """Which day."""

    day = serializers.DateField()


class VisitSerializer(serializers.ModelSerializer):
    """A visit."""

    slot = SlotSerializer(read_only=True)

    class Meta:
        model = VisitBooking
        fields = ("uid", "version", "slot", "purpose", "state", "reminded_at", "settled_at")
        read_only_fields = fields


class VisitChoice(serializers.Serializer):
    """The hour that is chosen, by its uid."""

    slot = serializers.SlugRelatedField(slug_field="uid", queryset=VisitSlot.objects.filter(closed=False))


class ReportSerializer(serializers.ModelSerializer):
    """A report that was given; `slot` 0 is news outside the three due ones."""

    class Meta:
        model = HolderReport
        fields = (
            "uid", "slot", "on", "late", "status", "employer_name", "employer_local", "occupation", "since", "channel",
        )  # fmt: skip
        read_only_fields = fields


class ReportNew(serializers.Serializer):
    """What the holder does now; who works says where and since when."""

    status = serializers.ChoiceField(HolderStatus.choices, error_messages=CHOICE)
    employer_name = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")
    employer_local = serializers.BooleanField(required=False, allow_null=True, default=None)
    occupation = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    since = serializers.DateField(required=False, allow_null=True, default=None)


class DueSerializer(serializers.Serializer):
    """A due report of a card: when it is on time, and the one that was given."""

    number = serializers.IntegerField()
    due = serializers.DateField()
    opens = serializers.DateField()
    closes = serializers.DateField()
    report = serializers.UUIDField(source="report.uid", default=None, allow_null=True)

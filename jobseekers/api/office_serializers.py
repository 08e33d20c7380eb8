"""What the API gives officers and takes from them, besides the queue."""

from rest_framework import serializers

from jobseekers.api.life_serializers import VisitSerializer
from jobseekers.api.profile_serializers import ChecksSerializer, FindingSerializer
from jobseekers.api.serializers import CHOICE, ApplicationStart, ProfileChange, RequestSerializer
from jobseekers.enums import RemovalReason, RequestState, Sex
from jobseekers.ipk import FORMS
from jobseekers.models import Interview, VisitSlot
from jobseekers.services.interviews import NOTES_LENGTH


class TwinSerializer(serializers.Serializer):
    """Another row that may be the same person."""

    uid = serializers.UUIDField()
    full_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    nik_verified = serializers.BooleanField()
    why = serializers.CharField()


class OfficeFinding(FindingSerializer):
    """A result of the pre-checks with the rows that it speaks of."""

    text = serializers.CharField(source="for_desk")
    twins = TwinSerializer(many=True)


class OfficeChecks(ChecksSerializer):
    """The same as the applicant sees, and the tasks of officers."""

    findings = OfficeFinding(many=True)


class NotesSerializer(serializers.ModelSerializer):
    """Notes of the AK/II interview."""

    officer_name = serializers.CharField(source="officer.full_name", read_only=True)
    notes = serializers.CharField(max_length=NOTES_LENGTH)

    class Meta:
        model = Interview
        fields = ("version", "held_on", "notes", "officer_name")
        read_only_fields = ("version", "held_on", "officer_name")


class WalkIn(ProfileChange):
    """The answers of somebody at the counter, with the photo; the application is sent at once."""

    full_name = serializers.CharField(max_length=150)
    sex = serializers.ChoiceField(Sex.choices, error_messages=CHOICE)
    photo = serializers.FileField(write_only=True)


class DeskStart(ApplicationStart):
    """What a person who is registered already applies for at the counter."""


class RevealReason(serializers.Serializer):
    """Why a NIK is looked at in clear; it is kept with the reader's name."""

    reason = serializers.CharField(max_length=300)


class ClearNik(serializers.Serializer):
    """A NIK in clear."""

    nik = serializers.CharField()


class Removal(serializers.Serializer):
    """Why the holder is taken off the register, and who told so."""

    reason = serializers.ChoiceField(RemovalReason.choices, error_messages=CHOICE)
    comment = serializers.CharField(max_length=1000)


class OfficeSlot(serializers.ModelSerializer):
    """An hour with its places."""

    class Meta:
        model = VisitSlot
        fields = (
            "uid",
            "version",
            "day",
            "starts_at",
            "ends_at",
            "counters",
            "per_counter",
            "booked",
            "closed",
        )
        read_only_fields = ("uid", "version", "day", "starts_at", "ends_at", "booked")


class SlotChange(serializers.Serializer):
    """Places of an hour, and whether it takes no more bookings."""

    counters = serializers.IntegerField(min_value=1, max_value=50)
    per_counter = serializers.IntegerField(min_value=1, max_value=100)
    closed = serializers.BooleanField()


class OpenDays(serializers.Serializer):
    """Hours on the working days of a span."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    opens = serializers.TimeField()
    closes = serializers.TimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=480)
    counters = serializers.IntegerField(min_value=1, max_value=50)
    per_counter = serializers.IntegerField(min_value=1, max_value=100)


class Opened(serializers.Serializer):
    """How many hours are new."""

    opened = serializers.IntegerField()


class OfficeVisit(VisitSerializer):
    """A visit with who comes."""

    person = serializers.UUIDField(source="jobseeker.uid", read_only=True)
    full_name = serializers.CharField(source="jobseeker.full_name", read_only=True)

    class Meta(VisitSerializer.Meta):
        fields = (*VisitSerializer.Meta.fields, "person", "full_name")
        read_only_fields = fields


class Came(serializers.Serializer):
    """Whether the person came."""

    came = serializers.BooleanField()


class Query(serializers.Serializer):
    """A name in any spelling, a telephone, a card number, a reference number or a whole NIK."""

    query = serializers.CharField(max_length=100)


class HitSerializer(serializers.Serializer):
    """Something that was found; `near` says that the spelling only resembles what was asked."""

    kind = serializers.CharField()
    uid = serializers.UUIDField()
    title = serializers.CharField()
    subtitle = serializers.CharField()
    near = serializers.BooleanField()


class RequestFilter(serializers.Serializer):
    """Which requests."""

    state = serializers.ChoiceField(RequestState.choices, required=False, error_messages=CHOICE)


class HeldRequest(RequestSerializer):
    """A request with who made it."""

    person = serializers.UUIDField(source="jobseeker.uid", read_only=True)
    full_name = serializers.CharField(source="jobseeker.full_name", read_only=True)

    class Meta(RequestSerializer.Meta):
        fields = (*RequestSerializer.Meta.fields, "person", "full_name")
        read_only_fields = fields


class Answer(serializers.Serializer):
    """The answer, which the person reads."""

    answer = serializers.CharField(max_length=1000)


class FormChoice(serializers.Serializer):
    """Which form of which month; `month` is any day of it."""

    form = serializers.ChoiceField(list(FORMS.items()), error_messages=CHOICE)
    month = serializers.DateField()


class LineSerializer(serializers.Serializer):
    """A line of a form: `kind` is plain, sum or check."""

    mark = serializers.CharField()
    label = serializers.CharField()
    numbers = serializers.ListField(child=serializers.IntegerField())
    kind = serializers.CharField()


class AnnexSerializer(serializers.Serializer):
    """The second table of a form (vacancies), with columns of its own."""

    title = serializers.CharField()
    heads = serializers.ListField(child=serializers.CharField())
    lines = LineSerializer(many=True)


class FormSerializer(serializers.Serializer):
    """A form: `groups` are the upper heads with how many columns each spans."""

    code = serializers.CharField()
    title = serializers.CharField()
    month = serializers.DateField()
    balanced = serializers.BooleanField()
    groups = serializers.ListField(child=serializers.ListField())
    heads = serializers.ListField(child=serializers.CharField())
    lines = LineSerializer(many=True)
    annex = AnnexSerializer(allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())

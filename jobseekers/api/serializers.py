"""What the API gives and takes. A NIK comes in on a write only and goes out masked."""

from rest_framework import serializers

from core.models.reference import EducationLevel, Region, RegionLevel
from jobseekers.enums import (
    ApplicationKind,
    CardState,
    DesiredRegion,
    DocumentKind,
    MaritalStatus,
    Religion,
    ReplacementReason,
    RequestKind,
    Sex,
)
from jobseekers.models import AK1Application, AK1Card, DataRequest, JobSeeker
from jobseekers.parts import PARTS
from jobseekers.recap import CARDS, PEOPLE, RETURNED, SENT, WAITING, WHAT
from jobseekers.services.interviews import NOTES_LENGTH
from jobseekers.services.people import HIGHEST_WAGE

CHOICE = {"invalid_choice": "Pilihan ini tidak ada dalam daftar."}


class ProfileSerializer(serializers.ModelSerializer):
    """The person's own row."""

    nik = serializers.CharField(source="nik_masked", read_only=True)
    nik_verified = serializers.SerializerMethodField()
    village = serializers.CharField(source="village_id", allow_null=True, read_only=True)
    domicile_village = serializers.CharField(source="domicile_village_id", allow_null=True, read_only=True)
    education = serializers.CharField(source="education.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = JobSeeker
        fields = (
            "uid", "version", "full_name", "nik", "nik_verified", "birth_place", "birth_date", "sex", "marital_status",
            "religion", "education", "education_major", "education_school", "graduation_year", "skills", "village",
            "address", "rt", "rw", "domicile_village", "domicile_address", "domicile_rt", "domicile_rw", "phone",
            "email", "desired_region", "wage_expectation", "registered_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_nik_verified(self, person: JobSeeker) -> bool:
        """Whether an officer compared it with the KTP."""
        return person.nik_verified_at is not None


class ProfileChange(serializers.Serializer):
    """Any part of the answers; what is left out stays. No `domicile_village`: the person lives at the KTP's address."""

    full_name = serializers.CharField(max_length=150, required=False)
    nik = serializers.CharField(max_length=24, required=False, write_only=True)
    kk = serializers.CharField(max_length=24, required=False, write_only=True)
    birth_place = serializers.CharField(max_length=100, required=False, allow_blank=True)
    birth_date = serializers.DateField(required=False)
    sex = serializers.ChoiceField(Sex.choices, required=False, error_messages=CHOICE)
    marital_status = serializers.ChoiceField(MaritalStatus.choices, required=False, error_messages=CHOICE)
    religion = serializers.ChoiceField(Religion.choices, required=False, error_messages=CHOICE)
    education = serializers.SlugRelatedField(
        slug_field="code", queryset=EducationLevel.objects.all(), required=False
    )
    education_major = serializers.CharField(max_length=150, required=False, allow_blank=True)
    education_school = serializers.CharField(max_length=150, required=False, allow_blank=True)
    graduation_year = serializers.IntegerField(min_value=1940, max_value=2100, required=False)
    skills = serializers.CharField(max_length=400, required=False, allow_blank=True)
    village = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Region.objects.filter(
            level__in=(RegionLevel.VILLAGE, RegionLevel.DISTRICT), valid_until=None
        ),
        required=False,
        help_text="Kode kelurahan; kode kecamatan bila KTP dari kota yang kelurahannya tidak ada di daftar.",
    )
    address = serializers.CharField(max_length=205, required=False, allow_blank=True)
    rt = serializers.RegexField(r"^[0-9]{1,3}$", required=False, allow_blank=True)
    rw = serializers.RegexField(r"^[0-9]{1,3}$", required=False, allow_blank=True)
    domicile_village = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Region.objects.filter(level=RegionLevel.VILLAGE, valid_until=None),
        required=False,
        allow_null=True,
    )
    domicile_address = serializers.CharField(max_length=205, required=False, allow_blank=True)
    domicile_rt = serializers.RegexField(r"^[0-9]{1,3}$", required=False, allow_blank=True)
    domicile_rw = serializers.RegexField(r"^[0-9]{1,3}$", required=False, allow_blank=True)
    desired_region = serializers.ChoiceField(
        DesiredRegion.choices, required=False, allow_blank=True, error_messages=CHOICE
    )
    wage_expectation = serializers.IntegerField(
        min_value=1, max_value=HIGHEST_WAGE, required=False, allow_null=True
    )
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)


class PhotoUpload(serializers.Serializer):
    """A photo as it came from the camera."""

    photo = serializers.FileField(write_only=True)


class ApplicationSerializer(serializers.ModelSerializer):
    """An application as its owner sees it."""

    card = serializers.UUIDField(source="card.uid", default=None, allow_null=True, read_only=True)

    class Meta:
        model = AK1Application
        fields = (
            "uid", "version", "reference", "kind", "reason", "origin", "state", "created_at", "submitted_at",
            "decided_at", "officer_note", "card",
        )  # fmt: skip
        read_only_fields = fields


class ApplicationStart(serializers.Serializer):
    """What is applied for."""

    kind = serializers.ChoiceField(
        ApplicationKind.choices, default=ApplicationKind.NEW, error_messages=CHOICE
    )
    reason = serializers.ChoiceField(
        ReplacementReason.choices, default="", allow_blank=True, error_messages=CHOICE
    )


class QueueSerializer(ApplicationSerializer):
    """An application as staff sees it in the queue."""

    person = serializers.UUIDField(source="jobseeker.uid", read_only=True)
    full_name = serializers.CharField(source="jobseeker.full_name", read_only=True)

    class Meta(ApplicationSerializer.Meta):
        fields = (*ApplicationSerializer.Meta.fields, "person", "full_name")
        read_only_fields = fields


class QueueFilter(serializers.Serializer):
    """Which applications."""

    state = serializers.ChoiceField(
        AK1Application.workflow.states.choices, required=False, error_messages=CHOICE
    )
    person = serializers.UUIDField(source="jobseeker__uid", required=False)


class ReasonSerializer(serializers.Serializer):
    """Why: the applicant reads it."""

    comment = serializers.CharField(max_length=1000)


class ApproveSerializer(serializers.Serializer):
    """A yes to what nobody looked at, and notes of the interview that are kept with the decision.

    `notes_version` is that of the notes that were read, 0 while there are none.
    """

    knowingly = serializers.BooleanField(required=False, default=False)
    notes = serializers.CharField(max_length=NOTES_LENGTH, required=False, allow_blank=True, default="")
    notes_version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)


class ReturnPointNew(serializers.Serializer):
    """One thing to mend: a document or a part of the answers, and why."""

    document = serializers.ChoiceField(
        DocumentKind.choices, default="", allow_blank=True, error_messages=CHOICE
    )
    part = serializers.ChoiceField(
        [(part.slug, part.title) for part in PARTS.values()],
        default="",
        allow_blank=True,
        error_messages=CHOICE,
    )
    reason = serializers.CharField(max_length=300)


class ReturnSerializer(serializers.Serializer):
    """What is to be mended: points, a general note, or both."""

    comment = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    points = ReturnPointNew(many=True, required=False, default=list)


class CardSerializer(serializers.ModelSerializer):
    """A card."""

    report_days = serializers.ListField(child=serializers.DateField(), read_only=True)

    class Meta:
        model = AK1Card
        fields = (
            "uid", "version", "number", "kind", "issued_on", "valid_until", "state", "ended_on", "removal_reason",
            "officer_name", "report_days",
        )  # fmt: skip
        read_only_fields = fields


class HeldCardSerializer(CardSerializer):
    """A card as staff sees it, with its holder."""

    person = serializers.UUIDField(source="jobseeker.uid", read_only=True)
    full_name = serializers.CharField(source="jobseeker.full_name", read_only=True)

    class Meta(CardSerializer.Meta):
        fields = (*CardSerializer.Meta.fields, "person", "full_name")
        read_only_fields = fields


class CardFilter(serializers.Serializer):
    """Which cards."""

    state = serializers.ChoiceField(CardState.choices, required=False, error_messages=CHOICE)
    issued_on = serializers.DateField(required=False)
    person = serializers.UUIDField(source="jobseeker__uid", required=False)


class PersonSerializer(serializers.ModelSerializer):
    """A person in a list."""

    nik = serializers.CharField(source="nik_masked", read_only=True)
    village = serializers.CharField(source="village_id", allow_null=True, read_only=True)

    class Meta:
        model = JobSeeker
        fields = ("uid", "full_name", "nik", "sex", "village", "registered_on")
        read_only_fields = fields


class PersonFilter(serializers.Serializer):
    """Which people: a part of the name. A NIK is never searched by an address."""

    name = serializers.CharField(max_length=100, required=False, min_length=3)


class RequestSerializer(serializers.ModelSerializer):
    """A request about personal data."""

    class Meta:
        model = DataRequest
        fields = (
            "uid",
            "version",
            "reference",
            "kind",
            "text",
            "made_at",
            "due_at",
            "state",
            "answer",
            "answered_at",
        )
        read_only_fields = fields


class RequestNew(serializers.Serializer):
    """A new request."""

    kind = serializers.ChoiceField(RequestKind.choices, error_messages=CHOICE)
    text = serializers.CharField(max_length=1000, min_length=10)


class ConsentSerializer(serializers.Serializer):
    """One purpose: the text in force, and since when the person agrees to it."""

    purpose = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    given_at = serializers.DateTimeField(allow_null=True)


class ConsentGiven(serializers.Serializer):
    """A yes to the text of this version."""

    version = serializers.IntegerField(min_value=1, max_value=30000)


class LookSerializer(serializers.Serializer):
    """One look at the person's data."""

    at = serializers.DateTimeField()
    name = serializers.CharField()
    role = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()


RECAPS = {"people": PEOPLE, "sent": SENT, "waiting": WAITING, "returned": RETURNED, "cards": CARDS}
"""By the word of the API: what is counted."""


class SpanFilter(serializers.Serializer):
    """From which day to which."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)

    def validate(self, data: dict) -> dict:
        """Both or neither, in their order."""
        since, until = data.get("since"), data.get("until")
        if (since is None) != (until is None):
            raise serializers.ValidationError(
                {"until": "Sebut keduanya, since dan until, atau tidak keduanya."}
            )
        if since is not None and until < since:
            raise serializers.ValidationError({"until": "Hari terakhir lebih awal daripada hari pertama."})
        return data


class RecapFilter(SpanFilter):
    """What is counted, and in which days: registered, sent or issued."""

    measure = serializers.ChoiceField(
        [(name, WHAT[key]) for name, key in RECAPS.items()], default="people", error_messages=CHOICE
    )


class RecapCellSerializer(serializers.Serializer):
    """How many have this kelurahan, education, sex, age group and (not of people) origin; "-" where nothing is said."""

    village = serializers.CharField(allow_null=True)
    education = serializers.CharField(allow_null=True)
    sex = serializers.CharField()
    age_group = serializers.CharField()
    count = serializers.IntegerField()
    origin = serializers.CharField(allow_blank=True)

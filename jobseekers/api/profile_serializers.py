"""What the API gives and takes of a profile's rows, of the need at work, and of documents."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from core.classification import KBJI_2014, codes
from core.models.reference import EducationLevel, IpkEducationCode
from jobseekers.api.serializers import CHOICE
from jobseekers.enums import DisabilityKind, DocumentKind, DocumentState, SkillLevel
from jobseekers.models import PersonDocument
from jobseekers.services import profile


class RowSerializer(serializers.Serializer):
    """Base of the rows: `id` names a row in its address."""

    id = serializers.IntegerField(source="pk", read_only=True)


class SchoolingRow(RowSerializer):
    """One step of formal education."""

    level = serializers.SlugRelatedField(slug_field="code", queryset=EducationLevel.objects.all())
    ipk_code = serializers.SlugRelatedField(
        slug_field="code", queryset=IpkEducationCode.objects.all(), required=False, allow_null=True
    )
    school = serializers.CharField(max_length=150)
    major = serializers.CharField(max_length=150, required=False, allow_blank=True)
    graduated = serializers.IntegerField(min_value=1940, max_value=2100)
    grade = serializers.CharField(max_length=20, required=False, allow_blank=True)


class SkillRow(RowSerializer):
    """A skill, and how well."""

    name = serializers.CharField(max_length=120)
    level = serializers.ChoiceField(SkillLevel.choices, default=SkillLevel.BASIC, error_messages=CHOICE)


class LanguageRow(SkillRow):
    """A language, and how well."""

    name = serializers.CharField(max_length=60)


class WorkRow(RowSerializer):
    """A former or present job; of the dates only year and month are kept."""

    employer = serializers.CharField(max_length=150)
    occupation = serializers.CharField(max_length=120)
    started_on = serializers.DateField()
    ended_on = serializers.DateField(required=False, allow_null=True)
    duties = serializers.CharField(max_length=300, required=False, allow_blank=True)


class TrainingRow(RowSerializer):
    """A training elsewhere, by the person's word."""

    name = serializers.CharField(max_length=150)
    provider = serializers.CharField(max_length=150)
    year = serializers.IntegerField(min_value=1940, max_value=2100)
    certificate_no = serializers.CharField(max_length=60, required=False, allow_blank=True)


class OccupationRow(RowSerializer):
    """A desired occupation by its code of KBJI 2014; the title is told."""

    occupation = serializers.SlugRelatedField(slug_field="code", queryset=codes(KBJI_2014))
    title = serializers.CharField(source="occupation.title", read_only=True)


ROW_KINDS = {
    "schooling": (profile.SCHOOLING, SchoolingRow),
    "skills": (profile.SKILL, SkillRow),
    "languages": (profile.LANGUAGE, LanguageRow),
    "work": (profile.WORK, WorkRow),
    "training": (profile.TRAINING, TrainingRow),
    "occupations": (profile.OCCUPATION, OccupationRow),
}
"""By the word in the address: the kind of rows, and how one is written."""


def any_row(*, many: bool = False) -> PolymorphicProxySerializer:
    """A row of any kind, for the schema."""
    return PolymorphicProxySerializer(
        component_name="ProfileRow",
        serializers=[SchoolingRow, SkillRow, LanguageRow, WorkRow, TrainingRow, OccupationRow],
        resource_type_field_name=None,
        many=many,
    )


class NeedSerializer(serializers.Serializer):
    """Kind of disability and what is needed at work; both empty for none."""

    kind = serializers.ChoiceField(DisabilityKind.choices, allow_blank=True, error_messages=CHOICE)
    need = serializers.CharField(max_length=profile.NEED_LENGTH, required=False, allow_blank=True, default="")


class DocumentSerializer(serializers.ModelSerializer):
    """A document: what an officer found about it; the file has an address of its own."""

    content_type = serializers.CharField(source="file.content_type", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True)

    class Meta:
        model = PersonDocument
        fields = (
            "kind", "version", "printed_name", "uploaded_at", "state", "reason", "checked_at", "content_type",
            "size",
        )  # fmt: skip
        read_only_fields = fields


class DocumentUpload(serializers.Serializer):
    """A PDF or picture, and the name that is printed on it; the file may be left out to mend the name only."""

    file = serializers.FileField(required=False, write_only=True)
    printed_name = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")


class DemandSerializer(serializers.Serializer):
    """A kind of document that an application is asked for, whether it must be there, and what is."""

    kind = serializers.ChoiceField(DocumentKind.choices)
    mandatory = serializers.BooleanField()
    state = serializers.ChoiceField(
        DocumentState.choices, source="document.state", default=None, allow_null=True
    )


class PointSerializer(serializers.Serializer):
    """What a returned application was returned for: a document or a part of the answers."""

    document = serializers.CharField()
    part = serializers.CharField()
    reason = serializers.CharField()
    mended_at = serializers.DateTimeField(allow_null=True)


class FindingSerializer(serializers.Serializer):
    """A result of the pre-checks; an ERROR stops sending."""

    level = serializers.CharField()
    code = serializers.CharField()
    text = serializers.CharField()
    part = serializers.CharField()
    document = serializers.CharField()


class ProposedFactSerializer(serializers.Serializer):
    """A verified fact that the application would change."""

    fact = serializers.CharField()
    label = serializers.CharField()
    change = serializers.CharField(help_text="Data yang terverifikasi → data yang diajukan.")


class ChecksSerializer(serializers.Serializer):
    """What an application still needs: its documents, what it was returned for, what the pre-checks found."""

    documents = DemandSerializer(many=True)
    points = PointSerializer(many=True)
    findings = FindingSerializer(many=True)
    changes = ProposedFactSerializer(many=True)

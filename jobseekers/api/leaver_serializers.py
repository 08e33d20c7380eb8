"""What the API gives and takes of a class of leavers: the list, the upload with its preview, the decision."""

from rest_framework import serializers

from core.models.staging import StagedUpload
from core.personal import mask_name
from core.tables_in import ALL, GOOD, preview
from jobseekers.api.serializers import CHOICE
from jobseekers.exports_leavers import CONFIRMED, SENT, WAITS

STANDS = {WAITS: "WAITING", CONFIRMED: "CONFIRMED", SENT: "SENT"}


class LeaverSerializer(serializers.Serializer):
    """A leaver as the BKK sees them: masked, and whether the draft was taken over."""

    name = serializers.SerializerMethodField()
    school = serializers.CharField(source="via_institution.name")
    major = serializers.CharField(source="jobseeker.education_major")
    graduation_year = serializers.IntegerField(source="jobseeker.graduation_year", allow_null=True)
    uploaded_at = serializers.DateTimeField(source="created_at")
    stands = serializers.SerializerMethodField()

    def get_name(self, draft) -> str:
        """The masked name."""
        return mask_name(draft.jobseeker.full_name)

    def get_stands(self, draft) -> str:
        """WAITING for the leaver, CONFIRMED, or SENT (or closed by the leaver)."""
        return STANDS[draft.stands]


class LeaverFile(serializers.Serializer):
    """The filled template, Excel or CSV."""

    file = serializers.FileField(write_only=True)


class CellErrorSerializer(serializers.Serializer):
    """What is wrong with a cell ("C7"), or with a whole row ("baris 7")."""

    cell = serializers.CharField()
    title = serializers.CharField()
    message = serializers.CharField()


class UploadRowSerializer(serializers.Serializer):
    """A row that was read: what is personal is masked."""

    number = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True))
    errors = CellErrorSerializer(many=True)


class UploadSerializer(serializers.ModelSerializer):
    """An upload that was read; its rows are there while it waits for a decision."""

    heads = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()

    class Meta:
        model = StagedUpload
        fields = (
            "uid", "state", "good_rows", "bad_rows", "saved_rows", "created_at", "expires_at", "decided_at", "heads",
            "rows",
        )  # fmt: skip
        read_only_fields = fields

    def get_heads(self, staged) -> list[str]:
        """The columns, in the order of the cells."""
        return [field.title for field in self.context["upload"].fields]

    def get_rows(self, staged) -> UploadRowSerializer(many=True):
        """The rows in their order."""
        return UploadRowSerializer(preview(staged), many=True).data


class Decision(serializers.Serializer):
    """`all` saves nothing unless every row is good; `good` leaves the bad rows out."""

    mode = serializers.ChoiceField(
        [(ALL, "Semua"), (GOOD, "Yang benar saja")], default=ALL, error_messages=CHOICE
    )


class SkippedSerializer(serializers.Serializer):
    """A row that was left out, and why."""

    number = serializers.IntegerField()
    errors = CellErrorSerializer(many=True)


class OutcomeSerializer(serializers.Serializer):
    """What was saved: each saved row is a draft, and its leaver has a mail with a link."""

    saved = serializers.IntegerField()
    skipped = SkippedSerializer(many=True)


class DraftToken(serializers.Serializer):
    """The last part of the link that was mailed."""

    token = serializers.CharField(max_length=64)


class TakenDraft(serializers.Serializer):
    """The draft that is the reader's now; null when the reader is on file already and an officer compares the two."""

    application = serializers.UUIDField(allow_null=True)

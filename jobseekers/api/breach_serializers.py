"""What the API gives and takes of the register of data breaches (UU 27/2022 Ps 46)."""

from datetime import date

from rest_framework import serializers

from core import clock
from jobseekers.api.serializers import CHOICE
from jobseekers.enums import BreachState
from jobseekers.models import Breach, JobSeeker
from jobseekers.services.affected import DATA_KINDS, DOORS, exports_meanwhile

FIRST_DAY = date(2000, 1, 1)
"""Before any record of the office on a computer; a day before it is a slip."""
_KINDS = [(kind.key, kind.label) for kind in DATA_KINDS]
_DOORS = [(door.key, door.label) for door in DOORS]


class BreachSerializer(serializers.ModelSerializer):
    """A breach: the clock of 3 × 24 hours runs from `found_at` to `due_at`."""

    happened_from = serializers.SerializerMethodField()
    happened_until = serializers.SerializerMethodField()
    data_kinds = serializers.ListField(source="affected_query.kinds", child=serializers.CharField())
    door = serializers.CharField(source="affected_query.door")
    late = serializers.BooleanField(source="is_late")

    class Meta:
        model = Breach
        fields = (
            "uid", "version", "title", "happened_from", "happened_until", "found_at", "due_at", "late", "data_kinds",
            "door", "cause", "handling", "affected_count", "state", "notified_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_happened_from(self, breach: Breach) -> date:
        """The first day, in the office's time."""
        return clock.local(breach.happened_from).date()

    def get_happened_until(self, breach: Breach) -> date | None:
        """The last day; null while it goes on."""
        return clock.local(breach.happened_until).date() if breach.happened_until else None


class OneBreachSerializer(BreachSerializer):
    """A breach with how many tables were exported in its days, which the register of looks can't tell."""

    exports_meanwhile = serializers.SerializerMethodField()

    class Meta(BreachSerializer.Meta):
        fields = (*BreachSerializer.Meta.fields, "exports_meanwhile")
        read_only_fields = fields

    def get_exports_meanwhile(self, breach: Breach) -> int:
        """Tables, not people."""
        return exports_meanwhile(breach.affected_query)


class BreachFilter(serializers.Serializer):
    """Which breaches."""

    state = serializers.ChoiceField(BreachState.choices, required=False, error_messages=CHOICE)


class BreachWrite(serializers.Serializer):
    """What happened, when and how, and how to find whom it touches. No names and no NIK."""

    title = serializers.CharField(max_length=150)
    happened_from = serializers.DateField()
    happened_until = serializers.DateField(required=False, allow_null=True, default=None)
    found_at = serializers.DateTimeField()
    data_kinds = serializers.MultipleChoiceField(choices=_KINDS, allow_empty=False, error_messages=CHOICE)
    door = serializers.ChoiceField(_DOORS, error_messages=CHOICE)
    account = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    cause = serializers.CharField(max_length=2000)
    handling = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")

    def validate(self, data: dict) -> dict:
        """The days in their order, none of them a slip of the keyboard."""
        first, last, wrong = data["happened_from"], data["happened_until"], {}
        today = clock.today()
        if not FIRST_DAY <= first <= today:
            wrong["happened_from"] = "Hari ini belum tiba, atau terlalu lama yang lalu."
        if last is not None and last < first:
            wrong["happened_until"] = "Akhirnya lebih awal daripada mulainya."
        elif last is not None and last > today:
            wrong["happened_until"] = "Hari ini belum tiba."
        if data["door"] == "account" and not data["account"]:
            wrong["account"] = "Isi e-mail akun petugas yang dipakai."
        if wrong:
            raise serializers.ValidationError(wrong)
        return {**data, "data_kinds": sorted(data["data_kinds"])}


class AffectedSerializer(serializers.ModelSerializer):
    """Somebody whom a breach touches, and how they can be told."""

    by_notice = serializers.SerializerMethodField()
    by_mail = serializers.SerializerMethodField()

    class Meta:
        model = JobSeeker
        fields = ("uid", "full_name", "by_notice", "by_mail", "address")
        read_only_fields = fields

    def get_by_notice(self, person: JobSeeker) -> bool:
        """Whether there is an account that gets a notice."""
        return person.user_id is not None

    def get_by_mail(self, person: JobSeeker) -> bool:
        """Whether there is a mail address; who has neither gets a letter."""
        return bool(person.email)

"""Fields of where somebody lives: kelurahan near the office, kecamatan anywhere."""

from django import forms
from django.db.models import Case, IntegerField, Value, When

from core.errors import Refused
from core.models.agency import AgencyProfile
from core.models.reference import Region
from core.regions import find_district


class VillageChoices(forms.models.ModelChoiceIterator):
    """Kelurahan in groups, one a kecamatan; those of the office's own city first."""

    def __iter__(self):
        """Yield the empty choice, then (kecamatan, choices)."""
        yield ("", "Pilih kelurahan…")
        home = AgencyProfile.current().region_id
        rows = (
            self.queryset.select_related("parent__parent")
            .annotate(
                away=Case(
                    When(code__startswith=f"{home}.", then=Value(0)),
                    default=Value(1),
                    output_field=IntegerField(),
                )
            )
            .order_by("away", "parent_id", "name")
        )
        groups: dict[str, list] = {}
        for village in rows:
            place = village.parent.name
            if village.away and village.parent.parent:
                place = f"{place}, {village.parent.parent.name}"
            groups.setdefault(f"Kecamatan {place}", []).append(self.choice(village))
        yield from groups.items()


class VillageField(forms.ModelChoiceField):
    """A kelurahan or desa in force."""

    iterator = VillageChoices


class DistrictField(forms.CharField):
    """A kecamatan anywhere in the country, written with its city where its name is not the only one."""

    def clean(self, value: str) -> Region | None:
        """The kecamatan; says what is unclear."""
        text = " ".join(super().clean(value).split())
        try:
            district = find_district(text) if text else None
        except Refused as problem:
            raise forms.ValidationError(str(problem)) from None
        if district is not None and Region.objects.filter(parent=district).exists():
            raise forms.ValidationError(
                f"Kelurahan di Kecamatan {district.name} ada di daftar. Pilih kelurahannya di sana."
            )
        return district

    def prepare_value(self, value):
        """Show a kecamatan with its city."""
        return f"{value.name}, {value.parent.name}" if isinstance(value, Region) else value

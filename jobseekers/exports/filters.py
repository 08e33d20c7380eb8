"""Filters by place, education, sex and age of a person, shared by the lists that the recap's numbers open."""

from django.db.models import QuerySet

from core import clock
from core.models.agency import AgencyProfile
from core.models.reference import EducationLevel, Region, RegionLevel
from core.tables import Filter
from jobseekers.enums import AgeGroup, Sex
from jobseekers.selectors import NOT_FILLED, age_condition

_MISSING = (NOT_FILLED, "Tidak diisi")
ELSEWHERE = "luar"
_AWAY = (ELSEWHERE, "Luar kota")


def _home_districts(user) -> list[tuple[str, str]]:
    home = AgencyProfile.current().region_id
    rows = Region.objects.filter(level=RegionLevel.DISTRICT, parent=home).order_by("name")
    return [*rows.values_list("code", "name"), _AWAY, _MISSING]


def _home_villages(user) -> list[tuple[str, str]]:
    home = AgencyProfile.current().region_id
    rows = Region.objects.filter(level=RegionLevel.VILLAGE, parent__parent=home).order_by("name")
    return [*rows.values_list("code", "name"), _MISSING]


def _educations(user) -> list[tuple[str, str]]:
    return [*EducationLevel.objects.order_by("order").values_list("code", "label"), _MISSING]


def person_filters(prefix: str = "") -> list[Filter]:
    """Kecamatan, kelurahan, education, sex and age group of the person that `prefix` leads to.

    The age group is that of today, as on the recap whose cells open these lists.
    """

    def equals(path: str):
        def apply(queryset: QuerySet, value: str) -> QuerySet:
            if value == NOT_FILLED:
                return queryset.filter(**{f"{prefix}{path}__isnull": True})
            return queryset.filter(**{f"{prefix}{path}": value})

        return apply

    def in_district(queryset: QuerySet, value: str) -> QuerySet:
        if value != ELSEWHERE:
            return equals("village__parent")(queryset, value)
        home = AgencyProfile.current().region_id
        return queryset.filter(**{f"{prefix}village__isnull": False}).exclude(
            **{f"{prefix}village__code__startswith": f"{home}."}
        )

    def of_age(queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(age_condition(value, clock.today(), f"{prefix}birth_date"))

    return [
        Filter("kecamatan", "Kecamatan", choices=_home_districts, apply=in_district),
        Filter("kelurahan", "Kelurahan", choices=_home_villages, apply=equals("village")),
        Filter("pendidikan", "Pendidikan", choices=_educations, apply=equals("education")),
        Filter("jk", "Jenis kelamin", field=f"{prefix}sex", choices=Sex.choices),
        Filter("usia", "Kelompok umur", choices=[*AgeGroup.choices, _MISSING], apply=of_age),
    ]

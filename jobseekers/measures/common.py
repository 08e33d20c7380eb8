"""What the numbers of this room share: by what they are split, and what their evidence shows of a person."""

from django.db.models import Q

from core.measures import Dimension, EvidenceColumn
from core.models.reference import EducationLevel, Region, RegionLevel
from core.personal import mask_name
from jobseekers.enums import Sex
from jobseekers.models import JobSeeker


def _villages() -> dict:
    """Kelurahan, and the kecamatan that stand for them on a KTP from elsewhere."""
    elsewhere = JobSeeker.objects.filter(village__level=RegionLevel.DISTRICT).values("village")
    regions = Region.objects.filter(Q(level=RegionLevel.VILLAGE) | Q(pk__in=elsewhere))
    return dict(regions.values_list("code", "name"))


def _districts() -> dict:
    """Kecamatan, and the cities that stand above those of a KTP from elsewhere."""
    levels = (RegionLevel.DISTRICT, RegionLevel.REGENCY)
    return dict(Region.objects.filter(level__in=levels).values_list("code", "name"))


def _education() -> dict:
    return dict(EducationLevel.objects.order_by("order").values_list("code", "label"))


def person_dimensions(prefix: str) -> dict[str, Dimension]:
    """Sex, last education, kelurahan and kecamatan of the person reached by `prefix` (e.g. "jobseeker__")."""
    return {
        "sex": Dimension(f"{prefix}sex", "Jenis kelamin", lambda: dict(Sex.choices)),
        "education": Dimension(f"{prefix}education", "Pendidikan terakhir", _education),
        "village": Dimension(f"{prefix}village", "Kelurahan", _villages),
        "district": Dimension(f"{prefix}village__parent", "Kecamatan", _districts),
    }


def person_columns(person) -> tuple[EvidenceColumn, ...]:
    """Masked name, sex and kelurahan of the person that `person(row)` leads to."""
    return (
        EvidenceColumn("Nama", lambda row: mask_name(person(row).full_name)),
        EvidenceColumn("Jenis kelamin", lambda row: person(row).get_sex_display()),
        EvidenceColumn("Kelurahan", lambda row: person(row).village.name if person(row).village else ""),
    )

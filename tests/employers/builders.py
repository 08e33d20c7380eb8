"""Rows that the tests of several apps need: the city, the office, a company."""

from datetime import date
from itertools import count

from accounts.enums import InstitutionKind
from accounts.models import Institution
from core.models import AgencyProfile, EducationLevel, Region
from core.models.reference import Nomenclature, NomenclatureLevel, RegionKind, RegionLevel
from employers.models import Company, CompanyReport, ForeignWorker, Vacancy

TODAY = date(2023, 8, 21)
_numbers = count(1)


def city() -> dict[str, Region]:
    """A city with two kecamatan of two kelurahan each; by code."""
    rows = [
        ("32", "Jawa Barat", RegionLevel.PROVINCE, ""),
        ("32.77", "Kota Cimahi", RegionLevel.REGENCY, RegionKind.CITY),
        ("32.77.01", "Cimahi Selatan", RegionLevel.DISTRICT, ""),
        ("32.77.01.1001", "Melong", RegionLevel.VILLAGE, RegionKind.URBAN),
        ("32.77.01.1002", "Cibeureum", RegionLevel.VILLAGE, RegionKind.URBAN),
        ("32.77.02", "Cimahi Tengah", RegionLevel.DISTRICT, ""),
        ("32.77.02.1001", "Baros", RegionLevel.VILLAGE, RegionKind.URBAN),
    ]
    for code, name, level, kind in rows:
        parent = code.rpartition(".")[0] or None
        Region.objects.create(code=code, name=name, level=level, kind=kind, parent_id=parent)
    return {row.code: row for row in Region.objects.all()}


def office(places: dict[str, Region], **changes) -> AgencyProfile:
    """The office of the city."""
    values = {
        "code": "cimahi",
        "name": "Dinas Tenaga Kerja",
        "government": "Pemerintah Kota Cimahi",
        "region": places["32.77"],
        **changes,
    }
    profile = AgencyProfile(**values)
    profile.save()
    return profile


def company(name: str = "", **changes) -> Company:
    """A company that has operated since 2015."""
    number = next(_numbers)
    region_id = changes.pop("region_id", None)
    institution = Institution.objects.create(
        kind=InstitutionKind.COMPANY, name=name or f"PT Contoh Uji {number}", region_id=region_id
    )
    values = {"operating_from": date(2015, 1, 5), **changes}
    return Company.objects.create(institution=institution, **values)


def report(of: Company, **changes) -> CompanyReport:
    """An open report of a company with 10 men and 5 women."""
    values = {"valid_from": date(2023, 1, 2), "workers_male": 10, "workers_female": 5, **changes}
    return CompanyReport.objects.create(company=of, **values)


def foreign_worker(of: Company, **changes) -> ForeignWorker:
    """A foreign worker whose permit holds in 2023."""
    values = {
        "name": f"John Contoh {next(_numbers)}",
        "nationality": "Korea Selatan",
        "position": "Manajer teknik",
        "permit_no": f"RPTKA-{next(_numbers)}",
        "valid_from": date(2023, 1, 1),
        "valid_until": date(2023, 12, 31),
        **changes,
    }
    return ForeignWorker.objects.create(company=of, **values)


def vacancy(of: Company, **changes) -> Vacancy:
    """A vacancy for two persons; a draft unless a state is given."""
    values = {
        "title": f"Operator {next(_numbers)}",
        "openings_any": 2,
        "closes_on": date(2023, 9, 30),
        **changes,
    }
    if values.get("state") in ("PUBLISHED", "CLOSED"):
        values.setdefault("published_on", date(2023, 8, 1))
    return Vacancy.objects.create(company=of, **values)


def levels() -> dict[str, EducationLevel]:
    """Three levels of education; by code."""
    for order, code in enumerate(("SMP", "SMK", "S1")):
        EducationLevel.objects.create(code=code, label=code, order=order)
    return {row.code: row for row in EducationLevel.objects.all()}


def sub_activity(year: int = 2023) -> Nomenclature:
    """A sub kegiatan with its parents."""
    programme = Nomenclature.objects.create(
        year=year, key=f"p{year}", name="Program Penempatan", level=NomenclatureLevel.PROGRAMME
    )
    activity = Nomenclature.objects.create(
        year=year,
        key=f"k{year}",
        name="Kegiatan Informasi",
        level=NomenclatureLevel.ACTIVITY,
        parent=programme,
    )
    return Nomenclature.objects.create(
        year=year, key=f"s{year}", name="Job Fair", level=NomenclatureLevel.SUB_ACTIVITY, parent=activity
    )

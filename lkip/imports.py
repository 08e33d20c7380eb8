"""Tables in: staff, targets, outside numbers and the neighbours' values from Excel."""

from typing import Any

from core.errors import Refused
from core.fields_in import Field
from core.models.reference import EducationLevel, Region
from core.tables_in import Upload
from lkip.enums import Employment, Formula, PostClass, TargetDocument
from lkip.forms.targets import neighbours
from lkip.models import ExternalStatistic, Indicator, IndicatorTarget, Unit
from lkip.permissions import can_plan
from lkip.services import documents, statistics, strategy
from lkip.services.plausible import check_number


def _year(value: int) -> None:
    if not 2000 <= value <= 2100:
        raise ValueError("Tulis tahun antara 2000 dan 2100.")


def _indicator(code: str, formulas: tuple[str, ...] = ()) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            f"Kode indikator “{code}” tidak dikenal. Lihat kolom kunci pada halaman IKU atau Renstra."
        )
    if formulas and found.formula not in formulas:
        raise Refused("Nilai indikator ini dihitung, tidak diketik.")
    return found


def _units(user: Any) -> list[tuple[Any, str]]:
    return list(Unit.objects.values_list("key", "name"))


def _levels(user: Any) -> list[tuple[Any, str]]:
    return list(EducationLevel.objects.order_by("order").values_list("code", "label"))


class StaffUpload(Upload):
    """Staff of the office; each row is a person's time in one post."""

    slug = "pegawai-kantor"
    title = "Pegawai kantor"
    intro = "Satu baris untuk tiap masa jabatan. Baris yang sudah ada tidak diperiksa; ubah itu lewat daftar pegawai."
    permission = can_plan
    fields = [
        Field(key="name", title="Nama", required=True, max_length=150, width=30),
        Field(key="unit", title="Unit", kind="choice", required=True, choices=_units, width=30),
        Field(key="post", title="Jabatan", required=True, max_length=150, width=34),
        Field(key="post_class", title="Kelompok jabatan", kind="choice", required=True, choices=PostClass.choices),
        Field(key="employment", title="Status kepegawaian", kind="choice", required=True, choices=Employment.choices),
        Field(key="grade", title="Golongan", max_length=5, explain="Misalnya III/b; kosong untuk non-ASN."),
        Field(key="education", title="Pendidikan", kind="choice", choices=_levels, width=24),
        Field(key="started_on", title="Mulai", kind="date", required=True, example="03-01-2022"),
        Field(key="ended_on", title="Sampai", kind="date"),
    ]  # fmt: skip

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """Dates in order; no grade without ASN."""
        if values["ended_on"] and values["ended_on"] < values["started_on"]:
            raise Refused("Tanggal berakhir tidak boleh sebelum tanggal mulai.", field="ended_on")
        if values["employment"] == Employment.NON_ASN and values["grade"]:
            raise Refused("Tenaga non-ASN tidak mempunyai golongan. Kosongkan golongannya.", field="grade")

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """Through the service."""
        values = dict(values)
        values["unit"] = Unit.objects.get(key=values["unit"])
        code = values["education"]
        values["education"] = EducationLevel.objects.get(code=code) if code else None
        values["grade"] = values["grade"] or ""
        strategy.add_staff(actor, **values)


class TargetUpload(Upload):
    """Targets of a document; a target that exists is refused, so that none changes without a reason."""

    slug = "target-indikator"
    title = "Target indikator"
    intro = "Target yang sudah ada tidak ditimpa: ubah satu per satu, dengan alasannya."
    permission = can_plan
    fields = [
        Field(key="code", title="Kode indikator", required=True, max_length=60, width=34),
        Field(key="year", title="Tahun", kind="int", required=True, check=_year),
        Field(key="document", title="Dokumen", kind="choice", required=True, choices=TargetDocument.choices, width=26),
        Field(key="value", title="Target", kind="decimal", required=True, example="12,61"),
        Field(key="entered_on", title="Ditetapkan tanggal", kind="date"),
        Field(key="decree", title="Nomor dokumen", max_length=150),
        Field(key="reason", title="Alasan", max_length=250),
    ]  # fmt: skip

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """The indicator is known and has no target from this document yet."""
        indicator = _indicator(values["code"])
        if IndicatorTarget.objects.filter(
            indicator=indicator, year=values["year"], document=values["document"]
        ).exists():
            raise Refused("Target dari dokumen ini untuk tahun tersebut sudah ada.", field="document")

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """Through the service."""
        values = {key: value for key, value in values.items() if value is not None}
        documents.add_target(actor, indicator=_indicator(values.pop("code")), **values)


class StatisticUpload(Upload):
    """Outside numbers of a year."""

    slug = "statistik-luar"
    title = "Statistik dan nilai dari luar"
    intro = "Nilai yang sudah ada tidak ditimpa: ubah satu per satu."
    permission = can_plan
    fields = [
        Field(key="code", title="Kode indikator", required=True, max_length=60, width=34),
        Field(key="year", title="Tahun", kind="int", required=True, check=_year),
        Field(key="value", title="Nilai", kind="decimal", required=True),
        Field(key="as_of", title="Keadaan tanggal", kind="date"),
        Field(key="source", title="Sumber", required=True, max_length=200, width=30),
        Field(key="document", title="Dokumen", max_length=250, width=30),
        Field(key="waits_for", title="Menunggu register", max_length=150, width=30),
    ]  # fmt: skip

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """The indicator takes values from outside and has none for the year."""
        indicator = _indicator(values["code"], statistics.OUTSIDE)
        if ExternalStatistic.objects.filter(indicator=indicator, year=values["year"]).exists():
            raise Refused("Nilai tahun itu sudah ada.", field="year")
        if indicator.formula == Formula.INTERIM and not values["waits_for"]:
            raise Refused("Tulis register yang ditunggu oleh masukan sementara ini.", field="waits_for")
        check_number(indicator, values["year"], values["value"], values["as_of"])

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """Through the service."""
        values = {key: value for key, value in values.items() if value is not None}
        statistics.add_statistic(actor, indicator=_indicator(values.pop("code")), **values)


def _regions(user: Any) -> list[tuple[Any, str]]:
    return list(neighbours().values_list("code", "name"))


class RegionalUpload(Upload):
    """The same statistic for the neighbours; a known value is written anew, with its history."""

    slug = "statistik-wilayah"
    title = "Statistik wilayah"
    intro = (
        "Satu baris untuk tiap wilayah dan tahun. Nilai yang sudah ada diganti; riwayatnya tetap tersimpan."
    )
    permission = can_plan
    fields = [
        Field(key="code", title="Kode indikator", required=True, max_length=60, width=24, example="tpt"),
        Field(key="region", title="Wilayah", kind="choice", required=True, choices=_regions, width=28),
        Field(key="year", title="Tahun", kind="int", required=True, check=_year),
        Field(key="value", title="Nilai", kind="decimal", required=True),
        Field(key="as_of", title="Keadaan tanggal", kind="date"),
        Field(key="source", title="Sumber", required=True, max_length=200, width=30),
    ]  # fmt: skip

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """The indicator is an official statistic, and the value can be."""
        indicator = _indicator(values["code"], (Formula.STATISTIC,))
        check_number(indicator, values["year"], values["value"], values["as_of"])

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """Through the service."""
        values = dict(values)
        region = Region.objects.get(code=values.pop("region"))
        statistics.set_regional(actor, indicator=_indicator(values.pop("code")), region=region, **values)

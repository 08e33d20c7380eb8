"""Tables in: a class of school leavers from their BKK."""

from typing import Any

from core.errors import Refused
from core.fields_in import Field
from core.models.agency import AgencyProfile
from core.models.reference import EducationLevel, Region, RegionLevel
from core.tables_in import Upload
from jobseekers import validators
from jobseekers.enums import Sex
from jobseekers.permissions import can_send_leavers, leaver_schools
from jobseekers.services import leavers, people


def _villages(user) -> list[tuple[Any, str]]:
    """The kelurahan of the office's own city; its kecamatan stands behind a name that exists twice."""
    home = AgencyProfile.current().region_id
    rows = list(
        Region.objects.filter(level=RegionLevel.VILLAGE, parent__parent=home, valid_until=None)
        .select_related("parent")
        .order_by("name")
    )
    names = [row.name for row in rows]
    return [
        (row.code, f"{row.name} ({row.parent.name})" if names.count(row.name) > 1 else row.name)
        for row in rows
    ]


def _levels(user) -> list[tuple[Any, str]]:
    return list(EducationLevel.objects.order_by("order").values_list("code", "label"))


def _schools(user) -> list[tuple[Any, str]]:
    return [(str(school.uid), school.name) for school in leaver_schools(user).order_by("name")]


class LeaverUpload(Upload):
    """Leavers of a school; each row becomes a draft that the person confirms by a mailed link."""

    slug = "lulusan-bkk"
    title = "Lulusan"
    intro = (
        "Setiap baris menjadi draf permohonan kartu AK-1. Lulusan menerima tautan lewat e-mail, memeriksa isinya, lalu "
        "mengirimnya sendiri. Mintalah persetujuan mereka lebih dulu."
    )
    permission = can_send_leavers
    max_rows = 300
    fields = [
        Field(key="nik", title="NIK", kind="nik", required=True, unique=True, width=20,
              explain="16 angka, sebagai teks."),
        Field(key="full_name", title="Nama lengkap", required=True, max_length=85, width=30, explain="Seperti di KTP.",
              check=validators.check_name),
        Field(key="birth_place", title="Tempat lahir", required=True, max_length=100),
        Field(key="birth_date", title="Tanggal lahir", kind="date", required=True, example="17-08-2005"),
        Field(key="sex", title="Jenis kelamin", kind="choice", required=True, choices=Sex.choices),
        Field(key="village", title="Kelurahan", kind="choice", required=True, choices=_villages, width=24),
        Field(key="address", title="Alamat", required=True, max_length=205, width=34),
        Field(key="phone", title="Telepon", kind="phone", required=True, example="0812 3456 7890"),
        Field(key="email", title="E-mail", kind="email", required=True, unique=True, width=28,
              explain="Milik lulusan sendiri: tautan konfirmasi dikirim ke sini."),
        Field(key="education", title="Pendidikan", kind="choice", required=True, choices=_levels),
        Field(key="education_major", title="Jurusan", max_length=150, width=28),
        Field(key="graduation_year", title="Tahun lulus", kind="int", required=True, example="2023"),
        Field(key="school", title="BKK", kind="choice", choices=_schools, width=28,
              explain="Hanya bila Anda mengurus lebih dari satu BKK."),
    ]  # fmt: skip

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """The rules of the person's file, and a NIK that this BKK sent in before."""
        school = self._school(values, user)
        people.check_answers(nik=values["nik"], **self._answers(values, villages=False))
        if leavers.sent_before(school, values["nik"]):
            raise Refused("NIK ini sudah ada pada unggahan Anda sebelumnya.", field="nik")

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """One draft with its mail."""
        leavers.send_in(
            actor=actor,
            school=self._school(values, actor),
            nik=values["nik"],
            email=values["email"],
            **self._answers(values),
        )

    @staticmethod
    def _answers(values: dict[str, Any], *, villages: bool = True) -> dict[str, Any]:
        """The row as attributes of the person."""
        names = ("full_name", "birth_place", "birth_date", "sex", "address", "phone", "graduation_year")
        found = {name: values[name] for name in names}
        found["education_major"] = values["education_major"] or ""
        if villages:
            found["village"] = Region.objects.get(code=values["village"])
            found["education"] = EducationLevel.objects.get(code=values["education"])
        return found

    def _school(self, values: dict[str, Any], user: Any):
        """The BKK of the row: the only one the user acts for, or the one that is named."""
        if "schools" not in self.__dict__:
            self.schools = list(leaver_schools(user).order_by("name"))
        if values["school"]:
            return next(school for school in self.schools if str(school.uid) == values["school"])
        if len(self.schools) != 1:
            raise Refused("Pilih BKK untuk baris ini: Anda mengurus lebih dari satu.", field="school")
        return self.schools[0]

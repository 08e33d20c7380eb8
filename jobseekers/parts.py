"""The parts of an AK-1 file: what the applicant fills in, page by page, and what an officer may return."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One line of the task list: its address, its name, and the person's attributes it can't go without."""

    slug: str
    title: str
    group: str
    needs: tuple[str, ...] = ()

    @property
    def optional(self) -> bool:
        """Whether the file can be sent without it."""
        return not self.needs


ABOUT, LEARNED, FILES = "Tentang Anda", "Sekolah dan pekerjaan", "Foto dan dokumen"

IDENTITY = Part(
    "identitas", "Data sesuai KTP", ABOUT, ("nik_index", "full_name", "birth_place", "birth_date", "sex")
)
STATUS = Part("status", "Status dan Kartu Keluarga", ABOUT, ("marital_status", "religion"))
ADDRESS = Part("alamat", "Alamat menurut KTP", ABOUT, ("village_id", "address"))
DOMICILE = Part("domisili", "Tempat tinggal sekarang", ABOUT)
CONTACT = Part("kontak", "Nomor ponsel dan e-mail", ABOUT, ("phone",))
SCHOOLING = Part("pendidikan", "Pendidikan", LEARNED, ("education_id",))
SKILLS = Part("keterampilan", "Keterampilan dan bahasa", LEARNED)
WORK = Part("pengalaman", "Pengalaman kerja", LEARNED)
TRAINING = Part("pelatihan", "Pelatihan", LEARNED)
WISHES = Part("pekerjaan", "Pekerjaan yang dicari", LEARNED)
NEEDS = Part("kebutuhan", "Disabilitas dan kebutuhan di tempat kerja", LEARNED)
PHOTO = Part("foto", "Pas foto", FILES, ("photo_id",))

PARTS: dict[str, Part] = {
    part.slug: part
    for part in (
        IDENTITY, STATUS, ADDRESS, DOMICILE, CONTACT, SCHOOLING, SKILLS, WORK, TRAINING, WISHES, NEEDS, PHOTO,
    )
}  # fmt: skip
"""By slug, in the order of the task list; documents follow the photo."""

REQUIRED = {
    "nik_index": "NIK",
    "full_name": "Nama lengkap",
    "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir",
    "sex": "Jenis kelamin",
    "marital_status": "Status perkawinan",
    "religion": "Agama",
    "education_id": "Pendidikan terakhir",
    "village_id": "Kelurahan",
    "address": "Alamat",
    "phone": "Telepon",
    "photo_id": "Pas foto",
}
"""What the card can't be printed without: attribute of the person, and what it is called."""


def part_of(attribute: str) -> Part:
    """Return the part in which an attribute of REQUIRED is asked for."""
    return next(part for part in PARTS.values() if attribute in part.needs)


def is_done(part: Part, person) -> bool:
    """Whether everything that the card needs from this part is there."""
    return all(getattr(person, name) for name in part.needs)

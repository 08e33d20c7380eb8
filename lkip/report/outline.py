"""The places of the report in the order of PermenPAN-RB 53/2014: stable keys, titles, numbers.

A key names a place for good (``bab1.gambaran``, ``bab3.s1.sebab``): narratives, photos and findings point at it. A
city may order, name and leave out places by the year's options (`lkip.report.options`); keys stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lkip.models import Objective, ReportYear
from lkip.report import options

CHAPTER, SECTION, SUBSECTION, ANALYSIS = range(4)
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Place:
    """A place: ``level`` 0 chapter, 1 section, 2 subsection, 3 one of the seven analyses.

    ``written`` says that a narrative may stand there, ``optional`` that a city may leave it out, ``front`` that its
    pages have roman numbers, ``objective`` is the code of its sasaran.
    """

    key: str
    title: str
    level: int
    parent: str = ""
    number: str = ""
    written: bool = True
    optional: bool = False
    front: bool = False
    kind: str = "text"
    objective: str = ""


def _front(key: str, title: str, kind: str = "text") -> Place:
    return Place(
        key, title, CHAPTER, front=True, kind=kind, written=kind == "text", optional=kind != "contents"
    )


def _section(key: str, title: str, *, level: int = SECTION, optional: bool = True) -> Place:
    return Place(key, title, level, parent=key.rpartition(".")[0], optional=optional)


FRONT = (
    _front("pengantar", "Kata pengantar"),
    _front("isi", "Daftar isi", "contents"),
    _front("tabel", "Daftar tabel", "tables"),
    _front("gambar", "Daftar gambar", "pictures"),
    _front("ikhtisar", "Ikhtisar eksekutif"),
)
ONE = (
    Place("bab1", "Pendahuluan", CHAPTER),
    _section("bab1.gambaran", "Gambaran umum", optional=False),
    _section("bab1.tugas", "Tugas dan fungsi"),
    _section("bab1.organisasi", "Susunan organisasi"),
    _section("bab1.sdm", "Sumber daya manusia"),
    _section("bab1.isu", "Aspek strategis dan permasalahan utama", optional=False),
    _section("bab1.dasar", "Dasar hukum"),
    _section("bab1.sistematika", "Sistematika laporan"),
)
TWO = (
    Place("bab2", "Perencanaan kinerja", CHAPTER),
    _section("bab2.visi", "Visi dan misi"),
    _section("bab2.matriks", "Tujuan, sasaran, strategi, dan arah kebijakan"),
    _section("bab2.renstra", "Rencana strategis"),
    _section("bab2.rkt", "Rencana kinerja tahunan"),
    _section("bab2.iku", "Indikator kinerja utama"),
    _section("bab2.pk", "Perjanjian kinerja", optional=False),
    _section("bab2.aksi", "Rencana aksi menurut triwulan"),
    _section("bab2.pagu", "Anggaran menurut program"),
    _section("bab2.lintas", "Peta lintas perangkat daerah"),
)
THREE_A = _section("bab3.a", "Capaian kinerja organisasi", optional=False)
IKU = replace(
    _section("bab3.iku", "Capaian indikator kinerja utama", level=SUBSECTION, optional=False), parent="bab3.a"
)
ANALYSES = (
    ("target", "Target dan realisasi tahun ini"),
    ("sebelumnya", "Dibanding tahun sebelumnya"),
    ("renstra", "Dibanding target Renstra"),
    ("standar", "Dibanding standar nasional"),
    ("sebab", "Sebab dan tindak lanjut"),
    ("efisiensi", "Efisiensi sumber daya"),
    ("program", "Program yang menunjang"),
)
TOPICS = tuple(
    replace(_section(f"bab3.{key}", title, level=SUBSECTION), parent="bab3.a")
    for key, title in (
        ("penempatan", "Penempatan menurut saluran"),
        ("pelatihan", "Pelatihan menurut sumber dana"),
        ("sertifikat", "Sertifikat kompetensi"),
        ("perselisihan", "Perselisihan hubungan industrial"),
        ("perusahaan", "Perusahaan dan perlindungan pekerja"),
        ("kegiatan", "Kegiatan dinas dan pesertanya"),
        ("bursa", "Bursa kerja dan lowongan"),
        ("tpt", "Tingkat pengangguran terbuka menurut wilayah"),
        ("program", "Capaian program dan keluaran"),
    )
)
THREE_B = (
    _section("bab3.b", "Realisasi anggaran", optional=False),
    *(
        replace(_section(f"bab3.anggaran.{key}", title, level=SUBSECTION), parent="bab3.b")
        for key, title in (
            ("jenis", "Belanja menurut jenis"),
            ("rincian", "Belanja menurut program, kegiatan, dan sub kegiatan"),
            ("sasaran", "Anggaran menurut sasaran"),
            ("serapan", "Serapan menurut program"),
            ("efisiensi", "Efisiensi penggunaan sumber daya"),
            ("pendapatan", "Pendapatan"),
        )
    ),
)
FOUR = (
    Place("bab4", "Penutup", CHAPTER),
    _section("bab4.simpulan", "Simpulan", optional=False),
    _section("bab4.langkah", "Langkah berikutnya"),
)
BACK = (
    Place("pengesahan", "Lembar pengesahan", CHAPTER, optional=False),
    Place("reviu", "Pernyataan reviu", CHAPTER, written=False, optional=True),
    Place("lampiran.a", "Perjanjian kinerja", CHAPTER, number="Lampiran A", written=False),
    Place("lampiran.b", "Daftar angka dan definisinya", CHAPTER, number="Lampiran B", written=False),
    Place(
        "lampiran.c", "Rekonsiliasi dan temuan yang dinyatakan", CHAPTER, number="Lampiran C", written=False
    ),
    Place("lampiran.d", "Masukan sementara", CHAPTER, number="Lampiran D", written=False),
)

RESERVED = {place.key for place in (THREE_A, IKU, *TOPICS, *THREE_B)} | {"bab3.anggaran"}


def objective_key(code: str) -> str:
    """The key of an objective's place; a code that names another place gets a word before it."""
    key = f"bab3.{code.lower()}"
    return f"bab3.sasaran-{code.lower()}" if key in RESERVED else key


def _objective(number: int, code: str, text: str) -> list[Place]:
    key = objective_key(code)
    head = Place(key, f"Sasaran {number}: {text}", SUBSECTION, parent="bab3.a", written=True, objective=code)
    analyses = [
        Place(f"{key}.{name}", title, ANALYSIS, parent=key, number=str(place), objective=code)
        for place, (name, title) in enumerate(ANALYSES, start=1)
    ]
    return [head, *analyses, Place(f"{key}.simpulan", "Simpulan", ANALYSIS, parent=key, objective=code)]


def arranged(objectives: Iterable[tuple[str, str]], chosen: dict | None = None) -> list[Place]:
    """Return all places in printed order, numbered; ``objectives`` are (code, text) in the order of the plan."""
    chosen = chosen or {}
    three = [Place("bab3", "Akuntabilitas kinerja", CHAPTER), THREE_A, IKU]
    for number, (code, text) in enumerate(objectives, start=1):
        three += _objective(number, code, text)
    three += [*TOPICS, *THREE_B]
    places = [*FRONT, *ONE, *TWO, *three, *FOUR, *BACK]
    places = [place for place in places if not (place.optional and options.hidden(chosen, place.key))]
    places = [replace(place, title=options.title(chosen, place.key, place.title)) for place in places]
    return _numbered(options.ordered(chosen, places))


def _numbered(places: list[Place]) -> list[Place]:
    """Give BAB I–IV, 1.1, and A, A.1 in the third chapter."""
    found: list[Place] = []
    chapter = section = subsection = 0
    start = ""
    for place in places:
        number = place.number
        if place.level == CHAPTER:
            section = 0
            if place.key.startswith("bab"):
                chapter += 1
                number = f"BAB {ROMAN[chapter - 1]}"
        elif place.level == SECTION:
            section, subsection = section + 1, 0
            start = chr(64 + section) if place.key.startswith("bab3") else f"{chapter}.{section}"
            number = start
        elif place.level == SUBSECTION:
            subsection += 1
            number = f"{start}.{subsection}"
        found.append(replace(place, number=number))
    return found


def outline(year: int) -> list[Place]:
    """Return the places of a year's report: two statements."""
    settings = ReportYear.objects.filter(year=year).first()
    return arranged(objectives(), settings.options if settings else {})


def objectives() -> list[tuple[str, str]]:
    """(code, text) of every objective in the order of the plan."""
    rows = Objective.objects.select_related("goal").order_by("goal__position", "goal_id", "position", "pk")
    return [(row.code, row.text) for row in rows]

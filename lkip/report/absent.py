"""What a place says that holds nothing: not a shrug, but what the office has not recorded and where it is looked up."""

from lkip.report.maker import NOT_WRITTEN, Maker
from lkip.report.model import Runs
from lkip.report.outline import Place
from lkip.report.runs import joined, year

WHY = {
    "bab2.visi": (
        "Untuk tahun ",
        " dinas tidak mencatat visi dan misi; sasarannya ada pada matriks di bawah ini.",
    ),
    "bab2.rkt": (
        "Untuk tahun ",
        " tidak ada rencana kinerja tahunan yang tersendiri. Target setahun berasal dari rencana strategis dan "
        "perjanjian kinerja.",
    ),
    "bab2.aksi": ("Rencana aksi triwulan tahun ", " belum dicatat."),
    "bab2.lintas": ("Untuk tahun ", " tidak dicatat program yang ditunjang perangkat daerah lain."),
    "bab3.penempatan": ("Register penempatan tidak memuat laporan terverifikasi untuk tahun ", "."),
    "bab3.pelatihan": ("Register pelatihan tidak memuat peserta untuk tahun ", "."),
    "bab3.sertifikat": ("Register sertifikat tidak memuat sertifikat yang terbit pada tahun ", "."),
    "bab3.perselisihan": ("Register perselisihan tidak memuat perkara untuk tahun ", "."),
    "bab3.perusahaan": (
        "Untuk tahun ",
        " tidak ada indikator yang diambil dari register perusahaan, jadi perlindungan pekerja tidak diukur di sini.",
    ),
    "bab3.kegiatan": ("Register kegiatan tidak memuat kegiatan untuk tahun ", "."),
    "bab3.bursa": ("Bursa kerja dan lowongan tahun ", " tidak dicatat."),
    "bab3.tpt": (
        "Angka wilayah lain untuk tahun ",
        " belum dicatat, jadi tidak ada perbandingan antarwilayah.",
    ),
    "bab3.program": ("Target program dan keluaran tahun ", " belum dicatat."),
    "bab3.anggaran.sasaran": ("Pasangan program dan sasaran tahun ", " belum ditetapkan."),
    "bab3.anggaran.pendapatan": (
        "Untuk tahun ",
        " dinas tidak mencatat target maupun penerimaan pendapatan.",
    ),
}
"""Words before and after the year, by the key of the place."""


def absent(maker: Maker, where: Place) -> Runs:
    """Say what is not there; a place that only waits for somebody to write says that."""
    told = WHY.get(where.key)
    return joined(told[0], year(maker.year), told[1]) if told else joined(NOT_WRITTEN)
